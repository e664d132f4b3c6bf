"""Links by label as older Markdowns read them: `[words] [label]`, and the last definition counts.

CommonMark wants label and words side by side, and takes the first definition of a label.
Source: `lib/kramdown/parser/kramdown/link.rb`; `ReferenceInlineProcessor` of Python-Markdown's
`inlinepatterns.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.kramdown import additions
from feedsvc.markup.markdown import UNSEEN
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.context import Context

_DEFINITION = re.compile(r"[ >\t]*\[(?!\^)([^\[\]\n]{1,200})\]:")
_OWN = re.compile(r" {0,3}\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*\S")
# A search for what begins with a plain character is a fast one.
_APART = re.compile(r"\](?=[ \t\n][ >\t\n]{0,20}\[)")
_LABEL = re.compile(rf"{lines.CODE}|\\.|\](?P<apart>[ \t]*)\[(?P<label>[^\[\]]*)\]")
_BELOW = re.compile(r"\n[ >\t]*\[([^\[\]\n]{1,200})\](?!:)")
_BRACKET = re.compile(r"\\.|[\[\]]")
_TASK = re.compile(r"[ >\t]*(?:[-*+]|\d+\.)[ \t]+\[[ xX]")


def render(text: str, around: Context) -> str:
    """`text` as CommonMark has to have it."""
    if additions.reads_commonmark(around):
        return text
    labels = [_normal(label) for label in _defined(text)]
    known = frozenset(labels)
    if len(known) < len(labels):
        text = _with_last(text)
    if known and _APART.search(text):
        text = lines.outside_code(text, _Labels(text, known).line)
    return text


def _defined(text: str) -> Iterator[str]:
    """The labels that are defined, as often as they are."""
    at = text.find("]:")
    while at >= 0:
        # (the beginning of a line is found from its end: there are few of these)
        if match := _DEFINITION.match(text, text.rfind("\n", 0, at) + 1, at + 2):
            yield match[1]
        ends = text.find("\n", at)  # what follows the first sign in a line defines nothing
        at = text.find("]:", ends) if ends >= 0 else -1


def _normal(label: str) -> str:
    return " ".join(label.split()).lower()


def _with_last(text: str) -> str:
    """`text` in which no label is defined twice: earlier definitions are of labels nobody uses."""
    last: dict[str, int] = {}
    within = False  # a paragraph, in which nothing is defined

    def find(line: str, position: int) -> str:
        nonlocal within
        match = None if within else _OWN.match(line)
        within = bool(line.strip()) and match is None
        if match:
            last[_normal(match[1])] = position
        return line

    def change(line: str, position: int) -> str:
        match = _OWN.match(line) if "]:" in line else None
        if match is None or last.get(_normal(match[1]), position) <= position:
            return line
        return f"{line[: match.start(1)]}{UNSEEN}{line[match.start(1) :]}"

    lines.outside_code(text, find)
    return lines.outside_code(text, change)


class _Labels:
    """Puts labels beside the words of their links."""

    def __init__(self, text: str, known: frozenset[str]) -> None:
        self.text = text
        self.known = known
        self.open = 0  # brackets of the paragraph so far that nothing closes
        self.task = -1  # where the box of a task in the line ends
        self.taken = (-1, 0)  # where a line begins that lost its label to the one above

    def line(self, line: str, position: int) -> str | None:
        """The line with labels that are known right behind the words."""
        begins, length = self.taken
        rest = line[length:] if begins == position else line
        if not rest.strip():
            self.open = 0
            return None if rest is not line else line
        if "]" not in rest or _OWN.match(rest):
            self.open += rest.count("[")
            return rest
        return self._joined(rest, position + len(line))

    def _joined(self, line: str, end: int) -> str:
        parts: list[str] = []
        at = start = 0
        self.task = box.end() if (box := _TASK.match(line)) else -1
        pairs = _pairs(line)
        while match := _LABEL.search(line, at):
            at = match.end()
            label = match["label"]
            if label is None:
                continue
            known = _normal(label) in self.known
            if not match["apart"]:
                at = at if known or not label else match.start() + 1
            elif known and self._has_words(line, match.start(), pairs):
                parts += line[start : match.start() + 1], line[match.start("label") - 1 : at]
                start = at
            else:
                at = match.start() + 1
        parts.append(line[start:])
        last = len(line.rstrip()) - 1
        below = _BELOW.match(self.text, end) if at <= last and line[last] == "]" else None
        if below and _normal(below[1]) in self.known and self._has_words(line, last, pairs):
            parts[-1] = f"{parts[-1].rstrip()}[{below[1]}]"
            self.taken = (end + 1, below.end() - end - 1)
        self.open = max(0, self.open + line.count("[") - line.count("]"))
        return "".join(parts)

    def _has_words(self, line: str, closing: int, pairs: dict[int, int]) -> bool:
        """Whether the bracket closes the words of a link: no box of a task, no footnote."""
        if closing not in pairs:
            return self.open > 0
        return line[pairs[closing] + 1] != "^" and closing != self.task


def _pairs(line: str) -> dict[int, int]:
    """Where the brackets open that close in a line."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for match in _BRACKET.finditer(line):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            pairs[match.start()] = opened.pop()
    return pairs


RULE = Rule(render, ("]:",), markdown_only=True)
