"""kramdown syntax that CommonMark does not know: attribute lists, contents, abbreviations.

Source: kramdown.gettalong.org/syntax.html. Python-Markdown's `attr_list` writes the same lists.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from feedsvc.markup import lines
from feedsvc.markup.kramdown import fences
from feedsvc.markup.markdown import UNSEEN
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_BLOCK = re.compile(r"[ >\t]{0,6}\{:(?![?#]+\})[^{}]*\}\s*")
_ITEM = re.compile(r"^(\s*(?:[-*+]|\d+[.)])\s+)\{:[^{}]*\}\s*")
_LISTS = r"(?:\{:\s?[.#\w][^{}`]*\})"
_CODES = "".join(f"(?<!<{name}>)" for name in ("code", "kbd", "pre", "samp", "tt", "var"))
# behind code, in which there are none, and behind links, images and emphasis
_SPAN = re.compile(rf"{lines.CODE}{_LISTS}*|(?<=[)\]*_>~]){_CODES}{_LISTS}+")
_BROKEN = re.compile(r"\{:(?<=[)\]*_>]\{:)[^{}`\n]{0,200}\n[^{}`\n]{0,200}\}")
_ATTRIBUTES = re.compile(r"[ >]{0,6}\{\s*(?:[.#][\w-]|[a-z-]+=)[^{}]*\}\s*")
_ONE = r"(?:[.#][\w:.-]+|[\w:-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s\"'{}]+))"
# of markdown-it-attrs, at the end of a line or behind a span
_GIVEN = rf"\{{:? ?{_ONE}(?: +{_ONE})* ?\}}"
_ATTRS = re.compile(
    rf"{lines.CODE}(?:{_GIVEN})?|(?<![ \t])[ \t]*+{_GIVEN}(?=[ \t]*$)|(?<=[)\]*_~]){_GIVEN}"
)
_SIGNS = re.compile(r" {0,3}#{1,6} ")
_NAME = re.compile(r"\{:?\s*[#.][^{}]*\}\s*+#*+\s*+")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_CONTENTS = re.compile(
    r"^ {0,3}(?:[-*+]|\d+\.)(?:[^\S\n].*|\s*\n.*)\n {0,3}\{:toc[^}]{0,500}\}[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TOC = re.compile(r"\{:(?:toc|TOC)")
_ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\]\n]{1,200}\]:", re.MULTILINE)
_STRUCK = re.compile(r"^(?=[ ]{0,3}~~~+[^~\n]+~~~+[ \t]*$)", re.MULTILINE)
_MARKED = re.compile(r"(<\w[^<>]*?)(?<!\s)\s++markdown=(?:\"\w*+\"|'\w*+'|\w++)([^<>]*+>)")


def render_fences(text: str, around: Context) -> str:
    """`text` in which all that looks like a fence begins code that ends."""
    if "~" in text and "~~~" in text:
        # a line that ends in such signs, too, is struck through, and no fence
        text = _STRUCK.sub(UNSEEN, text)
    if reads_commonmark(around):
        return text
    if "````" in text:
        text = fences.shortened(text)
    if " ```" in text or ("~" in text and " ~~~" in text):
        text = fences.aligned(text)
    return lines.without_open_fences(text, UNSEEN)


def render(text: str, around: Context) -> str:
    """`text` without kramdown's own syntax."""
    text = _in_lines(text)
    if "{:" not in text and "{#" not in text:
        return text
    bare = partial(_bare, around)

    def change(line: str, position: int) -> str | None:
        if "{" not in line:
            return line
        if _BLOCK.fullmatch(line):
            _remark(line.strip(), around)
            return None
        heading = _SIGNS.match(line) or _UNDERLINE.match(text, position + len(line) + 1)
        shown = _unnamed(line) if heading else line
        if shown != line:
            _remark(line[len(shown) :].strip(), around)
        return _SPAN.sub(bare, _ITEM.sub(bare, shown))

    return lines.outside_code(text, change)


def reads_commonmark(around: Context) -> bool:
    """Whether a Jekyll site has CommonMark instead of kramdown."""
    return str(around.settings.engine_options.get("markdown")).lower().startswith("common")


def _bare(around: Context, match: re.Match[str]) -> str:
    """What is kept of the match: code, or the mark of an item, before lists of attributes."""
    kept = match[1] or ""
    if gone := match[0][len(kept) :].strip():
        _remark(gone, around)
    return kept


def _unnamed(line: str) -> str:
    """A heading without the name behind it."""
    at = line.rfind("{")
    # (a heading that is nothing but braces shows them: `## {#if}`)
    return line[:at].rstrip() if line[:at].strip(" \t#") and _NAME.fullmatch(line, at) else line


def _in_lines(text: str) -> str:
    """`text` without contents and abbreviations, and attributes in one line each."""
    if found := _TOC.search(text):
        above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, found.start()))) + 1
        text = text[:above] + _CONTENTS.sub("", text[above:])
    if "markdown=" in text:
        # CommonMark reads Markdown inside an HTML block behind a blank line
        text = _MARKED.sub(r"\1\2\n\n", text)
    if "{:" in text and _BROKEN.search(text):
        text = _BROKEN.sub(lambda match: match[0].replace("\n", " "), text)
    if "*[" in text and _ABBREVIATION.search(text):
        text = lines.outside_code(text, _defining)
    return text


def _defining(line: str, _position: int) -> str | None:
    """No line that defines an abbreviation: readers show no tips."""
    return None if _ABBREVIATION.match(line) else line


def _remark(found: str, around: Context) -> None:
    # Liquid may have moved the lines: the file's own are what an author knows.
    if around.remarks.wants("kramdown-removed", found):
        body = around.post.body
        around.remarks.add("kramdown-removed", found, body, body.find(found))


def render_headings(text: str, around: Context) -> str:
    """`text` without the ids of headings, `## Title {#id}` (Hugo, Zola, Docusaurus).

    Nor with `{.class}` below a block, where a Hugo site switched that on.
    """
    blocks = around.settings.engine_options.get("block_attributes") is True

    def change(line: str, _position: int) -> str | None:
        if blocks and _ATTRIBUTES.fullmatch(line):
            return None
        return _unnamed(line) if "{" in line and _SIGNS.match(line) else line

    return lines.outside_code(text, change)


def render_attributes(text: str, around: Context) -> str:
    """`text` without the attributes of markdown-it-attrs (`## Title { .class }`)."""
    bare = partial(_bare, around)

    def change(line: str, _position: int) -> str | None:
        shown = _ATTRS.sub(bare, line) if "{" in line else line
        return shown if shown == line or shown.strip(" \t>") else None

    return lines.outside_code(text, change)


FENCES = Rule(render_fences, ("```", "~~~"), markdown_only=True)
RULE = Rule(render, ("{:", "{#", "markdown=", "*["), markdown_only=True)
HEADINGS = Rule(render_headings, ("{#", "{.", '="'), markdown_only=True)
ATTRIBUTES = Rule(render_attributes, ("{.", "{#", "{ ", "{:", "="), markdown_only=True)
