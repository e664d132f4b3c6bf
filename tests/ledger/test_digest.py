"""The digest of meaning: what is an edit for a reader, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.ledger import meaning

SITE = "https://example.org/blog"
HTML = '<p>Hello <em>big</em> world, see <a href="https://other.example/x?q=1">there</a>.</p>'


def digest(html: str, title: str = "T", site: str = SITE, **more: object) -> str:
    return meaning(title, html.encode("utf-8", "surrogatepass"), site, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a b</p>", "<p>a\n   b</p>\n"),
        ("<p>a b</p>", "<p>a\u00a0b</p>"),
        ("<p>a <em>b</em></p>", '<p class="x" id="y">a <strong>b</strong></p>'),
        ("<pre><code>x = 1</code></pre>", '<pre><code><span class="n">x</span> = 1</code></pre>'),
        ("<p>“a” – it’s…</p>", '<p>"a" -- it\'s...</p>'),
        ("<p>e\u0301</p>", "<p>é</p>"),
        ('<p>a<img alt="b > c" src="/x">d</p>', '<p>a<img alt="c > b < c" src="/x">d</p>'),
        ("<p>soft\u00adhyphen</p>", "<p>softhyphen</p>"),
        ('<img src="/i/app.3f2a9c.png">', '<img src="/i/app.77b1d0.png">'),
        ('<img src="https://cdn.example/a.png?v=1">', '<img src="https://cdn.example/a.png?v=2">'),
        (f'<a href="{SITE}/x/#a">x</a>', f'<a href="{SITE}/x/#b">x</a>'),
        ('<a href="http://other.example/">x</a>', '<a href="https://other.example/">x</a>'),
    ],
)
def test_what_a_reader_does_not_see_is_no_edit(one: str, other: str) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>now</p>", "<p>not</p>"),
        ("<p>polish</p>", "<p>Polish</p>"),
        ("<p>x2</p>", "<p>x²</p>"),
        ("<p>right</p>", "<p><del>right</del></p>"),
        ('<a href="https://a.example/">x</a>', '<a href="https://b.example/">x</a>'),
        ('<a href="https://a.example/?v=1">x</a>', '<a href="https://a.example/?v=2">x</a>'),
        ('<img src="/i/20220530.jpg">', '<img src="/i/20220531.jpg">'),
        ('<video poster="/a.png"></video>', '<video poster="/b.png"></video>'),
        ('<a href="https://example.org/blogroll/">x</a>', '<a href="roll/">x</a>'),
    ],
)
def test_what_a_reader_sees_is_an_edit(one: str, other: str) -> None:
    assert digest(one) != digest(other)


def test_title_summary_image_and_media_belong_to_the_meaning() -> None:
    seen = {
        digest(HTML),
        digest(HTML, title="U"),
        digest(HTML, summary="s"),
        digest(HTML, image="https://example.org/i.png"),
        digest(HTML, media=("https://example.org/i.png",)),
        digest(HTML, media=("https://example.org/i.png", "https://example.org/j.png")),
    }
    assert len(seen) == 6


def test_another_domain_scheme_or_base_path_is_no_edit() -> None:
    sites = ("https://example.org", "http://example.org/blog/", "https://new.example/a/b")
    digests = {
        digest(f'<p>x <a href="{site.rstrip("/")}/y/">y</a></p>', site=site) for site in sites
    }
    assert len(digests) == 1


def test_the_digest_names_its_recipe() -> None:
    assert digest(HTML).startswith("1.")
    assert digest("") == digest("   ")


@given(st.text(), st.text())
def test_any_text_has_a_digest_that_repeats(title: str, html: str) -> None:
    assert digest(html, title) == digest(html, title)


@pytest.mark.parametrize(
    ("html", "known"),
    [
        ('<p title="<a b"><a href="u">x</a> "y"</p> <del title="<s>">z</del>', "1.DpjJR_Oj2IhG"),
        (
            '<p title="<img src="><a href="https://a.bc/u">x</a> <del>q "y"</del></p>',
            "1.6FeRb8isr0KI",
        ),
    ],
)
def test_tags_in_values_are_read_as_ever(html: str, known: str) -> None:
    assert digest(html, "t", "https://a.bc") == known
