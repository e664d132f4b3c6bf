"""The evaluation of what `templates` took apart.

A template is rendered wholly or not at all: what is not known raises UnsupportedError. Steps and
output are bounded.
Source: keats.github.io/tera/docs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

from jinja2 import nodes

from feedsvc.markup.evaluated import Markup, UnsupportedError
from feedsvc.markup.zola.templates import OUTSIDE, UNDEFINED, Names, text

Function: TypeAlias = Callable[..., object]

_ROOM = 500_000  # characters of what one comes to
_STEPS = 5_000
_ITEMS = 2_000  # of a list and of those in it
_MISTAKES = (TypeError, ValueError, IndexError, KeyError, ArithmeticError, AttributeError)


class Evaluation:
    """One template rendered with names, and the filters, tests and functions that it may call.

    `escapes`: what is printed is escaped, as in templates of HTML.
    """

    def __init__(
        self,
        names: Mapping[str, object],
        filters: Mapping[str, Function],
        tests: Mapping[str, Function],
        functions: Mapping[str, Function],
        *,
        escapes: bool,
    ) -> None:
        self._scopes: list[dict[str, object]] = [dict(names)]
        self._filters = filters
        self._tests = tests
        self._functions = functions
        self._escapes = escapes
        self._parts: list[str] = []
        self._room = _ROOM
        self._steps = _STEPS

    def whole(self, template: nodes.Template) -> str:
        """What the template comes to. Raises UnsupportedError."""
        try:
            self._run(template.body)
        except (*_MISTAKES, RecursionError) as error:
            raise UnsupportedError from error
        return "".join(self._parts)

    def _run(self, body: Sequence[nodes.Node]) -> None:
        for node in body:
            self._step()
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    self._print(part)
            elif isinstance(node, nodes.Assign):
                self._assign(node)
            elif isinstance(node, nodes.If):
                self._branch(node)
            elif isinstance(node, nodes.For):
                self._loop(node)
            elif not isinstance(node, nodes.Import | nodes.FromImport):  # macros nobody calls
                raise UnsupportedError

    def _step(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise UnsupportedError

    def _print(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.TemplateData):
            self._add(node.data)
            return
        value = self.value(node)
        printed = text(value)
        self._add(escape(printed) if self._escapes and not isinstance(value, Markup) else printed)

    def _add(self, piece: str) -> None:
        self._room -= len(piece)
        if self._room < 0:
            raise UnsupportedError
        self._parts.append(piece)

    def _assign(self, node: nodes.Assign) -> None:
        name = _name(node.target)
        scope = self._scopes[0 if name.endswith(OUTSIDE) else -1]
        scope[name.removesuffix(OUTSIDE)] = self.value(node.node)

    def _branch(self, node: nodes.If) -> None:
        for one in (node, *node.elif_):
            if self.value(one.test):
                self._run(one.body)
                return
        self._run(node.else_)

    def _loop(self, node: nodes.For) -> None:
        rows = _rows(self.value(node.iter), node.target)
        for at, row in enumerate(rows):
            self._step()
            loop = {"index": at + 1, "index0": at, "first": at == 0, "last": at == len(rows) - 1}
            self._scopes.append({"loop": loop, **row})
            self._run(node.body)
            self._scopes.pop()
        if not rows:
            self._run(node.else_)

    def value(self, node: nodes.Node) -> object:
        """What an expression comes to. Raises UnsupportedError."""
        self._step()
        rule = _RULES.get(type(node))
        if rule is None:
            raise UnsupportedError
        value = rule(self, node)
        if isinstance(value, str | list):
            _weigh([value])
        return value

    def _named(self, node: nodes.Name) -> object:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        return UNDEFINED

    def _compared(self, node: nodes.Compare) -> bool:
        (operand,) = node.ops
        left, right = self.value(node.expr), self.value(operand.expr)
        return _COMPARISONS[operand.op](left, right)

    def _filtered(self, node: nodes.Filter) -> object:
        if node.node is None or node.args:
            raise UnsupportedError
        value = self.value(node.node)
        if value is UNDEFINED and node.name != "default":
            raise UnsupportedError
        return self._filters[node.name](value, **self._given(node.kwargs))

    def _tested(self, node: nodes.Test) -> object:
        arguments = [self.value(one) for one in node.args]
        return self._tests[node.name](self.value(node.node), *arguments)

    def _called(self, node: nodes.Call) -> object:
        if node.args or node.dyn_args or node.dyn_kwargs:
            raise UnsupportedError
        return self._functions[_name(node.node)](**self._given(node.kwargs))

    def _given(self, pairs: Sequence[nodes.Pair | nodes.Keyword]) -> dict[str, object]:
        return {str(one.key): self.value(one.value) for one in pairs}

    def _concatenated(self, node: nodes.Concat) -> str:
        parts: list[object] = [text(self.value(one)) for one in node.nodes]
        _weigh([parts])
        return "".join(map(str, parts))

    def _calculated(self, node: nodes.BinExpr) -> float:
        left, right = _number(self.value(node.left)), _number(self.value(node.right))
        value = _CALCULATIONS[node.operator](left, right)
        if abs(value) > 1e15:
            raise UnsupportedError
        return int(value) if value == int(value) else value


def _weigh(waiting: list[object]) -> None:
    """Raise UnsupportedError for texts and lists that hold too much, lists in lists counted in."""
    items, room = _ITEMS, _ROOM
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            room -= len(value)
        elif isinstance(value, list):
            items -= len(value)
            if items >= 0:
                waiting += value
        if items < 0 or room < 0:
            raise UnsupportedError


def _rows(items: object, target: nodes.Node) -> list[dict[str, object]]:
    """What each turn of a loop sets."""
    if isinstance(items, list):
        return [{_name(target): item} for item in items]
    if not isinstance(items, Mapping) or not isinstance(target, nodes.Tuple):
        raise UnsupportedError
    key, value = map(_name, target.items)
    return [{key: item[0], value: item[1]} for item in items.items()]


def _name(node: nodes.Node) -> str:
    name = getattr(node, "name", None)
    if not isinstance(name, str):
        raise UnsupportedError
    return name


def _item(value: object, key: object) -> object:
    if isinstance(value, Names):
        return value[str(key)]
    if isinstance(value, Mapping):
        return value.get(key, UNDEFINED)
    if isinstance(value, list) and isinstance(key, int):
        return value[key] if 0 <= key < len(value) else UNDEFINED
    return UNDEFINED


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnsupportedError
    return value


_COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "lt": lambda left, right: _number(left) < _number(right),
    "lteq": lambda left, right: _number(left) <= _number(right),
    "gt": lambda left, right: _number(left) > _number(right),
    "gteq": lambda left, right: _number(left) >= _number(right),
    "in": lambda left, right: left in right,  # type: ignore[operator]  # a mistake is caught
    "notin": lambda left, right: left not in right,  # type: ignore[operator]
}
_CALCULATIONS: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "%": lambda left, right: left % right,
}
_RULES: dict[type[nodes.Node], Callable[[Evaluation, Any], object]] = {
    nodes.Const: lambda _, node: node.value,
    nodes.Name: Evaluation._named,
    nodes.Getattr: lambda self, node: _item(self.value(node.node), node.attr),
    nodes.Getitem: lambda self, node: _item(self.value(node.node), self.value(node.arg)),
    nodes.Filter: Evaluation._filtered,
    nodes.Test: Evaluation._tested,
    nodes.Call: Evaluation._called,
    nodes.Compare: Evaluation._compared,
    nodes.Concat: Evaluation._concatenated,
    nodes.Not: lambda self, node: not self.value(node.node),
    nodes.And: lambda self, node: bool(self.value(node.left) and self.value(node.right)),
    nodes.Or: lambda self, node: bool(self.value(node.left) or self.value(node.right)),
    nodes.List: lambda self, node: [self.value(one) for one in node.items],
    nodes.Neg: lambda self, node: -_number(self.value(node.node)),
    **dict.fromkeys(
        (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Mod), Evaluation._calculated
    ),
}
