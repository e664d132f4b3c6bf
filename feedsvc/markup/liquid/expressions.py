"""Expressions of Liquid, asked for their value in a scope.

Source: `liquid/variable.rb`, `liquid/condition.rb`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from feedsvc.markup.liquid.comparison import contains, equal, less, truth
from feedsvc.markup.liquid.values import LONGEST, UNKNOWN, ExcessError, Unknown, item, number

if TYPE_CHECKING:
    from collections.abc import Callable


class Scope(Protocol):
    """What expressions ask of the template they stand in."""

    def charge(self, cost: int) -> None:
        """Count what something costs. Raises ExcessError when it is too much."""

    def variable(self, name: str) -> object:
        """The value of a name."""

    def filtered(self, name: str, value: object, given: Given) -> object:
        """What a filter makes of a value."""


class Given(NamedTuple):
    """The arguments of a filter."""

    values: tuple[object, ...] = ()
    named: dict[str, object] = {}  # noqa: RUF012 - only read


class Expression(Protocol):
    """Something that has a value."""

    def of(self, scope: Scope) -> object:
        """Its value in `scope`."""


class Literal(NamedTuple):
    """A value that is written out."""

    value: object

    def of(self, scope: Scope) -> object:  # noqa: ARG002 - as all expressions
        return self.value


class Lookup(NamedTuple):
    """`a.b["c"][0]`."""

    name: str
    parts: tuple[Expression, ...]

    def of(self, scope: Scope) -> object:
        value = scope.variable(self.name)
        for part in self.parts:
            value = item(value, part.of(scope))
        return value


class Named(NamedTuple):
    """`["a b"].c`: a variable whose name is a value."""

    name: Expression
    parts: tuple[Expression, ...]

    def of(self, scope: Scope) -> object:
        name = self.name.of(scope)
        return Lookup(name, self.parts).of(scope) if isinstance(name, str) else None


class Range(NamedTuple):
    """`(1..n)`."""

    first: Expression
    last: Expression

    def of(self, scope: Scope) -> object:
        ends = [one.of(scope) for one in self]
        if UNKNOWN in ends:
            return UNKNOWN
        first, last = (int(number(one)) for one in ends)
        if last - first >= LONGEST:
            raise ExcessError
        return range(first, max(first, last + 1))


class Filter(NamedTuple):
    """One filter with its arguments."""

    name: str
    values: tuple[Expression, ...]
    named: dict[str, Expression]


class Filtered(NamedTuple):
    """A value and the filters that it goes through."""

    value: Expression
    filters: tuple[Filter, ...]

    def of(self, scope: Scope) -> object:
        value = self.value.of(scope)
        for one in self.filters:
            given = Given(
                tuple(part.of(scope) for part in one.values),
                {name: part.of(scope) for name, part in one.named.items()},
            )
            value = scope.filtered(one.name, value, given)
        return value


class Comparison(NamedTuple):
    """`a == b`; without an operator a value that is true or not."""

    left: Expression
    operator: str
    right: Expression

    def of(self, scope: Scope) -> bool | Unknown:
        left = self.left.of(scope)
        if isinstance(left, str):
            scope.charge(len(left) >> 6)
        if not self.operator:
            return UNKNOWN if left is UNKNOWN else truth(left)
        right = self.right.of(scope)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        return _COMPARED[self.operator](left, right)


_COMPARED: dict[str, Callable[[object, object], bool]] = {
    "==": equal,
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<>": lambda left, right: not equal(left, right),
    "<": lambda left, right: less(left, right) is True,
    ">": lambda left, right: less(right, left) is True,
    "<=": lambda left, right: less(right, left) is False,
    ">=": lambda left, right: less(left, right) is False,
    "contains": contains,
}


class Condition(NamedTuple):
    """Comparisons joined by `and` and `or`, which bind from the right."""

    parts: tuple[Comparison, ...]
    junctions: tuple[str, ...]

    def of(self, scope: Scope) -> bool | Unknown:
        found: bool | Unknown = False
        for at, part in enumerate(self.parts):
            found = part.of(scope)
            junction = self.junctions[at] if at < len(self.junctions) else ""
            if found is UNKNOWN or found is (junction == "or"):
                return found
        return found
