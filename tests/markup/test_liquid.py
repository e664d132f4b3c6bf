"""What Liquid comes to: the answers are those of Jekyll 4.3 for the same templates."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.content import leftovers
from feedsvc.markup import urls
from feedsvc.markup.beside import Beside, Folder
from feedsvc.markup.context import Context
from feedsvc.markup.remarks import Remarks
from feedsvc.model import Markup, Post
from feedsvc.settings import PostsSettings, Settings, SiteSettings

if TYPE_CHECKING:
    from feedsvc.model import Finding

CASES = json.loads((Path(__file__).parent.parent / "data" / "liquid.json").read_text("utf-8"))
INSTANT = datetime(2020, 2, 3, 3, 5, 6, tzinfo=UTC)
POST = Post(
    path="_posts/2020-02-03-a.html",
    id="https://ex.org/b/2020/02/03/a",
    permalink="https://ex.org/b/2020/02/03/a/",
    title="A Post",
    published=INSTANT,
    updated=INSTANT,
    body="",
    markup=Markup.HTML,
    tags=("a", "b"),
    categories=("c1", "c2"),
    slug="a",
    extra={"when": "2018-05-06", "flag": True, "off": False, "num": 3, "nums": [1, 2]},
)
VARIABLES = {
    "nested": {"a": [1, 2, {"b": "c"}]},
    "flag": True,
    "authors": [{"name": "Zed", "age": 3}, {"name": "amy", "age": 12}, {"name": "Bob"}],
}
FILES = {
    "_includes/a.html": '[{{ include.x }}|{{ include.y | upcase }}|{{ z }}{% assign set = "in" %}]',
    "_includes/sub/b.md": "*b* {% include a.html x=include.q %}",
    "_includes/loop.html": "{% for i in include.l %}{{ forloop.index }}{{ i }}{% endfor %}",
    "_includes/down.html": (
        "{{ include.n }}{% assign m = include.n | minus: 1 %}"
        "{% if m > 0 %}{% include down.html n=m %}{% endif %}"
    ),
    "_includes/box.html": "<b>{{ a }}|{{ title }}|{{ b }}</b>",
    "_includes/loop.liquid": "LIQ {{ a }} {% for i in (1..3) %}{{ i }}{% endfor %}",
    "_includes/a.njk": "{% set x = 1 %}",
    "_data/meta.json": '{"list": ["p", "q"]}',
    "_includes/setup.html": "{% if layout.theme.name %}{{ layout.theme.name }}{% endif %}",
    "_layouts/post.html": "---\ntheme:\n  name: thin\n---\n{{ content }}",
    "_layouts/bare.html": "{{ content }}",
    "_includes/odd.html": "\n\n\n{% odd %}",
    "_includes/for.html": "{% include for.html %}",
    "_includes/long.html": "{% for i in (1..999) %}{{ include.x }}{% endfor %}",
    "_posts/beside.txt": "BESIDE {{ page.title }}",
    "_data/list.yml": (
        '- {version: "3.0", n: 5, t: [x, y], d: 2020-01-02}\n- {version: "2.9", n: 7}\n'
    ),
    "_data/people/ann.json": '{"name": "Ann"}',
    "_data/people/bob lee.yml": "name: Bob\n",
    "_data/tab.csv": 'k,v\na,1\nb,"2,3"\n',
    "_data/tab2.tsv": "k\tv\na\t1\n",
    "_data/broken.yml": "a: [",
}


def rendered(text: str, **options: Any) -> tuple[str, tuple[Finding, ...]]:
    engine = options.pop("engine", "jekyll")
    extra = options.pop("extra", {})
    fields = options.pop("fields", {"author": {"name": "Au"}})
    settings = Settings(
        Path("/nowhere"),
        site=SiteSettings(url="https://ex.org/b", title="T", timezone="Asia/Shanghai"),
        posts=PostsSettings(dialect=engine),
        engine=engine,
        engine_options={"variables": VARIABLES, **options},
    )
    post = POST._replace(body=text, extra={**POST.extra, **extra})
    folder = Folder(read, lambda below: [name for name in FILES if name.startswith(below)])
    paths = leftovers.sources(post, settings, folder).paths
    remarks = Remarks(post.path, 1)
    around = Context(
        post,
        settings,
        remarks,
        {},
        urls.Base(post.permalink),
        beside=Beside(lambda: fields, paths, read),
    )
    return leftovers.render(text, around), remarks.findings()


def read(path: str) -> bytes | None:
    return FILES[path].encode() if path in FILES else None


def taken_out(text: str, **options: Any) -> list[str]:
    return [finding.code for finding in rendered(text, **options)[1]]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_liquid_comes_to_what_jekyll_makes_of_it(text: str, expected: str) -> None:
    assert rendered(text) == (expected, ())


@pytest.mark.parametrize(
    ("layout", "expected"), [("post", ("thin", ())), ("bare", ("", ()))], ids=["post", "bare"]
)
def test_what_the_layout_says_of_itself_is_known(layout: str, expected: object) -> None:
    assert rendered("{% include setup.html %}", fields={"layout": layout}) == expected
    assert rendered("{{ layout.theme.name }}", extra={"layout": layout}) == expected


def test_the_layout_of_a_theme_is_not_known() -> None:
    assert taken_out("{{ layout.x }}", fields={"layout": "far"}) == ["liquid-removed"]


def test_an_excerpt_is_known_where_the_author_wrote_it() -> None:
    assert rendered("{{ page.excerpt }}", fields={"excerpt": "Short"}) == ("Short", ())
    assert taken_out("{{ page.excerpt }}") == ["liquid-removed"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ site.posts.size }}",
        "{% for p in site.tags %}x{% endfor %}",
        "{{ site.time | date: '%Y' }}",
        "{{ 'now' | date: '%Y' }}",
        "{{ page.next.url }}",
        "{{ page.title | filter_of_a_plugin }}",
        "{% tag_of_a_plugin %}",
        "{% assign x = site.github.url %}",
        "{% include absent.html %}",
        "{% include ../secret.html %}",
        "{% include_relative ../../secret %}",
        "{{ 5 | divided_by: 0 }}",
        "{{ '/a/' | url }}",
        "{% for %}{% endfor %}",
    ],
)
def test_what_a_folder_cannot_tell_is_taken_out_and_named(text: str) -> None:
    assert rendered(f"<{text}>")[0] == "<>"
    assert taken_out(text) == ["liquid-removed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{% include "box.html", a: "z", b: title %}', "<b>z|A Post|A Post</b>"),
        ('{% render "loop.liquid", a: num %}', "LIQ 3 123"),
        ('{% include "loop", a: 1 %}', "LIQ 1 123"),
        ("{{ people.ann.name }} {% for m in meta.list %}{{ m }}{% endfor %}", "Ann pq"),
        ("{{ page.url }} {{ tags | join: ',' }}", "/2020/02/03/a/ a,b"),
        ("{{ page.date | date: '%F' }}", "2020-02-03"),
        ("{{ '/a/' | url }} {{ '/' | url }} {{ '' | url }}", "/b/a/ /b/ /b/"),
        ("{{ 'a/' | url }} {{ '//e.org/' | url }}", "a/ //e.org/"),
        ("{{ 'https://e.org/a' | url }}", "https://e.org/a"),
    ],
)
def test_liquid_comes_to_what_eleventy_makes_of_it(text: str, expected: str) -> None:
    assert rendered(text, engine="eleventy") == (expected, ())


@pytest.mark.parametrize(
    "text", ["{{ of_the_sites_code }}", "{{ collections.x }}", "{% include 'a.njk' %}"]
)
def test_what_eleventys_own_code_may_give_is_taken_out_and_named(text: str) -> None:
    assert rendered(f"<{text}>", engine="eleventy")[0] == "<>"
    assert taken_out(text, engine="eleventy") == ["liquid-removed"]


def test_a_finding_in_an_include_names_the_line_of_the_post() -> None:
    [finding] = rendered("a\n{% include odd.html %}")[1]
    assert finding.line == 2
    assert "{% odd %}" in finding.message


def test_a_post_may_ask_for_no_liquid() -> None:
    assert rendered("{{ x }}", extra={"render_with_liquid": False}) == ("{{ x }}", ())


@pytest.mark.parametrize(
    "text",
    [
        "{% include for.html %}",
        "{% for a in (1..9999) %}{% for b in (1..9999) %}x{% endfor %}{% endfor %}",
        "{% for a in (1..999) %}{% include long.html x='0123456789' %}{% endfor %}",
        "{% for a in (1..99999999) %}x{% endfor %}",
        "{% if 1 %}" * 500 + "x" + "{% endif %}" * 500,
        "{% assign x = 9 %}" + "{% assign x = x | times: x %}" * 20 + "{{ x }}",
        "{% assign x = 'ab' %}" + "{% assign x = x | replace: 'a', x | append: x %}" * 40,
        "{% assign x = 'a' | split: '' %}" + "{% assign x = x | concat: x %}" * 40 + "{{ x }}",
        "{% assign x = 'a' %}" + "{% assign x = x | append: x %}" * 40 + "{{ x | split: '' }}" * 40,
        "{% assign x = 'a' | split: '' %}" + "{% assign x = x | push: x %}" * 60 + "{{ x }}",
        "{% assign x = 'a' | split: '' %}"
        + "{% assign x = x | push: x %}" * 60
        + "{{ x | jsonify }}",
    ],
)
def test_what_grows_without_bound_is_cut_and_told_once(text: str) -> None:
    made, findings = rendered(text)
    assert len(made) <= 2_000_000
    assert [finding.code for finding in findings] in (["body-too-complex"], ["liquid-removed"], [])


HOSTILE = st.lists(
    st.sampled_from(
        [
            *("{{", "}}", "{%", "%}", "-", "|", ":", ",", ".", "[", "]", "(", ")", "..", '"', "'"),
            *(" if ", " endif ", " for i in ", "endfor", "case", "when", "else", "raw", "endraw"),
            *(
                "capture x",
                "endcapture",
                "include a.html ",
                "x=",
                "assign x = ",
                "cycle ",
                "tablerow",
            ),
            *("page.title", "site.data", "site.authors", "x", "0", "-1", "1.5", "99999999999", " "),
            *(
                "where: ",
                "sort",
                "date: ",
                "'%Y'",
                "slice: ",
                "split: ",
                "times: ",
                "plus",
                "\n",
                "é",
            ),
        ]
    ),
    max_size=60,
).map("".join)


@given(HOSTILE, st.sampled_from(["jekyll", "eleventy"]))
def test_no_template_raises(text: str, engine: str) -> None:
    made, _ = rendered(text, engine=engine)
    assert len(made) <= 2_000_000


@pytest.mark.parametrize(
    "text",
    [
        *(
            piece * (200_000 // len(piece))
            for piece in (
                *("{{", "{%", "{% raw %}", "{% if a %}", "{{ '", "{{ a | b: ", "{{ [", "{{ \" ' "),
                *("{% for a in (", "{% include {{", "{% endraw", "{{ a.b[", "{% case ", "{%-"),
            )
        ),
        "{% raw %}" * 20_000 + "endraw",
        "{{ " + "9" * 100_000 + "a }}",
        "{{ a | b: " + "x " * 50_000 + "}}",
        "{% include a.html " + "y" * 100_000 + " %}",
        "{% include " + "{{" * 50_000 + " %}",
        "{% if " + "a and " * 20_000 + " %}{% endif %}",
        "{{ a" + "[0]" * 50_000 + " }}",
        "{{ a " + "| strip " * 20_000 + " }}",
        "{{ a " + "|" * 200_000 + " }}",
        '{% codeblock "a' + " " * 200_000 + 'b" %}x{% endcodeblock %}',
    ],
    ids=lambda text: text[:20],
)
def test_what_stays_open_takes_no_more_than_its_length(text: str) -> None:
    """Whatever takes the square of the length does not end here."""
    assert len(rendered(text)[0]) <= len(text)


@pytest.mark.parametrize(
    "tags",
    [
        "{% cycle " + "a," * 240 + " %}",
        "{% cycle " + "a," * 50_000 + " %}",
        "{% assign b = '" + "a" * 300_000 + "' %}",
        "{% case 1 %}{% when " + "2," * 50_000 + " %}{% endcase %}",
        "{% if a %}" + "{% elsif a %}" * 20_000 + "{% endif %}",
        "{% if " + "b or " * 20_000 + " %}{% endif %}",
        "{% include a.html " + "a=b " * 20_000 + " %}",
        "{% img " + "a " * 50_000 + " %}",
        "{% for b in (1..499999) limit: 0 %}{% endfor %}",
    ],
    ids=lambda text: text[:20],
)
def test_what_loops_read_again_and_again_counts(tags: str) -> None:
    """Where it does not, the loop goes on for hours."""
    _, findings = rendered("{% for i in (1..200000) %}" + tags + "{% endfor %}", engine="jekyll")
    assert "body-too-complex" in {one.code for one in findings}
