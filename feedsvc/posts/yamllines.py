"""The most usual YAML, read line by line, four times as fast as libyaml builds its nodes.

A block of `key: value` lines whose values are plain or quoted text on that line, a list between
brackets or one of `- item` lines. Whatever has any other line, or a value that could mean more than
it seems to, is not read here but by `yamltree`; what is read here is read as `yamltree` would.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final, NamedTuple

_LONGEST = 4096
"""The longest block in characters that is tried; `yamltree` bounds longer ones."""

_QUOTED = r"\"([^\"\\]*)\"|'([^']*)'"
_LINE = re.compile(
    rf"([A-Za-z_][A-Za-z0-9_-]{{0,99}}):(?: +(?:{_QUOTED}|\[(.*)\]|(.*[^ ])))?"
).fullmatch
_ITEM = re.compile(rf"( *)- +(?:{_QUOTED}|(.*[^ ]))").fullmatch
# Between brackets more signs have a meaning, so that few are taken for text.
_FLOW_ITEM = re.compile(rf" *(?:{_QUOTED}|([^\W_][\w.+/-]*(?: +[\w.+/-]+)*)) *").fullmatch
# Tabs, what YAML takes for the end of a line, and what it does not allow.
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]").search
_STARTS = frozenset("/_(")
_DIGITS = frozenset("0123456789")
# What may be a number or an instant of any spelling, and what certainly is a number.
_NUMERIC = re.compile(r"[\d+._: \-xXa-fA-FtTzZ]+", re.ASCII).fullmatch
_INTEGER = re.compile(r"[1-9]\d{0,18}", re.ASCII).fullmatch
_DECIMAL = re.compile(r"\d{1,17}\.\d{0,17}", re.ASCII).fullmatch
_MEANT = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}
_WORDS: Final[dict[str, bool | None]] = {
    spelled(word): meant
    for word, meant in {**_MEANT, "null": None}.items()
    for spelled in (str.lower, str.capitalize, str.upper)
}


class Lines(NamedTuple):
    """The values by key, and the line of each key (from 0)."""

    fields: dict[str, Any]
    lines: dict[str, int]


class _UnusualError(Exception):
    """Something that is not certain to mean what it seems to."""


def read(block: str) -> Lines | None:
    """Read a block of usual lines; None where one is not usual."""
    if len(block) > _LONGEST:
        return None
    fields: dict[str, Any] = {}
    lines: dict[str, int] = {}
    try:
        _read(block.removesuffix("\n").split("\n"), fields, lines)
    except _UnusualError:
        return None
    return Lines(fields, lines)


def _read(rows: list[str], fields: dict[str, Any], lines: dict[str, int]) -> None:
    name = indent = ""
    items: list[Any] | None = None  # of the key that has nothing on its own line
    for number, row in enumerate(rows):
        if not row:
            continue
        if not row.isprintable() and _ODD(row):
            raise _UnusualError
        if match := _LINE(row):
            name = match[1]
            if name in fields:
                raise _UnusualError
            fields[name], lines[name] = _value(match), number
            items = [] if match.lastindex == 1 else None
            continue
        match = _ITEM(row)
        if match is None or items is None or (items and match[1] != indent):
            raise _UnusualError
        indent = match[1]
        items.append(_plain(match[4]) if match[4] else match[match.lastindex or 0])
        fields[name] = items


def _value(match: re.Match[str]) -> Any:
    last = match.lastindex or 1
    if last == 1:
        return None
    if last == 4:
        return _flow(match[4])
    return _plain(match[5]) if last == 5 else match[last]


def _flow(inner: str) -> list[Any]:
    if not inner.strip(" "):
        return []
    items = []
    for part in inner.split(","):
        match = _FLOW_ITEM(part)
        if match is None:
            raise _UnusualError
        items.append(_resolved(match[3]) if match[3] else match[match.lastindex or 0])
    return items


def _plain(text: str) -> Any:
    """Text without quotes outside of brackets."""
    start = text[0]
    usual = start.isalnum() or start in _STARTS or not start.isascii()
    if not usual or ": " in text or " #" in text or text[-1] == ":":
        raise _UnusualError
    return _resolved(text)


def _resolved(text: str) -> Any:
    if text[0] not in _DIGITS:
        return _WORDS.get(text, text)
    if not _NUMERIC(text):
        return text
    if _INTEGER(text):
        return int(text)
    if _DECIMAL(text):
        return float(text)
    made = timestamp(text)
    if made is None:
        raise _UnusualError
    return made


def timestamp(text: str) -> date | None:
    """A timestamp of YAML in one of the usual spellings; None for others, and for what is none."""
    if text[4:5] == text[7:8] == "-" and text.isascii():
        try:
            if len(text) == 10:
                return date.fromisoformat(text)
            if len(text) in (20, 25) and text[10] in "Tt " and text[19] in "Z+-":
                return datetime.fromisoformat(text) if text[11:13] < "24" else None
        except ValueError:
            pass
    return None
