"""What Python-Markdown reads otherwise than CommonMark, written so that both read the same.

A list begins behind a blank line only and never with `1)`, a heading needs no blank behind its
signs, backslashes protect fewer signs, addresses go on behind blanks and in the next line, Markdown
behind `<img>` and other tags of text; labels are defined right below text, too.
Source: `markdown/blockprocessors.py`, `markdown/core.py` (`ESCAPED_CHARS`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import escapes, lines, spaced_addresses
from feedsvc.markup.kramdown import elements
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_HEADING = re.compile(r"\A(#{1,6})(?=[^#\s]|\xa0)[\xa0 \t]*")
_ITEM = re.compile(r"\A( {0,3})(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]+\S)")
_SEPARATOR = re.compile(r" {0,3}([-*])(?: {0,2}\1){2,}[ \t]*\Z")  # ends a block wherever it is
_DEFINITION = re.compile(r""" {0,3}\[(?!\^)[^\[\]]{1,200}\]:[ \t]*\S+[ \t]*(?:["'(].*)?\Z""")
_NUMBER = re.compile(r"\A( {0,3}\d{1,9})\)(?=[ \t])")
_OTHER = re.compile(r"[ \t]|[-+*>#<|`~]|\d+\.[ \t]|\[[^\]]*\]:")  # begins no paragraph
_KEPT = "$%&,/:;<=?@^~"  # what a backslash does not protect
_QUOTES = "\"'"  # what it does where the extension `smarty` sets them
_ODD = re.compile(r"^(?:#{1,6}[^#\s]|#{1,6}\xa0| {0,3}(?:[-+*]|\d{1,9}[.)])[ \t])", re.MULTILINE)
_LABEL = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:", re.MULTILINE)


def render(text: str, around: Context) -> str:
    """`text` as CommonMark has to have it."""
    if "<" in text:
        text = elements.with_tags_of_text(elements.with_blocks_apart(text))
    if "](" in text:
        text = spaced_addresses.enclosed(lines.with_whole_addresses(text))
    typographer = around.settings.engine_options.get("typographer") is True
    text = escapes.shown(text, _KEPT if typographer else _KEPT + _QUOTES)
    odd = _ODD.search(text) or _defines_below_text(text)
    return lines.outside_code(text, _Blocks().line) if odd else text


def _defines_below_text(text: str) -> bool:
    """Whether a label is defined in a line right below one that defines none."""
    for label in _LABEL.finditer(text) if "]:" in text else ():
        end = max(0, label.start() - 1)
        above = text[text.rfind("\n", 0, end) + 1 : end].lstrip()
        if above and above[0] != "[":
            return True
    return False


class _Blocks:
    """Lines as parts of blocks that blank lines end."""

    def __init__(self) -> None:
        self.html = lines.HtmlBlocks()
        self.begun = False  # something stands in the block already
        self.paragraph = False

    def line(self, line: str, _position: int) -> str:
        """The line with what begins no list protected, and its heading told from text."""
        if (
            self.html.holds(line)
            or not line.strip()
            or (line[0] in "-* " and _SEPARATOR.match(line))
        ):
            self.begun = self.paragraph = False
            return line
        if line[0] == "#":
            self.begun = self.paragraph = False
            return _HEADING.sub(r"\1 ", line)
        if "]:" in line and _DEFINITION.match(line):
            apart = "\n" if self.begun else ""
            self.begun = self.paragraph = False
            return f"{apart}{line}"
        line = _NUMBER.sub(r"\1\\)", line) if ")" in line else line
        if not self.begun:
            self.begun = True
            self.paragraph = _OTHER.match(line) is None
        elif self.paragraph:
            return _ITEM.sub(_protected, line)
        return line


def _protected(match: re.Match[str]) -> str:
    indent, sign, number, dot = match.groups()
    return f"{indent}\\{sign}" if sign else f"{indent}{number}\\{dot}"


RULE = Rule(
    render,
    ("#", "- ", "+ ", "* ", "\\", ". ", ") ", "](", "]:", "<"),
    markdown_only=True,
)
