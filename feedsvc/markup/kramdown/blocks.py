"""What kramdown reads otherwise than CommonMark, written so that both read the same.

Ends of blocks and lines, tabs in quotes, text right behind a footnote, blanks, lone parentheses and
escapes in addresses, quotes in titles.
Source: kramdown.gettalong.org/syntax.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import escapes, lines, spaced_addresses
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:[ \t]+(\S[^\n]*?)"
    r"((?:(?<![ \t])[ \t]++(?:\"[^\"]*\"|'[^']*'))?)"
)
_TITLED = re.compile(r'(\]\([^\s()]+[ \t]+")([^"\n]{0,300}"[^\n]{0,300}?)("[ \t]*\))')
_URL = re.compile(r"https?://[^\s<>()\[\]]*+")
_CLOSED = re.compile(
    r"((?<!`)`++[^`]++`++)|(\]\([ \t]*)([^\s()<>\\]*\([^\s()<>\\]*)\\\)([^\s()<>\\]*)(?=[\s)])"
)
UNPROTECTED = "%&,/;?@^"  # what a backslash does not protect
# Without one of these there is nothing to do, and most bodies have none.
_ODD_DEFINITION = re.compile(r"\]:[ \t]++(?:[^\s<()]*+[()]|[^\s<]*+[ \t]++[^\s\"'])")
_NOTE = re.compile(r" {0,3}\[\^[^\]\n]{1,200}\]:")
_BEHIND_NOTE = re.compile(rf"^{_NOTE.pattern}.*\n(?!{_NOTE.pattern}) {{0,3}}\S", re.MULTILINE)
_INDENTED = ("    ", "\t")  # most likely code
_QUOTED_TABS = re.compile(r"((?: {0,3}+> ?+|(?!))++)(\t+)")


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
    if "\t" in text and (">\t" in text or "> \t" in text):
        text = lines.outside_fences(text, _indented)
    if "\\" in text and "\\\\\n" in text:
        text = lines.outside_code(text, _Breaks(text).line)
    text = escapes.shown(text, UNPROTECTED)
    if "\n^" in text:
        text = lines.outside_code(text, _unmarked)
    return text


def _with_addresses(text: str) -> str:
    text = lines.with_whole_addresses(text)
    if '"' in text and _TITLED.search(text):
        text = lines.outside_code(text, _quoted)
    if "](" in text:
        text = spaced_addresses.enclosed(text)
    if "\\)" in text and _CLOSED.search(text):
        text = lines.outside_code(text, _closed)
    if "\\_" in text and "://" in text:
        text = lines.outside_code(text, _unescaped)
    return text


def _indented(line: str, _position: int) -> str:
    """A tab in a quote is four blanks, wherever it stands."""
    match = _QUOTED_TABS.match(line)
    if match is None:
        return line
    return f"{match[1].rstrip()} {_INDENTED[0] * len(match[2])}{line[match.end() :]}"


def _unmarked(line: str, _position: int) -> str:
    """A blank line for `^` alone, which ends a block."""
    return "" if line.rstrip() == "^" else line


def _quoted(line: str, _position: int) -> str:
    """A title may hold quotes: the last one ends it."""
    return _TITLED.sub(_with_signs, line) if "](" in line else line


def _with_signs(match: re.Match[str]) -> str:
    before, title, behind = match.groups()
    return match[0] if "](" in title else f"{before}{title.replace(chr(34), '&quot;')}{behind}"


def _closed(line: str, _position: int) -> str:
    """A parenthesis in an address closes one, too, where a backslash was put before it."""
    return _CLOSED.sub(lambda match: match[1] or f"{match[2]}<{match[3]}){match[4]}>", line)


def _unescaped(line: str, _position: int) -> str:
    """Bare addresses, which kramdown does not look at, without the signs that protect them."""
    if "`" in line or "\\_" not in line:
        return line
    return _URL.sub(lambda match: match[0].replace("\\_", "_"), line)


def _defined(line: str, _position: int) -> str:
    """A definition whose address has a blank or a lone parenthesis in a form that allows them."""
    match = _DEFINITION.fullmatch(line.rstrip()) if "]:" in line else None
    if match is None or not set(match[2]) & set(" ()") or set(match[2]) & set("<>"):
        return line
    return f"[{match[1]}]: <{match[2]}>{match[3]}"


class _Breaks:
    """Two backslashes that end a line break it, if the paragraph goes on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.html = lines.HtmlBlocks()

    def line(self, line: str, position: int) -> str:
        """The line with blanks for them, as CommonMark has it."""
        if self.html.holds(line) or not line.endswith("\\\\") or line.endswith("\\\\\\"):
            return line
        end = position + len(line) + 1
        stop = self.text.find("\n", end)
        return f"{line[:-2]}  " if self.text[end : stop if stop >= 0 else None].strip() else line


class _Notes:
    """What follows the line of a footnote without a blank is not in it unless it is indented."""

    def __init__(self) -> None:
        self.noted = False

    def line(self, line: str, _position: int) -> str:
        """The line, set apart from a footnote above it."""
        apart = "\n" if self.noted and line.strip() and not line.startswith(_INDENTED) else ""
        self.noted = _NOTE.match(line) is not None
        return line if self.noted else apart + line


RULE = Rule(render, ("](", "]:", "\\", "\n^", ">\t", "> \t"), markdown_only=True)
