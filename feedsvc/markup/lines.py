"""The lines of a Markdown text that are not code."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CODE = r"(?P<code>(?<!`)(?P<marks>`++)(?:[^`]++|(?!(?P=marks)(?!`))`++|(?!))*+(?P=marks)(?!`))"
"""A pattern of code in a line, with its marks (CommonMark 0.31 §6.1)."""

_FENCE = re.compile(r"[ >\t]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})")
_ITEM = re.compile(r" *(?:(?:[-*+:]|\d{1,9}[.)])(?: {1,4}(?! )| )|(\[\^[^\]\n]{1,200}\]:))")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BEGINS = " \t-*+:[0123456789\r\f\v"  # an indented line, an item, or a blank one
_PARTED = re.compile(r"\]\((?=[^()\s]*\n)[^()\s]+(?:\n[ \t]*[^()\s\"'<>]+)+\)")
_ADDRESS = re.compile(r"\]\((?:https?:/)?/")
_BREAK = re.compile(r"\n[ \t]*")
_OPEN = 9  # fences of different kinds that nothing ends: further ones are left
_CODE = 4  # blanks more than the text around it
TEXT, HIDDEN, OPENING = range(3)
"""Kinds of lines: code is hidden, but for the line it opens with."""
# CommonMark 0.31 §4.6: the first kind ends with its tag, the sixth with a blank line.
_VERBATIM = re.compile(r"[ >\t]*<(pre|script|style|textarea)\b", re.IGNORECASE)
_HTML = re.compile(
    r"[ >\t]*</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|"
    r"dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|"
    r"head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|"
    r"p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)\b",
    re.IGNORECASE,
)


def begins_html(line: str) -> bool:
    """Whether a block of HTML begins with the line, wherever that stands."""
    return (_VERBATIM.match(line) or _HTML.match(line)) is not None


class Indents:
    """Which lines are code because they are indented further than the item they belong to."""

    def __init__(self) -> None:
        self.items: list[int] = []  # the columns at which the text of open items begins
        self.blank = True
        self.code = False

    def is_code(self, line: str) -> bool:
        """Whether the line, which follows those asked about before, is code."""
        if line and line[0] not in _BEGINS:  # as most lines do
            if self.blank:
                self.items.clear()
            self.code = False
            # Only a paragraph is not interrupted by code.
            self.blank = line[0] == "#" and _HEADING.match(line) is not None
            return False
        if not line.strip():
            self.blank = True
            return self.code
        if "\t" in line:
            line = line.expandtabs(_CODE)
        column = len(line) - len(line.lstrip(" "))
        if self.blank:
            self._close(column)
        around = self.items[-1] if self.items else 0
        self.code = (self.blank or self.code) and column >= around + _CODE
        self.blank = False
        if not self.code and (match := _ITEM.match(line)):
            self._close(column)
            self.items.append(column + _CODE if match[1] else match.end())
        return self.code

    def _close(self, column: int) -> None:
        while self.items and column < self.items[-1]:
            self.items.pop()


class QuotedIndents:
    """Which lines of quotes are such code."""

    def __init__(self) -> None:
        self.inner: Indents | None = None

    def is_code(self, line: str) -> bool:
        """Whether the line, which follows those asked about before, is code in a quote."""
        match = _QUOTE.match(line)
        if match is None:
            self.inner = None
            return False
        self.inner = self.inner or Indents()
        return self.inner.is_code(line[match.end() :])


class HtmlBlocks:
    """Which lines belong to a block of HTML, where Markdown is none."""

    def __init__(self) -> None:
        self.inside = False
        self.closing = ""  # the tag that ends what is shown as it stands
        self.verbatim = False  # the line asked about last is of that kind

    def holds(self, line: str) -> bool:
        """Whether the line, which follows those asked about before, is in such a block."""
        self.verbatim = bool(self.closing)
        if self.closing:
            if self.closing in line.lower():
                self.closing = ""
        elif not line.strip():
            self.inside = False
        elif "<" in line and (match := _VERBATIM.match(line)):
            self.enter(match[1], line)
        elif not self.inside and "<" in line:
            self.inside = _HTML.match(line) is not None
        return self.verbatim or self.inside

    def enter(self, tag: str, line: str) -> None:
        """The line opens what ends with its own tag, a block or a part of the one around it."""
        self.verbatim = True
        closing = f"</{tag.lower()}>"
        self.closing = "" if closing in line.lower() else closing


def with_whole_addresses(text: str) -> str:
    """`text` with each address of a link in one line, as older Markdowns read it."""
    return _PARTED.sub(_joined, text) if "](" in text else text


def _joined(match: re.Match[str]) -> str:
    address = _BREAK.sub("", match[0])
    return address if _ADDRESS.match(address) else match[0]


def outside_code(text: str, change: Callable[[str, int], str | None]) -> str:
    """`text` with each line changed that is neither fenced nor indented code nor in a `<pre>`.

    `change` gets a line without its end and its position in `text`; None takes the line out.
    """
    return _changed(text, change, *_parted(text), TEXT)


def outside_fences(text: str, change: Callable[[str, int], str | None]) -> str:
    """Like `outside_code`, where what is indented is not code, or is to be changed, too."""
    return _changed(text, change, *_fenced(text, lambda _line: False), TEXT)


def opening_fences(text: str, change: Callable[[str, int], str | None]) -> str:
    """`text` with each line changed that fenced code begins with."""
    return _changed(text, change, *_parted(text), OPENING)


def kinds(text: str) -> Iterator[tuple[str, int]]:
    """Each line of `text` with its kind, where what is indented is not code."""
    return zip(*_fenced(text, lambda _line: False), strict=True)


def runs_outside_fences(text: str, change: Callable[[str], str]) -> str:
    """`text` with each run of lines changed that are not in fenced code."""
    runs = groupby(kinds(text), key=itemgetter(1))
    parts = ((kind, "\n".join(line for line, _ in run)) for kind, run in runs)
    return "\n".join(change(part) if kind == TEXT else part for kind, part in parts)


def without_open_fences(text: str, sign: str) -> str:
    """`text` with `sign` before fences that nothing ends, which older Markdowns take for text."""
    if ("~" not in text or "~~~" not in text) and text.count("```") % 2 == 0:
        return text
    for _ in range(_OPEN):
        lines, kinds = _parted(text)
        last = max((at for at, kind in enumerate(kinds) if kind == OPENING), default=-1)
        match = _FENCE.match(lines[last]) if last >= 0 else None
        below = filter(None, map(_FENCE.match, lines[last + 1 :]))
        if match is None or any(_ends(match[1], other) for other in below):
            break
        at = match.start(1)
        line = f"{lines[last][:at]}{sign}{lines[last][at:]}"
        text = "\n".join([*lines[:last], line, *lines[last + 1 :]])
    return text


def _ends(fence: str, other: re.Match[str]) -> bool:
    """Whether what looks like a fence ends the one before it."""
    return other[1].startswith(fence) and not other.string.strip(" >\t`~")


@lru_cache(maxsize=1)
def _parted(text: str) -> tuple[list[str], list[int]]:
    """The lines of `text`, and their kinds: asked again by each rule that changes nothing."""
    indents, html = Indents(), HtmlBlocks()
    quotes = ">" in text and (">  " in text or ">\t" in text)
    quoted = QuotedIndents() if quotes else None

    def is_code(line: str) -> bool:
        if not html.closing and (indents.is_code(line) or (quoted and quoted.is_code(line))):
            return True
        if "<" not in line and not html.inside and not html.closing:
            return False
        html.holds(line)
        return html.verbatim

    return _fenced(text, is_code)


def _fenced(text: str, is_code: Callable[[str], bool]) -> tuple[list[str], list[int]]:
    lines = text.split("\n")
    kinds: list[int] = []
    fence = ""
    for line in lines:
        match = _FENCE.match(line) if "`" in line or "~" in line else None
        if fence:
            kinds.append(HIDDEN)
            if match and _ends(fence, match):
                fence = ""
        elif is_code(line):
            kinds.append(HIDDEN)
        elif match and (match[1][0] == "~" or "`" not in line[match.end() :]):
            fence = match[1]
            kinds.append(OPENING)
        else:
            kinds.append(TEXT)
    return lines, kinds


def _changed(
    text: str,
    change: Callable[[str, int], str | None],
    lines: list[str],
    kinds: list[int],
    wanted: int,
) -> str:
    kept: list[str] = []
    position = 0
    same = True
    for line, kind in zip(lines, kinds, strict=True):
        changed = change(line, position) if kind == wanted else line
        if changed is not line:
            same = False
        if changed is not None:
            kept.append(changed)
        position += len(line) + 1
    return text if same else "\n".join(kept)
