"""Tables as kramdown has them, written so that GitHub's dialect reads the same.

Without a head or outer bars, with bars in code, rules of all forms and rows that are indented.
That bars in a line or two of text make a table is not followed.
Source: `lib/kramdown/parser/kramdown/table.rb`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_ROW = re.compile(r" {0,3}\|.*\S.*")
_RULE = re.compile(r" {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:[|+][ \t]*+:?+-*+:?+[ \t]*+|(?!))*+")
_LOOSE = re.compile(r" {0,3}(?=[^|\n]*\|)[-:|+ \t]++")  # what kramdown takes for one besides
# parts bodies, or these from a foot; nothing of that is left in GitHub's dialect
_PARTING = re.compile(r" {0,3}(?=[^-=\n]*[-=])[|+: \t]*+(?:[-|+: \t]++|[=|+: \t]++)")
_ALIGNED = re.compile(r"(:?)-+(:?)")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_TABLE = re.compile(r"\n[ \t]*\n {0,3}\|")
_RULED = re.compile(r"\n(?= {0,3}[-:|+])([-:|+ \t]++)(?=\n|\Z)")
_PARTED = re.compile(r"(?:\A|\n[ \t]*\n)[^\n|]+\|[^\n]*\n[^\n|]*\|")  # bars in two lines of text
_CODE = re.compile(r"`[^`]*`|\\\|")
_SPAN = re.compile(r"(?<!`)(`++)[^`]++\1")
_BAR = re.compile(r"(?<!\\)\|")
_OTHER = re.compile(r" {0,3}(?:[-*+>#<]|\d+[.)]|\[[^\]]*\]:)")  # begins no table
_FEW = 4  # two rows of two columns
_ROWS = 200  # of a table that are measured


def render(text: str, _around: Context) -> str:
    """`text` with tables as CommonMark's extension has to have them."""
    return lines.outside_code(text, _Tables(text).line) if _may_hold_tables(text) else text


def _may_hold_tables(text: str) -> bool:
    if text.lstrip()[:1] == "|" or _TABLE.search(text) or _PARTED.search(text):
        return True
    return any("|" in match[1] and "-" in match[1] for match in _RULED.finditer(text))


class _Tables:
    """Rows between bars without a head get an empty one; a head is as wide as its widest row.

    Bars in code are not between cells, and rows may be indented.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.above = ""  # the line before
        self.inside = False
        self.indent = ""  # of the table, which may be part of an item
        self.width = 0  # of the head that the line before was

    def line(self, line: str, position: int) -> str | None:
        """The line, with a head above it or as many columns as its table."""
        above, self.above = self.above, line
        width, self.width = self.width, 0
        if width:
            return _plain_rule(line, width)
        self.inside = self.inside and "|" in line
        if self.inside:
            return None if _PARTING.fullmatch(line) else _row(self._aligned(line))
        if "|" not in line or above.strip():
            return line
        blank = _BLANK.search(self.text, position)
        end = blank.start() if blank else None
        rows = self.text[position:end].rstrip("\n").split("\n")
        ruled = len(rows) > 1 and _is_rule(rows[1])
        if not ruled and not _are_rows(rows):
            return line
        self.inside = True
        self.indent = line[: -len(line.lstrip())]
        width = max(_columns(row) for at, row in enumerate(rows[:_ROWS]) if at != 1 or not ruled)
        if not ruled:
            head = f"{self.indent}|{' |' * width}\n{self.indent}{_rule(width)}"
            return head if _is_rule(line) else f"{head}\n{_row(line)}"
        self.width = width
        return _widened(_row(line), width)

    def _aligned(self, line: str) -> str:
        """The row where the table begins; a bar further to the right ends an empty cell."""
        row, bare = line.removeprefix(self.indent), line.lstrip()
        empty = "|" if bare[:1] == "|" and not _ROW.match(row) else ""
        return f"{self.indent}{empty}{bare}"


def _is_rule(line: str) -> bool:
    return "-" in line and (_RULE.fullmatch(line) or _LOOSE.fullmatch(line)) is not None


def _plain_rule(line: str, width: int) -> str:
    """The rule as CommonMark has it: to kramdown each row of hyphens is a column's (`---+--:`)."""
    aligned = [f"{left}---{right}|" for left, right in _ALIGNED.findall(line)[:width]]
    indent = line[: -len(line.lstrip())]
    return f"{indent}|{''.join(aligned)}{'---|' * (width - len(aligned))}"


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


def _row(line: str) -> str:
    """The row with the bars in its code escaped, as CommonMark wants them in tables."""
    if "`" not in line:
        return line
    return _SPAN.sub(lambda match: _BAR.sub(r"\|", match[0]), line)


def _columns(line: str) -> int:
    return _CODE.sub("", line).strip().removeprefix("|").removesuffix("|").count("|") + 1


def _widened(line: str, width: int) -> str:
    missing = width - _columns(line)
    return f"{line.rstrip().removesuffix('|')}|{' |' * missing}" if missing > 0 else line


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


RULE = Rule(render, ("|",), markdown_only=True)
