"""Front matter in JavaScript (`---js`, what MDX exports), not run: plain values, no others.

https://www.11ty.dev/docs/data-frontmatter/#javascript-front-matter
"""

from __future__ import annotations

import re

from feedsvc.posts.matter import SIZE, FrontMatter
from feedsvc.sites import javascript

_OPENING = re.compile(r"---(?:js|javascript)[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_EXPORT = re.compile(
    r"^export\s+const\s+(?:meta|metadata|frontmatter|frontMatter)\s*(?::\s*\w+\s*)?=\s*\{",
    re.MULTILINE,
)
_BRACE = re.compile(r"^\}", re.MULTILINE)
_TEXT = r"\"[^\"\\\n]*\"|'[^'\\\n]*'|`[^`\\$]*`"
_VALUE = rf"({_TEXT}|true|false|null|-?\d+(?:\.\d+)?|\[(?:\s*+(?:{_TEXT})\s*+,?+|(?!))*+\s*+\])"
_BLANKS = r"[^\S\n]*+"
_DECLARED = re.compile(
    rf"^(?:const|let|var)\s+([\w$]+)\s*=\s*{_VALUE}{_BLANKS};?{_BLANKS}$", re.MULTILINE
)
_FIELD = re.compile(
    rf"^[ \t]*[\"']?([\w$]+)[\"']?\s*:\s*{_VALUE}{_BLANKS},?{_BLANKS}$", re.MULTILINE
)
_NAME = re.compile(r"[\w$]+")
_WORDS = {"true": True, "false": False, "null": None}


def read(text: str) -> FrontMatter | None:
    """Names and their values, of the first object where it is one; None for other front matter."""
    opening = _OPENING.match(text.removeprefix("\ufeff"))
    closing = _CLOSING.search(text, opening.end(), SIZE) if opening else None
    if opening is None or closing is None:
        return None
    start = opening.end() + (text[:1] == "\ufeff")
    return _plain(text, start, closing.start(), FrontMatter("js", closing.end()))


def exported(text: str) -> FrontMatter | None:
    """What a file of MDX says of itself in `export const meta = { … }`; None where none does.

    https://nextjs.org/docs/app/guides/mdx#frontmatter
    """
    opening = _EXPORT.search(text, 0, SIZE)
    closing = _BRACE.search(text, opening.end(), opening.end() + SIZE) if opening else None
    if opening is None or closing is None:
        return None
    return _plain(text, opening.end() - 1, closing.end(), FrontMatter("js", 0))


def _plain(text: str, start: int, end: int, front: FrontMatter) -> FrontMatter:
    """`front` with the names and plain values that this part of a text gives."""
    code = text[start:end]
    plain = javascript.without_comments(code)
    pattern = _FIELD if plain.lstrip()[:1] == "{" else _DECLARED
    lines = _lines(code, text.count("\n", 0, start) + 1)
    for name, value in pattern.findall(plain):
        front.fields.setdefault(name, _value(value))
        front.lines.setdefault(name, lines.get(name, 0))
    return front


def _lines(code: str, first: int) -> dict[str, int]:
    """The line in which each name stands first, counted from `first`."""
    found: dict[str, int] = {}
    for line, row in enumerate(code.split("\n"), first):
        for name in _NAME.findall(row):
            found.setdefault(name, line)
    return found


def _value(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] == "[":
        return [one[1:-1] for one in re.findall(_TEXT, text)]
    if text[0] in "\"'`":
        return text[1:-1]
    return float(text) if "." in text else int(text)
