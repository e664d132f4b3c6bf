"""Numbers in Hugo's templates, and what is less or greater.

What is not of the kinds that a function takes is no answer: UnsupportedError.
Source: gohugo.io/functions/math, gohugo.io/functions/compare.
"""

from __future__ import annotations

import re
from math import ceil, floor
from typing import TYPE_CHECKING

from feedsvc.markup.evaluated import UnsupportedError
from feedsvc.markup.hugo.evaluation import text

if TYPE_CHECKING:
    from feedsvc.markup.evaluated import Function

_DIGITS = re.compile(r"-?[0-9]{1,15}")


def _number(value: object) -> float:
    """A number as such."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnsupportedError
    return value


def _order(first: object, other: object) -> float:
    if isinstance(first, str) and isinstance(other, str):
        return (first > other) - (first < other)
    return _number(first) - _number(other)


def whole(value: object) -> int:
    """A whole number, also as text."""
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnsupportedError
    return value


def total(*values: object) -> object:
    """The sum of numbers, or texts joined."""
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
    one, two = whole(first), whole(other)
    return abs(one) % abs(two) * (1 if one >= 0 else -1)


def _rounded(value: object) -> float:
    one = _number(value)
    return float(floor(abs(one) + 0.5)) * (1 if one >= 0 else -1)


FUNCTIONS: dict[str, Function] = {
    **dict.fromkeys(("add", "math.Add"), total),
    **dict.fromkeys(("sub", "math.Sub"), _difference),
    **dict.fromkeys(("mul", "math.Mul"), _product),
    **dict.fromkeys(("div", "math.Div"), _quotient),
    **dict.fromkeys(("mod", "math.Mod"), _rest),
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
