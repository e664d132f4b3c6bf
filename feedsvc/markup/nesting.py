"""Shortcodes within each other, and what each comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.markup import shortcodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feedsvc.markup.calls import Call
    from feedsvc.markup.context import Context
    from feedsvc.markup.shortcodes import Block

_CALLS = 2_000  # of templates, and characters that these make, in one body
_ROOM = 5_000_000
DEPTH = 20
"""How deep shortcodes are within each other; what is deeper stays as it is written."""


class Pair(NamedTuple):
    """A call, what it encloses, and where all of it ends; `inner` is None without an end tag.

    `parent` is the one that encloses it, None for none; `ordinal` counts those before it there.
    """

    call: Call
    inner: tuple[int, int] | None
    end: int
    parent: Pair | None = None
    ordinal: int = 0


class Made(NamedTuple):
    """What a site's own template makes of a call; `is_markdown`: read as such with the rest."""

    text: str
    is_markdown: bool


class Rendering:
    """A body whose shortcodes are `pairs`.

    `make` gives what the site's own template makes of one and what it encloses, None where there
    is none; `blocks` are rules for those that enclose something, `raw` the names of those that
    enclose what is no shortcode. `given` tells of one that has no such template whether those in
    it gave it something, which they do not show themselves then.
    """

    def __init__(
        self,
        text: str,
        around: Context,
        pairs: list[Pair],
        blocks: Mapping[str, Block],
        make: Callable[[Pair, str], Made | None],
        *,
        raw: frozenset[str] = frozenset(),
        given: Callable[[Pair], bool] = lambda _pair: False,
    ) -> None:
        self._text = text
        self._around = around
        self._pairs = pairs
        self._blocks = blocks
        self._make = make
        self._raw = raw
        self._given = given
        self._plainly = False  # without templates
        self._at = 0  # the pair that is next
        self._calls = _CALLS
        self._room = _ROOM

    def whole(self) -> str:
        """The body without shortcodes."""
        return self._between(0, len(self._text), 0)

    def _between(self, start: int, end: int, depth: int) -> str:
        parts: list[str] = []
        position = start
        while self._at < len(self._pairs) and self._pairs[self._at].call.start < end:
            pair = self._pairs[self._at]
            self._at += 1
            if pair.call.start >= position:
                parts += (self._text[position : pair.call.start], self._one(pair, depth))
                position = pair.end
        parts.append(self._text[position:end])
        return "".join(parts)

    def _one(self, pair: Pair, depth: int) -> str:
        if pair.call.closing:  # of nothing
            return ""
        first, calls = self._at, self._calls > 0 and self._room > 0
        inner = self._inside(pair, depth)
        given = not self._plainly and self._given(pair)
        made = self._make(pair, inner) if calls and not self._plainly else None
        if made is not None:
            self._calls -= 1
            self._room -= len(made.text)
            return self._placed(made, depth)
        if given:
            self._at, self._plainly = first, True
            inner = self._inside(pair, depth)
            self._plainly = False
        if pair.inner is not None and (rule := self._blocks.get(pair.call.name)):
            return rule(pair.call, inner, self._around)
        if inner and self._text.startswith("{{<", pair.call.start):
            inner = pair.call.levelled(inner)  # to Hugo it is no Markdown
        return shortcodes.single(self._text, pair.call, self._around) + inner

    def _inside(self, pair: Pair, depth: int) -> str:
        """What a shortcode encloses, without those in it."""
        if pair.inner is None:
            return ""
        raw = pair.call.name in self._raw or depth >= DEPTH
        return self._text[slice(*pair.inner)] if raw else self._between(*pair.inner, depth + 1)

    def _placed(self, made: Made, depth: int) -> str:
        """What a template made, out of the way of Markdown where the engine keeps it so, too."""
        if depth or made.is_markdown or not self._around.is_markdown:
            return made.text
        return self._around.held.put(made.text)
