"""Lists for people, for programs, for pages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.commands import terminal
from feedsvc.commands.posts import shorten
from feedsvc.commands.terminal import paint, plain, table, width


def test_posts_as_json_have_what_programs_need(run, site):
    code, out, _ = run("posts", "--json")
    first, draft, _ = json.loads(out)
    assert code == 0
    assert first["path"] == "posts/上海.md"
    assert first["url"] == "https://example.org/posts/上海.md/"
    assert first["id"] == "tag:example.org,2022:posts/上海.md"
    assert first["title"] == "大上海保卫战取得重大阶段性成果"
    assert first["published"] == first["updated"] == "2022-05-30T11:22:23Z"
    assert first["categories"] == ["shanghaifabu"]
    assert first["tags"] == ["上海发布新闻"]
    assert first["authors"] == [{"name": "Li", "email": "li@example.org", "uri": None}]
    assert (first["lang"], first["state"], draft["state"]) == ("zh", "published", "draft")
    assert first["findings"][0]["code"] == "slug"


def test_a_name_that_is_no_unicode_survives_json(run, site):
    assert json.loads(run("posts", "--json")[1])[2]["path"] == "posts/\udce9.md"


def test_no_posts_are_an_empty_list(run, site):
    site.all_posts = []
    assert json.loads(run("posts", "--json")[1]) == []
    assert run("posts")[1] == "published  state  title  path\n"


def test_posts_for_people_are_aligned_whatever_the_script(run, site):
    lines = run("posts")[1].splitlines()
    starts = {width(line[: line.index("posts/")]) for line in lines[1:]}
    assert len(starts) == 1
    assert lines[1].startswith("2022-05-30 19:22  published  大上海")  # in the site's zone


def test_text_of_posts_does_not_steer_the_terminal(run, site):
    out = run("posts")[1]
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_on_a_terminal_lines_fit(run, site, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    assert all(width(line) <= 40 for line in run("posts")[1].splitlines())


def test_feeds_for_people(run, site):
    assert run("feeds")[1].splitlines() == [
        "kind  title    posts  updated           feed",
        "site  News         3  2022-05-30 19:22  /feed.atom",
        "tags  C & C++  1,204                    /tags/c-c++/上.atom",
    ]


def test_feeds_as_json(run, site):
    first, second = json.loads(run("feeds", "--json")[1])
    assert first["kind"] == "site"
    assert first["updated"] == "2022-05-30T11:22:23Z"
    assert first["urls"]["json"] == "https://example.org/feed.json"
    assert (second["name"], second["slug"], second["count"]) == ("C & C++", "c-c++", 1204)
    assert second["updated"] is None
    assert second["paths"] == {"atom": "/tags/c-c++/上.atom"}


def test_feeds_as_links_for_the_head_of_a_page(run, site):
    lines = run("feeds", "--html")[1].splitlines()
    assert lines[:2] == [
        (
            '<link rel="alternate" type="application/atom+xml" title="News"'
            ' href="https://example.org/feed.atom">'
        ),
        (
            '<link rel="alternate" type="application/feed+json" title="News"'
            ' href="https://example.org/feed.json">'
        ),
    ]
    assert 'title="C &amp; C++ – News"' in lines[2]
    assert 'href="https://example.org/tags/c-c++/%E4%B8%8A.atom"' in lines[2]


def test_colour_is_for_terminals_that_want_it(monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert paint("x", terminal.RED, Terminal()) == "\033[31mx\033[0m"
    assert paint("x", terminal.RED) == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint("x", terminal.RED, Terminal()) == "x"
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("TERM", "dumb")
    assert paint("x", terminal.RED, Terminal()) == "x"


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("上海", 4), ("e\u0301", 1), ("ｱ", 1)])
def test_width_is_that_of_the_terminal(text, columns):
    assert width(text) == columns


@given(st.text(max_size=30), st.integers(1, 20))
def test_a_shortened_text_fits(text, columns):
    assert width(shorten(text, columns)) <= columns


@given(st.text(max_size=30))
def test_plain_text_is_one_line_without_controls(text):
    shown = plain(text)
    assert len(f"x{shown}x".splitlines()) == 1
    assert not any(ord(character) < 32 for character in shown)


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=5))
def test_columns_of_a_table_start_at_one_place(rows):
    cells = [("head", "|"), *((plain(left), f"|{plain(right)}".rstrip()) for left, right in rows)]
    lines = list(table(cells[0], cells[1:]))
    starts = [width(line) - width(last) for line, (_, last) in zip(lines, cells, strict=True)]
    assert len(set(starts)) == 1
