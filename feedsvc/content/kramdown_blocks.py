"""What kramdown reads otherwise than CommonMark, written so that both read the same.

Ends of blocks, tables without a head, text right behind a footnote, blanks, lone parentheses and
escapes in addresses. Two things are not followed: bars in a line of text make no table, and
`f[T](x: y)` is no link. Source: kramdown.gettalong.org/syntax.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.content import lines
from feedsvc.content.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.content.context import Context

_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:[ \t]+(\S[^\n]*?)((?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?)[ \t]*"
)
_SPACED = re.compile(r"(\]\([ \t]*)([^\s()<>\[\]\"'`]+(?: +[^\s()<>\[\]\"'`]+)+)([ \t]*\))")
_ESCAPED = re.compile(r"https?://[^\s<>()\[\]]*\\_[^\s<>()\[\]]*")
_CLOSED = re.compile(
    r"(`+[^`]+`+)|(\]\([ \t]*)([^\s()<>\\]*\([^\s()<>\\]*)\\\)([^\s()<>\\]*)(?=[\s)])"
)
_KEPT = re.compile(r"\\[%&,/;?@^]")
_KEPT_OR_NOT = re.compile(r"(`+[^`]+`+|<[^<>]*>|\]\([^\s()]*\)|\\\\)|(\\[%&,/;?@^])")
_ROW = re.compile(r" {0,3}\|.*\S.*")
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-{1,}:?[ \t]*(?:[|+][ \t]*:?-*:?[ \t]*)*")
# Without one of these there is nothing to do, and most bodies have none.
_ODD_DEFINITION = re.compile(r"\]:[ \t]+[^\s<]*(?:[()]|[ \t]+[^\s\"'])")
_TABLE = re.compile(r"\n[ \t]*\n {0,3}\||\n {0,3}\|?[ \t]*:?-+:?[ \t]*\|[-+|: \t]*(?:\n|\Z)")
_NOTE = re.compile(r" {0,3}\[\^[^\]\n]{1,200}\]:")
_BEHIND_NOTE = re.compile(rf"^{_NOTE.pattern}.*\n(?!{_NOTE.pattern}) {{0,3}}\S", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`|\\\|")
_ROWS = 200  # of a table that are measured
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
    if "\\" in text and _KEPT.search(text):
        text = lines.outside_code(text, _Backslashes().line)
    if "\n^" in text:
        text = lines.outside_code(text, _unmarked)
    if "|" in text and (text.lstrip()[:1] == "|" or _TABLE.search(text)):
        text = lines.outside_code(text, _Tables(text).line)
    return text


def _with_addresses(text: str) -> str:
    if "](" in text and _SPACED.search(text):
        text = lines.outside_code(text, _spaced)
    if "\\)" in text and _CLOSED.search(text):
        text = lines.outside_code(text, _closed)
    if "\\_" in text and _ESCAPED.search(text):
        text = lines.outside_code(text, _unescaped)
    return text


class _Backslashes:
    """Those before signs that mean nothing to kramdown are to be seen, as in formulas."""

    def __init__(self) -> None:
        self.html = lines.HtmlBlocks()

    def line(self, line: str, _position: int) -> str:
        """The line with such backslashes escaped."""
        if self.html.holds(line) or "\\" not in line:
            return line
        return _KEPT_OR_NOT.sub(lambda match: match[1] or f"\\{match[2]}", line)


def _unmarked(line: str, _position: int) -> str:
    """A blank line for `^` alone, which ends a block."""
    return "" if line.rstrip() == "^" else line


def _spaced(line: str, _position: int) -> str:
    return line if "`" in line or "](" not in line else _SPACED.sub(_bracketed, line)


def _bracketed(match: re.Match[str]) -> str:
    before, address, after = match.groups()
    like_path = "/" in address or "." in address
    return f"{before}<{address}>{after}" if like_path else match[0]


def _closed(line: str, _position: int) -> str:
    """A parenthesis in an address closes one, too, where a backslash was put before it."""
    return _CLOSED.sub(lambda match: match[1] or f"{match[2]}<{match[3]}){match[4]}>", line)


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


def _columns(line: str) -> int:
    return _CODE.sub("", line).strip().removeprefix("|").removesuffix("|").count("|") + 1


def _widened(line: str, width: int, cell: str) -> str:
    missing = width - _columns(line)
    return f"{line.rstrip().removesuffix('|')}|{cell * missing}" if missing > 0 else line


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


RULE = Rule(render, ("](", "]:", "|", "\\", "\n^"), markdown_only=True)
