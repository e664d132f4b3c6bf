"""Within lines of text: what kramdown takes for code, emphasis, tags and the begin of a list.

Sources: `codespan.rb`, `emphasis.rb`, `html.rb` and `list.rb` of `lib/kramdown/parser/kramdown`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.kramdown import additions
from feedsvc.markup.markdown import UNSEEN
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_RUN = re.compile(r"`+")
_ADJACENT = re.compile(r"`[^`\n]+``+[^`\n]")
_RUNS = re.compile(r"(?<!`)`++[^`]*+`++|\\.|\]\([^()\s]*\)|<[^<>]*>|\*{4,}|(\*{1,3})")
_BARE = re.compile(r"\*\*(https?://[^\s*<>()\[\]`]+)\*\*")  # whose link must not go on
# What closes in front of a letter, or opens behind one: both rare, and CommonMark takes neither.
# (These begin with the rarest sign, which makes the search ten times as fast.)
# So do blanks that Ruby takes for signs.
_WIDE = "\xa0\u3000"
_FLANKED = re.compile(
    r"\*(?:(?<=[\S\n][^\w\s*]\*)\**\w|(?<=\w\*)\*?[^\w\s*][^\s*]"
    rf"|(?<=[{_WIDE}]\*)|[{_WIDE}])"
)
_CLOSING = re.compile(r"\)(?<=\d\))[ \t]")
# Tags of blocks are text within text; `<p>` there more likely ends a line.
_TAGS = (
    "address|article|aside|applet|body|blockquote|caption|col|colgroup|dd|div|dl|dt|fieldset|"
    "figcaption|footer|form|h[1-6]|header|hgroup|html|head|iframe|legend|menu|li|main|map|nav|ol|"
    "optgroup|section|summary|table|tbody|td|th|thead|tfoot|tr|ul"
)
_TAG = re.compile(rf"(?<!`)(`++)[^`]*+\1|<(?:({_TAGS}|pre)|/(?:body|head|html))>", re.IGNORECASE)
_TEXT_TAG = re.compile(rf"<(?:{_TAGS}|pre|/(?:body|head|html))>", re.IGNORECASE)
_INSTRUCTION = re.compile(r"(?<!`)(`++)[^`]*+\1|<\?")
_ENDS = re.compile(r"</([a-z0-9]+)>")
# One underscore is not closed by two: `\__init__` is that name.
_NAME = re.compile(r"\\__([^\W_](?:\w*[^\W_])?)__(?!\w)|(?<!`)(`++)[^`]*+\2")
_BEGINS = re.compile(r"[ \t]*+(?:(?:[-*+>]|\d{1,9}\.)[ \t]++|(?!))*+")
_NUMBERED = re.compile(rf"^{_BEGINS.pattern}\d{{1,9}}\)[ \t]", re.MULTILINE)


def render(text: str, around: Context) -> str:
    """`text` as CommonMark has to have it."""
    if "``" in text and _ADJACENT.search(text):
        text = lines.outside_code(text, _parted)
    if "*" in text and _FLANKED.search(text):
        text = lines.outside_code(text, _Asterisks().line)
    if additions.reads_commonmark(around):
        return text
    if "\\__" in text:
        text = lines.outside_code(text, _named)
    if "<?" in text:
        text = lines.outside_code(text, _Instructions().line)
    if ("<" in text and _TEXT_TAG.search(text)) or (
        _CLOSING.search(text) and _NUMBERED.search(text)
    ):
        text = lines.outside_code(text, _Text(text).line)
    return text


def _parted(line: str, _position: int) -> str:
    """The first backtick that may do so ends code, be it followed by others or not."""
    if "``" not in line:
        return line
    parts: list[str] = []
    at = start = 0
    while run := _RUN.search(line, at):
        at = run.end()
        ends = line.find(run[0], at)
        if ends < 0:
            continue
        at = ends + len(run[0])
        if line[at : at + 1] == "`":
            parts += line[start:at], UNSEEN
            start = at
    return "".join([*parts, line[start:]])


def _named(line: str, _position: int) -> str:
    """Names between two underscores, of which the first is escaped."""
    if "\\__" not in line:
        return line
    return _NAME.sub(lambda match: rf"\_\_{match[1]}\_\_" if match[1] else match[0], line)


class _Asterisks:
    """Up to three are of a pair whatever signs and letters are beside them."""

    def __init__(self) -> None:
        self.opened: set[str] = set()  # in the paragraph so far

    def line(self, line: str, _position: int) -> str:
        """The line with what CommonMark would not take for a pair parted from what is beside."""
        if not line.strip():
            self.opened.clear()
        if "*" not in line:
            return line
        return _RUNS.sub(self._parted, _BARE.sub(r"**<\1>**", line) if "://" in line else line)

    def _parted(self, match: re.Match[str]) -> str:
        run, line = match[1], match.string
        if run is None:
            return match[0]
        before, behind = (
            line[match.start() - 1 : match.start()],
            line[match.end() : match.end() + 1],
        )
        if run in self.opened and before.strip(" \t"):
            self.opened.discard(run)
            apart = before in _WIDE or (_is_sign(before) and behind.isalnum())
            return f"{UNSEEN}{run}" if apart else run
        if behind.strip(" \t"):
            self.opened.add(run)
            apart = behind in _WIDE or (_is_sign(behind) and before.isalnum())
            return f"{run}{UNSEEN}" if apart else run
        return run


def _is_sign(character: str) -> bool:
    return not character.isspace() and not character.isalnum()


class _Instructions:
    """`<?php` is text, but for a block of HTML."""

    def __init__(self) -> None:
        self.html = lines.HtmlBlocks()

    def line(self, line: str, _position: int) -> str:
        """The line with the beginnings of such instructions as text."""
        if self.html.holds(line) or "<?" not in line or _goes_on(line):
            return line
        return _INSTRUCTION.sub(lambda match: match[0] if match[1] else f"<{UNSEEN}?", line)


def _goes_on(line: str) -> bool:
    """Whether code begins or ends in the line, which began or ends in another."""
    return "`" in line and len(_RUN.findall(line)) % 2 == 1


class _Text:
    """Lines that are no HTML."""

    def __init__(self, text: str) -> None:
        self.html = lines.HtmlBlocks()
        self.ended = "</pre>" in text.lower()

    def line(self, line: str, _position: int) -> str:
        """The line with tags that are text, and without lists that a parenthesis begins."""
        if self.html.holds(line):
            return line
        if ")" in line and (closing := _CLOSING.search(line)):
            line = f"{line[: closing.start()]}{UNSEEN}{line[closing.start() :]}"
        if "<" not in line or _goes_on(line):
            return line
        text = _BEGINS.match(line)
        first = text.end() if text else 0
        ended = set(_ENDS.findall(line.lower()))

        def shown(match: re.Match[str]) -> str:
            if match[1] or match.start() == first:
                return match[0]
            name = (match[2] or "").lower()
            closed = name and (name in ended or (name == "pre" and self.ended))
            return match[0] if closed else f"<{UNSEEN}{match[0][1:]}"

        return _TAG.sub(shown, line)


RULE = Rule(render, ("`", "<", ")", "*", "\\__"), markdown_only=True)
