"""Text for people and programs: streams, colours, columns."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedsvc.model import JSON

RED, YELLOW, BLUE, DIM, BOLD = "31", "33", "34", "2", "1"

# What a terminal obeys instead of showing it; text from posts must not steer one.
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")
_CONTROLS |= dict.fromkeys((0x1B, 0x9B, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�")


def prepare_streams() -> None:
    """Write UTF-8 in any locale; what is no Unicode (a file's name) is shown escaped.

    A stream that was closed (`>&-`) leads nowhere: its place is not left to the file opened next.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str) -> None:
    """Print a line of a result."""
    sys.stdout.write(f"{line}\n")


def notice(line: str) -> None:
    """Tell something beside the result, as one line."""
    sys.stdout.flush()
    sys.stderr.write(f"{plain(line)}\n")


def say_list(items: Iterable[JSON]) -> None:
    """Print a JSON list, an item a line, without holding it as a whole."""
    separator = "["
    for item in items:
        say(separator)
        sys.stdout.write(json.dumps(item, ensure_ascii=False))
        separator = ","
    say("\n]" if separator == "," else "[]")


def plain(text: str) -> str:
    """Return text that a terminal shows and does not obey, in one line."""
    return text.translate(_CONTROLS)


def paint(text: str, colour: str, stream: TextIO | None = None) -> str:
    """Colour text for a terminal that wants it (https://no-color.org)."""
    stream = stream or sys.stdout
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return f"\033[{colour}m{text}\033[0m" if wanted and stream.isatty() else text


def width(text: str) -> int:
    """Return how many columns a terminal needs for `text`."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shorten(text: str, columns: int) -> str:
    """Cut `text` to so many columns, with an ellipsis where something is missing."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return f"{''.join(kept)}…"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: str = "") -> Iterable[str]:
    """Yield the lines of a table; the columns named in `right` (by head) hold numbers."""
    cells = [[plain(cell) for cell in row] for row in chain([head], rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for number, row in enumerate(cells):
        padded = [
            " " * (size - width(cell)) + cell
            if name in right
            else cell + " " * (size - width(cell))
            for name, cell, size in zip(head, row, widths, strict=True)
        ]
        line = "  ".join(padded).rstrip()
        yield paint(line, DIM) if number == 0 else line
