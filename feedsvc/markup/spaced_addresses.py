"""Addresses of links and pictures with blanks in them, as older Markdowns read them.

CommonMark wants them in `<>`. Only what looks like a path is taken for one: `f[T](x: y)` is code
more often than a link. Source: kramdown.gettalong.org/syntax.html#links-and-images,
`markdown/inlinepatterns.py` (`LinkInlineProcessor.getLink`).
"""

from __future__ import annotations

import re

from feedsvc.markup import lines

_GROUP = r"\([^()<>\[\]\"`\\\n]*\)"
_WORD = rf"(?:[^\s()<>\[\]\"'`\\]|{_GROUP})(?:[^\s()<>\[\]\"`\\]|{_GROUP}|(?!))*+"
_ADDRESS = (
    rf"(\]\([ \t]*)({_WORD}(?:[ \t]++{_WORD}|(?!))++)"
    r"((?:[ \t]++(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\))"
)
_LABEL = 1000  # how long words of a link may be
_SPACED = re.compile(_ADDRESS)
_CODE_OR_SPACED = re.compile(rf"{lines.CODE}|{_ADDRESS}")


def enclosed(text: str) -> str:
    """`text` with such addresses in `<>`, but for those in code and in blocks of HTML."""
    if not _SPACED.search(text):
        return text
    html = lines.HtmlBlocks()

    def change(line: str, _position: int) -> str:
        if html.holds(line) or "](" not in line:
            return line
        return _CODE_OR_SPACED.sub(_bracketed, line)

    return lines.outside_code(text, change)


def _bracketed(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    before, address, after = match.groups()[-3:]
    label = match.string.rfind("[", max(match.start() - _LABEL, 0), match.start())
    is_link = label >= 0 and match.string[label + 1] != "^"
    like_path = "/" in address or "." in address
    return f"{before}<{address}>{after}" if is_link and like_path else match[0]
