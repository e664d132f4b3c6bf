"""Admonitions and tabs, whose text is an indented block: Python-Markdown and pymdownx.

`!!! note "Title"`, `??? note` (folded), `=== "Tab"`. To CommonMark such a block is code. Source:
https://python-markdown.github.io/extensions/admonition/, facelessuser.github.io/pymdown-extensions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.markup import lines
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_SIGNS = ("!!!", "???", "===")
_NOTE = re.compile(
    r"(?:!!!|\?\?\?\+?)[ ]?([A-Za-z][\w-]*)?(?:[ ]+[\w-]+)*(?:[ ]*\"([^\"\n]*)\")?[ \t]*"
)
_TAB = re.compile(r"===[!+]{0,2}[ ]+()\"([^\"\n]*)\"[ \t]*")
_STEP = 4  # blanks by which the text is indented
_DEEPEST = 5


class _Head(NamedTuple):
    """What a block begins with: where it stands, where its text begins, and how it is called.

    One without quotes may be mere text where no block follows.
    """

    start: int
    end: int
    indent: str
    title: str
    is_certain: bool


def render(text: str, around: Context) -> str:  # noqa: ARG001 - of the form of all such rules
    """`text` with each of them as a quote that begins with its title."""
    return _rendered(text, 0)


def _rendered(text: str, depth: int) -> str:
    if depth > _DEEPEST:
        return text
    written, at = [], 0
    for head in _heads(text):
        if head.start < at:  # within another
            continue
        block, end = _block(text, head)
        if not block and not head.is_certain:
            continue
        inner = _rendered("\n".join(block), depth + 1).strip("\n")
        titled = [f"**{head.title}**", ""] if head.title else []
        quoted = (f"{head.indent}> {line}".rstrip() for line in [*titled, *inner.split("\n")])
        written += [text[at : head.start], "\n".join(quoted), "\n"]
        at = end
    return "".join([*written, text[at:]])


def _heads(text: str) -> list[_Head]:
    found: list[_Head] = []

    def look(line: str, position: int) -> str:
        bare = line.lstrip(" \t")
        if bare.startswith(_SIGNS):
            match = (_TAB if bare[0] == "=" else _NOTE).fullmatch(bare)
            if match and (match[1] or match[2] is not None):
                title = match[1].capitalize() if match[2] is None else match[2]
                indent = line[: len(line) - len(bare)]
                certain = match[2] is not None
                found.append(_Head(position, position + len(line), indent, title, certain))
        return line

    lines.outside_code(text, look)
    return found


def _block(text: str, head: _Head) -> tuple[list[str], int]:
    """The lines below that are indented further, without that, and where they end."""
    deep = len(head.indent.expandtabs(_STEP)) + _STEP
    block: list[str] = []
    at = end = head.end
    while at < len(text):
        stop = text.find("\n", at + 1)
        stop = stop if stop >= 0 else len(text)
        line = text[at + 1 : stop]
        bare = line.lstrip(" \t")
        column = len(line[: len(line) - len(bare)].expandtabs(_STEP))
        if bare and column < deep:
            break
        block.append(" " * (column - deep) + bare if bare else "")
        at = stop
        if bare:
            end = stop
    while block and not block[-1]:
        block.pop()
    return block, end


RULE = Rule(render, _SIGNS, markdown_only=True)
