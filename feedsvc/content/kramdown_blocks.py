"""What kramdown reads otherwise than CommonMark, written so that both read the same.

Formulas, ends of blocks, tables without a head, text right behind an HTML block or a footnote,
blanks, lone parentheses and escapes in addresses. Two things are not followed: bars in a line of
text make no table, and `f[T](x: y)` is no link. Source: kramdown.gettalong.org/syntax.html.
"""

from __future__ import annotations

import re
from string import punctuation
from typing import TYPE_CHECKING

from feedsvc.content import lines

if TYPE_CHECKING:
    from feedsvc.content.context import Context

_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:[ \t]+(\S[^\n]*?)((?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?)[ \t]*"
)
_SPACED = re.compile(r"(\]\([ \t]*)([^\s()<>\[\]\"'`]+(?: +[^\s()<>\[\]\"'`]+)+)([ \t]*\))")
_ESCAPED = re.compile(r"https?://[^\s<>()\[\]]*\\_[^\s<>()\[\]]*")
_ROW = re.compile(r" {0,3}\|.*\S.*")
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-{1,}:?[ \t]*(?:[|+][ \t]*:?-*:?[ \t]*)*")
_TAGS = (
    "address|article|aside|blockquote|center|details|dl|div|fieldset|figure|footer|form|header|"
    "iframe|nav|ol|p|section|table|ul|video"
)
_BLOCK = re.compile(rf"<(/?)({_TAGS})\b", re.IGNORECASE)
# Without one of these there is nothing to do, and most bodies have none.
_ODD_DEFINITION = re.compile(r"\]:[ \t]+[^\s<]*(?:[()]|[ \t]+[^\s\"'])")
_TABLE = re.compile(r"\n[ \t]*\n {0,3}\||\n {0,3}\|?[ \t]*:?-+:?[ \t]*\|[-+|: \t]*(?:\n|\Z)")
_BEHIND = re.compile(rf"</(?:{_TAGS})>[ \t]*\n[ \t]*[^\s<]", re.IGNORECASE)
_NOTE = re.compile(r" {0,3}\[\^[^\]\n]{1,200}\]:")
_BEHIND_NOTE = re.compile(rf"^{_NOTE.pattern}.*\n(?!{_NOTE.pattern}) {{0,3}}\S", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`|\\\|")
_SPANS = re.compile(r"(`+[^`]*`+)")
_ROWS = 200  # of a table that are measured
_PUNCTUATION = str.maketrans({sign: f"\\{sign}" for sign in punctuation})
_FORMULA = "$$"
_INDENTED = ("    ", "\t")  # most likely code


def render(text: str, _around: Context) -> str:
    """`text` as CommonMark has to have it."""
    text = _with_addresses(text)
    if "]:" in text:
        if _ODD_DEFINITION.search(text):
            text = lines.outside_code(text, _defined)
        if "[^" in text and _BEHIND_NOTE.search(text):
            text = lines.outside_code(text, _Notes().line)
        if not text.endswith("\n"):
            text += "\n"  # comrak reads no `<address>` that ends the text
    if _FORMULA in text:
        text = lines.outside_code(text, _Formulas(text).line)
    if "\n^" in text:
        text = lines.outside_code(text, _unmarked)
    if "|" in text and (text.lstrip()[:1] == "|" or _TABLE.search(text)):
        text = lines.outside_code(text, _Tables(text).line)
    if "</" in text and _BEHIND.search(text):
        text = lines.outside_code(text, _Html().line)
    return text


def _with_addresses(text: str) -> str:
    if "](" in text and _SPACED.search(text):
        text = lines.outside_code(text, _spaced)
    if "\\_" in text and _ESCAPED.search(text):
        text = lines.outside_code(text, _unescaped)
    return text


def _unmarked(line: str, _position: int) -> str:
    """A blank line for `^` alone, which ends a block."""
    return "" if line.rstrip() == "^" else line


def _spaced(line: str, _position: int) -> str:
    return line if "`" in line or "](" not in line else _SPACED.sub(_bracketed, line)


def _bracketed(match: re.Match[str]) -> str:
    before, address, after = match.groups()
    like_path = "/" in address or "." in address
    return f"{before}<{address}>{after}" if like_path else match[0]


def _unescaped(line: str, _position: int) -> str:
    """Bare addresses, which kramdown does not look at, without the signs that protect them."""
    if "`" in line or "\\_" not in line:
        return line
    return _ESCAPED.sub(lambda match: match[0].replace("\\_", "_"), line)


def _defined(line: str, _position: int) -> str:
    """A definition whose address has a blank or a lone parenthesis in a form that allows them."""
    match = _DEFINITION.fullmatch(line.rstrip()) if "]:" in line else None
    if match is None or not set(match[2]) & set(" ()") or set(match[2]) & set("<>"):
        return line
    return f"[{match[1]}]: <{match[2]}>{match[3]}"


class _Formulas:
    """`$$ … $$` keeps its signs, as `\\( … \\)` or, as a paragraph of its own, `\\[ … \\]`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closing = ""

    def line(self, line: str, position: int) -> str:
        """The line with the signs of formulas escaped."""
        if not line.strip():
            self.closing = ""
        if not self.closing and (_FORMULA not in line or line.startswith(_INDENTED)):
            return line
        made: list[str] = []
        at = position
        first = True  # until something stands in the line
        for piece in _SPANS.split(line) if "`" in line and not self.closing else [line]:
            code = piece[:1] == "`"
            for number, part in enumerate([piece] if code else piece.split(_FORMULA)):
                if number:
                    made.append(self._sign(at, first=first))
                    at += len(_FORMULA)
                    first = False
                made.append(part.translate(_PUNCTUATION) if self.closing else part)
                at += len(part)
                first = first and not part.strip()
        return "".join(made)

    def _sign(self, at: int, *, first: bool) -> str:
        if self.closing:
            sign, self.closing = self.closing, ""
            return sign
        end = self.text.find(_FORMULA, at + 2)
        if end < 0 or "\n\n" in self.text[at:end]:
            return _FORMULA
        alone = first and self.text[end + 2 : end + 3] in ("", "\n")
        self.closing = "\\\\]" if alone else "\\\\)"
        return "\\\\[" if alone else "\\\\("


class _Tables:
    """Rows between bars without a head get an empty one; a head is as wide as its widest row."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.above = ""  # the line before
        self.width = 0  # of the head that the line before was

    def line(self, line: str, position: int) -> str:
        """The line, with a head above it or as many columns as its table."""
        above, self.above = self.above, line
        width, self.width = self.width, 0
        if width:
            return _widened(line, width, "---|")
        if "|" not in line or above.strip():
            return line
        end = self.text.find("\n\n", position)
        rows = self.text[position : end if end >= 0 else None].split("\n")
        ruled = len(rows) > 1 and "-" in rows[1] and _RULE.fullmatch(rows[1])
        if not ruled and not (_ROW.fullmatch(line) and all("|" in row for row in rows)):
            return line
        width = max(map(_columns, rows[:_ROWS]))
        if not ruled:
            own_rule = _RULE.fullmatch(line)
            return "|" + " |" * width + "\n" + _rule(width) + ("" if own_rule else f"\n{line}")
        self.width = width
        return _widened(line, width, " |")


class _Notes:
    """What follows the line of a footnote without a blank is not in it unless it is indented."""

    def __init__(self) -> None:
        self.noted = False

    def line(self, line: str, _position: int) -> str:
        """The line, set apart from a footnote above it."""
        apart = "\n" if self.noted and line.strip() and not line.startswith(_INDENTED) else ""
        self.noted = _NOTE.match(line) is not None
        return line if self.noted else apart + line


class _Html:
    """Text right behind the end of an HTML block is no part of it."""

    def __init__(self) -> None:
        self.depth = 0
        self.ended = False

    def line(self, line: str, _position: int) -> str:
        """The line, set apart from a block that has ended above it."""
        apart = "\n" if self.ended and line.strip() and line.lstrip()[0] != "<" else ""
        self.ended = False
        if "<" in line and (self.depth or line.lstrip()[:1] == "<"):
            before = self.depth
            for closing, _ in _BLOCK.findall(line):
                self.depth = max(0, self.depth + (-1 if closing else 1))
            self.ended = not self.depth and bool(before or _BLOCK.search(line))
        elif not line.strip() and not self.depth:
            self.depth = 0
        return apart + line


def _columns(line: str) -> int:
    return _CODE.sub("", line).strip().removeprefix("|").removesuffix("|").count("|") + 1


def _widened(line: str, width: int, cell: str) -> str:
    missing = width - _columns(line)
    return f"{line.rstrip().removesuffix('|')}|{cell * missing}" if missing > 0 else line


def _rule(columns: int) -> str:
    return "|" + "---|" * columns
