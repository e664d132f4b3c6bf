"""Rules of references to other posts: what a body refers to, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.content.references import references
from feedsvc.model import Markup
from feedsvc.posts.references import FILE, INTERNAL, Reference
from feedsvc.settings import Settings

from .bodies import codes, html, markdown, rendered

THERE = "https://example.org/blog/there/"
CASES = [  # engine, what a body writes, what it refers to by that
    ("jekyll", "{% post_url 2020-01-02-x %}", Reference("post_url", "2020-01-02-x")),
    ("jekyll", "{%- post_url sub/2020-01-02-x %}", Reference("post_url", "sub/2020-01-02-x")),
    ("jekyll", "{% link _posts/2020-01-02-x.md %}", Reference("link", "_posts/2020-01-02-x.md")),
    ("hugo", '{{< ref "x.md" >}}', Reference("ref", "x.md")),
    ("hugo", '{{% relref "/posts/x" %}}', Reference("ref", "/posts/x")),
    ("hugo", '{{< ref path="b%20c.md" lang="de" >}}', Reference("ref de", "b c.md")),
    ("pelican", "{filename}../x.md", Reference("filename", "../x.md")),
    ("pelican", "|filename|/b%20c.md", Reference("filename", "/b c.md")),
    ("nikola", "link://slug/b%20c", Reference("slug", "b c")),
    ("nikola", "link://filename/posts/x.rst", Reference("filename", "posts/x.rst")),
    ("zola", "@/blog/x.md", Reference(INTERNAL, "@/blog/x.md")),
    ("", "x.md", Reference(FILE, "x.md")),
    ("hugo", "../%E4%BD%A0/index.md", Reference(FILE, "../你/index.md")),
    ("astro", "./b%20c.mdx", Reference(FILE, "./b c.mdx")),
]


def settings(engine: str) -> Settings:
    return Settings(Path("/nowhere"), engine=engine)


@pytest.mark.parametrize(("engine", "written", "meant"), CASES)
@pytest.mark.parametrize("tail", ["", "#part", "?a=1#part"])
@pytest.mark.parametrize(
    "body", ["[a](%s)", "[a](%s 'T')", "[a]\n\n[a]: %s", '<p><a href="%s">a</a></p>']
)
def test_a_reference_becomes_the_permalink_with_what_stands_behind_it(
    engine: str, written: str, meant: Reference, tail: str, body: str
) -> None:
    if meant.kind.startswith("ref"):  # the shortcode holds it
        written = written.replace(meant.name, meant.name + tail).replace(
            "%20c.md", f"%20c.md{tail}"
        )
    else:
        written += tail
    text = body % written
    assert meant in references(text, settings(engine))
    made = rendered(text, Markup.MARKDOWN, engine=engine, links={meant: THERE})
    assert f'<a href="{THERE}{tail}"' in made.content.html
    assert made.findings == ()


@pytest.mark.parametrize(("engine", "written", "meant"), CASES)
def test_without_a_post_the_words_stay_and_the_address_goes(
    engine: str, written: str, meant: Reference
) -> None:
    for body in (f"one\n\n[words]({written}#x)", f'one\n\n<a href="{written}">words</a>'):
        made = rendered(body, Markup.MARKDOWN, engine=engine, links={meant: None}, first_line=10)
        assert "<a>words</a>" in made.content.html
        [finding] = made.findings
        assert (finding.code, finding.line) == ("link-unresolved", 12)
        assert meant.name.removeprefix("@/") in finding.message


@pytest.mark.parametrize(
    ("engine", "text", "shown"),
    [
        ("jekyll", "see {% link docs/x.md %}", "see docs/x.md"),
        ("jekyll", "see {% post_url 2020-99-99-x %}", "see 2020-99-99-x"),
        ("hugo", 'see {{< ref "x.md#y" >}}', "see x.md#y"),
    ],
)
def test_a_name_without_a_post_stays_as_text(engine: str, text: str, shown: str) -> None:
    made = rendered(text, Markup.MARKDOWN, engine=engine)
    assert made.content.html == f"<p>{shown}</p>\n"
    assert codes(made) == ["link-unresolved"]


def test_a_name_with_blanks_and_without_a_post_still_is_the_address_of_a_link() -> None:
    made = rendered('[words]({{< ref "b c.md" >}})', Markup.MARKDOWN, engine="hugo")
    assert made.content.html == "<p><a>words</a></p>\n"


def test_a_relative_link_that_means_no_post_is_left_alone() -> None:
    assert 'href="https://example.org/blog/2020/a/x.md"' in markdown("[a](x.md)")


def test_a_shortcode_that_names_a_part_of_its_own_page_is_that_part() -> None:
    made = rendered('[a]({{< ref "#part" >}})', Markup.MARKDOWN, engine="hugo")
    assert made.content.html == '<p><a href="https://example.org/blog/2020/a/#part">a</a></p>\n'
    assert made.findings == ()


@pytest.mark.parametrize(
    "before", ["{{ site.url }}{{ site.baseurl }}", "{{ site.url }}", "{{ site.baseurl }}", ""]
)
def test_the_site_address_that_old_jekyll_wanted_before_a_tag_is_not_doubled(before: str) -> None:
    link = {Reference("post_url", "2020-01-02-x"): THERE}
    text = f"[a]({before}{{% post_url 2020-01-02-x %}})"
    assert f'<a href="{THERE}">' in markdown(text, engine="jekyll", links=link)
    assert "<a>a</a>" in markdown(text, engine="jekyll")


def test_a_path_in_jekylls_url_is_not_doubled_before_a_tag() -> None:
    link, options = {Reference("post_url", "2020-01-02-x"): THERE}, {"url_path": "/blog"}
    text = "[a]({{ site.url }}{% post_url 2020-01-02-x %})"
    assert f'<a href="{THERE}">' in markdown(text, engine="jekyll", links=link, options=options)


def test_jekyll_links_to_static_files_below_the_site() -> None:
    unknown = {Reference("link", "assets/x.pdf"): None}
    assert html("{% link assets/x.pdf %}", engine="jekyll", links=unknown) == (
        "https://example.org/blog/assets/x.pdf"
    )


@pytest.mark.parametrize(
    "body",
    [
        "[a](https://example.org/x.md)",
        "[a](//example.org/x.md)",
        "<mailto:x@example.md>",
        "[a](b.mdown-loads)",
        "no links: x.markdowns",
    ],
)
def test_what_is_no_relative_name_refers_to_nothing(body: str) -> None:
    assert references(body, settings("")) == ()


def test_names_with_blanks_stand_in_angle_brackets() -> None:
    link = {Reference(FILE, "b c.md"): THERE}
    assert references("[a](<b c.md>)", settings(""))[-1:] == tuple(link)
    assert f'<a href="{THERE}">' in markdown("[a](<b c.md>)", links=link)


@given(
    engine=st.sampled_from(["", "jekyll", "hugo", "pelican", "zola"]),
    body=st.text("a/.mdpost_urlinkef{}%<>|@:\"'()[]# \\\n&;é", max_size=80),
)
def test_no_body_stumbles_over_its_references(engine: str, body: str) -> None:
    found = references(body, settings(engine))
    for there in (THERE, None):
        rendered(body, Markup.MARKDOWN, engine=engine, links=dict.fromkeys(found, there))
