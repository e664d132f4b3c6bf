"""Formulas as kramdown marks them, `$$ … $$`, with the signs that typesetters of pages look for.

Source: kramdown.gettalong.org/syntax.html#math-blocks.
"""

from __future__ import annotations

import re
from string import punctuation
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

SIGN = "$$"
_SPANS = re.compile(r"(`+[^`]*`+)")
# Signs that mean nothing to kramdown keep what is before them (see `blocks`).
_PUNCTUATION = str.maketrans(
    {sign: f"\\{sign}" for sign in punctuation if sign not in "%,/;?@^"} | {"&": "&amp;"}
)
_INLINE = ("\\\\(", "\\\\)")
_DISPLAY = ("\\\\[", "\\\\]")


def render(text: str, _around: Context) -> str:
    """`text` with `\\( … \\)` for formulas or, for a paragraph of its own, `\\[ … \\]`."""
    return lines.outside_code(text, _Formulas(text).line)


class _Formulas:
    def __init__(self, text: str) -> None:
        self.text = text
        self.closing = ""
        self.html = lines.HtmlBlocks()

    def line(self, line: str, position: int) -> str | None:
        """The line with the signs of formulas escaped; no blank one within a formula."""
        html = self.html.holds(line)
        if not line.strip():
            if self.closing == _DISPLAY[1]:
                return None
            self.closing = ""
        if not self.closing and (html or SIGN not in line):
            return line
        made: list[str] = []
        at = position
        first = True  # until something stands in the line
        for piece in _SPANS.split(line) if "`" in line and not self.closing else [line]:
            code = piece[:1] == "`"
            for number, part in enumerate([piece] if code else piece.split(SIGN)):
                if number:
                    made.append(self._sign(at, first=first))
                    at += len(SIGN)
                    first = False
                made.append(part.translate(_PUNCTUATION) if self.closing else part)
                at += len(part)
                first = first and not part.strip()
        return "".join(made)

    def _sign(self, at: int, *, first: bool) -> str:
        if self.closing:
            sign, self.closing = self.closing, ""
            return sign
        end = self.text.find(SIGN, at + 2)
        if end < 0:
            return SIGN
        alone = first and self._bounded(at, end + 2)
        if not alone and "\n\n" in self.text[at:end]:
            return SIGN
        opening, self.closing = _DISPLAY if alone else _INLINE
        return opening

    def _bounded(self, start: int, end: int) -> bool:
        """Whether blank lines, or the ends of the text, are on both sides."""
        begins = self.text.rfind("\n", 0, start)
        above = self.text.rfind("\n", 0, begins) if begins > 0 else -1
        before = self.text[above + 1 : begins] if begins > 0 else ""
        ends = self.text.find("\n", end)
        below = self.text.find("\n", ends + 1) if ends >= 0 else -1
        behind = self.text[end : below if below >= 0 else None]
        return not before.strip() and not behind.strip()


RULE = Rule(render, (SIGN,), markdown_only=True)
