"""Front matter is read whole, with its lines, within bounds — or not at all, with the reason."""

from __future__ import annotations

import itertools
import json
import math
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model import Severity
from feedsvc.posts import encoding, fences
from feedsvc.posts.fields import kind_of
from feedsvc.posts.frontmatter import read
from feedsvc.posts.matter import SIZE, FrontMatter
from tests.bounds import bounded

KINDS = ("yaml", "toml", "json")


def codes(front: FrontMatter) -> list[str]:
    return [problem.code for problem in front.problems]


def body(text: str, kinds: tuple[str, ...] = KINDS) -> str:
    return text[read(text, kinds).body :]


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("---\na: 1\n---\nB", "yaml", "B"),
        ("---\na: 1\n...\nB", "yaml", "B"),
        ("---  \na: 1\n---\t \nB", "yaml", "B"),
        ("\n \n---\na: 1\n---\nB", "yaml", "B"),
        ("---\n---\nB", "yaml", "B"),
        ("---\na: 1\n---", "yaml", ""),
        ("+++\na = 1\n+++\nB", "toml", "B"),
        ('{"a": 1}\nB', "json", "B"),
        ('{\n  "a": 1\n}\n\nB', "json", "\nB"),
        ("----\na: 1\n----\nB", "", "----\na: 1\n----\nB"),
        ("Text\n---\na: 1\n---\n", "", "Text\n---\na: 1\n---\n"),
        ("{% include x %}\n", "", "{% include x %}\n"),
        ("", "", ""),
    ],
)
def test_a_fence_begins_and_ends_front_matter(text: str, kind: str, rest: str):
    front = read(text, KINDS)
    assert (front.kind, text[front.body :]) == (kind, rest)
    assert not front.broken


def test_a_rule_in_the_body_ends_nothing():
    assert body("---\na: 1\n---\nA\n\n---\n\nB\n") == "A\n\n---\n\nB\n"


def test_blank_lines_before_the_fence_count_only_where_the_dialect_allows_them():
    assert read("\n---\na: 1\n---\n", KINDS, blank_before=False).kind == ""


def test_tabs_before_lines_are_two_blanks_each_where_the_dialect_allows_them():
    text = "---\na: 1\ntags:\n\t- b\n  - c\nmore:\n\tx:\n\t\t- yes\n---\nB"
    found = read(text, KINDS, tabs_indent=True, yes_is_text=True)
    assert found.fields == {"a": 1, "tags": ["b", "c"], "more": {"x": ["yes"]}}
    assert (found.lines["more"], text[found.body :]) == (6, "B")
    assert [(one.code, one.line) for one in found.problems] == [("front-matter-tabs", 4)]
    assert codes(read(text, KINDS)) == ["front-matter-broken"]


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_an_unclosed_fence_is_told_with_its_line(fence: str):
    front = read(f"\n{fence}\na\n", KINDS)
    assert front.broken
    assert (front.problems[0].code, front.problems[0].line) == ("front-matter-unclosed", 2)


def test_a_kind_that_the_dialect_does_not_know_is_body():
    assert read("+++\na = 1\n+++\n", ("yaml",)).kind == ""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("\n---\na: 1\nb:\n  c: 2\nd: 3\n---\n", {"a": 3, "b": 4, "d": 6}),
        ("+++\na = 1\n[b]\na = 2\n[[c]]\n+++\n", {"a": 2, "b": 3, "c": 5}),
        ('{"a": 1,\n "b": {"a": 1},\n "c": 2}\n', {"a": 1, "b": 2, "c": 3}),
        ("A: 1\nB: 2\n    more\nC: 3\n\n", {"a": 1, "b": 2, "c": 4}),
    ],
)
def test_each_key_has_its_line(text: str, lines: dict[str, int]):
    kinds = ("headers",) if text.startswith("A") else KINDS
    assert read(text, kinds).lines == lines


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: a: b\n---\n", (2, 9)),
        ("---\na: 1\nb: [\n---\n", (4, 1)),
        ("+++\na = 1\nb = \n+++\n", (3, 5)),
        ('{"a": 1,\n "b": }\n', (2, 7)),
        ("---\na: *nothing\n---\n", (2, 4)),
    ],
)
def test_what_is_broken_is_told_with_line_and_column(text: str, place: tuple[int, int]):
    front = read(text, KINDS)
    problem = front.problems[-1]
    assert front.broken
    assert (problem.code, problem.line, problem.column) == ("front-matter-broken", *place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('---\na: 1\ntitle: "a\\x0bb"\n---\n', 3),
        ('---\ntags: [a, {b: "\\0"}]\n---\n', 2),
        ('{"a": 1,\n"b": "\\u0008"}\n', 2),
        ('+++\nb = "\\u0000"\n+++\n', 2),
    ],
)
def test_a_control_character_that_is_written_as_an_escape_is_told(text: str, place: int):
    [problem] = read(text, KINDS).problems
    assert (problem.code, problem.line) == ("control-character", place)


