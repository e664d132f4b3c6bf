"""What Python-Markdown has beside Markdown, in the order in which it is looked for."""

from __future__ import annotations

from feedsvc.markup import reference_links
from feedsvc.markup.kramdown import additions
from feedsvc.markup.python_markdown import admonitions, attributes, blocks, extensions
from feedsvc.markup.syntax import Anchors, Rule

RULES = (
    Rule(extensions.render, ("[TOC]", ":::", "#!"), markdown_only=True),
    admonitions.RULE,
    additions.FENCES,
    additions.RULE,
    attributes.RULE,
    reference_links.RULE,
    blocks.RULE,
)
FOOTNOTES = Anchors("fn:{name}", "fnref:{name}", "fnref{time}:{name}")
