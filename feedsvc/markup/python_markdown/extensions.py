"""What Python-Markdown's extensions understand and CommonMark does not.

Those that Pelican's sites use: `[TOC]` and the language of indented code (`:::python`, `#!python`).
Source: https://python-markdown.github.io/extensions/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_CODE_LANGUAGE = re.compile(
    r"(?: {4}|\t)[ \t]*(?::::+|#!)[ ]?\w[\w+#.-]*(?:[ \t]+hl_lines=[^\n]*)?[ \t]*"
)


def render(text: str, around: Context) -> str:  # noqa: ARG001 - of the form of all such rules
    """`text` without tables of contents and marks of languages."""
    blank = True  # the line before is a blank one

    def change(line: str, _position: int) -> str | None:
        nonlocal blank
        begins, blank = blank, not line.strip()
        dropped = line.strip() == "[TOC]" or (begins and _CODE_LANGUAGE.fullmatch(line))
        return None if dropped else line

    return lines.outside_fences(text, change)
