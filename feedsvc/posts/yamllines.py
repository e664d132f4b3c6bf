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
from typing import Any, Final, TypeAlias

_LONGEST = 4096
"""The longest block in characters that is tried; `yamltree` bounds longer ones."""

# Each match is one line: a key, or the blanks and the dash before an item, and what follows.
_ROWS = re.compile(
    r"^(?:([A-Za-z_][A-Za-z0-9_-]{0,99}):|( *-)|)(?![^ \n]) *(.*)\n", re.MULTILINE
).findall
# Between brackets more signs have a meaning, so that few are taken for text.
_FLOW_SIGN = re.compile(r"[!-*:-@\[-^`{-~]").search
_FLOW_ITEM = re.compile(r"\"([^\"\\]*)\"|'([^']*)'|([^\W_][\w.+/-]*(?: +[\w.+/-]+)*)").fullmatch
# Tabs, what YAML takes for the end of a line, and what it does not allow.
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]").search
_QUOTES = frozenset("\"'")
_STARTS = frozenset("/_(")
_DIGITS = frozenset("0123456789")
_FLOW_STARTS = frozenset({"", *"_.+/-", *_DIGITS})
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
_Lines: TypeAlias = tuple[dict[str, Any], dict[str, int]]


class _UnusualError(Exception):
    """Something that is not certain to mean what it seems to."""


def read(block: str, line: int = 0, *, yes_is_text: bool = False) -> _Lines | None:
    """Read a block of usual lines, the first of which is `line`: values and lines by their keys.

    None where a line is not usual. `yes_is_text`: as in YAML 1.2, so are `no`, `on` and `off`.
    """
    if len(block) > _LONGEST:
        return None
    if block[-1:] != "\n":
        block += "\n"
    rows = _ROWS(block)
    flat = block.replace("\n", " ")
    if len(rows) != block.count("\n") or (not flat.isprintable() and _ODD(flat)):
        return None
    try:
        return _read(rows, line, _WORDS if yes_is_text else _OLD_WORDS)
    except _UnusualError:
        return None


def _read(rows: list[tuple[str, str, str]], line: int, words: _Words) -> _Lines:
    fields: dict[str, Any] = {}
    lines: dict[str, int] = {}
    name = indent = ""
    items: list[Any] | None = None  # of the key that has nothing on its own line
    for number, (key, dash, text) in enumerate(rows, line):
        if key:
            if key in fields:
                raise _UnusualError
            name = key
            fields[key], items = (_value(text.rstrip(" "), words), None) if text else (None, [])
            lines[key] = number
        elif text:
            if items is None or (items and dash != indent) or not dash or text[0] == "[":
                raise _UnusualError
            indent = dash
            items.append(_value(text.rstrip(" "), words))
            fields[name] = items
        elif dash:
            raise _UnusualError
    return fields, lines


def _value(text: str, words: _Words) -> Any:
    start = text[0]
    if start in _QUOTES:
        inner = text[1:-1]
        if text[-1] != start or len(text) == 1 or start in inner:
            raise _UnusualError
        if start == '"' and "\\" in inner:
            raise _UnusualError
        return inner
    if start == "[":
        return _flow(text, words)
    usual = start.isalnum() or start in _STARTS or not start.isascii()
    if not usual or (":" in text and (": " in text or text[-1] == ":")) or " #" in text:
        raise _UnusualError
    return _number(text) if start in _DIGITS else words.get(text, text)


def _flow(text: str, words: _Words) -> list[Any]:
    inner = text[1:-1]
    if text[-1] != "]" or len(text) == 1:
        raise _UnusualError
    if _FLOW_SIGN(inner):
        return [_flow_item(item.strip(" "), words) for item in inner.split(",")]
    if not inner.strip(" "):
        return []
    return [
        _flow_item(item, words)
        if (item := given.strip(" "))[:1] in _FLOW_STARTS
        else words.get(item, item)
        for given in inner.split(",")
    ]


def _flow_item(text: str, words: _Words) -> Any:
    match = _FLOW_ITEM(text)
    if match is None:
        raise _UnusualError
    if text[0] in _QUOTES:
        return text[1:-1]
    return _number(text) if text[0] in _DIGITS else words.get(text, text)


def _number(text: str) -> Any:
    """What begins with a digit: an instant, a number, or text nevertheless."""
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
    size = len(text)
    if size > 9 and text[4] == text[7] == "-" and text.isascii():
        try:
            if size == 10:
                return date.fromisoformat(text)
            if size in (20, 25) and text[10] in "Tt " and text[19] in "Z+-":
                return datetime.fromisoformat(text) if text[11:13] < "24" else None
            if match := _CLOCK(text):
                return datetime.fromisoformat(f"{match[1]}{match[2] or ''}")
        except ValueError:
            pass
    return None
