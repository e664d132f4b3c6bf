"""Tags alone in a line that goes on with the paragraph of an item or a quote.

There such a line begins no block of HTML (CommonMark 0.31 §4.6, the seventh kind). To comrak it
does: what follows, an image or the next item, would be shown as source.
"""

from __future__ import annotations

import re

from feedsvc.markup import lines

_TAG = re.compile(r"\n {0,3}(?=<)(?P<tag></?[a-zA-Z][^<>\n]*>)[ \t]*(?=\n|\Z)")
_CONTAINER = re.compile(r" *(?:(?:[-*+]|\d{1,9}[.)])[ \t]+\S|>)")
_OTHER = re.compile(r"[ >]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:#{1,6}[ \t]|`{3}|~{3}|\||<[!?])")
_FAR = 30  # lines above in which the item may begin


def kept(text: str, sign: str) -> str:
    """`text` with `sign` before each such tag."""
    if not _TAG.search(text):
        return text
    return _TAG.sub(lambda match: _marked(match, text, sign), text)


def _marked(match: re.Match[str], text: str, sign: str) -> str:
    line = match[0][1:]
    if lines.begins_html(line) or not _goes_on(text, match.start()):
        return match[0]
    before, tag, behind = match[0].partition(match["tag"])
    return f"{before}{sign}{tag}{behind}"


def _goes_on(text: str, end: int) -> bool:
    """Whether the line that ends here is one of a paragraph in an item or a quote."""
    line = ""
    for distance in range(_FAR):
        start = text.rfind("\n", 0, end) + 1 if end >= 0 else 0
        above = text[start : max(end, 0)]
        if not above.strip():
            return distance > 0 and line.startswith("  ")
        line = above
        if distance == 0 and (_OTHER.match(line) or lines.begins_html(line)):
            return False
        if _CONTAINER.match(line):
            return True
        end = start - 1
    return False
