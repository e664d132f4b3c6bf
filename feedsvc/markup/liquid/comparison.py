"""What Liquid's values say of each other. Source: `liquid/condition.rb`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from feedsvc.markup.liquid.values import EMPTY, Emptiness, inspected, text


def truth(value: object) -> bool:
    """Everything is true but nil and false."""
    return value is not None and value is not False


def equal(left: object, right: object) -> bool:
    """`==`; `empty` is whatever can be and is, `blank` is equal to nothing (Rails adds that)."""
    if isinstance(left, Emptiness):
        left, right = right, left
    if isinstance(right, Emptiness):
        held = isinstance(left, str | list | Mapping)
        return right is EMPTY and held and not left
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list | Mapping):  # which may hold one another many times
        return type(left) is type(right) and inspected(left) == inspected(right)
    return left == right


def less(left: object, right: object) -> bool | None:
    """`<`; None for what cannot be compared."""
    for kind in (int | float, str, datetime):
        if isinstance(left, kind) and isinstance(right, kind):
            return bool(left < right)  # type: ignore[operator]  # both are of the same kind
    return None


def contains(left: object, right: object) -> bool:
    """Whether a text, list or map holds the other value."""
    if right is None or right is False:
        return False
    if isinstance(left, str):
        return text(right) in left
    if isinstance(left, list):
        return any(equal(one, right) for one in left)
    return isinstance(left, Mapping) and text(right) in left
