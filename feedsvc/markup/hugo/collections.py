"""Collections in Hugo's templates.

What is not of the kinds that a function takes is no answer: UnsupportedError.
Source: gohugo.io/functions/collections.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from feedsvc.markup.evaluated import UnsupportedError
from feedsvc.markup.hugo.evaluation import text
from feedsvc.markup.hugo.numbers import whole

if TYPE_CHECKING:
    from feedsvc.markup.evaluated import Function

_MANY = 10_000  # elements of a list


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > _MANY:
        raise UnsupportedError
    return value


def dictionary(*pairs: object) -> dict[str, object]:
    """The map of keys, each followed by its value."""
    keys, values = pairs[::2], pairs[1::2]
    if not all(isinstance(key, str) for key in keys):
        raise UnsupportedError
    return dict(zip(map(str, keys), values, strict=True))


def append(*given: object) -> list[object]:
    """What is given last, a list or nothing, with all before it behind it."""
    *new, last = given
    known = [] if last is None else _list(last)
    # one list is a list of what is new, unless lists are what there is already
    if len(new) == 1 and isinstance(new[0], list) and not (known and isinstance(known[0], list)):
        new = new[0]
    return [*known, *new]


def merged(*maps: object) -> dict[str, object]:
    """Maps made one, those within them, too; of two values the later counts."""
    found: dict[str, object] = {}
    for one in maps:
        if not isinstance(one, Mapping):
            raise UnsupportedError
        for key, value in one.items():
            before = found.get(key)
            both = isinstance(before, Mapping) and isinstance(value, Mapping)
            found[key] = merged(before, value) if both else value
    return found


def _sequence(*given: object) -> list[object]:
    """`seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`."""
    numbers = [whole(one) for one in given]
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
    return _list(value)[: max(0, whole(count))]


def _last(count: object, value: object) -> list[object]:
    return _list(value)[-whole(count) :] if whole(count) > 0 else []


def _after(count: object, value: object) -> list[object]:
    return _list(value)[max(0, whole(count)) :]


_NAMED: dict[str, tuple[str, Function]] = {
    "append": ("collections.Append", append),
    "after": ("collections.After", _after),
    "delimit": ("collections.Delimit", _joined),
    "dict": ("collections.Dictionary", dictionary),
    "first": ("collections.First", _first),
    "in": ("collections.In", _holds),
    "index": ("collections.Index", _index),
    "isset": ("collections.IsSet", _isset),
    "last": ("collections.Last", _last),
    "merge": ("collections.Merge", merged),
    "seq": ("collections.Seq", _sequence),
    # (any order will do, and the same each time is the best of them)
    "shuffle": ("collections.Shuffle", _list),
    "slice": ("collections.Slice", lambda *values: list(values)),
}
FUNCTIONS: dict[str, Function] = {
    **{name: function for short, (long, function) in _NAMED.items() for name in (short, long)},
    "len": _size,
}
