"""What Liquid takes for a value, and what its values say of each other.

Ruby's Liquid works on Ruby's values; here they are those of JSON, `range`, aware instants, and what
is known to exist but not to be had: `UNKNOWN`. Source: `liquid/condition.rb`, `liquid/utils.rb`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST: Final = 500_000
"""Characters that a value may have, and elements: what doubles itself shall not fill memory."""

_LARGEST = 10**30  # a number that squares itself shall not, either


class Unknown:
    """Something that the engine knows and a folder does not tell: other posts, the time of day."""


class Emptiness:
    """The words `empty` and `blank`, which compare by what a value holds."""

    def __init__(self, name: str) -> None:
        self.name = name


class Deferred:
    """A value that is made when it is first asked for."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    @property
    def value(self) -> object:
        return self._make()


class Open(dict[str, object]):
    """A map of which more is there than is known."""


UNKNOWN: Final = Unknown()
EMPTY: Final = Emptiness("empty")
BLANK: Final = Emptiness("blank")


class ExcessError(Exception):
    """A template asks for more than a body may cost."""


def text(value: object) -> str:
    """A value as it is printed."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, Emptiness):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return joined(value, "")
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S %z")
    return inspected(value) if isinstance(value, Mapping) else str(value)


def _float(value: float) -> str:
    shown = repr(value)
    if "e" not in shown:
        return shown
    digits, _, power = shown.partition("e")
    return f"{digits if '.' in digits else digits + '.0'}e{power}"


def inspected(value: object) -> str:
    """A value as Ruby shows it to a programmer. Raises ExcessError for what is too long."""
    shown = _Inspection()
    shown.add(value, 0)
    return "".join(shown.parts)


class _Inspection:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.room = LONGEST

    def add(self, value: object, depth: int) -> None:
        value = resolved(value)
        if depth > _DEPTH:
            raise ExcessError
        if isinstance(value, Mapping):
            for at, (key, one) in enumerate(value.items()):
                self.write(f'{", " if at else "{"}"{key}"=>')
                self.add(one, depth + 1)
            self.write("}" if value else "{}")
        elif isinstance(value, list):
            for at, one in enumerate(value):
                self.write(", " if at else "[")
                self.add(one, depth + 1)
            self.write("]" if value else "[]")
        elif isinstance(value, str):
            shown = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            self.write(f'"{shown}"')
        else:
            self.write("nil" if value is None else text(value))

    def write(self, piece: str) -> None:
        self.room -= len(piece)
        if self.room < 0:
            raise ExcessError
        self.parts.append(piece)


_DEPTH = 30


def joined(values: list[object], glue: str) -> str:
    """The values of a list, one behind the other. Raises ExcessError for what is too long."""
    parts: list[str] = []
    length = 0
    waiting = [iter(values)]
    while waiting:
        for value in waiting[-1]:
            value = resolved(value)  # noqa: PLW2901
            if isinstance(value, list):  # as Ruby's `join` does
                waiting.append(iter(value))
                break
            parts.append(text(value))
            length += len(parts[-1]) + len(glue) + 1
            if length > LONGEST:
                raise ExcessError
        else:
            waiting.pop()
        if len(waiting) > _DEPTH:
            raise ExcessError
    return glue.join(parts)


def resolved(value: object) -> object:
    """The value itself where it is one to be made yet."""
    return value.value if isinstance(value, Deferred) else value


def number(value: object) -> int | float:
    """A value as a number; what is none counts as zero."""
    if isinstance(value, bool):
        return 0
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and (found := _NUMBER.match(value)):
        return (
            float(found[0])
            if found[1] and found.end() == len(value)
            else int(found[0].partition(".")[0])
        )
    return 0


_NUMBER = re.compile(r"\s*-?\d{1,30}(\.\d{1,30})?", re.ASCII)


def bounded(value: float) -> int | float:
    """The result of a calculation. Raises ExcessError for one that nobody means."""
    if not abs(value) <= _LARGEST:
        raise ExcessError
    return value


def elements(value: object) -> list[object]:
    """What `for` walks through: pairs of a map, a text as one, nothing of anything else."""
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping):
        return [[key, resolved(one)] for key, one in value.items()]
    if isinstance(value, range):
        if len(value) > LONGEST:
            raise ExcessError
        return list(value)
    return [value] if isinstance(value, str) and value else []


def listed(value: object) -> list[object]:
    """What a filter of lists works on: nested lists laid flat, a single value as a list of it."""
    if isinstance(value, list):
        if not any(isinstance(one, list) for one in value):
            return value
        flat = list(islice(_flat(value), LONGEST))
        if len(flat) == LONGEST:
            raise ExcessError
        return flat
    if isinstance(value, range):
        return elements(value)
    return [] if value is None else [value]


def _flat(values: list[object], depth: int = 0) -> Iterator[object]:
    for one in values:
        if isinstance(one, list) and depth < _DEPTH:
            yield from _flat(one, depth + 1)
        else:
            yield one


def item(value: object, key: object) -> object:
    """What a value has under `key`; nil without it."""
    value = resolved(value)
    if value is UNKNOWN or key is UNKNOWN:
        return UNKNOWN
    if isinstance(value, Mapping):
        return _of_map(value, key)
    if isinstance(value, list):
        return _of_list(value, key)
    return len(value) if key == "size" and isinstance(value, str | range) else None


def _of_map(value: Mapping[str, object], key: object) -> object:
    name = key if isinstance(key, str) else text(key)
    if name in value:
        return resolved(value[name])
    if isinstance(value, Open):
        return UNKNOWN
    if key == "size":
        return len(value)
    return next(iter(elements(value)), None) if key == "first" else None


def _of_list(value: list[object], key: object) -> object:
    if isinstance(key, int) and not isinstance(key, bool):
        return resolved(value[key]) if -len(value) <= key < len(value) else None
    if key == "size":
        return len(value)
    if key in ("first", "last"):
        return resolved(value[0 if key == "first" else -1]) if value else None
    return None
