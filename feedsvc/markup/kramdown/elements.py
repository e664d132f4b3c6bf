"""HTML among Markdown as kramdown reads it, written so that CommonMark reads the same.

Text right behind a block or a comment, blanks before tags within a block, blank lines in a `<pre>`,
tags of text in a line of their own, and addresses between `<` and `>`; `inline_code` has the rest.
Source: `lib/kramdown/parser/kramdown/html.rb` and `parser/html.rb`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.kramdown import inline_code
from feedsvc.markup.kramdown.inline_code import SPANS
from feedsvc.markup.markdown import UNSEEN
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_BLOCKS = (
    "address|article|aside|blockquote|center|details|dl|div|fieldset|figure|footer|form|h[1-6]|"
    "header|iframe|main|menu|nav|ol|p|section|table|ul|video"
)
_BLOCK = re.compile(rf"<(/?)({_BLOCKS})\b", re.IGNORECASE)
_TEXT = rf"(?:[^\s<]|<(?:{SPANS})\b)"
_BEGINS = re.compile(rf"[ \t]*{_TEXT}", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:</(?:{_BLOCKS}|script)>[ \t]*+(?>\n[ \t]*+|)"
    rf"|<hr\b[^<>\n]*>[ \t]*+\n[ \t]*+){_TEXT}",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf".*(</({_BLOCKS})>)", re.IGNORECASE)
_RULE = re.compile(r"[ >\t]*<hr\b[^<>]*>[ \t]*", re.IGNORECASE)
_INDENTED = re.compile(r"\n[ \t]*\n(?: {4}|\t)[ \t]*<")
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_PRE_ENDS = re.compile(r"</pre>", re.IGNORECASE)
# What ends a `<pre>` to CommonMark, too, if it is not the end of what begins there.
_ENDS = re.compile(r"<(/?)(?=(?:script|style|textarea)\b)", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n")
_COMMENTED = re.compile(r"-->[ \t]*[^\s]")
_COMMENT = re.compile(r" {0,3}<!--[^\n]*?-->(?=[ \t]*[^\s])")
_NOTHING = re.compile(r"(\*\*|__)<!--(?:(?!<!--|-->)[^\n]|(?!))*+-->\1")
# What kramdown takes for no tag: `<a@b.org>`, `Map<String, Object>`
_NO_TAG = re.compile(r"<([^\s<>@/]+@[^\s<>@/]+|[A-Za-z]\w*,[^<>\"'=]*)>")
_SHOWN = r"&lt;\1&gt;"
_ALONE = re.compile(rf"<(?=/?(?:{SPANS})\b[^<>\n]*>[ \t]*(?:\n|\Z))", re.IGNORECASE)


def render(text: str, _around: Context) -> str:
    """`text` as CommonMark has to have it."""
    text = inline_code.render(text)
    if _COMMENTED.search(text):
        text = lines.outside_code(text, _apart)
    return with_tags_of_text(with_blocks_apart(text))


def with_tags_of_text(text: str) -> str:
    """`text` in which a tag of text that stands alone in a line begins no block of HTML."""
    return _ALONE.sub(_unseen, text)


def with_blocks_apart(text: str) -> str:
    """`text` in which a block of HTML goes on as far as its tags, and no further."""
    if "<" in text and (_BEHIND.search(text) or _INDENTED.search(text) or _PRE.search(text)):
        return lines.outside_fences(text, _Html(text).line)
    return text


def _apart(line: str, _position: int) -> str:
    """What follows a comment is Markdown; one that is emphasized alone is nothing."""
    line = _NOTHING.sub("", line) if "<!--" in line else line
    match = _COMMENT.match(line)
    return f"{match[0]}\n\n{line[match.end() :].lstrip()}" if match else line


def _unseen(match: re.Match[str]) -> str:
    """A tag of text that stands alone begins no block, as it does in CommonMark, but a paragraph.

    There Markdown goes on behind it.
    """
    text, start = match.string, match.start()
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return f"{UNSEEN}<" if not before.strip(" \t>") else "<"


class _Html:
    """What is within a block of HTML, and what behind it.

    Only tags that are closed as often as opened tell what is within a block.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        self.within = 0  # as far as the tags are balanced
        self.ended = False
        self.parted = False  # what is in a `<pre>` now was set apart from what is around it
        self.behind = False  # the line before ended that
        self.nested = 0  # elements in it that are no text
        self.indents = lines.Indents()
        self.html = lines.HtmlBlocks()
        found = Counter((closing, name.lower()) for closing, name in _BLOCK.findall(text))
        self.balanced = {name for _, name in found if found["", name] == found["/", name]}

    def line(self, line: str, position: int) -> str:
        """The line, set apart from a block that has ended above it, or without its indent."""
        if self.html.closing:
            return self._verbatim(line, position)
        behind, self.behind = self.behind, False
        if self.indents.is_code(line) or (behind and line[:1].isspace()):
            if not (self.within or behind) or line.lstrip()[:1] != "<":
                return line
            line = line.lstrip()
        inside = self.html.inside
        if self.html.holds(line) and "<" in line:
            line = _NO_TAG.sub(_SHOWN, line)
        apart = "\n" if self.ended and _BEGINS.match(line) else ""
        self._count(line)
        if self.ended and (rest := self._behind(line)):
            line = f"{line[: -len(rest)]}\n\n{rest.lstrip()}"
            self.html.inside = self.ended = False
        opened = _PRE.search(line) if inside or self.html.inside else None
        self.nested = 0
        if opened is None:
            return apart + (self._whole(line) if self.html.closing else line)
        self.parted = self._has_blanks(position)
        line = line[: opened.start()] + self._whole(line[opened.start() :])
        self.html.enter("pre", line[opened.start() :])
        self.html.inside = not self.parted
        if not self.parted:
            return apart + line
        return f"{apart}{line[: opened.start()].rstrip()}\n\n{line[opened.start() :]}"

    def _behind(self, line: str) -> str:
        """The text in the line that follows a block which ended there."""
        closed = _CLOSED.match(line)
        if closed is None or closed[2].lower() not in self.balanced:
            return ""
        rest = line[closed.end() :]
        return rest if _BEGINS.match(rest) else ""

    def _whole(self, line: str) -> str:
        """The line of a `<pre>` without the end of an element that does not begin there."""

        def shown(match: re.Match[str]) -> str:
            self.nested += -1 if match[1] else 1
            if self.nested >= 0:
                return match[0]
            self.nested = 0
            return "&lt;/"

        return _ENDS.sub(shown, line) if "<" in line else line

    def _verbatim(self, line: str, position: int) -> str:
        line = self._whole(line)
        self.html.holds(line)
        if not self.html.closing:
            closed = line.lower().rfind("</pre>")
            if opened := _PRE.search(line, closed):  # another one, in a cell of the same row
                at = opened.start()
                self.html.enter("pre", line[at:])
                self.parted = self.parted or self._has_blanks(position + at)
                self.html.inside = not self.parted
                line = f"{line[:at]}\n\n{line[at:]}" if self.parted else line
            else:
                self.behind, self.parted = self.parted, False
            self._count(line[closed:])
        return _NO_TAG.sub(_SHOWN, line)

    def _has_blanks(self, position: int) -> bool:
        """Whether a blank line, which ends a block of CommonMark, is in the `<pre>` there."""
        ends = _PRE_ENDS.search(self.text, position)
        end = ends.start() if ends else len(self.text)
        return _BLANK.search(self.text, position, end) is not None

    def _count(self, line: str) -> None:
        self.ended = not self.depth and _RULE.fullmatch(line) is not None
        if self.ended or "<" not in line or not (self.depth or line.lstrip()[0] == "<"):
            return
        before = self.depth
        for closing, name in _BLOCK.findall(line):
            step = -1 if closing else 1
            self.depth = max(0, self.depth + step)
            if name.lower() in self.balanced:
                self.within = max(0, self.within + step)
        self.ended = not self.depth and bool(before or _BLOCK.match(line.lstrip()))


RULE = Rule(render, ("<",), markdown_only=True)
