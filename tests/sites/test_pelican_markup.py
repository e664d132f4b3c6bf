"""Pelican articles in reStructuredText and HTML: what their heads say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model import Markup, Post
from feedsvc.sites.pythonic import docinfo, htmlhead
from tests.sites.reading import Site, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "SITEURL = 'https://e.org'\nTIMEZONE = 'Asia/Tokyo'\n"
FIELDS = ":date: 2020-02-03 10:00\n:tags: b, a\n:category: C\n:slug: s"


def site(folder: Path, text: str, name: str = "a.rst", config: str = "") -> Site:
    return read_site(write(folder, {"pelicanconf.py": CONFIG + config, f"content/{name}": text}))


def post(folder: Path, text: str, name: str = "a.rst", config: str = "") -> Post:
    return site(folder, text, name, config).posts[f"content/{name}"]


def test_restructured_text_has_its_title_and_a_field_list_for_a_head(tmp_path: Path) -> None:
    found = post(tmp_path, f"A *Title*\n=========\n\n{FIELDS}\n\nPart\n----\n\nWords.\n")
    assert (found.title, found.slug, found.tags, found.categories) == (
        "A Title", "s", ("b", "a"), ("C",),
    )  # fmt: skip
    assert found.published == datetime(2020, 2, 3, 1, tzinfo=UTC)
    assert (found.markup, found.body) == (Markup.RESTRUCTURED, "\nPart\n----\n\nWords.\n")


@pytest.mark.parametrize(
    "head",
    [
        f"==\nT\n==\n{FIELDS}\n",
        f".. -*- coding: utf-8 -*-\n\n====\n T\n====\n\n{FIELDS}\n",
        f"T\n-\n\n.. a remark\n   goes on\n\n{FIELDS}\n",
        f"T\n=\n\nSubtitle\n--------\n\n{FIELDS}\n",
        f":title: T\n{FIELDS}\n",
        f":Title: T\n\n{FIELDS}\n",
    ],
)
def test_restructured_titles_and_fields_are_found_as_docutils_does(
    tmp_path: Path, head: str
) -> None:
    found = post(tmp_path, f"{head}\nWords.\n")
    assert (found.title, found.slug, found.body) == ("T", "s", "\nWords.\n")


@pytest.mark.parametrize(
    "text",
    [
        f"T\n=\n\n{FIELDS}\n\nWords.\n\nOther\n=====\n",  # two titles are none
        f"T\n=\n\nWords.\n\n{FIELDS}\n",  # fields of the text
        "T\n=\n",
        "",
    ],
)
def test_restructured_articles_without_a_head_are_left_out_with_a_finding(
    tmp_path: Path, text: str
) -> None:
    found = site(tmp_path, text)
    assert not found.posts
    assert found.codes("content/a.rst") & {"title-missing", "date-missing"}


def test_restructured_values_go_on_in_indented_lines_and_lose_their_markup() -> None:
    text = ":summary: One ``two`` `three <https://e.org>`_\n    *four* x_y\n\n    five\n:tags: a\n"
    front = docinfo.read(text)
    assert front.fields == {"summary": "One two three\nfour x_y\nfive", "tags": "a"}
    assert front.lines == {"summary": 1, "tags": 5}


def test_restructured_fields_that_stand_twice_are_told() -> None:
    front = docinfo.read(":tags: a\n:Tags: b\n")
    assert front.fields == {"tags": "b"}
    assert [(problem.code, problem.line) for problem in front.problems] == [("key-duplicate", 2)]


HTML = (
    "<html><head><title>A &amp; B</title>\n<meta name='Date' content='2020-02-03 10:00'>\n"
    '<meta name="keywords" contents="b, a" /><meta charset="utf-8">\n</head>'
    "<body class=x>\n<p>Words.</p></body></html>"
)


def test_html_articles_are_told_by_title_and_meta_elements(tmp_path: Path) -> None:
    found = post(tmp_path, HTML, "a.html")
    assert (found.title, found.slug, found.tags) == ("A & B", "a-b", ("b", "a"))
    assert found.published == datetime(2020, 2, 3, 1, tzinfo=UTC)
    assert (found.markup, found.body) == (Markup.HTML, "\n<p>Words.</p></body></html>")


def test_html_values_have_the_lines_of_their_elements() -> None:
    assert htmlhead.read(HTML).lines == {"title": 1, "date": 2, "tags": 3}


def test_html_meta_elements_of_one_name_are_a_list() -> None:
    head = '<head><meta name="tags" content="a"><meta name="tags" content="b"></head>'
    assert htmlhead.read(head).fields == {"tags": ["a", "b"]}


def test_html_without_a_head_is_left_out_with_a_finding(tmp_path: Path) -> None:
    found = site(tmp_path, "google-site-verification", "a.html")
    assert not found.posts
    assert found.codes("content/a.html") == {"title-missing"}


def test_readers_that_the_site_switches_off_read_nothing(tmp_path: Path) -> None:
    assert not site(tmp_path, HTML, "a.html", "READERS = {'html': None, 'x': X}\n").readings


@pytest.mark.parametrize("read", [docinfo.read, htmlhead.read])
@given(text=st.text(alphabet="=-~.: \n\tab`*_|<>/headmtilbyo\"'\\", max_size=200))
def test_heads_of_any_text_are_read(read: object, text: str) -> None:
    assert 0 <= read(text).body <= len(text)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("config", "dashes"),
    [
        ("MARKDOWN = {'extension_configs': {'markdown.extensions.smarty': {}}}", False),
        ("MARKDOWN = {'extensions': ['smarty']}", False),
        ("TYPOGRIFY = True", True),
        ("TYPOGRIFY = True\nTYPOGRIFY_DASHES = 'oldschool'", False),
        ("TYPOGRIFY = True\nTYPOGRIFY_OMIT_FILTERS = ['smartypants']", None),
        ("TYPOGRIFY = False", None),
    ],
)
def test_quotes_and_dashes_are_set_where_pelican_or_python_markdown_does(
    tmp_path: Path, config: str, dashes: object
) -> None:
    found = site(tmp_path, f"A\n=\n\n{FIELDS}\n\nWords.\n", config=config)
    options = found.configuration.settings.engine_options
    assert options.get("typographer", False) is (dashes is not None)
    assert options.get("long_dashes") is dashes
