"""Fenced code as Hexo has it, which takes it out of a body before Markdown is read.

It goes to the next line of the very signs that begin it, wherever they stand: less indented than
the item it belongs to, or within HTML. Blanks before all of its lines are not shown.
Source: `plugins/filter/before_post_render/backtick_code_block.ts` of Hexo, `strip-indent`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from feedsvc.markup.lines import Indents

_OPENING = re.compile(
    r"(?P<before>(?:[^\S\n]*>){0,3}[^\S\n]*|(?:[-*+]|\d+\.)[^\S\n]*)"
    r"(?P<signs>`{3,}|~{3,})(?P<said>.*)"
)
_CLOSING = re.compile(r"(?:[^\S\n]*>){0,3}[^\S\n]*(`{3,}|~{3,})[^\S\n]?")
_HTML = re.compile(r"[ >\t]*<[a-zA-Z/!]")
_TAB = 4
_SLIPS = 3  # signs too many that a fence may begin with
_DEEP = 4  # blanks behind the sign of an item that make code of what follows


class _Fence(NamedTuple):
    before: str  # in its line: blanks, the sign of an item or of quotes
    signs: str
    said: str  # behind them
    end: int  # the row of the closing one


def aligned(text: str) -> str:
    """`text` with such code as CommonMark has it: at the place of its fence."""
    rows = text.split("\n")
    signs = [at for at, row in enumerate(rows) if "```" in row or "~~~" in row]
    closing = _closing(rows, signs)
    around = _Around() if any(_is_deep(rows[at]) for at in signs) else None
    made: list[str] = []
    done = 0  # rows
    for at in signs:
        fence = _fence(rows[at], at, closing) if at >= done else None
        if fence is None:
            continue
        above = rows[done:at]
        made += above
        if _leave_html_open(above):
            made.append("")
        if around is not None and (column := around.of_code(above, rows[at])) is not None:
            fence = fence._replace(before=" " * column)
        made += _as_commonmark(rows[at : fence.end + 1], fence)
        done = fence.end + 1
    return "\n".join([*made, *rows[done:]])


def _is_deep(row: str) -> bool:
    """Whether it may be indented as code is that has no fence."""
    return "\t" in row or len(row) - len(row.lstrip(" ")) >= _TAB


def _leave_html_open(rows: list[str]) -> bool:
    """Whether a block of HTML has begun in these rows, which would go on over a fence below."""
    for row in reversed(rows):
        if not row.strip():
            return False
        if "<" in row and _HTML.match(row):
            return True
    return False


class _Around:
    """What lies around a fence: items, and their columns."""

    def __init__(self) -> None:
        self._indents = Indents()

    def of_code(self, above: list[str], row: str) -> int | None:
        """The column of the text around the row where CommonMark takes it for code, else None."""
        indents = self._indents
        for text in above:
            indents.is_code(text)
        indents.blank = True  # what stands right below text goes on with it, but for a fence
        is_code = indents.is_code(row)
        indents.blank = True
        if not is_code:
            return None
        return indents.items[-1] if indents.items else 0


def _closing(rows: list[str], signs: list[int]) -> dict[str, list[int]]:
    """Which rows may end code that begins with which signs."""
    closing: dict[str, list[int]] = {}
    for at in signs:
        if match := _CLOSING.fullmatch(rows[at]):
            closing.setdefault(match[1], []).append(at)
    return closing


def _fence(row: str, at: int, closing: dict[str, list[int]]) -> _Fence | None:
    match = _OPENING.fullmatch(row)
    if match is None:
        return None
    before, signs, said = match["before"], match["signs"], match["said"].strip()
    if said.endswith("`"):
        return None  # code in a line
    for more in range(min(_SLIPS, len(signs) - 3) + 1 if said else 1):
        fewer = signs[more:]
        ends = closing.get(fewer, ())
        below = bisect_right(ends, at)
        if below < len(ends):
            return _Fence(before, fewer, said, ends[below])
    return None


def _as_commonmark(rows: list[str], fence: _Fence) -> list[str]:
    before, sign = fence.before, fence.signs[0]
    item = before.strip()
    if ">" in item or (item and len(before) - len(item) > _DEEP):
        return rows
    code = _dedented(rows[1:-1])
    alike = (len(bare) for row in code if (bare := row.strip()) and not bare.strip(sign))
    signs = sign * max(len(fence.signs), max(alike, default=0) + 1)
    blanks = " " * len(before.expandtabs(_TAB))
    return [
        f"{before}{signs}{fence.said.replace('`', '')}",
        *(f"{blanks}{row}" if row else "" for row in code),
        f"{blanks}{signs}",
    ]


def _dedented(rows: list[str]) -> list[str]:
    """The rows without the blanks that all of them begin with, a tab counting as one."""
    least = min((len(row) - len(row.lstrip(" \t")) for row in rows if row.strip()), default=0)
    return [row[least:] if row.strip() else "" for row in rows]
