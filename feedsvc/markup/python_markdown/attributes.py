"""Lists of attributes without a colon, `![a](b){.right}`, as Python-Markdown has them.

Those with a colon are kramdown's, too. Source: `markdown/extensions/attr_list.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_NAMED = r"\{[ ]*[.#][A-Za-z][^{}`\n]*\}"
_SET = r"\{[ ]*[A-Za-z][\w-]*=[^{}`\n]*\}"
# of code, of emphasis and links, and only of links where it could be a part of a formula
_SPAN = re.compile(
    rf"{lines.CODE}(?:{_NAMED})?|(?<=[)\]*_>])(?:{_NAMED})"
    rf"|(?P<link>\]\([^()\s]*(?:[ ]+\"[^\"]*\")?\)){_SET}"
)
_HEADING = re.compile(r" {0,3}#")
_OF_HEADING = re.compile(rf"(?<! )[ ]++(?:{_NAMED}|{_SET})[ ]*+#*+[ ]*+\Z")
_LIST = re.compile(rf"{_NAMED}|{_SET}")
_BLOCK = re.compile(rf"[ ]*(?:{_LIST.pattern})[ ]*")


def render(text: str, _around: Context) -> str:
    """`text` without such lists behind words, at the end of headings and below blocks."""
    if not _LIST.search(text):
        return text
    begun = False  # something stands in the block already

    def change(line: str, _position: int) -> str | None:
        nonlocal begun
        within, begun = begun, bool(line.strip())
        if "{" not in line:
            return line
        if within and _BLOCK.fullmatch(line):
            return None
        shown = _OF_HEADING.sub("", line) if _HEADING.match(line) else line
        return _SPAN.sub(_bare, shown)

    return lines.outside_code(text, change)


def _bare(match: re.Match[str]) -> str:
    """What stands before a list: code, a link, or nothing of the match."""
    return match["code"] or match["link"] or ""


RULE = Rule(render, ("{.", "{#", "{ .", "{ #", "){", " {"), markdown_only=True)
