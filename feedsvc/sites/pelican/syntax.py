"""What Pelican alone understands in bodies: internal links, and what Python-Markdown has besides.

Liquid, too, where the site has the plugin `liquid_tags`, or one of its own that is named so and
adds a tag to it; on other sites braces are just text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup import liquid
from feedsvc.markup.python_markdown.rules import FOOTNOTES, RULES
from feedsvc.markup.syntax import Rule, Syntax
from feedsvc.sites.pelican import links

if TYPE_CHECKING:
    from feedsvc.settings import Settings

_LINKS = Rule(links.render, links.SIGNS, references=links.references, sources=links.sources)
_OF_LIQUID = re.compile(r"(?:^|\.)liquid")
_LIQUID = liquid.rule(opened=True)._replace(references=None, sources=None)


def syntax(settings: Settings) -> Syntax:
    """`PLUGINS` decide about Liquid."""
    plugins = settings.engine_options.get("PLUGINS")
    names = plugins if isinstance(plugins, list) else []
    used = any(_OF_LIQUID.search(str(name)) for name in names)
    return Syntax((_LINKS, *((_LIQUID,) if used else ()), *RULES), FOOTNOTES)
