"""Scratch pads in Hugo's templates: what one writes there another reads.

Source: gohugo.io/functions/collections/newscratch, gohugo.io/methods/page/scratch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from feedsvc.markup.evaluated import UnsupportedError
from feedsvc.markup.hugo.collections import append, dictionary, merged
from feedsvc.markup.hugo.evaluation import text
from feedsvc.markup.hugo.numbers import total

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.evaluated import Function

_LONGEST = 500_000  # characters of what a pad gathers


class Scratch:
    """`newScratch`, and the pads of pages and shortcodes."""

    def __init__(self) -> None:
        self._held: dict[str, object] = {}

    @property
    def some(self) -> bool:
        """Whether anything is on it."""
        return bool(self._held)

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        """What one of its methods gives. Raises UnsupportedError for one that is not known."""
        known: dict[tuple[str, int], Callable[..., object]] = {
            ("Get", 1): lambda key: self._held.get(text(key)),
            ("Set", 2): self._set,
            ("Add", 2): self._add,
            ("Delete", 1): self._delete,
            ("SetInMap", 3): self._set_in_map,
            ("GetSortedMapValues", 1): self._sorted,
            ("Values", 0): lambda: dict(self._held),
        }
        method = known.get((name, len(arguments)))
        if method is None:
            raise UnsupportedError
        return method(*arguments)

    def _set(self, key: object, value: object) -> str:
        self._held[text(key)] = value
        return ""

    def _add(self, key: object, value: object) -> str:
        before = self._held.get(text(key))
        if before is None:
            made = value
        elif isinstance(before, list):
            made = append(value, before)
        else:
            made = total(before, value)
        if isinstance(made, str) and len(made) > _LONGEST:
            raise UnsupportedError
        return self._set(key, made)

    def _delete(self, key: object) -> str:
        self._held.pop(text(key), None)
        return ""

    def _sorted(self, name: object) -> list[object] | None:
        known = self._held.get(text(name))
        if known is None or not isinstance(known, Mapping):
            return None
        return [known[key] for key in sorted(known)]

    def _set_in_map(self, name: object, key: object, value: object) -> str:
        known = self._held.get(text(name))
        return self._set(name, merged(known or {}, dictionary(key, value)))


FUNCTIONS: dict[str, Function] = dict.fromkeys(("newScratch", "collections.NewScratch"), Scratch)
