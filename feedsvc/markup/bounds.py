"""What a body may ask of the parsers.

They take no recursion, so nothing overflows, but some input takes them the square of its length, or
grows on the way: nested blocks, elements with thousands of attributes, very wide tables, endless
references to one footnote, lists of thousands of terms.
"""

from __future__ import annotations

import re
from html import escape

_SIZE = 10_000_000
_OPEN = 4_000
_TAG_LENGTH = 16_384
_BLANKS = 1_000
_COLUMNS = 200
_CELLS = 4_000
_REFERENCES = 200_000
_NOTES = 4_000
_TERMS = 10_000
_UNENDED = 1_000

_TERM = re.compile(r"^[ \t>]*[:~][ \t]", re.MULTILINE)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_TAG_LENGTH},}}")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# elements that others close or that hold nothing
_UNNESTED = frozenset(
    """
    p li dt dd td th tr tbody thead tfoot option br hr img input wbr col meta link source
    track embed area base param
    """.split()  # noqa: SIM905
)


def markdown_excess(text: str) -> str:
    """Why a Markdown text is more than is parsed; "" where it is not."""
    if len(text) > _SIZE:
        return "is larger than 10 MB"
    # (a search for one character takes a tenth of the time of one for two)
    if len(text) > _NOTES and text.count("^") > _NOTES and text.count("[^") > _NOTES:
        return "has thousands of footnotes"
    if (
        len(text) > _TERMS
        and text.count(":") + text.count("~") > _TERMS
        and sum(1 for _ in _TERM.finditer(text)) > _TERMS
    ):
        return "has thousands of terms"
    if (
        len(text) > _CELLS
        and text.count("|") > _CELLS
        and any(line.count("|") > _COLUMNS for line in text.split("\n"))
    ):
        return "has a table with hundreds of columns"
    return ""


def html_excess(html: str) -> str:
    """Why an HTML text is more than is parsed; "" where it is not."""
    if len(html) > _SIZE:
        return "is larger than 10 MB"
    if len(html) > _TAG_LENGTH and any(
        len(match[0].split()) > _BLANKS for match in _LONG_TAG.finditer(html)
    ):
        return "has an element with thousands of attributes"
    if len(html) > _REFERENCES and html.count("&") > _REFERENCES:
        return "has hundreds of thousands of character references"
    # no tag is shorter than `<p`
    may_nest = len(html) > 2 * _OPEN and html.count("<") > _OPEN
    if may_nest and _depth(html) > _OPEN:
        return "nests thousands of elements"
    return ""


def leaves_open(text: str, opening: str, closing: str) -> bool:
    """Whether so many signs in a row open something that looking for all their ends takes long."""
    if len(text) <= _UNENDED or text.count(opening) <= _UNENDED:
        return False
    return any(piece.count(opening) > _UNENDED for piece in text.split(closing))


def _depth(html: str) -> int:
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _UNNESTED:
            depth = max(0, depth + (-1 if closing else 1))
            deepest = max(deepest, depth)
    return deepest


def as_text(text: str) -> str:
    """A text shown as it stands, for one that is not parsed."""
    return f"<pre>{escape(text[:_SIZE], quote=False)}</pre>"
