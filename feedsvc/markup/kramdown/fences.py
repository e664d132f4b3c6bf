"""Fenced code as kramdown has it: with a shorter end, and less indented than its fence.

CommonMark ends an item at such a line, and the sign that ends the code then begins other. Outside
of items kramdown takes no blanks off, CommonMark as many as stand before the fence.
Source: `FENCED_CODEBLOCK_MATCH` of kramdown-parser-gfm.
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"( *(?:(?:[-*+]|\d{1,9}\.) +)?)(`{3,}|~{3,})([^`]*)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}\.)[ \t]")
_LONG = re.compile(r" {0,3}(`{4,})[^`]*")
_CODE = 4  # as many blanks more begin code without a fence


def aligned(text: str) -> str:
    """`text` with the lines of such code as far to the right as their fence."""
    rows = text.split("\n")
    opened = -1  # where the code begins that is not ended yet
    column, sign = 0, ""
    item = False  # whether what is indented belongs to one
    for at, row in enumerate(rows):
        fence = _OPENING.fullmatch(row) if "```" in row or "~~~" in row else None
        if opened >= 0:
            bare = row.strip()
            if fence is None or fence[2][0] != sign[0] or not bare.startswith(sign):
                continue
            if bare == fence[2] and _blanks(row) < column + _CODE:
                _align(rows, range(opened + 1, at), column, item=item)
                rows[at] = f"{' ' * column}{bare}"
                opened = -1
                continue
        if fence is not None:
            item = fence[1].strip() != "" or (fence[1] != "" and item)
            column, sign = len(fence[1]), fence[2]
            opened = at if item or column < _CODE else -1
        elif row and not row[0].isspace():
            item = _ITEM.match(row) is not None
    return "\n".join(rows)


def shortened(text: str) -> str:
    """`text` with three signs for more where a fence of three is what ends the code."""
    rows = text.split("\n")
    # where each such sign stands alone for the last time
    last = {row.strip(): at for at, row in enumerate(rows) if "````" in row}
    sign = ""
    for at, row in enumerate(rows):
        bare = row.strip()
        if sign:
            sign = "" if bare.startswith(sign) and not bare.strip(sign[0]) else sign
        elif "```" in row and (long := _LONG.fullmatch(row)) and last.get(long[1], 0) <= at:
            rows[at] = row.replace(long[1], "```")
            sign = "```"
        elif fence := _OPENING.fullmatch(row):
            sign = fence[2]
    return "\n".join(rows)


def _align(rows: list[str], code: range, column: int, *, item: bool) -> None:
    blanks = {at: _blanks(rows[at]) for at in code if rows[at].strip()}
    if column and min(blanks.values(), default=column) < column:
        for at, before in blanks.items():
            more = max(0, column - before) if item else column
            rows[at] = f"{' ' * more}{rows[at]}"


def _blanks(row: str) -> int:
    row = row.expandtabs(_CODE)
    return len(row) - len(row.lstrip(" "))
