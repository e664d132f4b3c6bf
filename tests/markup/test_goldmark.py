"""Markdown that Hugo's Goldmark reads otherwise than comrak; the answers are Hugo 0.168's."""

from __future__ import annotations

import re

import pytest

from tests.bounds import bounded
from tests.content.bodies import markdown

OPTIONS = {"goldmark": "https", "typographer": True}


def made(text: str) -> str:
    return markdown(text, engine="hugo", options=OPTIONS)


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]*)">([^<]*)</a>', html)


def cells(html: str) -> list[str]:
    return re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "see www.a.org/b?c=1&d=2.",
            [("https://www.a.org/b?c=1&amp;d=2", "www.a.org/b?c=1&amp;d=2")],
        ),
        ("see https://a.org/b，then", [("https://a.org/b", "https://a.org/b")]),
        ("see https://a.org。", [("https://a.org", "https://a.org")]),
        ("(https://a.org/b)，c", [("https://a.org/b", "https://a.org/b")]),
        ("https://a.org/(b)、c", [("https://a.org/(b)", "https://a.org/(b)")]),
        ("https://a.org/b\\-c", [("https://a.org/b", "https://a.org/b")]),
        (
            "https://a.org/、[b](https://b.org/)",
            [("https://a.org/", "https://a.org/"), ("https://b.org/", "b")],
        ),
        ("https://a.org/?b[c]=é", [("https://a.org/?b%5Bc%5D=", "https://a.org/?b[c]=")]),
        ("（http://127.0.0.1:80）。", [("http://127.0.0.1:80", "http://127.0.0.1:80")]),
        ("http://10.0.0.1/a中文", [("http://10.0.0.1/a", "http://10.0.0.1/a")]),
        ("<https://a.org/日>", [("https://a.org/%E6%97%A5", "https://a.org/日")]),
        (
            "[https://a.org/日](https://a.org/日)",
            [("https://a.org/%E6%97%A5", "https://a.org/日")],
        ),
        ("[www.a.org] (www.a.org)", [("https://www.a.org", "www.a.org")]),
        ("[www.a.org](http://www.a.org)", [("http://www.a.org", "www.a.org")]),
        ('<a href="http://www.a.org">www.a.org</a>', [("http://www.a.org", "www.a.org")]),
        (
            '`2Fwww.a.org` <a href="http://www.a.org/b">www.a.org</a>',
            [("http://www.a.org/b", "www.a.org")],
        ),
    ],
)
def test_bare_addresses_end_where_hugo_ends_them(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert links(made(text)) == expected


def test_what_follows_an_address_is_text_as_any_other() -> None:
    text = "https://a.org，**b** \\*c https://a.org/d\\-e https://b.org，https://c.org；f"
    html = made(text)
    assert "</a>，<strong>b</strong> *c" in html
    assert ">https://a.org/d</a>-e" in html
    assert ">https://b.org</a>，" in html
    assert ">https://c.org</a>；f" in html


def test_other_sites_have_the_addresses_that_comrak_finds() -> None:
    assert links(markdown("www.a.org")) == [("http://www.a.org", "www.a.org")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "   Name | Age\n--------|------\n    Bob | 27\n  Eve | 23",
            ["Name", "Age", "Bob", "27", "Eve", "23"],
        ),
        ("| a | b |\n|--|--|--|\n| 1 | 2 | 3 |", ["a", "b", "", "1", "2", "3"]),
        ("a | b\n--|--|--\n1 | 2 | 3", ["a", "b", "", "1", "2", "3"]),
        ("a\n--|--\n1 | 2", ["a", "", "1", "2"]),
        ("| a |\n|--|\n\t| 1 |\n\n    code", ["a", "1"]),
        ("| a | b |\n|--|\n| 1 |", []),
        ("```\n| a |\n|--|--|\n```", []),
    ],
)
def test_tables_are_those_that_hugo_makes(text: str, expected: list[str]) -> None:
    assert [one.strip() for one in cells(made(text))] == expected


def test_code_behind_a_table_stays_code() -> None:
    assert "<pre><code>c | d\n</code></pre>" in made("| a |\n|--|\n| 1 |\n\n    c | d")
    assert "    | 1 |" in made("```\n| a |\n|--|\n    | 1 |\n```")


def test_apostrophes_stand_for_what_words_lack() -> None:
    assert made("'tis 'em '90s 'a' rock 'n' roll") == "<p>’tis ’em ’90s ‘a’ rock ’n’ roll</p>\n"


def test_a_tilde_behind_a_sign_of_cjk_strikes_nothing_through() -> None:
    assert made("用：~100 和，~50 ~x~") == "<p>用：~100 和，~50 <del>x</del></p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "|-|\n" * 50_000,
        "a\n|-|\n    b\n" * 20_000,
        "https://a.org/，" * 10_000,
        " https://a.org/&amp;，" * 5_000,
        "https://a.org/" + ")" * 50_000 + "，",
        "https://" + "a." * 50_000 + "，",
    ],
)
def test_odd_texts_take_no_long_time(text: str) -> None:
    bounded(made, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('右边的"订阅"按钮', "右边的&quot;订阅&quot;按钮"),
        ('他说"Yes, we can"。', "他说&quot;Yes, we can&quot;。"),
        ('字、"a"字', "字、“a”字"),
        ('字，"a, **b!**"字', "字，“a, <strong>b!</strong>”字"),
        ('字"a, **b!**"字', "字&quot;a, <strong>b!</strong>&quot;字"),
        ('```\n字"a"\n```\n字"b"', "字&quot;a&quot;\n</code></pre>\n<p>字&quot;b&quot;</p>"),
        ('"도전"을', "“도전”을"),
        ('他说"a\n\n"b" c', "<p>他说&quot;a</p>\n<p>“b” c</p>"),
        ('`字"a"`字"b"', "<code>字&quot;a&quot;</code>字&quot;b&quot;"),
        ('<div title="字"id="a">字</div>', '<div title="字" id="a">字</div>'),
        ('# 字"a"字', '<h1 id="字a字">字&quot;a&quot;字</h1>'),
    ],
)
def test_quotes_squeezed_between_signs_of_cjk_end_nothing(text: str, expected: str) -> None:
    assert expected in made(text)
