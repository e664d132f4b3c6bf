"""What Docusaurus has in bodies: MDX, in Markdown files, too, and admonitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import captions, indented, mdx
from feedsvc.markup.captions import Caption
from feedsvc.markup.kramdown import additions
from feedsvc.markup.syntax import Anchors, Rule, Syntax

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_TITLE = re.compile(r"(?:^|\s)title=(?:\"([^\"]*)\"|'([^']*)')")


def _above_code(text: str, around: Context) -> str:  # noqa: ARG001 - as all rules
    """Titles of code, which a theme shows above it: docusaurus.io/docs/markdown-features."""
    return captions.above_fences(text, _caption)


def _caption(said: str) -> Caption | None:
    match = _TITLE.search(said)
    return Caption(match[1] or match[2] or "") if match else None


SYNTAX = Syntax(
    (
        Rule(mdx.render_attributes, ("={",)),
        Rule(mdx.render, ("<", "{/*", "import ", "export "), markdown_only=True),
        Rule(indented.render_blocks, indented.SIGNS, markdown_only=True),
        additions.HEADINGS,
        Rule(_above_code, ("title=",), markdown_only=True),
        Rule(mdx.render_directives, (":::",), markdown_only=True),
        Rule(mdx.render_empty, ("/>",), markdown_only=True),
    ),
    Anchors(
        "user-content-fn-{name}", "user-content-fnref-{name}", "user-content-fnref-{name}-{time}"
    ),
)
