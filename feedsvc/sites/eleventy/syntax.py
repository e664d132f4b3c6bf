"""What Eleventy alone understands in bodies: Liquid; footnotes are markdown-it-footnote's.

Where `markdownTemplateEngine` is off, braces in Markdown are just text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.markup import indented, liquid
from feedsvc.markup.kramdown import additions
from feedsvc.markup.syntax import Anchors, Rule, Syntax

if TYPE_CHECKING:
    from feedsvc.settings import Settings

_LIQUID = liquid.rule(opened=True)
_TEMPLATES_ONLY = _LIQUID._replace(suffix=(".html", ".njk", ".liquid"))
_INDENTED = Rule(indented.render_text, indented.SIGNS, markdown_only=True)
_FOOTNOTES = Anchors("fn{number}", "fnref{number}", "fnref{number}:{before}")


def syntax(settings: Settings) -> Syntax:
    """Which files are templates is the configuration's matter."""
    plain = settings.engine_options.get("plain_markdown") is True
    attributes = settings.engine_options.get("attributes") is True
    more = (additions.ATTRIBUTES,) if attributes else ()
    if settings.engine_options.get("indented_text") is True:
        more = (*more, _INDENTED)
    return Syntax((_TEMPLATES_ONLY if plain else _LIQUID, *more), _FOOTNOTES)
