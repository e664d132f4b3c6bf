"""Hugo's shortcodes in a body: the site's own templates where they are simple, else what is known.

Source: gohugo.io/content-management/shortcodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.content import shortcodes, site_shortcodes
from feedsvc.content.syntax import Rule

if TYPE_CHECKING:
    from feedsvc.content.beside import Folder, Sources
    from feedsvc.content.calls import Call
    from feedsvc.content.context import Context
    from feedsvc.content.site_shortcodes import Pair
    from feedsvc.model import Post
    from feedsvc.settings import Settings

_DEPTH = 20  # shortcodes within each other


def render(text: str, around: Context) -> str:
    """`text` without shortcodes."""
    if around.beside.paths:  # the site has templates of its own for some
        return _Rendering(text, around).between(0, len(text), 0)
    return shortcodes.render(text, shortcodes.hugo_calls(text), around, _BLOCKS)


def sources(text: str, _post: Post, settings: Settings, folder: Folder) -> Sources:
    """The templates of the site's own shortcodes in `text`."""
    return site_shortcodes.sources(shortcodes.hugo_calls(text), settings, folder)


def _comment(_call: Call, _inner: str, _around: Context) -> str:
    return ""


_BLOCKS = {**shortcodes.BLOCKS, "comment": _comment}
RULE = Rule(render, ("{{<", "{{%"), references=shortcodes.references, sources=sources)


class _Rendering:
    def __init__(self, text: str, around: Context) -> None:
        self.text = text
        self.around = around
        self.pairs = site_shortcodes.pairs(list(shortcodes.hugo_calls(text)))
        self.at = 0  # the pair that is next

    def between(self, start: int, end: int, depth: int) -> str:
        """The text between these places without shortcodes."""
        parts: list[str] = []
        position = start
        while self.at < len(self.pairs) and self.pairs[self.at].call.start < end:
            pair = self.pairs[self.at]
            self.at += 1
            if pair.call.start >= position:
                parts += (self.text[position : pair.call.start], self._one(pair, depth))
                position = pair.end
        parts.append(self.text[position:end])
        return "".join(parts)

    def _one(self, pair: Pair, depth: int) -> str:
        inner = ""
        if pair.inner is not None:
            raw = pair.call.name == "highlight" or depth >= _DEPTH
            inner = self.text[slice(*pair.inner)] if raw else self.between(*pair.inner, depth + 1)
        made = site_shortcodes.evaluated(pair, inner, self.text, self.around)
        if made is not None:
            return self._placed(made, pair, depth)
        if pair.inner is not None and (rule := _BLOCKS.get(pair.call.name)):
            return rule(pair.call, inner, self.around)
        return shortcodes.single(self.text, pair.call, self.around) + inner

    def _placed(self, made: str, pair: Pair, depth: int) -> str:
        """What a template made, out of the way of Markdown where Hugo keeps it so, too."""
        as_markdown = self.text.startswith("{{%", pair.call.start)
        if depth or as_markdown or not self.around.is_markdown:
            return made
        return self.around.held.put(made)
