"""A body's Liquid, rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.markup.liquid import blocks, inclusion, names, plugins
from feedsvc.markup.liquid.machine import Machine, Rules

if TYPE_CHECKING:
    from feedsvc.markup.context import Context
    from feedsvc.markup.liquid.sources import Documents

_NO_TEMPLATES = (False, "", "md", "html")  # of Eleventy, which has other languages besides
_RULES = Rules(blocks.RULES, {**blocks.TAGS, **inclusion.TAGS}, plugins.BLOCKS, plugins.TAGS)


def render(text: str, around: Context, *, opened: bool, documents: Documents | None) -> str:
    """`text` without Liquid; `opened` and `documents` as in `liquid.rule`."""
    extra = around.post.extra
    if extra.get("render_with_liquid") is False:
        return text
    if opened and extra.get("templateEngineOverride", "liquid") in _NO_TEMPLATES:
        return text
    known = names.eleventy(around) if opened else names.jekyll(around, documents)
    return Machine(around, known, _RULES, opened=opened).whole(text)
