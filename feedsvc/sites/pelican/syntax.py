"""What Pelican alone understands in bodies: internal links, and what Python-Markdown has besides.

Liquid, too, where the site has the plugin `liquid_tags`, or one of its own that is named so and
adds a tag to it; on other sites braces are just text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import liquid, reference_links
from feedsvc.markup.kramdown import additions
from feedsvc.markup.python_markdown import admonitions, attributes, blocks, extensions
from feedsvc.markup.syntax import Anchors, Rule, Syntax
from feedsvc.sites.pelican import links

if TYPE_CHECKING:
    from feedsvc.settings import Settings

_LINKS = Rule(links.render, links.SIGNS, references=links.references, sources=links.sources)
_MARKDOWN = (
    Rule(extensions.render, ("[TOC]", ":::", "#!"), markdown_only=True),
    admonitions.RULE,
    additions.FENCES,
    additions.RULE,
    attributes.RULE,
    reference_links.RULE,
    blocks.RULE,
)
_OF_LIQUID = re.compile(r"(?:^|\.)liquid")
_LIQUID = liquid.rule(opened=True)._replace(references=None, sources=None)
_FOOTNOTES = Anchors("fn:{name}", "fnref:{name}", "fnref{time}:{name}")


def syntax(settings: Settings) -> Syntax:
    """`PLUGINS` decide about Liquid."""
    plugins = settings.engine_options.get("PLUGINS")
    names = plugins if isinstance(plugins, list) else []
    used = any(_OF_LIQUID.search(str(name)) for name in names)
    return Syntax((_LINKS, *((_LIQUID,) if used else ()), *_MARKDOWN), _FOOTNOTES)
