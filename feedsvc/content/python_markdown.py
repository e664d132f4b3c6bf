"""What Python-Markdown's extensions understand and CommonMark does not.

Those that Pelican's sites use: `[TOC]`, the language of indented code (`:::python`, `#!python`),
and admonitions. Source: https://python-markdown.github.io/extensions/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.content import lines

if TYPE_CHECKING:
    from feedsvc.content.context import Context

_CODE_LANGUAGE = re.compile(
    r"(?: {4}|\t)[ \t]*(?::::+|#!)[ ]?\w[\w+#.-]*(?:[ \t]+hl_lines=[^\n]*)?[ \t]*"
)
_ADMONITION = re.compile(r'!!![ ]?([\w-]+(?:[ ][\w-]+)*)(?:[ ]+"([^"\n]*)")?[ \t]*')
_INDENTED = re.compile(r"(?: {4}|\t)(.*)")


def render(text: str, around: Context) -> str:  # noqa: ARG001 - of the form of all such rules
    """`text` without tables of contents and marks of languages, admonitions as quotes."""
    inside, blank = False, True  # the line before is a blank one

    def change(line: str, _position: int) -> str | None:
        nonlocal inside, blank
        begins, blank = blank, not line.strip()
        if inside:
            if (indented := _INDENTED.match(line)) or not line.strip():
                return f"> {indented[1]}" if indented else ">"
            inside = False
            return f"\n{line}"
        if match := _ADMONITION.fullmatch(line):
            inside = True
            title = match[1].split(" ")[0].capitalize() if match[2] is None else match[2]
            return f"\n> **{title}**\n>" if title else "\n>"
        dropped = line.strip() == "[TOC]" or (begins and _CODE_LANGUAGE.fullmatch(line))
        return None if dropped else line

    return lines.outside_fences(text, change)
