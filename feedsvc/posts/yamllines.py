"""The most usual YAML, read line by line, four times as fast as libyaml builds its nodes.

A block of `key: value` lines whose values are plain or quoted text on that line, a list between
brackets or one of `- item` lines. Whatever has any other line, or a value that could mean more than
it seems to, is not read here but by `yamltree`; what is read here is read as `yamltree` would, and
`yamlwords` after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeAlias

_LONGEST = 4096
"""The longest block in characters that is tried; `yamltree` bounds longer ones."""

_QUOTED = r"\"([^\"\\]*)\"|'([^']*)'"
_LINE = re.compile(
    rf"([A-Za-z_][A-Za-z0-9_-]{{0,99}}):(?: +(?:{_QUOTED}|\[(.*)\]|(.*[^ ])))? *"
).fullmatch
_ITEM = re.compile(rf"( *)- +(?:{_QUOTED}|(.*[^ ])) *").fullmatch
# Between brackets more signs have a meaning, so that few are taken for text.
_FLOW_ITEM = re.compile(rf" *(?:{_QUOTED}|([^\W_][\w.+/-]*(?: +[\w.+/-]+)*)) *").fullmatch
# Tabs, what YAML takes for the end of a line, and what it does not allow.
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]").search
_STARTS = frozenset("/_(")
_DIGITS = frozenset("0123456789")
# What certainly is a number, and the spellings of numbers and instants that are left to YAML.
_INTEGER = re.compile(r"[1-9]\d{0,18}", re.ASCII).fullmatch
_DECIMAL = re.compile(r"\d{1,17}\.\d{0,17}", re.ASCII).fullmatch
_NUMERIC = re.compile(
    r"0[bx][\da-fA-F_]*|\d[\d_]*(?::[0-5]?\d)*(?:\.[\d_]*)?(?:[eE][-+]\d+)?"
    r"|\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]| +)\d\d?:\d\d:\d\d(?:\.\d*)?"
    r"(?: *(?:Z|[-+]\d\d?(?::\d\d)?))?",
    re.ASCII,
).fullmatch
# An instant with parts of a second, a blank before its offset, or none.
_CLOCK = re.compile(
    r"(\d{4}-\d\d-\d\d[Tt ](?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{1,6})?)(?: ?(Z|[+-]\d\d:\d\d))?",
    re.ASCII,
).fullmatch
_Words: TypeAlias = Mapping[str, bool | None]
_SPELLINGS = (str.lower, str.capitalize, str.upper)
_MEANT = {"true": True, "false": False, "null": None}
_MEANT_ONCE = {"yes": True, "no": False, "on": True, "off": False}  # in YAML 1.1
_WORDS: Final[_Words] = {spelled(w): meant for w, meant in _MEANT.items() for spelled in _SPELLINGS}
_OLD_WORDS: Final[_Words] = {
    **_WORDS,
    **{spelled(w): meant for w, meant in _MEANT_ONCE.items() for spelled in _SPELLINGS},
}


class Lines(NamedTuple):
    """The values by key, and the line of each key."""

    fields: dict[str, Any]
    lines: dict[str, int]


class _UnusualError(Exception):
    """Something that is not certain to mean what it seems to."""


def read(block: str, line: int = 0, *, yes_is_text: bool = False) -> Lines | None:
    """Read a block of usual lines, the first of which is `line`; None where one is not usual.

    `yes_is_text`: so it is in YAML 1.2, as are `no`, `on` and `off`.
    """
    if len(block) > _LONGEST:
        return None
    fields: dict[str, Any] = {}
    lines: dict[str, int] = {}
    try:
        rows = block.removesuffix("\n").split("\n")
        _read(rows, line, _WORDS if yes_is_text else _OLD_WORDS, fields, lines)
    except _UnusualError:
        return None
    return Lines(fields, lines)


def _read(
    rows: list[str], line: int, words: _Words, fields: dict[str, Any], lines: dict[str, int]
) -> None:
    name = indent = ""
    items: list[Any] | None = None  # of the key that has nothing on its own line
    for number, row in enumerate(rows, line):
        if not row:
            continue
        if not row.isprintable() and _ODD(row):
            raise _UnusualError
        if match := _LINE(row):
            name = match[1]
            if name in fields:
                raise _UnusualError
            fields[name], lines[name] = _value(match, words), number
            items = [] if match.lastindex == 1 else None
            continue
        match = _ITEM(row)
        if match is None and not row.strip(" "):
            continue
        if match is None or items is None or (items and match[1] != indent):
            raise _UnusualError
        indent = match[1]
        items.append(_plain(match[4], words) if match[4] else match[match.lastindex or 0])
        fields[name] = items


def _value(match: re.Match[str], words: _Words) -> Any:
    last = match.lastindex or 1
    if last == 1:
        return None
    if last == 4:
        return _flow(match[4], words)
    return _plain(match[5], words) if last == 5 else match[last]


def _flow(inner: str, words: _Words) -> list[Any]:
    if not inner.strip(" "):
        return []
    items = []
    for part in inner.split(","):
        match = _FLOW_ITEM(part)
        if match is None:
            raise _UnusualError
        items.append(_resolved(match[3], words) if match[3] else match[match.lastindex or 0])
    return items


def _plain(text: str, words: _Words) -> Any:
    """Text without quotes outside of brackets."""
    start = text[0]
    usual = start.isalnum() or start in _STARTS or not start.isascii()
    if not usual or ": " in text or " #" in text or text[-1] == ":":
        raise _UnusualError
    return _resolved(text, words)


def _resolved(text: str, words: _Words) -> Any:
    if text[0] not in _DIGITS:
        return words.get(text, text)
    if made := timestamp(text):
        return made
    if _INTEGER(text):
        return int(text)
    if _DECIMAL(text):
        return float(text)
    if _NUMERIC(text):
        raise _UnusualError
    return text


def timestamp(text: str) -> date | None:
    """A timestamp of YAML in one of the usual spellings; None for others, and for what is none."""
    if text[4:5] == text[7:8] == "-" and text.isascii():
        try:
            if len(text) == 10:
                return date.fromisoformat(text)
            if len(text) in (20, 25) and text[10] in "Tt " and text[19] in "Z+-":
                return datetime.fromisoformat(text) if text[11:13] < "24" else None
            if match := _CLOCK(text):
                return datetime.fromisoformat(f"{match[1]}{match[2] or ''}")
        except ValueError:
            pass
    return None