def test_a_backslash_that_is_no_escape_is_not_told():
    assert read("---\na: 'C:\\backup'\n---\n", KINDS).problems == []


def test_characters_that_json_escapes_in_two_halves_are_whole():
    title = "\U0001f600 \\ \U00010348 “x”"
    front = read(f"---\ntitle: {json.dumps(title)}\nb: 'x'\n---\n", KINDS)
    assert (front.fields, front.problems) == ({"title": title, "b": "x"}, [])
    half = read('---\na: 1\ntitle: "\\ud83d \\ud83d\\ude00"\n---\n', KINDS)
    assert [(one.code, one.line) for one in half.problems] == [("front-matter-broken", 3)]


@pytest.mark.parametrize("key", ["content", "handler", "metadata", "3", "on", "null", "2020-01-01"])
def test_any_key_is_text_as_written(key: str):
    assert read(f"---\n{key}: x\n---\n", KINDS).fields == {key: "x"}


@pytest.mark.parametrize(
    ("line", "fields", "column"),
    [("b: {{ x }}", {"a": 1, "b": {}}, 5), ("? [c]\n: d", {"a": 1}, 3)],
)
def test_a_key_that_is_no_text_is_told_and_costs_no_more_than_itself(
    line: str, fields: dict[str, object], column: int
):
    front = read(f"---\na: 1\n{line}\n---\n", KINDS)
    assert not front.broken
    assert front.fields == fields
    assert [(p.code, p.line, p.column) for p in front.problems] == [("value-kind", 3, column)]


def test_a_key_that_stands_twice_is_told_and_the_last_counts():
    front = read("---\na: 1\nb: {c: 1, c: 2}\na: 3\n---\n", KINDS)
    assert front.fields == {"a": 3, "b": {"c": 2}}
    assert [(p.code, p.line, p.column, p.severity) for p in front.problems] == [
        ("key-duplicate", 3, 11, Severity.WARNING),
        ("key-duplicate", 4, 1, Severity.WARNING),
    ]
    front = read('{"a": 1, "a": {"b": 1, "b": 2}}\n', KINDS)
    assert front.fields == {"a": {"b": 2}}
    assert codes(front) == ["key-duplicate"] * 2


def test_yaml_values_are_what_yaml_says():
    text = "\n".join(
        (
            "no: no",
            "n: 2024",
            "o: 010",
            "f: 1.50",
            "d: 2020-02-03",
            "t: 2020-02-03 10:00:00",
            "z: 2020-02-03T10:00:00Z",
            "s: 2022-05-30 19:22:23 +0800",
            "e:",
            "q: '1'",
        )
    )
    assert read(f"---\n{text}\n---\n", KINDS).fields == {
        "no": False,
        "n": 2024,
        "o": 8,
        "f": 1.5,
        "d": date(2020, 2, 3),
        "t": datetime(2020, 2, 3, 10),
        "z": datetime(2020, 2, 3, 10, tzinfo=UTC),
        "s": "2022-05-30 19:22:23 +0800",
        "e": None,
        "q": "1",
    }


