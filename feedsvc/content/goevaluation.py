"""The evaluation of what `gotemplate` took apart.

A template is rendered wholly or not at all: what is not known raises UnsupportedError.
Sources: pkg.go.dev/text/template, pkg.go.dev/html/template.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from feedsvc.content.gotemplate import Markup, Output, UnsupportedError

if TYPE_CHECKING:
    from feedsvc.content.gotemplate import Command, Fields, Function, Node, Operand, Pipeline

_ROOM = 500_000  # characters of what one comes to


def truth(value: object) -> bool:
    """What Go's templates take for true: whatever is not empty."""
    return bool(value)


class Evaluation:
    """One template rendered with one top value and the functions it may call."""

    def __init__(self, top: Fields, functions: Mapping[str, Function]) -> None:
        self._functions = functions
        self._top = top
        self._scopes: list[dict[str, object]] = [{"$": top}]
        self._parts: list[str] = []
        self._room = _ROOM

    def whole(self, nodes: tuple[Node, ...]) -> Markup:
        """What the template comes to. Raises UnsupportedError."""
        self._run(nodes, self._top)
        return Markup("".join(self._parts))

    def _run(self, nodes: tuple[Node, ...], dot: object) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._add(node)
            elif isinstance(node, Output):
                value = self._value(node, dot)
                if not node.variable:
                    self._add(shown(value))
            else:
                self._scopes.append({})
                value = self._value(node.condition, dot)
                inner = value if node.keyword == "with" and truth(value) else dot
                self._run(node.body if truth(value) else node.otherwise, inner)
                self._scopes.pop()

    def _add(self, piece: str) -> None:
        self._room -= len(piece)
        if self._room < 0:
            raise UnsupportedError
        self._parts.append(piece)

    def _value(self, output: Output, dot: object) -> object:
        value = self._piped(output.pipeline, dot)
        if output.declares:
            self._scopes[-1][output.variable] = value
        elif output.variable:
            scope = next((one for one in reversed(self._scopes) if output.variable in one), None)
            if scope is None:
                raise UnsupportedError
            scope[output.variable] = value
        return value

    def _piped(self, pipeline: Pipeline, dot: object) -> object:
        final: tuple[object, ...] = ()
        for command in pipeline:
            final = (self._called(command, final, dot),)
        return final[0]

    def _called(self, command: Command, final: tuple[object, ...], dot: object) -> object:
        first, *rest = command
        arguments = (*(self._operand(one, dot) for one in rest), *final)
        if first.kind == "name":
            function = self._functions.get(str(first.value))
            if function is None:
                return self._global(str(first.value), arguments)
            # what is set to twice itself, some times, fills the memory
            if sum(len(one) for one in arguments if isinstance(one, str)) > _ROOM:
                raise UnsupportedError
            try:
                return function(*arguments)
            except (TypeError, ValueError, IndexError, ArithmeticError) as error:
                raise UnsupportedError from error
        return self._operand(first, dot, arguments)

    def _global(self, name: str, arguments: tuple[object, ...]) -> object:
        """`site.Params.a`: fields of what a function without arguments gives."""
        head, *path = name.split(".")
        function = self._functions.get(head)
        if function is None or not path:
            raise UnsupportedError
        return _fields(function(), tuple(path), arguments)

    def _operand(self, one: Operand, dot: object, arguments: tuple[object, ...] = ()) -> object:
        if one.kind == "value":
            value = one.value
        elif one.kind == "pipe":
            value = self._piped(one.value, dot)  # type: ignore[arg-type]  # of a pipe it is one
        elif one.kind == "name":
            return self._called((one,), (), dot)
        elif one.value:
            value = self._variable(str(one.value))
        else:
            value = dot
        return _fields(value, one.path, arguments)

    def _variable(self, name: str) -> object:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        raise UnsupportedError


def _fields(value: object, path: tuple[str, ...], arguments: tuple[object, ...]) -> object:
    if arguments and not path:
        raise UnsupportedError
    for at, name in enumerate(path):
        value = _field(value, name, arguments if at == len(path) - 1 else ())
    return value


def _field(value: object, name: str, arguments: tuple[object, ...]) -> object:
    if isinstance(value, Mapping) and not arguments:
        return value.get(name, value.get(name.lower()))
    if hasattr(value, "field"):
        return value.field(name, arguments)
    raise UnsupportedError


def shown(value: object) -> str:
    """A value as html/template prints it into text or a quoted attribute."""
    if isinstance(value, Markup):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        raise UnsupportedError
    return escape(str(value))
