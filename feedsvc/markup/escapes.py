"""Backslashes that protect nothing in one Markdown but do in CommonMark, as in formulas."""

from __future__ import annotations

import re
from functools import cache

from feedsvc.markup import lines


def shown(text: str, signs: str) -> str:
    """`text` in which a backslash before one of the `signs` is to be seen.

    Not in code, tags, addresses and blocks of HTML, where it is seen anyhow.
    """
    if "\\" not in text or not _pattern(signs)[0].search(text):
        return text
    return lines.outside_code(text, _Backslashes(signs).line)


@cache
def _pattern(signs: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    odd = rf"\\[{re.escape(signs)}]"
    return re.compile(odd), re.compile(
        rf"((?<!`)`++[^`]++`++|<[^<>]*>|\]\([^\s()]*\)|\\\\)|({odd})"
    )


class _Backslashes:
    def __init__(self, signs: str) -> None:
        self.pattern = _pattern(signs)[1]
        self.html = lines.HtmlBlocks()

    def line(self, line: str, _position: int) -> str:
        """The line with such backslashes escaped."""
        if self.html.holds(line) or "\\" not in line:
            return line
        return self.pattern.sub(lambda match: match[1] or f"\\{match[2]}", line)