@pytest.mark.parametrize("text", ["12:30", "1:02:03", "2020-13-45", "0b", "9" * 50])
def test_a_scalar_that_yaml_would_misread_stays_text(text: str):
    assert read(f"---\na: {text}\n---\n", KINDS).fields == {"a": text}


@pytest.mark.parametrize("tag", ["!!int ''", "!!timestamp x", "!!bool x", "!!float x"])
def test_a_tag_that_does_not_fit_its_value_leaves_text(tag: str):
    assert isinstance(read(f"---\na: {tag}\n---\n", KINDS).fields["a"], str)


def test_an_unknown_tag_is_ignored_and_told():
    front = read("---\na: !!python/object:os.system x\n---\n", KINDS)
    assert front.fields == {"a": "x"}
    assert codes(front) == ["yaml-tag"]


def test_aliases_and_merge_keys_are_followed():
    front = read("---\na: &x [p, q]\nb: *x\nc: &m {k: 1}\nd: {<<: *m, l: 2}\n---\n", KINDS)
    assert front.fields["b"] == ["p", "q"]
    assert front.fields["b"] is not front.fields["a"]
    assert front.fields["d"] == {"l": 2, "k": 1}


def test_own_keys_beat_merged_ones_without_being_repeated():
    front = read("---\na: &x {k: 1}\nb: {<<: [*x, *x, 3], k: 2}\n---\n", KINDS)
    assert front.fields["b"] == {"k": 2}
    assert not front.problems


@pytest.mark.parametrize("text", ["- a\n- b", "just text", "3"])
def test_front_matter_that_is_no_map_is_told(text: str):
    front = read(f"---\n{text}\n---\n", KINDS)
    assert front.broken
    assert codes(front) == ["front-matter-not-a-map"]


def test_comments_alone_are_empty_front_matter():
    front = read("---\n# only a comment\n---\nB", KINDS)
    assert (front.fields, front.broken) == ({}, False)


def _bomb(merge: str = "") -> str:
    names = "abcdefghij"
    lines = ["a: &a {k: v}" if merge else "a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in itertools.pairwise(names):
        items = ",".join([f"*{before}"] * 10)
        lines.append(f"{name}: &{name} " + (f"{{<<: [{items}]}}" if merge else f"[{items}]"))
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{_bomb()}\n---\n",
        f"---\n{_bomb(merge='<<')}\n---\n",
        "---\na: &a [*a]\n---\n",
        f"---\na: &a {'x' * 100_000}\nb: [{'*a,' * 5_000}]\n---\n",
        f"---\n{'[' * 100_000}\n---\n",
        f"---\n{'{a: ' * 50_000}\n---\n",
        f"---\n{'- ' * 100_000}x\n---\n",
        f"---\n{'? ' * 100_000}x\n---\n",
        "---\n" + "\n".join(" " * depth + "a:" for depth in range(600)) + "\n---\n",
        f"---\n{'a: 1' * SIZE}\n---\n",
        f"+++\n{'.'.join('a' * 20_000)} = 1\n+++\n",
        f"+++\na = {'[' * 50_000}\n+++\n",
        f"+++\na = {'[' * 80}{']' * 80}\n+++\n",
        '{"a": ' + "[" * 100_000,
        '{"a": ' + "[" * 80 + "]" * 80 + "}",
        '{"a": ' + "9" * 5_000 + "}",
        '{"a": "' + "x" * SIZE + '"}',
    ],
    ids=lambda text: f"{text[4:24]!r}",
)
def test_what_would_grow_without_bound_is_refused_quickly(text: str):
    front = bounded(read, text, KINDS)
    assert front.broken
    assert front.problems[-1].severity is Severity.ERROR
    assert front.fields == {}


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 10**6,
        "---\n" + "a" * 10**7,
        "---\n" + "--- " * 10**6,
        f"+++\na = '''\n{' ' * 100_000}\n'''\n+++\n",
        '{"a": "' + '\\"' * 120_000 + '"}',
        "{" + "".join(f'"{n}":1,' for n in range(24_000)) + '"0":1}',
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_long_lines_take_linear_time(text: str):
    bounded(_read_often, text)


