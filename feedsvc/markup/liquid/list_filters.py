"""Liquid's filters of lists. Source: `liquid/standardfilters.rb`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.markup.liquid.comparison import equal, less, truth
from feedsvc.markup.liquid.values import (
    LONGEST,
    ExcessError,
    bounded,
    item,
    joined,
    listed,
    number,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feedsvc.markup.liquid.expressions import Given


def _join(value: object, given: Given) -> object:
    return joined(listed(value), text(given.values[0]) if given.values else " ")


class _Key:
    """Compares as Ruby's Liquid does: nil comes last."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __lt__(self, other: _Key) -> bool:
        if self.value is None or other.value is None:
            return self.value is not None
        found = less(self.value, other.value)
        if found is None:
            raise ValueError("cannot be compared")
        return found


def _properties(value: object, given: Given) -> tuple[list[object], list[object]]:
    """The elements of a list and what each is to be judged by."""
    held = listed(value)
    if not given.values or given.values[0] is None:
        return held, held
    return held, [item(one, given.values[0]) for one in held]


def sorted_by(held: list[object], keys: Iterable[object]) -> list[object]:
    """The elements in the order of their keys, equal ones as they stood."""
    pairs = sorted(((_Key(key), at) for at, key in enumerate(keys)), key=lambda pair: pair[0])
    return [held[at] for _, at in pairs]


def _sort(value: object, given: Given) -> object:
    return sorted_by(*_properties(value, given))


def _sort_natural(value: object, given: Given) -> object:
    held, keys = _properties(value, given)
    return sorted_by(held, (None if key is None else text(key).casefold() for key in keys))


def _unique(value: object, given: Given) -> object:
    seen: set[str] = set()
    found: list[object] = []
    for one, key in zip(*_properties(value, given), strict=True):
        shown = f"{type(key).__name__} {text(key)}"
        if shown not in seen:
            seen.add(shown)
            found.append(one)
    return found


def _concat(value: object, given: Given) -> object:
    if not isinstance(given.values[0], list):
        raise TypeError("no list")
    if len(given.values[0]) > LONGEST:
        raise ExcessError
    return [*listed(value), *given.values[0]]


def _first(value: object, _given: Given) -> object:
    return item(value, "first")


def _last(value: object, _given: Given) -> object:
    return item(value, "last")


def _compact(value: object, given: Given) -> object:
    pairs = zip(*_properties(value, given), strict=True)
    return [one for one, key in pairs if key is not None]


def _map(value: object, given: Given) -> object:
    return [item(one, given.values[0]) for one in listed(value)]


def _sum(value: object, given: Given) -> object:
    return bounded(sum(number(key) for key in _properties(value, given)[1]))


def _where(value: object, given: Given) -> object:
    held, keys = _properties(value, given)
    if len(given.values) < 2 or given.values[1] is None:
        return [one for one, key in zip(held, keys, strict=True) if truth(key)]
    wanted = given.values[1]
    return [one for one, key in zip(held, keys, strict=True) if equal(key, wanted)]


LIST_FILTERS: dict[str, Callable[[object, Given], object]] = {
    "join": _join,
    "sort": _sort,
    "sort_natural": _sort_natural,
    "uniq": _unique,
    "reverse": lambda value, _given: listed(value)[::-1],
    "map": _map,
    "compact": _compact,
    "concat": _concat,
    "first": _first,
    "last": _last,
    "sum": _sum,
    "where": _where,
}
