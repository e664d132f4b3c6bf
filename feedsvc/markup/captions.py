"""Captions of code: a file's name, a link to it. CommonMark shows nothing of what says them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.markup import lines
from feedsvc.markup.context import anchor

if TYPE_CHECKING:
    from collections.abc import Callable

_OPENING = re.compile(r"((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)((?:`{3,}|~{3,})(.*))")
_MARKER = re.compile(r"[^\s>]")  # of an item of a list that begins with code


class Caption(NamedTuple):
    """What is said above code: `words`, and where more of it is, which `link` says."""

    words: str
    url: str = ""
    link: str = ""

    def html(self) -> str:
        """A paragraph, "" where nothing is said."""
        if not self.words:
            return ""
        link = " " + anchor(self.url, self.link or "link") if self.url else ""
        return f"<p>{escape(self.words, quote=False)}{link}</p>"


def above_fences(text: str, caption: Callable[[str], Caption | None]) -> str:
    """The Markdown `text` with what the line that opens fenced code says, as `caption` reads it.

    It is given what follows the fence in that line.
    """

    def change(line: str, _position: int) -> str:
        match = _OPENING.fullmatch(line)
        found = caption(match[3].strip()) if match else None
        html = found.html() if found else ""
        if match is None or not html:
            return line
        further = _MARKER.sub(" ", match[1])
        # (a blank line ends the paragraph, which is HTML to Markdown)
        return f"{match[1]}{html}\n{further}\n{further}{match[2]}"

    return lines.opening_fences(text, change)