def _read_often(text: str) -> None:
    for _ in range(10):
        read(text, KINDS)


def test_a_control_character_is_dropped_and_told_with_its_place():
    front = read("---\na: 1\nb: x\x00y\x01\n---\n", KINDS)
    assert front.fields == {"a": 1, "b": "xy"}
    (problem,) = front.problems
    assert (problem.code, problem.line, problem.column) == ("control-character", 3, 5)


def test_toml_values_come_as_yaml_ones_would():
    text = (
        "+++\nd = 2020-02-03\nt = 07:30:00\nn = [1, {a = 1.5}]\nb = 99999999999999999999999\n+++\n"
    )
    assert read(text, KINDS).fields == {
        "d": date(2020, 2, 3),
        "t": "07:30:00",
        "n": [1, {"a": 1.5}],
        "b": "99999999999999999999999",
    }


def test_toml_times_may_lack_their_seconds() -> None:
    front = read(
        '+++\na = 2020-02-03T10:00\nb = 2020-02-03 10:00+09:00 # c\nc = "10:00"\n+++\n', KINDS
    )
    assert front.fields["a"] == datetime(2020, 2, 3, 10, 0)
    assert front.fields["b"] == datetime(2020, 2, 3, 10, 0, tzinfo=timezone(timedelta(hours=9)))
    assert front.fields["c"] == "10:00"
    assert read("+++\na = 10:0\n+++\n", KINDS).broken


def test_toml_keys_with_a_few_dots_are_tables():
    text = "+++\n" + "\n".join(f"a.b.c{number} = '..'" for number in range(40)) + "\n+++\n"
    assert len(read(text, KINDS).fields["a"]["b"]) == 40  # type: ignore[index]


