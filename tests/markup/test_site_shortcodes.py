"""A Hugo site's own shortcodes: the answers are those of Hugo 0.168 for the same templates."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.content import leftovers
from feedsvc.content.rendering import render
from feedsvc.markup import shortcodes
from feedsvc.markup.beside import Beside, Folder
from feedsvc.markup.hugo import site_shortcodes, templates
from feedsvc.model import Markup, Post
from feedsvc.settings import Settings, SiteSettings
from feedsvc.site import open_site, publish
from tests.bounds import bounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.content import Rendered
    from tests.conftest import SiteFactory

DATA = json.loads((Path(__file__).parent.parent / "data" / "shortcodes.json").read_text("utf-8"))
FILES = {f"layouts/shortcodes/{name}.html": text for name, text in DATA["templates"].items()}
INSTANT = datetime(2020, 1, 2, tzinfo=UTC)


def made(body: str, files: Mapping[str, str] = FILES) -> Rendered:
    settings = Settings(
        Path("/nowhere"),
        site=SiteSettings(url="https://ex.org/b", title="T"),
        engine="hugo",
        engine_options={"variables": {"mail": "a@b.c", "n.x": "y"}, "themes": ["ananke"]},
    )
    post = Post(
        path="content/posts/p.md",
        id="x",
        permalink="https://ex.org/b/posts/p/",
        title="Ti",
        published=INSTANT,
        updated=INSTANT,
        body=body,
        markup=Markup.MARKDOWN,
        extra={"mood": "calm"},
    )

    def read(path: str) -> bytes | None:
        return files[path].encode() if path in files else None

    paths = leftovers.sources(post, settings, Folder(read, lambda _: ())).paths
    return render(post, settings, beside=Beside(lambda: {"mood": "calm"}, paths, read))


def test_highlight_in_a_template_keeps_its_code_as_it_is() -> None:
    template = (
        "<div>{{ if len .Params | eq 2 }}x{{ else }}"
        '{{ highlight (trim .Inner "\\n") (.Get 0) "" }}{{ end }}</div>'
    )
    body = '{{< code bash >}}\nlog "a" -- <b>\n\n# *b*\n{{< /code >}}\n'
    result = made(body, {"layouts/shortcodes/code.html": template})
    code = 'log "a" -- &lt;b&gt;\n\n# *b*'
    assert f'<pre><code class="language-bash">{code}' in result.content.html.replace("&quot;", '"')
    assert not result.findings


def test_what_is_given_to_a_template_that_asks_for_more_is_shown_where_it_stands() -> None:
    files = {
        "layouts/shortcodes/tabs.html": "{{ .Scratch.Get `tabs` }}{{ readFile `x` }}",
        "layouts/shortcodes/tab.html": "{{ .Parent.Scratch.Add `tabs` (slice .Inner) }}",
    }
    body = "{{< tabs >}}\n{{< tab >}}\n**a**\n{{< /tab >}}{{% tab %}}b{{% /tab %}}\n{{< /tabs >}}"
    assert made(body, files).content.html == "<p><strong>a</strong>\nb</p>\n"


def test_code_in_what_is_read_as_markdown_may_have_blank_lines() -> None:
    files = {"layouts/shortcodes/note.html": "<div>\n{{ .Inner | markdownify }}\n</div>"}
    body = "{{% note %}}\na\n\n```py\nx\n\n    >>> y\n```\n{{% /note %}}\n\n*b*\n"
    code = '<pre><code class="language-py">x\n\n    &gt;&gt;&gt; y\n</code></pre>'
    html = made(body, files).content.html
    assert code in html
    assert "<p>a</p>" in html
    assert html.endswith("<p><em>b</em></p>\n")


@pytest.mark.parametrize(("body", "expected"), DATA["cases"])
def test_simple_templates_come_to_what_hugo_makes_of_them(body: str, expected: str) -> None:
    result = made(body)
    assert expected in result.content.html
    assert not [one for one in result.findings if one.code == "shortcode-removed"]


@pytest.mark.parametrize("name", ["loop", "open", "absent"])
def test_a_template_that_asks_for_more_is_removed_wholly_and_named(name: str) -> None:
    result = made(f"a {{{{< {name} >}}}}kept{{{{< /{name} >}}}} {{{{< badge b >}}}}")
    assert result.content.html == '<p>a kept <span title="p">b</span></p>\n'
    [finding] = result.findings
    assert (finding.code, finding.line) == ("shortcode-removed", 1)
    assert name in finding.message


def test_a_known_shortcode_whose_own_template_is_not_simple_is_shown_as_hugos() -> None:
    assert "player.vimeo.com/video/1" in made("{{< vimeo 1 >}}").content.html


def test_a_themes_template_is_found_below_the_sites_own() -> None:
    files = {"themes/ananke/layouts/shortcodes/t.html": "theme"}
    assert "theme" in made("{{< t >}}", files).content.html
    assert "own" in made("{{< t >}}", {**files, "layouts/_shortcodes/t.html": "own"}).content.html


@pytest.mark.parametrize("name", ["../../secret", "a/../../b", "/etc/passwd"])
def test_no_shortcode_leads_out_of_its_folder(name: str) -> None:
    read: list[str] = []

    def reading(path: str) -> None:
        read.append(path)

    calls = shortcodes.hugo_calls(f"{{{{< {name} >}}}}")
    site_shortcodes.sources(calls, Settings(Path("/nowhere")), Folder(reading, lambda _: ()))
    assert not [path for path in read if ".." in path or path.startswith("/")]


HOSTILE = st.lists(
    st.sampled_from(
        [
            *("{{", "}}", "if ", "else", "end", "with .Inner", ".Get 0", "|", "(", ")", "$x", ":="),
            *('"', "`", "printf ", "-", "a", " ", ".Page.", "site", "{{ end }}", "{{ .Inner }}"),
            *("range ", "seq 3", "slice 1 2", "dict `a` 1", ".Scratch.Add `a` ", "append ", ","),
        ]
    ),
    max_size=40,
).map("".join)


@given(HOSTILE)
def test_no_template_raises(text: str) -> None:
    made("{{< t >}}", {"layouts/shortcodes/t.html": text})


def test_deep_and_wide_templates_end() -> None:
    for text in ("(" * 10_000, "{{ " + "(" * 10_000, "{{ if 1 }}" * 4_000, "{{ " * 16_000):
        assert templates.parsed(text) in (None, (text,))
    assert templates.parsed("{{" + " " * 40_000 + "}") is None
    assert len(made("{{< box >}}" * 5_000 + "x" + "{{< /box >}}" * 5_000).content.html) < 500_000


def test_thousands_of_numbers_in_a_call_take_no_time() -> None:
    call = f'{{{{< t {" ".join(map(str, range(70_000)))} "70000" >}}}}'
    shown = bounded(made, call, {"layouts/shortcodes/t.html": "{{ .Get 9 }}"})
    assert "9" in shown.content.html


@pytest.mark.parametrize("made_of_both", ["print $a $a", 'printf "%s%s" $a $a'])
def test_no_template_fills_the_memory_by_doubling_what_it_never_prints(made_of_both: str) -> None:
    few = '{{ $a := "xxxxxxxxxx" }}' + f"{{{{ $a = {made_of_both} }}}}" * 3 + "Kept."
    many = few.replace("Kept.", f"{{{{ $a = {made_of_both} }}}}" * 15 + "Kept.")
    assert "Kept." in made("{{< t >}}", {"layouts/shortcodes/t.html": few}).content.html
    assert "Kept." not in made("{{< t >}}", {"layouts/shortcodes/t.html": many}).content.html


@pytest.mark.parametrize(
    "template",
    [
        "{{ range seq 9999 }}{{ range seq 9999 }}{{ end }}{{ end }}",
        "{{ range 300000 }}{{ end }}",
        "{{ $l := seq 9999 }}{{ range 9 }}{{ $l = append $l $l }}{{ end }}",
        "{{ $s := newScratch }}{{ $s.Add 1 `x` }}{{ range 20 }}{{ $s.Add 1 ($s.Get 1) }}{{ end }}",
        '{{ replaceRE "(a|aa)+$" "" (strings.Repeat 60 "a") }}',
        '{{ replaceRE "a*a*a*a*a*b" "" (strings.Repeat 2000 "a") }}',
        '{{ findRE "a*" (strings.Repeat 90000 "a") }}',
        '{{ replaceRE "" (strings.Repeat 90 "a") (strings.Repeat 9000 "a") }}',
        '{{ strings.Repeat 1000000000 "ab" }}',
        "{{ mul 9223372036854775807 9223372036854775807 }}",
        "{{ seq 1 0 5 }}",
        "{{ div 1 0 }}",
        "{{ range .Get 0 }}{{ end }}",
        '{{ findRE "[" "a" }}',
        '{{ slicestr "a" 2 }}',
    ],
)
def test_what_would_take_too_long_or_too_much_is_removed(template: str) -> None:
    result = made("{{< t x >}} kept", {"layouts/shortcodes/t.html": f"Shown.{template}"})
    assert result.content.html == "<p>kept</p>\n"


def test_code_without_an_end_in_what_is_read_as_markdown_takes_no_time() -> None:
    result = bounded(
        made,
        f"{{{{% x %}}}}{'<pre' * 50_000}{{{{% /x %}}}}",
        {"layouts/shortcodes/x.html": "{{ .Inner }}"},
    )
    assert "&lt;pre" in result.content.html


def test_the_templates_of_one_body_share_what_they_may_take() -> None:
    files = {"layouts/shortcodes/t.html": "{{ range seq 9999 }}{{ end }}Shown."}
    assert made("{{< t >}}\n" * 100, files).content.html.count("Shown.") == 29


def test_a_posts_entry_follows_its_shortcodes_template(make_site: SiteFactory) -> None:
    folder = make_site(
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n",
            "layouts/shortcodes/t.html": "<b>one {{ .Page.Params.mood }}</b>",
            "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-02\nmood: calm\n---\n{{< t >}}\n",
        }
    )
    site = open_site(folder)
    now = datetime(2026, 6, 1, tzinfo=UTC)

    def shown() -> str:
        document = publish(site, now).get("/feed.json")
        assert document is not None
        return document.body.decode()

    assert "one calm" in shown()
    (folder / "layouts/shortcodes/t.html").write_text("<b>two</b>")
    assert "two" in shown()
    (folder / "layouts/shortcodes/t.html").unlink()
    assert "two" not in shown()


def test_what_stands_for_markup_is_nothing_that_a_body_can_fake() -> None:
    result = made("{{< badge a >}} HELD51e0b7c4d2MARKUPN7E")
    assert "<span" in result.content.html
