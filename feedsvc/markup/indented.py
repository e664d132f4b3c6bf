"""What is indented like code, where the renderer of a site takes it for text all the same.

Eleventy has switched such code off since its release 2, and MDX has none.
Source: github.com/11ty/eleventy/issues/2438, mdxjs.com/docs/what-is-mdx.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.markdown import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.context import Context

SIGNS = ("    ", "\t")
_TAB = 4
# Without such a line there is none, and no fence that far from the left.
_FAR = r"(?: {4}| {0,3}\t)[ \t]*+"
_MAYBE = re.compile(rf"\n(?:(?:#[^\n]*+|[ \t]*+)\n{_FAR}\S|{_FAR}(?:`{{3}}|~{{3}}))")
# What begins a block; to markdown-it it does not where it is indented so far.
_BEGINS = re.compile(
    r"(\d{0,9})(?=(?<=\d)[.)](?:\s|$)|(?<!\d)(?:>|#{1,6}(?:\s|$)|[*+-](?:\s|$)|`{3}|~{3}"
    r"|[-=*_](?:[ \t]*+[-=*_]|(?!))*+[ \t]*+$))"
)


def render_text(text: str, around: Context) -> str:  # noqa: ARG001 - as all rules
    """`text` in which such lines are paragraphs, as markdown-it without `code` has them."""
    return "\n".join(_paragraphs(text)) if _may_hold_some(text) else text


def render_blocks(text: str, around: Context) -> str:  # noqa: ARG001 - as all rules
    """`text` in which such lines, fences, too, lie where the text around them does, as in MDX."""
    return "\n".join(_blocks(text)) if _may_hold_some(text) else text


def _may_hold_some(text: str) -> bool:
    return _MAYBE.search(f"\n\n{text}") is not None  # (a search for a plain sign is a fast one)


def _paragraphs(text: str) -> Iterator[str]:
    indents, html = lines.Indents(), lines.HtmlBlocks()
    for line, kind in lines.kinds(text):
        if kind == lines.TEXT and not html.closing and indents.is_code(line):
            shown = line.lstrip(" \t")
            yield _blanks(indents) + _as_paragraph(shown) if shown else line
            continue
        if kind == lines.TEXT and ("<" in line or html.inside):
            html.holds(line)
        yield line


def _blocks(text: str) -> Iterator[str]:
    indents, html = lines.Indents(), lines.HtmlBlocks()
    further = 0  # columns by which lines are indented too far
    for line, kind in lines.kinds(text):
        if kind == lines.TEXT and html.closing:
            html.holds(line)
            yield line
            continue
        nearer = line
        if kind != lines.HIDDEN and line.strip():
            further = further if _column(line) >= further else 0
        if further:
            nearer = _nearer(line, further)
        # what stands right below text goes on with it, but for a fence
        indents.blank = indents.blank or kind == lines.OPENING
        if kind != lines.HIDDEN and indents.is_code(nearer) and nearer.strip():
            further += _column(nearer) - len(_blanks(indents))
            nearer = _nearer(line, further)
            indents.is_code(nearer)
        if kind == lines.TEXT and ("<" in line or html.inside):
            html.holds(line)
        yield nearer


def _blanks(indents: lines.Indents) -> str:
    """Those before the text of the item that is open."""
    return " " * (indents.items[-1] if indents.items else 0)


def _column(line: str) -> int:
    line = line.expandtabs(_TAB)
    return len(line) - len(line.lstrip(" "))


def _nearer(line: str, further: int) -> str:
    """The line without so many of its blanks."""
    shown = line.lstrip(" \t")
    blanks = line[: len(line) - len(shown)].expandtabs(_TAB)
    return f"{blanks[further:]}{shown}"


def _as_paragraph(line: str) -> str:
    if line[0] == "<":
        return f"{UNSEEN}{line}"
    return _BEGINS.sub(r"\1\\", line, count=1) if _BEGINS.match(line) else line
