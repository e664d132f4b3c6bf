"""Lists of another kind right below an item, which are in that item to kramdown.

CommonMark takes them for such only where they begin below the text of the item.
Source: `lib/kramdown/parser/kramdown/list.rb`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_ITEM = re.compile(r"( {0,3})(?:[-*+]|(\d{1,9}\.))[ \t]+(?=\S)")
_NUMBER = re.compile(r"\n {0,3}\d{1,9}\.[ \t]")
_BULLET = re.compile(r" {0,3}[-*+][ \t]")


def render(text: str, _around: Context) -> str:
    """`text` with such lists as far to the right as the text that they belong to."""
    return lines.outside_code(text, _Lists().line) if _mixes_kinds(f"\n{text}") else text


def _mixes_kinds(text: str) -> bool:
    """Whether a number and a bullet begin two lines in a row."""
    for number in _NUMBER.finditer(text):
        above = text.rfind("\n", 0, number.start()) + 1
        below = text.find("\n", number.end()) + 1
        if _BULLET.match(text, above) or (below and _BULLET.match(text, below)):
            return True
    return False


class _Lists:
    """The item above a line, as long as no blank line is between them."""

    def __init__(self) -> None:
        self.numbered: bool | None = None  # None without an item
        self.indent = 0
        self.column = 0  # of its text
        self.shift = 0

    def line(self, line: str, _position: int) -> str:
        """The line, further to the right where it is part of such a list."""
        if not line.strip():
            self.numbered, self.shift = None, 0
            return line
        if match := _ITEM.match(line):
            numbered, indent = match[2] is not None, len(match[1])
            # one that begins further to the left belongs to a list around that
            if self.numbered in (None, numbered) or indent < self.indent:
                self.numbered, self.indent, self.column = numbered, indent, match.end()
                self.shift = 0
            elif not self.shift:
                self.shift = max(0, self.column - indent)
        return " " * self.shift + line


RULE = Rule(render, ("1. ", "1.\t"), markdown_only=True)
