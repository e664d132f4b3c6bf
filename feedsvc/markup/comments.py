"""Comments of notes, `%%words%%` in a line and `%%` about several: no reader is to see them.

Obsidian's, which shows them to whoever edits the note alone. Source:
https://help.obsidian.md/syntax#Comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

SIGN = "%%"
# (`for %%i in (*) do echo %%i` is of another language)
_IN_LINE = re.compile(rf"{lines.CODE}|(?<![\w%\\])%%(?:[^%\n]|%(?!%)|(?!))++%%(?![\w%])")
_BEFORE = " \t>"


def render(text: str, _around: Context) -> str:
    """`text` without comments; what nothing ends is none."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None

    def look(line: str, position: int) -> str:
        nonlocal opened
        if SIGN not in line:
            return line
        found = [one for one in _IN_LINE.finditer(line) if not one["code"]]
        spans.extend((position + one.start(), position + one.end()) for one in found)
        begin = len(line) - len(line.lstrip(_BEFORE))
        end = len(line.rstrip())
        if opened is not None and line.endswith(SIGN, 0, end) and (end - 2 == begin or not found):
            spans.append((opened, position + end))
            opened = None
        elif opened is None and line.startswith(SIGN, begin) and not found:
            opened = position + begin
        return line

    lines.outside_code(text, look)
    return _without(text, spans)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept: list[str] = []
    position = 0
    for start, end in sorted(spans):
        kept.append(text[position:start])
        position = max(position, end)
    kept.append(text[position:])
    return "".join(kept)
