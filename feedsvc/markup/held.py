"""Markup that Markdown must not read: words stand for it until the rest is HTML.

Hugo does the same with what its shortcodes make.
"""

from __future__ import annotations

import re

# Letters and digits pass through Markdown as they are; nobody writes this.
_SIGN = "HELD51e0b7c4d2MARKUP"
_WORD = re.compile(rf"<p>\s*{_SIGN}N(\d{{1,9}})E\s*</p>|{_SIGN}N(\d{{1,9}})E")


class Held:
    """The markup of one body."""

    def __init__(self) -> None:
        self._markup: list[str] = []

    def put(self, markup: str) -> str:
        """Keep `markup`, which may hold words for other; return the word that stands for it."""
        self._markup.append(self.filled(markup))
        return f"{_SIGN}N{len(self._markup) - 1}E"

    def filled(self, html: str) -> str:
        """`html` with the markup in the place of its words; a paragraph of one alone is none."""
        if not self._markup:
            return html

        def markup(match: re.Match[str]) -> str:
            number = int(match[1] or match[2])
            return self._markup[number] if number < len(self._markup) else ""

        return _WORD.sub(markup, html)

    @property
    def some(self) -> bool:
        """Whether anything is kept."""
        return bool(self._markup)
