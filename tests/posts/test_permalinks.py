"""Permalinks are what the engines make of a pattern, and always a safe path."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.posts.permalinks import (
    STYLES,
    Facts,
    finish,
    jekyll,
    jekyll_slug,
    jekyll_title,
    unknown,
)

FACTS = Facts(
    local=datetime(2020, 2, 3, 7, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
    slug="My Slug",
    title="A Title",
    categories=("Alpha One", "beta", "Beta"),
    path="blog/Deep One/2020-02-03-my-slug",
)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:year/:month/:day/:title/", "/2020/02/03/My-Slug/"),
        ("/:categories/:title:output_ext", "/alpha%20one/beta/My-Slug.html"),
        ("/:slugified_categories/:slug", "/alpha-one/beta/my-slug"),
        ("/:short_year/:i_month/:i_day/:y_day", "/20/2/3/034"),
        ("/:short_month/:long_month/:short_day/:long_day", "/Feb/February/Mon/Monday"),
        ("/:w_year/:week/:w_day", "/2020/06/1"),
        ("/:hour:minute:second", "/070509"),
        ("/:year_:title", "/2020_My-Slug"),
        ("/:collection/:path", "/posts/blog/Deep%20One/2020-02-03-my-slug"),
        ("/:name/", "/2020-02-03-my-slug/"),
        (STYLES["date"], "/alpha%20one/beta/2020/02/03/My-Slug.html"),
        (STYLES["pretty"], "/alpha%20one/beta/2020/02/03/My-Slug/"),
        (STYLES["ordinal"], "/alpha%20one/beta/2020/034/My-Slug.html"),
        (STYLES["weekdate"], "/alpha%20one/beta/2020/W06/Mon/My-Slug.html"),
        (STYLES["none"], "/alpha%20one/beta/My-Slug.html"),
        (":title:output_ext", "/My-Slug.html"),
        ("pretty", "/pretty"),
    ],
)
def test_jekylls_placeholders(pattern: str, path: str):
    assert jekyll(pattern, FACTS) == path
    assert unknown(pattern) == {}


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("MiXed Case_and.dots v1.2", "MiXed-Case_and.dots-v1.2"),
        ("Crème-brûlée!", "Crème-brûlée!"),
        ("trailing-", "trailing"),
        ("a -- b", "a-b"),
        ("日本語", "日本語"),
        ("c++/c#", "c++-c"),
    ],
)
def test_jekylls_title_keeps_case_and_some_punctuation(slug: str, title: str):
    assert jekyll_title(slug) == title


def test_jekylls_slug_is_lower_case_letters_and_digits():
    assert jekyll_slug("MiXed Case_and.dots v1.2!") == "mixed-case-and-dots-v1-2"


def test_a_slug_without_a_letter_still_makes_a_path():
    assert len(jekyll("/:title/", Facts(FACTS.local, "???"))) > 2


def test_unknown_placeholders_stay_and_are_named():
    assert jekyll("/:nothing/:titel", FACTS) == "/:nothing/:titel"
    assert unknown("/:nothing/:titel/:title_") == {":nothing": "", ":titel": ":title"}


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("x/y.html", "/x/y.html"),
        ("/é ü/?a#b", "/%C3%A9%20%C3%BC/%3Fa%23b"),
        ("/100%25/a%20b", "/100%25/a%20b"),
        ("/100%/x", "/100%25/x"),
        ("/../../etc/passwd", "/etc/passwd"),
        ("/%2e%2e/%2E./x", "/x"),
        ("/..%2f..%2fx/", "/x/"),
        ("..\\..\\x", "/x"),
        ("//host//x", "/host/x"),
        ("/a\x00b\nc", "/ab%0Ac"),
        ("", "/"),
        ("/", "/"),
        ("...", "/"),
    ],
)
def test_a_path_is_made_safe_and_canonical(path: str, safe: str):
    assert finish(path) == safe


def test_a_segment_that_no_file_system_takes_is_cut_with_a_digest():
    (segment,) = finish("/" + "é" * 300).split("/")[1:]
    assert len(unquote(segment).encode()) <= 240
    assert finish("/" + "é" * 300) != finish("/" + "é" * 301)


@given(st.text(max_size=40), st.text(max_size=20), st.lists(st.text(max_size=8), max_size=2))
def test_any_pattern_and_post_make_a_safe_path(pattern: str, slug: str, names: list[str]):
    facts = Facts(FACTS.local, slug, slug, tuple(names), slug)
    for text in (pattern, f"/:categories/{pattern}:title/:slug/:path/"):
        path = jekyll(text, facts)
        assert path.startswith("/")
        assert not path.startswith("//")
        assert path.isascii()
        assert not set(path) & set(' "<>\\^`{|}?#[]\n\0')
        parts = unquote(path).split("/")
        assert not {".", ".."} & set(parts)
        assert finish(path) == path
