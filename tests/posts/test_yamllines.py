"""Usual YAML is read line by line, and never otherwise than YAML is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.posts import yamllines
from feedsvc.posts.yamltree import TooMuchError, TreeLoader

PIECES = st.sampled_from(
    [
        *"aBé日\u200c\xa0\x85\u2028\ufeff😀017_ \t-.,:#~/[]{}'\"\\!|>%@`?=<+()",
        *("  ", "- ", "--", "---", "...", ", ", ": ", " #", "''", '\\"', "&x", "*x", "? ", "<<"),
        *("true", "No", "off", "null", "NULL", "y", "on", "word", "two words", "tag-1"),
        *("2020-02-03", "2020-02-30", "T10:11:12Z", " 10:11:12 +0100", "+02:00", "t24:00:00Z"),
        *("12:30", "0x1F", "010", "1_000", "1.5", "1e3", ".5", ".inf"),
    ]
)
VALUES = st.one_of(
    st.lists(PIECES, max_size=5).map("".join),
    st.lists(PIECES, max_size=4).map(lambda parts: f'"{"".join(parts)}"'),
    st.lists(PIECES, max_size=4).map(lambda parts: f"'{''.join(parts)}'"),
    st.lists(PIECES, max_size=6).map(lambda parts: f"[{', '.join(parts)}]"),
)
ROWS = st.one_of(
    st.tuples(
        st.sampled_from(["a", "b", "c-d", "Y", "null", "1", "<<", "a b", '"q"', " a", "é"]),
        st.sampled_from([": ", ": ", ": ", ":", ":  ", " : ", ":\t"]),
        VALUES,
    ).map("".join),
    st.tuples(st.sampled_from(["- ", "  - ", "-", "-  ", "   "]), VALUES).map("".join),
    st.sampled_from(["", "a:", "tags:", "# c", " ", "...", "---", "- x", "  - x", "x"]),
)


def _by_yaml(block: str) -> Any:
    loader = TreeLoader(block)
    return loader.get_single_data(), loader.lines, loader.doubts


@given(st.lists(ROWS, max_size=5).map("\n".join))
@example('title: "A: # title"\ndate: 2026-05-30T19:22:23Z\ntags: [a, b c, "d e", 2020]\n')
@example("tags:\n- a\n\n- b\nlast:")
@example("tags:\n  - a\n- b")
@example("a: b\n\n  c")
@example("a: 2020-02-03 10:11:12\nb: 2020-02-03 10:11:12 +0800\nc: 2020-02-03T10:11:12.697Z")
@example("a: 2020-02-03 10:11:12 +01:00\nb: 2020-02-03T10:11\nc: 1.9.1\nd: 1.5e3\ne: 2020-2-3")
@example('a: b  \nb: "c" \nc: [d] \nd: \n- e  \n   \n- f\n')
@example("a: [ ]\nb: [é—日, '', \"\", -1, _c, a\xa0]\nc: 'x\\y'\nd:\n- [e]\n")
@example("a: [é—日 b, 2020-01-02,on , 7]\nb: '\nc: [\nd: -\n")
def test_what_is_read_line_by_line_is_what_yaml_says(block: str) -> None:
    usual = yamllines.read(block)
    if usual is None:
        return
    fields, lines, doubts = _by_yaml(block)
    assert (repr(usual[0]), usual[1]) == (repr(fields or {}), lines)
    assert doubts == []


@given(
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(
                    [
                        *("0", "1", "9", "24", "60", "-", ":", " ", ".", "T", "t", "Z", "+", "_"),
                        *(
                            "+01:00",
                            " +0800",
                            "+8:00",
                            "e+5",
                            "0x",
                            "0b",
                            "f",
                            "E-3",
                            "\u0663",
                            ",",
                        ),
                        *("2020-02-03", "2019-8-28", "10:11:12", "10:11", "1.9.1"),
                    ]
                ),
                max_size=6,
            ).map("".join),
            st.sampled_from(["", " ", "  "]),
        ),
        max_size=3,
    )
)
def test_numbers_and_instants_of_any_spelling_are_what_yaml_says(
    values: list[tuple[str, str]],
) -> None:
    block = "".join(f"k{at}: {value}{end}\n" for at, (value, end) in enumerate(values))
    usual = yamllines.read(block)
    if usual is not None:
        assert repr(usual[0]) == repr(_by_yaml(block)[0] or {})


def test_what_most_posts_have_is_read_line_by_line() -> None:
    block = (
        'title: "A: # title"\nsubtitle: it\'s plain\ndate: 2026-05-30T19:22:23Z\n'
        "updated: 2026-05-31\ntags: [a, b c, 'd e']\ncategories:\n  - one\n  - 'two'\n"
        "draft: no\nweight: 3\nversion: 1.5\nlink: https://e.org/#x\nlang:  \n"
        "made: 2026-05-30 19:22:23\nat: 2026-05-30 19:22:23 +0800\nrelease: 1.9.1 \n"
        "image: ~nobody\n"
    )
    assert yamllines.read(block) is None  # for the last line alone
    usual = yamllines.read(block.removesuffix("image: ~nobody\n"))
    assert usual is not None
    fields, lines = usual
    assert fields == {
        "title": "A: # title",
        "subtitle": "it's plain",
        "date": datetime(2026, 5, 30, 19, 22, 23, tzinfo=UTC),
        "updated": date(2026, 5, 31),
        "tags": ["a", "b c", "d e"],
        "categories": ["one", "two"],
        "draft": False,
        "weight": 3,
        "version": 1.5,
        "link": "https://e.org/#x",
        "lang": None,
        "made": datetime(2026, 5, 30, 19, 22, 23),
        "at": "2026-05-30 19:22:23 +0800",
        "release": "1.9.1",
    }
    assert lines["draft"] == 8


@pytest.mark.parametrize(
    "block",
    [
        "a: b\na: c",
        "a: &x b",
        "a: 'it''s'",
        'a: "\\u0041"',
        "a: b: c",
        "a: b #c",
        "a: [b, [c]]",
        "a: [b,]",
        "a: |\n  text",
        "a: b\n  more",
        "a: 010",
        "a: 2020-02-30",
        "a: x\ty",
        "- a",
        "a: b\n- c",
        "a: " + "b" * 5000,
    ],
)
def test_what_may_mean_more_is_left_to_yaml(block: str) -> None:
    assert yamllines.read(block) is None


def test_yaml_that_cannot_be_read_is_never_read_line_by_line() -> None:
    for block in ("a: [b", "a: 'b", "a: @b", "a: b\n c: d", "a: `b`", "a: %b", "\ta: b"):
        assert yamllines.read(block) is None
        with pytest.raises((yaml.YAMLError, TooMuchError)):
            _by_yaml(block)
