"""What kramdown reads otherwise than CommonMark, written so that both read the same.

Ends of blocks, tables without a head, text right behind a footnote, blanks, lone parentheses and
escapes in addresses. Two things are not followed: bars in a line or two of text make no table, and
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
_TITLED = re.compile(r'(\]\([^\s()]+[ \t]+")([^"\n]*"[^\n]*?)("[ \t]*\))')
_ESCAPED = re.compile(r"https?://[^\s<>()\[\]]*\\_[^\s<>()\[\]]*")
_CLOSED = re.compile(
    r"(`+[^`]+`+)|(\]\([ \t]*)([^\s()<>\\]*\([^\s()<>\\]*)\\\)([^\s()<>\\]*)(?=[\s)])"
)
_KEPT = re.compile(r"\\[%&,/;?@^]")
_KEPT_OR_NOT = re.compile(r"(`+[^`]+`+|<[^<>]*>|\]\([^\s()]*\)|\\\\)|(\\[%&,/;?@^])")
_ROW = re.compile(r" {0,3}\|.*\S.*")
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-{1,}:?[ \t]*(?:[|+][ \t]*:?-*:?[ \t]*)*")
_LOOSE = re.compile(r" {0,3}(?=[^|\n]*\|)[-:|+ \t]++")  # what kramdown takes for one besides
_BETWEEN = re.compile(r"[-: \t]+")
# Without one of these there is nothing to do, and most bodies have none.
_ODD_DEFINITION = re.compile(r"\]:[ \t]+[^\s<]*(?:[()]|[ \t]+[^\s\"'])")
_TABLE = re.compile(r"\n[ \t]*\n {0,3}\|")
_RULED = re.compile(r"\n(?= {0,3}[-:|+])([-:|+ \t]++)(?=\n|\Z)")
_PARTED = re.compile(r"(?:\A|\n[ \t]*\n)[^\n|]+\|[^\n]*\n[^\n|]*\|")  # bars in two lines of text
_NOTE = re.compile(r" {0,3}\[\^[^\]\n]{1,200}\]:")
_BEHIND_NOTE = re.compile(rf"^{_NOTE.pattern}.*\n(?!{_NOTE.pattern}) {{0,3}}\S", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`|\\\|")
_SPAN = re.compile(r"(`+)[^`]+\1")
_BAR = re.compile(r"(?<!\\)\|")
_OTHER = re.compile(r" {0,3}(?:[-*+>#<]|\d+[.)]|\[[^\]]*\]:)")  # begins no table
_FEW = 4  # two rows of two columns
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
    if "|" in text and _may_hold_tables(text):
        text = lines.outside_code(text, _Tables(text).line)
    return text


def _may_hold_tables(text: str) -> bool:
    if text.lstrip()[:1] == "|" or _TABLE.search(text) or _PARTED.search(text):
        return True
    return any("|" in match[1] and "-" in match[1] for match in _RULED.finditer(text))


def _with_addresses(text: str) -> str:
    text = lines.with_whole_addresses(text)
    if '"' in text and _TITLED.search(text):
        text = lines.outside_code(text, _quoted)
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


def _quoted(line: str, _position: int) -> str:
    """A title may hold quotes: the last one ends it."""
    return _TITLED.sub(_with_signs, line) if "](" in line else line


def _with_signs(match: re.Match[str]) -> str:
    before, title, behind = match.groups()
    return match[0] if "](" in title else f"{before}{title.replace(chr(34), '&quot;')}{behind}"


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
    """Rows between bars without a head get an empty one; a head is as wide as its widest row.

    Bars in code are not between cells, and rows may be indented.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.above = ""  # the line before
        self.inside = False
        self.width = 0  # of the head that the line before was

    def line(self, line: str, position: int) -> str:
        """The line, with a head above it or as many columns as its table."""
        above, self.above = self.above, line
        width, self.width = self.width, 0
        if width:
            return _widened(_plain_rule(line), width, "---|")
        self.inside = self.inside and "|" in line
        if self.inside:
            return _row(_outdented(line))
        if "|" not in line or above.strip():
            return line
        end = self.text.find("\n\n", position)
        rows = self.text[position : end if end >= 0 else None].rstrip("\n").split("\n")
        ruled = len(rows) > 1 and _is_rule(rows[1])
        if not ruled and not _are_rows(rows):
            return line
        self.inside = True
        width = max(map(_columns, rows[:_ROWS]))
        if not ruled:
            head = "|" + " |" * width + "\n" + _rule(width)
            return head if _is_rule(line) else f"{head}\n{_row(line)}"
        self.width = width
        return _widened(_row(line), width, " |")


class _Notes:
    """What follows the line of a footnote without a blank is not in it unless it is indented."""

    def __init__(self) -> None:
        self.noted = False

    def line(self, line: str, _position: int) -> str:
        """The line, set apart from a footnote above it."""
        apart = "\n" if self.noted and line.strip() and not line.startswith(_INDENTED) else ""
        self.noted = _NOTE.match(line) is not None
        return line if self.noted else apart + line


def _is_rule(line: str) -> bool:
    return "-" in line and (_RULE.fullmatch(line) or _LOOSE.fullmatch(line)) is not None


def _plain_rule(line: str) -> str:
    """The rule as CommonMark has it: to kramdown any row of these signs is one (`-:-`)."""
    return line if _RULE.fullmatch(line) else _BETWEEN.sub(_column, line)


def _column(match: re.Match[str]) -> str:
    signs = match[0].strip()
    left, right = signs.startswith(":"), signs.endswith(":")
    return f"{':' * left}---{':' * right}" if signs else match[0]


def _are_rows(rows: list[str]) -> bool:
    """Whether lines without a rule below the first are a table.

    A bar in one or two lines of text is a sign there, which kramdown's authors did not mean for
    cells; a table it is where more lines are parted in the same way, or by more than one.
    """
    if not all("|" in row for row in rows):
        return False
    if _ROW.fullmatch(rows[0]):
        return True
    counts = set(map(_columns, rows[:_ROWS]))
    return len(counts) == 1 and len(rows) + max(counts) > _FEW and not _OTHER.match(rows[0])


def _outdented(line: str) -> str:
    """The row without an indent; a bar further to the right ends an empty cell."""
    bare = line.lstrip()
    return f"|{bare}" if bare[:1] == "|" and not _ROW.match(line) else bare


def _row(line: str) -> str:
    """The row with the bars in its code escaped, as CommonMark wants them in tables."""
    if "`" not in line:
        return line
    return _SPAN.sub(lambda match: _BAR.sub(r"\|", match[0]), line)


def _columns(line: str) -> int:
    return _CODE.sub("", line).strip().removeprefix("|").removesuffix("|").count("|") + 1


def _widened(line: str, width: int, cell: str) -> str:
    missing = width - _columns(line)
    return f"{line.rstrip().removesuffix('|')}|{cell * missing}" if missing > 0 else line


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


RULE = Rule(render, ("](", "]:", "|", "\\", "\n^"), markdown_only=True)
