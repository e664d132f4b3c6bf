"""Liquid in a body (Jekyll, Eleventy): rendered as the engine does, from the site's own files.

Our own: python-liquid needs 0.15 s and Babel to start, parses strictly where Ruby's Liquid 4 is
lenient, and bounds neither time nor the memory that `replace` and `times` take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.content.liquid import blocks, inclusion, names, plugins
from feedsvc.content.liquid.inclusion import references, sources
from feedsvc.content.liquid.machine import Machine, Rules

if TYPE_CHECKING:
    from feedsvc.content.context import Context

__all__ = ["references", "render", "sources"]


def render(text: str, around: Context) -> str:
    """`text` without Liquid."""
    if around.post.extra.get("render_with_liquid") is False:
        return text
    jekyll = around.settings.engine == "jekyll" or around.settings.posts.dialect == "jekyll"
    known = names.jekyll(around) if jekyll else names.eleventy(around)
    return Machine(around, known, _RULES, opened=not jekyll).whole(text)


_RULES = Rules(blocks.RULES, {**blocks.TAGS, **inclusion.TAGS}, plugins.BLOCKS, plugins.TAGS)
