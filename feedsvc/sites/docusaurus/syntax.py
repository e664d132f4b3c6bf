"""What Docusaurus has in bodies: MDX, in Markdown files, too, and admonitions."""

from __future__ import annotations

from feedsvc.content import mdx
from feedsvc.content.syntax import Anchors, Rule, Syntax

SYNTAX = Syntax(
    (
        Rule(mdx.render_objects, ("={{",)),
        Rule(mdx.render_directives, (":::",), markdown_only=True),
        Rule(mdx.render, ("<", "{/*", "import ", "export "), markdown_only=True),
        Rule(mdx.render_empty, ("/>",), markdown_only=True),
    ),
    Anchors(
        "user-content-fn-{name}", "user-content-fnref-{name}", "user-content-fnref-{name}-{time}"
    ),
)
