"""Collections, numbers and scratch pads of Hugo's templates.

What is not of the kinds that a function takes is no answer: UnsupportedError.
Source: gohugo.io/functions/collections, gohugo.io/functions/math, gohugo.io/methods/page/scratch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil, floor
from typing import TYPE_CHECKING

from feedsvc.markup.evaluated import UnsupportedError
from feedsvc.markup.hugo.evaluation import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.evaluated import Function

_DIGITS = re.compile(r"-?[0-9]{1,15}")
_MANY = 10_000  # elements of a list, characters of what a scratch pad gathers times fifty


def _number(value: object) -> float:
    """A number as such."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnsupportedError
    return value


def _order(first: object, other: object) -> float:
    if isinstance(first, str) and isinstance(other, str):
        return (first > other) - (first < other)
    return _number(first) - _number(other)


def _whole(value: object) -> int:
    """A whole number, also as text."""
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnsupportedError
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > _MANY:
        raise UnsupportedError
    return value


def _dict(*pairs: object) -> dict[str, object]:
    keys, values = pairs[::2], pairs[1::2]
    if not all(isinstance(key, str) for key in keys):
        raise UnsupportedError
    return dict(zip(map(str, keys), values, strict=True))


def _append(*given: object) -> list[object]:
    *new, last = given
    known = [] if last is None else _list(last)
    # one list is a list of what is new, unless lists are what there is already
    if len(new) == 1 and isinstance(new[0], list) and not (known and isinstance(known[0], list)):
        new = new[0]
    return [*known, *new]


def _merged(*maps: object) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in maps:
        if not isinstance(one, Mapping):
            raise UnsupportedError
        for key, value in one.items():
            before = found.get(key)
            both = isinstance(before, Mapping) and isinstance(value, Mapping)
            found[key] = _merged(before, value) if both else value
    return found


def _sequence(*given: object) -> list[object]:
    """`seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`."""
    numbers = [_whole(one) for one in given]
    last = numbers[-1]
    first = numbers[0] if len(numbers) > 1 else 1 if last > 0 else -1
    step = numbers[1] if len(numbers) == 3 else 1 if first <= last else -1
    found = range(first, last + (1 if step > 0 else -1), step)
    if len(found) > _MANY:
        raise UnsupportedError
    return list(found)


def _joined(collection: object, sign: object, last: object = None) -> str:
    if isinstance(collection, Mapping):
        collection = [collection[key] for key in sorted(collection, key=str)]
    *many, final = [text(one) for one in _list(collection)] or [""]
    if not many:
        return final
    return text(sign).join(many) + text(sign if last is None else last) + final


def _holds(collection: object, one: object) -> bool:
    return one in collection if isinstance(collection, list) else text(one) in text(collection)


def _index(value: object, *keys: object) -> object:
    """An element by its place or key, and so on within it."""
    for key in keys:
        if isinstance(value, list) and isinstance(key, int):
            value = value[key] if 0 <= key < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(text(key).lower(), value.get(text(key)))
        else:
            raise UnsupportedError
    return value


def _isset(value: object, key: object) -> bool:
    if isinstance(value, list) and isinstance(key, int):
        return key < len(value)
    if isinstance(value, Mapping):
        return text(key).lower() in value
    raise UnsupportedError


def _size(value: object) -> int:
    if not isinstance(value, str | list | Mapping):
        raise UnsupportedError
    return len(value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value)


def _first(count: object, value: object) -> list[object]:
    return _list(value)[: max(0, _whole(count))]


def _last(count: object, value: object) -> list[object]:
    return _list(value)[-_whole(count) :] if _whole(count) > 0 else []


def _after(count: object, value: object) -> list[object]:
    return _list(value)[max(0, _whole(count)) :]


def _sum(*values: object) -> object:
    if values and all(isinstance(one, str) for one in values):
        return "".join(map(text, values))
    return sum(map(_number, values))


def _difference(first: object, *others: object) -> float:
    return _number(first) - sum(map(_number, others))


def _product(*values: object) -> float:
    found: float = 1
    for one in values:
        found *= _number(one)
    if abs(found) > 2**62:  # of whole numbers Go has no more
        raise UnsupportedError
    return found


def _quotient(first: object, other: object) -> float:
    one, two = _number(first), _number(other)
    # whole numbers are divided towards zero
    return int(one / two) if isinstance(one, int) and isinstance(two, int) else one / two


def _rest(first: object, other: object) -> int:
    one, two = _whole(first), _whole(other)
    return abs(one) % abs(two) * (1 if one >= 0 else -1)


def _rounded(value: object) -> float:
    one = _number(value)
    return float(floor(abs(one) + 0.5)) * (1 if one >= 0 else -1)


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
            made = _append(value, before)
        else:
            made = _sum(before, value)
        if isinstance(made, str) and len(made) > 50 * _MANY:
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
        return self._set(name, _merged(known or {}, _dict(key, value)))


_NAMED: dict[str, tuple[str, Function]] = {
    "append": ("collections.Append", _append),
    "after": ("collections.After", _after),
    "delimit": ("collections.Delimit", _joined),
    "dict": ("collections.Dictionary", _dict),
    "first": ("collections.First", _first),
    "in": ("collections.In", _holds),
    "index": ("collections.Index", _index),
    "isset": ("collections.IsSet", _isset),
    "last": ("collections.Last", _last),
    "merge": ("collections.Merge", _merged),
    "newScratch": ("collections.NewScratch", Scratch),
    "seq": ("collections.Seq", _sequence),
    # (any order will do, and the same each time is the best of them)
    "shuffle": ("collections.Shuffle", _list),
    "slice": ("collections.Slice", lambda *values: list(values)),
    "add": ("math.Add", _sum),
    "sub": ("math.Sub", _difference),
    "mul": ("math.Mul", _product),
    "div": ("math.Div", _quotient),
    "mod": ("math.Mod", _rest),
}
FUNCTIONS: dict[str, Function] = {
    **{name: function for short, (long, function) in _NAMED.items() for name in (short, long)},
    "len": _size,
    "lt": lambda first, other: _order(first, other) < 0,
    "le": lambda first, other: _order(first, other) <= 0,
    "gt": lambda first, other: _order(first, other) > 0,
    "ge": lambda first, other: _order(first, other) >= 0,
    "math.Ceil": lambda value: float(ceil(_number(value))),
    "math.Floor": lambda value: float(floor(_number(value))),
    "math.Round": _rounded,
    "math.Max": lambda *values: float(max(map(_number, values))),
    "math.Min": lambda *values: float(min(map(_number, values))),
}
