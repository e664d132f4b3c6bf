"""What is understood in the bodies of a plain folder: what means one thing wherever it is written.

Such folders belong to VuePress, VitePress, MkDocs, Quartz, Obsidian and to programs that nobody
knows. What may be mere text (`{{ x }}`, `{% x %}`) stays.

Each rule has one sign that many bodies lack; a single look then tells whether there is any of what
it stands for, since a search for each would take longer than rendering a short post. What renders
it is imported then.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import comments, lines, wikilinks
from feedsvc.markup.syntax import Rule, Syntax

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_has_blocks = re.compile(r"\n[ \t>]*(?:::|!!!|\?\?\?|===)").search
_BLOCKS = ("::", "!!!", "???", "===")  # that a body may begin with
_has_attributes = re.compile(r"\{(?:[ :.#]|[A-Za-z][\w-]*=)").search
_has_marks = re.compile(r"\[(?:!|\[?_?[tT][oO][cC])").search
_TABLE = re.compile(r"\s*(?:\[\[(?:toc|_toc_)\]\]|\[toc\])\s*", re.IGNORECASE)
# of Nuxt, about what is Markdown, and its end
_COMPONENT = re.compile(r"\s*::(?:[a-z][\w-]*(?:\{[^{}\n]*\})?)?\s*")
_CALLOUT = re.compile(
    r"((?: {0,3}+> ?+|(?!))++)\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\](?![(\[])([-+]?)[ \t]*(.*)"
)
_GITHUB = frozenset({"note", "tip", "important", "warning", "caution"})  # Markdown knows these


def _without_mdx(text: str, around: Context) -> str:
    """`text` without modules, comments and components."""
    from feedsvc.markup import mdx

    return mdx.render_empty(mdx.render(mdx.render_attributes(text, around), around), around)


def _with_blocks(text: str, around: Context) -> str:
    """`text` with the titles of containers and admonitions, without the marks of components."""
    if not _has_blocks(text) and not text.startswith(_BLOCKS):
        return text
    from feedsvc.markup import mdx
    from feedsvc.markup.python_markdown import admonitions

    if "::" in text:
        text = mdx.render_directives(text, around)
        text = lines.outside_code(text, lambda line, _: "" if _COMPONENT.fullmatch(line) else line)
    return admonitions.render(text, around)


def _without_attributes(text: str, around: Context) -> str:
    """`text` without the attributes of links, headings and blocks."""
    if not _has_attributes(text):
        return text
    from feedsvc.markup.kramdown import additions
    from feedsvc.markup.python_markdown import attributes

    return attributes.render(additions.render(text, around), around)


def _with_brackets(text: str, around: Context) -> str:
    """`text` with links to notes and titles of callouts, without places of tables of contents."""
    if _has_marks(text):
        text = lines.outside_code(text, _bracketed)
    return wikilinks.render(text, around)


def _bracketed(line: str, _position: int) -> str | None:
    if _TABLE.fullmatch(line):
        return None
    match = _CALLOUT.fullmatch(line) if "[!" in line else None
    if match is None or (match[2].lower() in _GITHUB and not match[3] and not match[4]):
        return line
    title = match[4] or match[2].capitalize()
    title = title if "*" in title else f"**{title}**"
    return f"{match[1]}{title}\n{match[1].rstrip()}"


SYNTAX = Syntax(
    (
        Rule(comments.render, (comments.SIGN,), markdown_only=True),
        Rule(_without_mdx, ("<", "{", "import ", "export "), suffix=".mdx"),
        Rule(_with_blocks, ("!", ":", "=", "?"), markdown_only=True),
        Rule(_without_attributes, ("{",), markdown_only=True),
        Rule(_with_brackets, ("[",), markdown_only=True, references=wikilinks.references),
    )
)
