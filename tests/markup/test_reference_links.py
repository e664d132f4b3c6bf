"""Links by label; kramdown 2.4 and Python-Markdown 3.11 were asked for each of these."""

from __future__ import annotations

import pytest

from tests.content.bodies import markdown

_DEFINED = "\n\n[x]: https://x.org/\n[y z]: https://y.org/\n"


def jekyll(text: str) -> str:
    return markdown(text + _DEFINED, engine="jekyll")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [b] [x] c", 'a <a href="https://x.org/">b</a> c'),
        ("**[b] [X]**: c", '<strong><a href="https://x.org/">b</a></strong>: c'),
        ("a [b\nc]  [Y Z]", 'a <a href="https://y.org/">b\nc</a>'),
        ("a [b]\n[x]\nc", 'a <a href="https://x.org/">b</a>\nc'),
        ("a [b]\n[x] c", 'a <a href="https://x.org/">b</a>\n c'),
        ("![b] [x]", '<img src="https://x.org/" alt="b" />'),
        ("[b][x] [x]", '<a href="https://x.org/">b</a> <a href="https://x.org/">x</a>'),
        ("[b][n] [x]", '[b]<a href="https://x.org/">n</a>'),
        ("[b](/c) [x]", '<a href="https://example.org/c">b</a> <a href="https://x.org/">x</a>'),
        (r"\[b] [x]", '[b] <a href="https://x.org/">x</a>'),
        ("b] [x]", 'b] <a href="https://x.org/">x</a>'),
        ("[b] [n]", "[b] [n]"),
        ("`[b] [x]`", "<code>[b] [x]</code>"),
    ],
)
def test_words_and_label_may_stand_apart(text: str, expected: str) -> None:
    assert " ".join(jekyll(text).split()) == " ".join(f"<p>{expected}</p>".split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [ ] [x]\n- [x] [x]", '☐ <a href="https://x.org/">x</a>'),
        ("    [b] [x]", "<code>[b] [x]\n</code>"),
        ("> a [b]\n> [x]", '<p>a <a href="https://x.org/">b</a></p>'),
        ("[b]\n\n[x]", '<p>[b]</p>\n<p><a href="https://x.org/">x</a></p>'),
    ],
)
def test_boxes_code_and_blocks_stay_what_they_are(text: str, expected: str) -> None:
    assert expected in jekyll(text)


def test_a_footnote_has_no_label() -> None:
    assert '</sup> <a href="https://x.org/">x</a>' in jekyll("a[^1] [x]\n\n[^1]: b")


@pytest.mark.parametrize("engine", ["jekyll", "pelican"])
def test_the_last_definition_counts(engine: str) -> None:
    text = "[a]\n\n[a]: https://x.org/\n[b]: https://b.org/\n[A]: https://y.org/\n"
    assert 'href="https://y.org/"' in markdown(text, engine=engine)


@pytest.mark.parametrize("line", ["text\n[a]: https://y.org/", "```\n[a]: https://y.org/\n```"])
def test_what_is_no_definition_is_none(line: str) -> None:
    assert 'href="https://x.org/"' in jekyll(f"[a]\n\n[a]: https://x.org/\n\n{line}")


def test_python_markdown_allows_one_blank_between() -> None:
    assert '<a href="https://x.org/">b</a>' in markdown(f"[b] [x]{_DEFINED}", engine="pelican")


def test_a_site_with_commonmark_is_read_so() -> None:
    options = {"markdown": "CommonMark"}
    assert "[b] <a" in markdown(f"[b] [x]{_DEFINED}", engine="jekyll", options=options)
