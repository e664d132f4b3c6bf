"""The bytes of a file → text, and text → text that every format may carry.

Own rules, for want of a specification: UTF-8 unless a byte order mark says UTF-16 or UTF-32 (the
mark itself is no text); line endings become LF. What is not valid in that encoding is reported with
its place and, unless the caller asks for replacement characters, is no text at all: a guess at the
encoding would be published.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_STARTS = frozenset(mark[0] for mark, _ in _MARKS)

CR = 0x0D
"""A carriage return as it is found in bytes: as `b"\\r"` it is searched for some times as long."""

_BAD = "\ufffd"  # stands for what could not be decoded

# What XML 1.0 §2.2 forbids, and the C1 controls that it discourages and feed validators refuse;
# U+0085 stays (it is a line break). Lone surrogates come from JSON escapes.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Decoded(NamedTuple):
    """`text` is None where it could not be decoded; `line` and `column` then say where (from 1).

    With `replace` both are there: the text with replacement characters and the first bad place.
    """

    text: str | None
    encoding: str
    line: int = 0
    column: int = 0


def decode(data: bytes, *, replace: bool = False) -> Decoded:
    """Decode a file; `replace` puts U+FFFD where bytes are not valid instead of giving up."""
    encoding, start = "utf-8", 0
    if data[:1] and data[0] in _MARK_STARTS:
        for mark, name in _MARKS:
            if data.startswith(mark):
                encoding, start = name, len(mark)
                break
    raw = data[start:] if start else data
    line = column = 0
    text: str | None
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        text = raw.decode(encoding, "replace") if replace else None
    if text is not None and "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, line, column)


def encoded_end(data: bytes, end: str, start: int) -> bytes | None:
    """The end of a file's text, from the character at `start` on, in UTF-8: the file's own bytes.

    None where these are not known to be the same.
    """
    if (data[:1] and data[0] in _MARK_STARTS) or CR in data or _BAD in end:
        return None
    # As many bytes as so many characters can have; one that is cut off comes after them.
    before = data[: 4 * start].decode("utf-8", "replace")[:start]
    return None if _BAD in before else data[len(before.encode()) :]


def forbidden(text: str) -> int:
    """The position of the first character that no format may carry, -1 if there is none."""
    if text.isprintable():
        return -1
    match = _FORBIDDEN.search(text)
    return match.start() if match else -1


def clean(text: str) -> str:
    """The text without the characters that no format may carry; they are dropped, not replaced."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)
