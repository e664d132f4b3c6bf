"""The head of a reStructuredText article: its title and, right below, a field list.

As docutils finds them (`docutils/transforms/frontmatter.py`): comments may precede, a subtitle may
stand between, and a title is one only where no other section is underlined in its way. Docutils
itself is left to the bodies: it would take reading a hundred times as long. All searches are linear
in the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feedsvc.posts.matter import FrontMatter, duplicate

_SIGN = r"[!-/:-@\[-`{-~]"
_OVERLINED = re.compile(rf"({_SIGN})\1*[ \t]*\n[ \t]*(\S[^\n]*)\n(\1+)[ \t]*(?:\n|\Z)")
_UNDERLINED = re.compile(rf"(\S[^\n]*)\n(({_SIGN})\3*)[ \t]*(?:\n|\Z)")
_ADORNMENT = re.compile(rf"({_SIGN})\1*[ \t]*")
_SHORTEST = 4  # an underline may be shorter than its title, but not than this
_BLANKS = re.compile(r"(?:[ \t]*\n)*")
_REMARK = re.compile(r"\.\.(?:[ \t][^\n]*)?(?:\n[ \t]+\S[^\n]*|\n[ \t]*(?=\n[ \t]+\S))*(?:\n|\Z)")
_FIELD = re.compile(r":(?![: ])((?:[^:\\\n]|\\.|:(?![ `\n]))+)(?<! ):(?:[ \t]+([^\n]*))?(?=\n|\Z)")
_MORE = re.compile(r"(?:\n[ \t]*(?=\n[ \t]+\S))?\n[ \t]+(\S[^\n]*)")
# inline markup, of which only the words stay
_INLINE = re.compile(
    r"``(?P<literal>.+?)``"
    r"|(?:(?<!\w):[\w.+:-]+:)?`(?P<name>[^`<]*[^`<\s])(?:\s*<[^`>]*>)?`(?::[\w.+:-]+:|__?)?"
    r"|(?<![\w*])\*\*?(?=[^\s*])(?P<strong>[^*]*[^\s*\\])\*\*?(?!\w)"
    r"|(?<=[^\W_])(?P<reference>__?)(?=[\s.,:;!?)\]}'\"/>-]|\Z)"
    r"|\\(?P<escaped>.?)",
    re.DOTALL,
)


class _Title(NamedTuple):
    text: str
    sign: str
    overlined: bool
    end: int


def read(text: str) -> FrontMatter:
    """Title and fields, keys in lower case; no kind of front matter where there is neither."""
    start = _skipped(text, 0)
    title = _title(text, start)
    if title and _recurs(text, title):
        return FrontMatter("")
    at = _skipped(text, title.end) if title else start
    subtitle = _title(text, at) if title else None
    if subtitle and not _recurs(text, subtitle):
        at = _skipped(text, subtitle.end)
    front = FrontMatter("fields", title.end if title else 0)
    _fields(text, at, front)
    if title and "title" not in front.fields:
        front.fields["title"] = plain(title.text)
        front.lines["title"] = text.count("\n", 0, text.find(title.text, start)) + 1
    return front if front.fields else FrontMatter("")


def plain(text: str) -> str:
    """Text without inline markup."""
    if not any(sign in text for sign in "`*_\\"):
        return text

    def shown(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        return "" if kind == "reference" or match[kind].isspace() else match[kind]

    return _INLINE.sub(shown, text)


def _skipped(text: str, at: int) -> int:
    """Where blank lines, comments and other explicit markup end."""
    while True:
        at = _end(_BLANKS, text, at)
        behind = _end(_REMARK, text, at)
        if behind == at:
            return at
        at = behind


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _title(text: str, at: int) -> _Title | None:
    if over := _OVERLINED.match(text, at):
        return _Title(over[2].rstrip(), over[1], True, over.end())
    under = _UNDERLINED.match(text, at)
    if under and _underlines(under[1], under[2]):
        return _Title(under[1].rstrip(), under[3], False, under.end())
    return None


def _underlines(words: str, line: str) -> bool:
    return len(line) >= min(len(words.rstrip()), _SHORTEST) and not _ADORNMENT.fullmatch(words)


def _recurs(text: str, title: _Title) -> bool:
    """Whether another section has this style, so that neither is the document's title."""
    sign = re.escape(title.sign)
    head = rf"{sign}+[ \t]*\n[ \t]*" if title.overlined else r"[ \t]*\n"
    style = re.compile(rf"(?<=\n){head}(\S[^\n]*)\n({sign}+)[ \t]*(?=\n|\Z)")
    return any(_underlines(*match.groups()) for match in style.finditer(text, title.end))


def _fields(text: str, at: int, front: FrontMatter) -> None:
    line = text.count("\n", 0, at) + 1
    while field := _FIELD.match(text, at):
        name, value = field[1].lower(), field[2] or ""
        end = field.end()
        while more := _MORE.match(text, end):
            value += f"\n{more[1]}"
            end = more.end()
        if name in front.fields:
            front.problems.append(duplicate(name, line))
        front.fields[name], front.lines[name] = plain(value.strip()), line
        front.body = min(end + 1, len(text))
        following = _end(_BLANKS, text, front.body)
        line += text.count("\n", at, following)
        at = following
