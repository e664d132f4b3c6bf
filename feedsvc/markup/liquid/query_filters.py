"""Jekyll's filters that choose, group and sort rows by a property or an expression.

Source: `jekyll/filters.rb`, `jekyll/filters/grouping_filters.rb`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from feedsvc.markup.liquid import reader
from feedsvc.markup.liquid.comparison import truth
from feedsvc.markup.liquid.list_filters import sorted_by
from feedsvc.markup.liquid.values import UNKNOWN, Emptiness, elements, item, resolved, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.markup.liquid.expressions import Expression, Given


class Evaluation(Protocol):
    """What these filters ask of the template: what an expression says of each row."""

    def within(self, name: str, value: object, expression: Expression) -> object:
        """The value of `expression` where `name` stands for `value`."""


_INTEGER = re.compile(r"\s*-?\d{1,18}\s*")
_FLOAT = re.compile(r"\s*-?(?:\d{1,18}\.?\d{0,18}|\.\d{1,18})\s*")


def _property(value: object, name: object) -> object:
    """A property, through dots; what looks like a number is one."""
    found = value
    for part in text(name).split("."):
        found = item(found, part)
    held = text(found) if isinstance(found, str) else ""
    if held and _INTEGER.fullmatch(held):
        return int(held)
    return float(held) if held and _FLOAT.fullmatch(held) else found


def _rows(value: object) -> list[object] | None:
    if isinstance(value, Mapping):
        return [resolved(one) for one in value.values()]
    return value if isinstance(value, list) else None


def _is(found: object, wanted: object) -> bool:
    if wanted is None:
        return found is None
    several = found if isinstance(found, list) else [] if found is None else [found]
    if isinstance(wanted, Emptiness):
        return not "".join(map(text, several))
    return any(text(one) == text(wanted) for one in several)


def _matching(value: object, given: Given) -> Iterator[object]:
    name, wanted = given.values[:2]
    shown = text(wanted)
    for one in _rows(value) or ():
        found = _property(one, name)
        if found is UNKNOWN:
            raise ValueError("unknown property")
        if found == shown if type(found) is str and type(wanted) is str else _is(found, wanted):
            yield one


def _where(value: object, given: Given, scope: Evaluation) -> object:  # noqa: ARG001
    return value if _rows(value) is None else list(_matching(value, given))


def _find(value: object, given: Given, scope: Evaluation) -> object:  # noqa: ARG001
    return value if _rows(value) is None else next(_matching(value, given), None)


def _by_expression(value: object, given: Given, scope: Evaluation) -> Iterator[object]:
    condition = reader.condition(text(given.values[1]))
    for one in _rows(value) or ():
        found = scope.within(text(given.values[0]), one, condition)
        if found is UNKNOWN:
            raise ValueError("unknown condition")
        if truth(found):
            yield one


def _where_exp(value: object, given: Given, scope: Evaluation) -> object:
    return value if _rows(value) is None else list(_by_expression(value, given, scope))


def _find_exp(value: object, given: Given, scope: Evaluation) -> object:
    return value if _rows(value) is None else next(_by_expression(value, given, scope), None)


def _grouped(rows: list[object], keys: Iterator[object]) -> list[object]:
    groups: dict[str, list[object]] = {}
    for row, key in zip(rows, keys, strict=True):
        groups.setdefault(text(key), []).append(row)
    return [{"name": name, "items": held, "size": len(held)} for name, held in groups.items()]


def _group_by(value: object, given: Given, scope: Evaluation) -> object:  # noqa: ARG001
    rows = _rows(value)
    return (
        value if rows is None else _grouped(rows, (_property(one, given.values[0]) for one in rows))
    )


def _group_by_exp(value: object, given: Given, scope: Evaluation) -> object:
    rows = _rows(value)
    if rows is None:
        return value
    name, expression = text(given.values[0]), reader.filtered(text(given.values[1]))
    return _grouped(rows, (scope.within(name, one, expression) for one in rows))


def _sort(value: object, given: Given, scope: Evaluation) -> object:  # noqa: ARG001
    rows = elements(value)
    if not given.values or given.values[0] is None:
        return sorted_by(rows, rows)
    keys = [_property(one, given.values[0]) for one in rows]
    absent = [row for row, key in zip(rows, keys, strict=True) if key is None]
    held = [(row, key) for row, key in zip(rows, keys, strict=True) if key is not None]
    kinds = {type(key) for _, key in held}
    alike = len(kinds) <= 1 or kinds <= {int, float}
    found = sorted_by([row for row, _ in held], (key if alike else text(key) for _, key in held))
    last = len(given.values) > 1 and given.values[1] == "last"
    return [*found, *absent] if last else [*absent, *found]


QUERY_FILTERS: dict[str, Callable[[object, Given, Evaluation], object]] = {
    "where": _where,
    "find": _find,
    "where_exp": _where_exp,
    "find_exp": _find_exp,
    "group_by": _group_by,
    "group_by_exp": _group_by_exp,
    "sort": _sort,
}
