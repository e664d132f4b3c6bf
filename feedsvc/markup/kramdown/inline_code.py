"""Code in `<code>` and its like among Markdown: to kramdown it is no Markdown.

Source: `lib/kramdown/parser/kramdown/html.rb` and `parser/html.rb`.
"""

from __future__ import annotations

import re
from collections import Counter
from string import punctuation
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.kramdown.blocks import UNPROTECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

SPANS = (
    "a|abbr|acronym|b|bdo|big|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|q|"
    "ruby|samp|small|span|strike|strong|sub|sup|time|tt|u|var"
)
"""Tags of text, as a part of a regular expression."""

_VERBATIM = "code|kbd|samp|var"
_CODE = re.compile(rf"(?<!`)(`++)[^`]++\1|<({_VERBATIM})\b[^<>\n]*>", re.IGNORECASE)
_CODE_ENDS = {name: re.compile(f"</{name}>", re.IGNORECASE) for name in _VERBATIM.split("|")}
_ODD_CODE = re.compile(
    rf"<(?:{_VERBATIM})\b[^<>\n]*>[^<\n]*(?:[`*_\\~\[$\"']|--|\.\.|<(?!/(?:{_VERBATIM})>))",
    re.IGNORECASE,
)
_TAG = re.compile(r"(</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>)")
_NAME = re.compile(rf"<(/?)((?:{SPANS}|font|s|wbr)\b|)", re.IGNORECASE)
_VOID = {"br", "img", "input", "wbr"}
_ESCAPED = str.maketrans(
    {sign: f"\\{sign}" for sign in punctuation if sign not in f"&#;<>{UNPROTECTED}"}
)
_SHIFT = re.compile(r"<(?=<)|>(?=>)")  # two are quotes to whoever sets these


def render(text: str) -> str:
    """`text` in which CommonMark takes no such code for Markdown."""
    return lines.outside_code(text, _Code().line) if _ODD_CODE.search(text) else text


class _Code:
    """What stands in `<code>` is not Markdown."""

    def __init__(self) -> None:
        self.html = lines.HtmlBlocks()

    def line(self, line: str, _position: int) -> str:
        """The line with such code escaped, unless nothing in it is Markdown."""
        if self.html.holds(line) or "<" not in line:
            return line
        return "".join(_escaped(line))


def _escaped(line: str) -> Iterator[str]:
    """The pieces of a line, what stands in such code escaped."""
    start = at = 0
    open_ended = set[str]()  # or each that is not closed would be looked for to the line's end
    while match := _CODE.search(line, at):
        name = (match[2] or "").lower()
        if not name:
            at = match.end()
        elif name in open_ended:
            at = match.start() + 1
        elif closing := _CODE_ENDS[name].search(line, match.end()):
            yield line[start : match.end()]
            yield _as_text(line[match.end() : closing.start()])
            start, at = closing.start(), closing.end()
        else:
            open_ended.add(name)
    yield line[start:]


def _as_text(code: str) -> str:
    parts = _TAG.split(code)
    parts[::2] = [_SHIFT.sub(r"\\\g<0>", part.translate(_ESCAPED)) for part in parts[::2]]
    parts[1::2] = _tags(parts[1::2])
    return "".join(parts)


def _tags(tags: list[str]) -> list[str]:
    """The tags within code: those of text in pairs are tags, the others are what it is about."""
    names = [match.groups() for match in map(_NAME.match, tags) if match]
    found = Counter((closing, name.lower()) for closing, name in names)
    return [
        tag
        if (lower := name.lower()) in _VOID or (name and found["", lower] == found["/", lower])
        else f"&lt;{tag[1:-1].translate(_ESCAPED)}&gt;"
        for tag, (_, name) in zip(tags, names, strict=True)
    ]
