"""A Zola site's own shortcodes: the answers are those of Zola 0.22 for the same templates."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from feedsvc.content import leftovers
from feedsvc.content.rendering import render
from feedsvc.markup.beside import Beside, Folder
from feedsvc.markup.evaluated import UnsupportedError
from feedsvc.markup.zola import evaluation, functions, templates
from feedsvc.model import Markup, Post
from feedsvc.settings import Settings, SiteSettings
from feedsvc.site import open_site, publish
from tests.bounds import bounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.content import Rendered
    from tests.conftest import SiteFactory

DATA = json.loads((Path(__file__).parent.parent / "data/zola_shortcodes.json").read_text("utf-8"))
FILES = {f"templates/shortcodes/{name}": text for name, text in DATA["templates"].items()}
INSTANT = datetime(2020, 1, 2, tzinfo=UTC)
SETTINGS = Settings(
    Path("/nowhere"),
    site=SiteSettings(url="https://ex.org/b", title="T"),
    engine="zola",
    engine_options={"theme": "even", "variables": {"mail": "a@b.c", "deep": {"er": [1, 2]}}},
)


def made(body: str, files: Mapping[str, str] = FILES, path: str = "content/posts/p.md") -> Rendered:
    post = Post(
        path=path,
        id="x",
        permalink="https://ex.org/b/posts/p/",
        title="Ti",
        published=INSTANT,
        updated=INSTANT,
        body=body,
        markup=Markup.MARKDOWN,
        slug="p",
    )

    def read(name: str) -> bytes | None:
        return files[name].encode() if name in files else None

    paths = leftovers.sources(post, SETTINGS, Folder(read, lambda _: ())).paths
    fields = {"extra": {"mood": "calm", "deep": {"er": 3}}}
    return render(post, SETTINGS, beside=Beside(lambda: fields, paths, read))


def seen(markup: str) -> list[object]:
    """Text, and where pictures and links lead, by the elements around them."""
    found: list[object] = []
    for element in html.fragment_fromstring(markup, create_parent=True).iter():
        text = " ".join(f"{element.text or ''} {element.tail or ''}".split())
        address = element.get("src") or element.get("href") or ""
        absolute = urljoin("https://ex.org/b/posts/p/", address.replace(" ", "%20"))
        found.append((element.tag, text, absolute if address else "", element.get("alt")))
    return found


@pytest.mark.parametrize(("body", "expected"), DATA["cases"])
def test_templates_come_to_what_zola_makes_of_them(body: str, expected: str) -> None:
    result = made(body)
    assert seen(result.content.html) == seen(expected)
    assert not [one for one in result.findings if one.code == "shortcode-removed"]


@pytest.mark.parametrize(
    "template",
    [
        "{{ load_data(path='x.json') }}",
        "{{ m::call() }}",
        "{{ nobody }}",
        "{{ page.word_count }}",
        "{{ config.extra.x }}",
        "{{ config.taxonomies }}",
        "{{ 'a' | sort }}",
        "{{ get_url(path='@/posts/q.md') }}",
        "{% include 'x.html' %}",
        "{% for x in 5 %}{% endfor %}",
        "{% if %}",
        "{{ 1 / 0 }}",
        "{{ 'a' is matching('a*b') }}",
        "{{ 'a' is matching('a?a?a?a?') }}",
        "{{ 'a' is matching('[') }}",
    ],
)
def test_a_template_that_asks_for_more_is_removed_wholly_and_named(template: str) -> None:
    files = {"templates/shortcodes/s.html": f"shown {template}"}
    result = made("a {% s() %}kept{% end %}\n", files)
    assert result.content.html == "<p>a kept</p>\n"
    [finding] = result.findings
    assert (finding.code, finding.line) == ("shortcode-removed", 1)


def test_a_themes_template_is_found_below_the_sites_own() -> None:
    files = {"themes/even/templates/shortcodes/t.html": "theme"}
    assert "theme" in made("{{ t() }}", files).content.html
    assert "own" in made("{{ t() }}", {**files, "templates/shortcodes/t.md": "own"}).content.html


def test_templates_know_what_the_configuration_calls_extra() -> None:
    template = (
        "{{ config.extra.mail }}{% for n in config.extra.deep.er %}-{{ n }}{% endfor %}"
        "{% if config.extra.none %}x{% endif %}"
    )
    assert "a@b.c-1-2<" in made("{{ s() }}", {"templates/shortcodes/s.md": template}).content.html


def test_pictures_that_a_template_scales_are_shown_as_they_are() -> None:
    template = (
        "{% set i = resize_image(path=src, width=100) %}{% set m = get_image_metadata(path=src) %}"
        "<img src='{{ i.url }}' {% if m.width %}width='{{ m.width }}'{% endif %}>"
    )
    files = {"templates/shortcodes/s.html": template}
    page = "content/posts/p/index.md"
    beside = made('{{ s(src="posts/p/a.png") }}', files, page).content.html
    assert 'src="https://ex.org/b/posts/p/a.png"' in beside
    assert 'src="https://ex.org/b/i/a.png"' in made('{{ s(src="/i/a.png") }}', files).content.html


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in l %}" * 6 + "x" + "{% endfor %}" * 6,
        "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a ~ a ~ a %}" * 20 + "{{ a }}",
        "{{ 'aaaa' | replace(from='', to='b') }}" + "{{ [" * 500,
        "{% set a = [1] %}" + "{% set a = [a, a] %}" * 14 + "{{ a }}",
        "{% set a = [1] %}" + "{% set a = a | concat(with=a) %}" * 14 + "{{ a }}",
        "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 10 + "{{ l | join(sep=a) }}",
        "{{ " + "not " * 3000 + "true }}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    ],
)
def test_no_template_takes_time_or_room_without_bound(template: str) -> None:
    parsed = templates.parsed(template)
    if parsed is None:
        return
    names: dict[str, object] = {"l": list(range(100))}
    run = evaluation.Evaluation(names, functions.FILTERS, functions.TESTS, {}, escapes=True)
    with pytest.raises(UnsupportedError):
        run.whole(parsed)


PIECES = st.lists(
    st.sampled_from(
        [
            "{{",
            "}}",
            "{%",
            "%}",
            " s(",
            "a=",
            '"x"',
            "[",
            "]",
            ",",
            ")",
            " end ",
            "/*",
            "*/",
            "1",
            "\n",
        ]
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_any_call_is_read_or_left(text: str) -> None:
    template = {"templates/shortcodes/s.html": "<b>{{ a | default(value='') }}</b>"}
    assert made(text, template).content.html is not None


HOSTILE = st.lists(
    st.sampled_from(
        [
            *(
                "{{",
                "}}",
                "{%",
                "%}",
                "if ",
                "for a in ",
                "set b = ",
                "endif",
                "endfor",
                "else",
                "a",
            ),
            *(
                '"',
                "~",
                "(",
                ")",
                "|",
                "[",
                "]",
                "default(value=",
                "page.",
                "is ",
                "{#",
                "\\\\",
                ".",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@given(HOSTILE)
def test_no_template_raises(text: str) -> None:
    made("{{ t(a=[1, 2]) }}", {"templates/shortcodes/t.html": text})


def test_many_shortcodes_within_each_other_end() -> None:
    body = "{% nested() %}" * 5_000 + "x" + "{% end %}" * 5_000
    assert len(made(body).content.html) < 500_000


def test_braces_without_number_before_one_end_do_not_hang() -> None:
    assert "{{" in bounded(made, "{" * 300_000 + "}}").content.html
    assert bounded(templates.parsed, "{{" * 24_000) is None


def test_templates_of_one_body_make_no_more_than_readers_take() -> None:
    files = {"templates/shortcodes/s.html": "x" * 40_000, "templates/shortcodes/t.html": "y"}
    made_long = made("{{ s() }} " * 1_000, files)
    assert 5_000_000 <= len(made_long.content.html) < 5_100_000
    assert made("{{ t() }}" * 3_000, files).content.html.count("y") == 2_000
    assert {one.code for one in made_long.findings} == {"shortcode-removed"}


def test_a_posts_entry_follows_its_shortcodes_template(make_site: SiteFactory) -> None:
    folder = make_site(
        {
            "config.toml": "base_url = 'https://e.org'\n",
            "templates/shortcodes/t.html": "<b>one {{ page.extra.mood }}</b>",
            "content/a.md": (
                "+++\ntitle = 'A'\ndate = 2026-01-02\n[extra]\nmood = 'calm'\n+++\n{{ t() }}\n"
            ),
        }
    )
    site = open_site(folder)

    def shown() -> str:
        document = publish(site, datetime(2026, 6, 1, tzinfo=UTC)).get("/feed.json")
        assert document is not None
        return document.body.decode()

    assert "one calm" in shown()
    (folder / "templates/shortcodes/t.html").write_text("<b>two</b>")
    assert "two" in shown()
    (folder / "templates/shortcodes/t.html").unlink()
    assert "two" not in shown()
