"""What Astro, Next.js and Gatsby have in bodies: MDX and directives; footnotes are remark-gfm's."""

from __future__ import annotations

from feedsvc.markup import indented, mdx
from feedsvc.markup.syntax import Anchors, Rule, Syntax

SYNTAX = Syntax(
    (
        Rule(mdx.render_attributes, ("={",)),
        Rule(mdx.render, ("<", "{/*", "import ", "export "), suffix=".mdx"),
        Rule(indented.render_blocks, indented.SIGNS, suffix=".mdx"),
        Rule(mdx.render_directives, (":::", "\n::"), markdown_only=True),
        Rule(mdx.render_empty, ("/>",), markdown_only=True),
    ),
    Anchors(
        "user-content-fn-{name}", "user-content-fnref-{name}", "user-content-fnref-{name}-{time}"
    ),
)
