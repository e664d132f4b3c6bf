"""Reads expressions of Liquid from text.

Ruby's Liquid parses strictly and, where that fails, leniently; this reader takes what either takes
and skips what neither understands. Source: `liquid/variable.rb`, `liquid/expression.rb`,
`liquid/tags/if.rb`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feedsvc.markup.liquid.expressions import (
    Comparison,
    Condition,
    Filter,
    Filtered,
    Literal,
    Lookup,
    Named,
    Range,
)
from feedsvc.markup.liquid.values import BLANK, EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.liquid.expressions import Expression


_END = re.compile(r"\s*\Z")


_BLANKS = re.compile(r"\s+")


_STRING = re.compile(r""""([^"]*)"|'([^']*)'""")


_NUMBER = re.compile(r"-?\d++(?>(\.\d++)|)(?![\w-]*[A-Za-z_-])", re.ASCII)


_NAME = re.compile(r"[\w-]+\??")


_OPERATOR = re.compile(r"==|!=|<>|<=|>=|<|>|contains\b|=")


_JUNCTION = re.compile(r"(and|or)\b(?!\s*[.\[])")


_FILTER = re.compile(r"\|+\s*(\w+)\s*:?")


_KEYWORD = re.compile(r"(\w+)\s*:(?!\s*[|,]|\s*$)")


_WORDS: dict[str, object] = {
    "nil": None,
    "null": None,
    "true": True,
    "false": False,
    "empty": EMPTY,
    "blank": BLANK,
}


_DEEPEST = 20  # brackets within brackets


class Reader:
    """Reads expressions from a text, one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What stands at the next place that is not blank, if it is that."""
        if blanks := _BLANKS.match(self.text, self.at):
            self.at = blanks.end()
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def takes(self, sign: str) -> bool:
        """Step over `sign` where it is next."""
        if blanks := _BLANKS.match(self.text, self.at):
            self.at = blanks.end()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    @property
    def done(self) -> bool:
        """Whether nothing is left but blanks."""
        return _END.match(self.text, self.at) is not None

    def value(self, depth: int = 0) -> Expression | None:
        """The next value, None where there is none."""
        if (literal := self._literal()) is not None:
            return literal
        if self.takes("("):
            return self._range(depth)
        if self.takes("[") and depth < _DEEPEST:
            name = self.value(depth + 1) or Literal(None)
            self.takes("]")
            return Named(name, self._parts(depth))
        found = self.match(_NAME)
        if found is None:
            return None
        parts = self._parts(depth)
        if not parts and found[0] in _WORDS:
            return Literal(_WORDS[found[0]])
        return Lookup(found[0], parts)

    def _literal(self) -> Literal | None:
        if found := self.match(_STRING):
            return Literal(found[1] if found[1] is not None else found[2])
        if found := self.match(_NUMBER):
            return Literal(float(found[0]) if found[1] else int(found[0][:30]))
        return None

    def _range(self, depth: int) -> Expression | None:
        if depth >= _DEEPEST:
            return None
        first = self.value(depth + 1) or Literal(None)
        if not self.takes(".."):
            self.takes(")")
            return first
        last = self.value(depth + 1) or Literal(None)
        self.takes(")")
        return Range(first, last)

    def _parts(self, depth: int) -> tuple[Expression, ...]:
        parts: list[Expression] = []
        while True:
            if self.text.startswith("..", self.at):
                break
            if self.text.startswith(".", self.at):
                self.at += 1
                if self.text.startswith("[", self.at):
                    continue  # `a.[b]` is `a[b]`
                found = self.match(_NAME)
                if found is None:
                    break
                parts.append(Literal(found[0]))
            elif self.text.startswith("[", self.at) and depth < _DEEPEST:
                self.at += 1
                parts.append(self.value(depth + 1) or Literal(None))
                self.takes("]")
            else:
                break
        return tuple(parts)

    def filters(self) -> Iterator[Filter]:
        """The filters that follow."""
        while not self.done:
            found = self.match(_FILTER)
            if found is None:
                self.match(_LEFT)  # what a lenient parser does not understand
                continue
            values: list[Expression] = []
            named: dict[str, Expression] = {}
            while not self.done and not self.text.startswith("|", self.at):
                if keyword := self.match(_KEYWORD):
                    named[keyword[1]] = self.value() or Literal(None)
                elif (value := self.value()) is not None:
                    values.append(value)
                if not self.takes(",") and not self.done and self.match(_ANY) is None:
                    break
            yield Filter(found[1], tuple(values), named)


_ANY = re.compile(r"[^|\"'\w\[(-]")


_LEFT = re.compile(r"\|+|.", re.DOTALL)


def filtered(text: str) -> Filtered:
    """`value | filter: argument`."""
    return _kept_filtered(text) if len(text) <= SHORT else _filtered(text)


def condition(text: str) -> Condition:
    """What stands behind `if`."""
    return _kept_condition(text) if len(text) <= SHORT else _condition(text)


def _filtered(text: str) -> Filtered:
    reader = Reader(text)
    value = reader.value() or Literal(None)
    return Filtered(value, tuple(reader.filters()))


def _condition(text: str) -> Condition:
    reader = Reader(text)
    parts: list[Comparison] = []
    junctions: list[str] = []
    while not reader.done:
        left = reader.value()
        if left is None:
            reader.at += 1
            continue
        operator = reader.match(_OPERATOR)
        right = reader.value() if operator else None
        parts.append(Comparison(left, operator[0] if operator else "", right or Literal(None)))
        while not reader.done:
            if junction := reader.match(_JUNCTION):
                junctions.append(junction[1])
                break
            if reader.value() is None:  # left over: `{% if a b %}` asks for a
                reader.at += 1
    return Condition(tuple(parts), tuple(junctions))


SHORT = 500
"""Characters of an expression that is kept as it was read."""


_kept_filtered = lru_cache(2048)(_filtered)


_kept_condition = lru_cache(1024)(_condition)


def values(text: str) -> tuple[Expression, ...]:
    """Values with commas or `or` between them, as behind `when` and `cycle`."""
    return _kept_values(text) if len(text) <= SHORT else tuple(_values(text))


def _values(text: str) -> Iterator[Expression]:
    reader = Reader(text)
    while not reader.done:
        if reader.takes(",") or reader.match(_JUNCTION):
            continue
        value = reader.value()
        if value is None:
            reader.at += 1
        else:
            yield value


_kept_values = lru_cache(1024)(lambda text: tuple(_values(text)))
