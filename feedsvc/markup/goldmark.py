"""Where Hugo's Goldmark reads Markdown otherwise than comrak does.

Sources: `extension/table.go`, `extension/linkify.go` and `extension/typographer.go` of goldmark.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from feedsvc.markup import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

# (from the end of the line before: that is found in a tenth of the time of a beginning)
_DELIMITER = re.compile(r"\n( {0,3}(?=[|:-])(?=[^\n|]*\|)[|:\- \t]*)$", re.MULTILINE)
_PART = re.compile(r"\s*:?-+:?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
# what begins a block of its own once the blanks before it are gone
_BEGINS = tuple("#>-*+`~<=0123456789")
_LINK = re.compile(r'<a href="([^"]*)">((?:https?://|ftp://|www\.)[^<]*)</a>([*_~]*)')
# (Goldmark makes no links of numbers; they are some here, and must end as the others do.)
_HOST = r"(?:[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+|\d{1,3}(?:\.\d{1,3}){3})"
_ADDRESS = re.compile(
    rf"(?:(?:https?|ftp)://{_HOST}(?::\d+)?|www\.{_HOST})"
    r"""(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=();,'">^{}\[\]`]*)?"""
)
_SAID = ("<", "[", '"', "'", "=", ">", "/")
_LABELLED = ("](", "][")
_DEPTH = 10  # addresses in a row, which comrak takes for one
_MISSES = 100
_UNENCODED = "-_.+!*(),%#@?=;:/$&'~"
# Signs and letters of CJK, beside which a quote may begin as well as end something.
_CJK = "\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60"
_SQUEEZED = re.compile(rf"\"(?<=[{_CJK}]\")(?=\w)")
_QUOTE = re.compile(rf'{lines.CODE}|"')
_APOSTROPHE = re.compile("\u2018(?=[tenl]|[0-9][0-9]s(?!\\w))")


def prepared(text: str, *, smart: bool) -> str:
    """`text` in a form of which comrak makes the same: its tables, and quotes beside CJK signs."""
    if smart and '"' in text and _SQUEEZED.search(text):
        text = lines.outside_code(text, _Quotes().line)
    if "|" not in text or not (edits := dict(_table_edits(text))):
        return text
    return lines.outside_fences(text, lambda line, at: edits.get(at, line))


def _table_edits(text: str) -> Iterator[tuple[int, str]]:
    """Lines of tables by their positions.

    Goldmark makes a table of a whole paragraph: lines that are indented like code are rows of it,
    and the first row may have fewer cells than there are columns.
    """
    end = 0
    for match in _DELIMITER.finditer(text):
        if match.start() < end:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        header = text[start : match.start()].rstrip()
        columns = _cells(match[1])
        if not header or not all(map(_PART.fullmatch, columns)):
            continue
        missing = len(columns) - len(_cells(header))
        if missing > 0:
            yield start, header + " |" * (missing + (header[-1] != "|"))
        if missing >= 0:
            end = yield from _rows(text, match.end() + 1)


def _rows(text: str, position: int) -> Generator[tuple[int, str], None, int]:
    """Rows that are indented like code; returns where the table ends."""
    while position < len(text):
        end = text.find("\n", position)
        row = text[position : end if end >= 0 else len(text)]
        bare = row.lstrip(" \t")
        if not bare:
            break
        if row.startswith(("    ", "\t")):
            if not bare.startswith(_BEGINS):
                yield position, bare
        elif bare.startswith(("#", ">", "```", "~~~")):
            break
        position += len(row) + 1
    return position


def _cells(row: str) -> list[str]:
    return _PIPE.split(row.strip().removeprefix("|").removesuffix("|"))


def finished(
    html: str, text: str, scheme: str, inline: Callable[[str], str], depth: int = 0
) -> str:
    """The HTML of `text` with bare addresses that end where Goldmark's do.

    `www.` stands for `scheme`. What comrak took for the rest of an address is given to `inline`.
    """
    position = 0
    misses = 0

    def is_bare(written: str) -> bool:
        """Whether nobody said of it that it is a link, or the text of one."""
        nonlocal position, misses
        if misses > _MISSES:
            return False
        at = text.find(written, position)
        while (
            at > 0
            and text[at - 1] == "["
            and text[at + len(written) : at + len(written) + 2] not in _LABELLED
        ):
            at = text.find(written, at + 1)
        if at < 0:
            misses += 1
            return False
        position = at + len(written)
        return text[at - 1 : at] not in _SAID

    def link(match: re.Match[str]) -> str:
        written = unescape(match[2])
        hosted = written.startswith("www.")
        if unquote(unescape(match[1])) != unquote(f"http://{written}" if hosted else written):
            return match[0]  # a link of the author's own
        if not hosted and written.isascii() and "\\" not in written:
            return match[0]
        found = _ADDRESS.match(written) if is_bare(written) else None
        if found is None:
            return match[0]
        shown = _without_end(found[0])
        rest = written[len(shown) :]
        address = quote(f"{scheme}://{shown}" if hosted else shown, _UNENCODED)
        made = f'<a href="{escape(address)}">{escape(shown)}</a>'
        if not rest:
            return made + match[3]
        rest += match[3]  # signs that comrak takes for the end of no address
        further = inline(rest)
        return made + (
            finished(further, rest, scheme, inline, depth + 1) if depth < _DEPTH else further
        )

    return _LINK.sub(link, html)


def _without_end(address: str) -> str:
    shown = address.rstrip("?!.,:*_~")
    closing = len(shown) - len(shown.rstrip(")"))
    excess = min(closing, shown.count(")") - shown.count("("))
    return shown[:-excess] if excess > 0 else shown


def with_apostrophes(html: str) -> str:
    """Apostrophes before what often lacks its beginning: `'tis`, `'em`, `'90s`."""
    return _APOSTROPHE.sub("\u2019", html)


class _Quotes:
    """Quotes that begin right behind a sign of CJK, which comrak takes for the end of something.

    Behind a letter they stay straight, as does the end of what they begin.
    """

    def __init__(self) -> None:
        self.end = ""  # of what is quoted

    def line(self, line: str, _position: int) -> str:
        """The line with such quotes as they are to be shown."""
        if not line.strip():  # another paragraph
            self.end = ""
        return _QUOTE.sub(self._quote, line) if '"' in line else line

    def _quote(self, match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        end, self.end = self.end, ""
        if end:
            return end
        before = match.string[match.start() - 1 : match.start()]
        if not _SQUEEZED.match(match.string, match.start()):
            self.end = "" if before.isalnum() else match[0]
            return match[0]
        opening, self.end = ('\\"', '\\"') if before.isalnum() else ("\u201c", "\u201d")
        return opening