def test_json_numbers_that_are_none_are_text():
    front = read('{"a": NaN, "b": 1e999}\n', KINDS)
    assert front.fields["a"] == "NaN"
    assert math.isinf(front.fields["b"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fields", "rest"),
    [
        ("Title: a: b\nTags: x, y\n\nB", {"title": "a: b", "tags": "x, y"}, "B"),
        ("Title: a\n    more\n\nB", {"title": "a\nmore"}, "B"),
        ("---\nTitle: a: b\n---\nB", {"title": "a: b"}, "B"),
        ("Title: a\nno header\n\nB", {"title": "a"}, "no header\n\nB"),
        ("Title: a", {"title": "a"}, ""),
        ("No header\n\nB", {}, "No header\n\nB"),
    ],
)
def test_headers_end_at_the_first_line_that_is_none(text: str, fields: object, rest: str):
    front = read(text, ("headers",))
    assert (front.fields, text[front.body :]) == (fields, rest)


def test_of_a_repeated_header_the_first_counts():
    front = read("A: 1\nA: 2\n    more\n\n", ("headers",))
    assert front.fields == {"a": "1"}
    assert [(problem.code, problem.line) for problem in front.problems] == [("key-duplicate", 2)]


@given(st.text(alphabet="-+{}[]:&*!|>%@`\"'#,?. \t\nab01\x00\u2028é", max_size=80))
def test_nothing_in_a_block_raises(block: str):
    for text in (f"---\n{block}\n---\n", f"+++\n{block}\n+++\n", '{"' + block, block):
        front = read(text, KINDS)
        assert 0 <= front.body <= len(text)
        read(text, ("headers",))


@given(st.text(max_size=60))
def test_fences_stay_inside_the_text(text: str):
    for kinds in (KINDS, ("headers",)):
        fence = fences.find(text, kinds)
        assert 0 <= fence.start <= fence.end <= len(text)
        assert 0 <= fence.body <= len(text)


def test_kinds_are_named_for_people():
    assert [kind_of(value) for value in (True, 1, "", [], {}, None, date(2020, 1, 1))] == [
        "a yes/no value", "a number", "text", "a list", "a map", "nothing", "a date",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(name: str):
    assert encoding.decode("---\r\né\r\n".encode(name)).text == "---\né\n"


def test_any_line_ending_is_a_line_feed():
    assert encoding.decode(b"a\r\nb\rc\n").text == "a\nb\nc\n"


def test_invalid_bytes_are_told_with_their_place_and_not_guessed():
    assert encoding.decode(b"a\nb\xe9c") == (None, "utf-8", 2, 2)
    assert encoding.decode(b"a\nb\xe9c", replace=True) == ("a\nb\ufffdc", "utf-8", 2, 2)
    assert encoding.decode(b"\xff\xfea").text is None


@pytest.mark.parametrize("tag", ["!binary", "!!binary"])
def test_words_in_base64_are_read(tag: str):
    coded = b64encode("Google Drive试用初体验".encode()).decode()
    front = read(f"---\ntitle: {tag} |\n  {coded[:20]}\n  {coded[20:]}\nb: 1\n---\n", ("yaml",))
    assert front.fields == {"title": "Google Drive试用初体验", "b": 1}
    assert front.problems == []
    for other in ("/w==", "???", ""):
        front = read(f"---\ntitle: {tag} '{other}'\n---\n", ("yaml",))
        assert front.fields == {"title": other}
        assert [one.code for one in front.problems] == ["yaml-tag"]


@given(st.binary(max_size=60))
def test_any_bytes_decode_or_tell_where_they_do_not(data: bytes):
    decoded = encoding.decode(data)
    assert (decoded.text is None) == (decoded.line > 0)
    assert "\r" not in (decoded.text or "")


@given(
    st.text(st.sampled_from("aé全🎉\n\r\ufffd\ufeff\0"), max_size=12),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32-be"]),
    st.binary(max_size=2),
    st.integers(0, 12),
)
def test_the_end_of_a_text_is_the_files_own_bytes_or_unknown(
    text: str, name: str, junk: bytes, start: int
):
    data = text[:5].encode(name) + junk + text[5:].encode(name)
    decoded = encoding.decode(data, replace=True).text or ""
    end = decoded[start:]
    assert encoding.encoded_end(data, end, min(start, len(decoded))) in {None, end.encode()}


@pytest.mark.parametrize("text", ["", "abc", "aé全🎉bc", "---\ntitle: é\n---\n全"])
def test_the_end_of_a_plain_text_is_known(text: str):
    for start in range(len(text) + 1):
        assert encoding.encoded_end(text.encode(), text[start:], start) == text[start:].encode()


@given(st.text(max_size=60))
def test_clean_text_has_nothing_that_xml_forbids(text: str):
    cleaned = encoding.clean(text)
    assert encoding.forbidden(cleaned) == -1
    cleaned.encode()
    assert encoding.clean("a\x00\x0b\x85\ud800\ufffe\n\tb") == "a\x85\n\tb"


@pytest.mark.parametrize("opening", ["------", "----- ", "--- # remark", "---"])
def test_more_hyphens_open_front_matter_where_the_engine_says_so(opening: str) -> None:
    text = f"{opening}\ntitle: a\n---\nx\n"
    front = read(text, ("yaml", "toml"), loose=True, long=True)
    assert (front.fields, front.lines, text[front.body :]) == ({"title": "a"}, {"title": 2}, "x\n")
    assert bool(read(text, ("yaml",), loose=True).kind) is (opening == "---")
    assert not read("----a\ntitle: a\n---\n", ("yaml",), long=True).kind


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: a\n------\nx\n", "a", "---\nx\n"),
        ("---\ntitle: a\n--- foo\nx\n", "a", " foo\nx\n"),
        ("---\ntitle: a\n--- \nx\n", "a", "x\n"),
        ("+++\ntitle = 'a'\n++++\nx\n", "a", "+\nx\n"),
    ],
)
def test_a_line_that_begins_with_the_fence_closes_it_where_the_engine_says_so(
    text: str, title: str, body: str
) -> None:
    front = read(text, ("yaml", "toml"), loose=True)
    assert (front.fields["title"], text[front.body :]) == (title, body)
    strict = read(text, ("yaml", "toml"))
    assert strict.broken or text[strict.body :] == body
