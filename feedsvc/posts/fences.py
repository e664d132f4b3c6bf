"""Where front matter begins and ends in a file's text; what is in it, `frontmatter` reads.

YAML stands between `---` and `---` or `...`, TOML between `+++` and `+++`, each fence a line of its
own that may have blanks behind it. JSON is an object that the text begins with. Headers are
`Key: value` lines up to the first blank line (Python-Markdown's `meta` extension, MultiMarkdown),
optionally between `---` fences. All searches are linear in the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\n|\Z)")
# Hugo's lexer takes three signs and goes on: what else is in the line says nothing in YAML.
_LONG_OPENING = re.compile(r"(---|\+\+\+)-*[ \t]*(?:#.*)?(?:\n|\Z)")
# From the end of the line before: that is found twice as fast as the beginning of one.
_CLOSING = {
    "yaml": re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "toml": re.compile(r"\n\+\+\+[ \t]*$", re.MULTILINE),
}
# Hugo's lexer and gray-matter look no further: what follows in the line is the body's.
_LOOSE = {
    "yaml": re.compile(r"\n(?:---[ \t]*$|\.\.\.[ \t]*$|---)", re.MULTILINE),
    "toml": re.compile(r"\n\+\+\+(?:[ \t]*$)?", re.MULTILINE),
}
_JSON = re.compile(r'\{\s*["}]')
_HEADER = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_HEADERS_END = re.compile(r"^(?:[ \t]*|---[ \t]*|\.\.\.[ \t]*)$", re.MULTILINE)
_BLANK = re.compile(r"\s*")


class Fence(NamedTuple):
    """A block of front matter: its kind, where its text begins and ends, where the body begins.

    `kind` is "" where the file has none; `closed` is false where the end is missing. `line` is
    the line of the file (from 1) on which the block's text begins. A JSON block's end is unknown
    until it is read: `end` is then the end of the text.
    """

    kind: str
    start: int = 0
    end: int = 0
    body: int = 0
    line: int = 1
    closed: bool = True


NONE = Fence("")


def find(
    text: str,
    kinds: tuple[str, ...],
    *,
    blank_before: bool = True,
    loose: bool = False,
    long: bool = False,
) -> Fence:
    """Find the front matter of the kinds that the dialect understands.

    `loose`: a line that only begins with the fence closes it, too. `long`: the one that opens it
    may have more hyphens, or a remark.
    """
    first = start = 0
    if blank_before and text[:1].isspace() and (blank := _BLANK.match(text)):
        start = blank.end()  # blanks in the fence's own line, too
        first = text.rfind("\n", 0, start) + 1
    line = text.count("\n", 0, first) + 1
    if "headers" in kinds:
        return _headers(text, first, line)
    opening = (_LONG_OPENING if long else _OPENING).match(text, start)
    if opening is not None:
        kind = "yaml" if opening[1] == "---" else "toml"
        closing = (_LOOSE if loose else _CLOSING)[kind]
        return _fenced(text, kind, closing, opening.end(), line + 1) if kind in kinds else NONE
    if "json" in kinds and _JSON.match(text, first):
        return Fence("json", first, len(text), len(text), line)
    return NONE


def _fenced(text: str, kind: str, pattern: re.Pattern[str], start: int, line: int) -> Fence:
    closing = pattern.search(text, start - 1)
    if closing is None:
        return Fence(kind, start, len(text), len(text), line, closed=False)
    end = closing.end()
    return Fence(kind, start, closing.start() + 1, end + (text[end : end + 1] == "\n"), line)


def _headers(text: str, start: int, line: int) -> Fence:
    opening = _OPENING.match(text, start)
    if opening is not None and opening[1] == "---":
        start, line = opening.end(), line + 1
    if not _HEADER.match(text, start):
        return NONE
    end = _HEADERS_END.search(text, start)
    if end is None:
        return Fence("headers", start, len(text), len(text), line)
    return Fence("headers", start, end.start(), min(end.end() + 1, len(text)), line)
