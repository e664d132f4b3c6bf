"""The evaluation of what `templates` took apart.

A template is rendered wholly or not at all: what is not known raises UnsupportedError.
Sources: pkg.go.dev/text/template, pkg.go.dev/html/template.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape, unescape
from typing import TYPE_CHECKING

from feedsvc.markup.evaluated import Markup, UnsupportedError
from feedsvc.markup.hugo.templates import Output

if TYPE_CHECKING:
    from feedsvc.markup.evaluated import Function
    from feedsvc.markup.hugo.templates import Branch, Command, Fields, Node, Operand, Pipeline

_ROOM = 500_000  # characters of what one comes to
_POINTLESS = 1e21  # numbers from here on have an exponent
STEPS = 300_000
"""How many actions the templates of one body may take, those of each round of a `range` anew."""


def truth(value: object) -> bool:
    """What Go's templates take for true: whatever is not empty."""
    return bool(value)


class Evaluation:
    """One template rendered with one top value, functions it may call, and `steps` it may take.

    `steps` are then those that are left.
    """

    def __init__(self, top: Fields, functions: Mapping[str, Function], steps: int = STEPS) -> None:
        self._functions = functions
        self._top = top
        self._scopes: list[dict[str, object]] = [{"$": top}]
        self._parts: list[str] = []
        self._room = _ROOM
        self.steps = steps

    def whole(self, nodes: tuple[Node, ...]) -> Markup:
        """What the template comes to. Raises UnsupportedError."""
        self._run(nodes, self._top)
        return Markup("".join(self._parts))

    def _run(self, nodes: tuple[Node, ...], dot: object) -> None:
        for node in nodes:
            self._step()
            if isinstance(node, str):
                self._add(node)
            elif isinstance(node, Output):
                value = self._value(node, dot)
                if not node.variable:
                    self._add(shown(value))
            else:
                self._scopes.append({})
                self._branch(node, self._value(node.condition, dot), dot)
                self._scopes.pop()

    def _branch(self, node: Branch, value: object, dot: object) -> None:
        if node.keyword == "range":
            rounds = _rounds(value)
            for key, one in rounds:
                given = zip(node.each, (key, one), strict=True)
                self._step()
                self._scopes.append({name: told for name, told in given if name})
                self._run(node.body, one)
                self._scopes.pop()
            if not rounds:
                self._run(node.otherwise, dot)
        elif truth(value):
            self._run(node.body, value if node.keyword == "with" else dot)
        else:
            self._run(node.otherwise, dot)

    def _step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise UnsupportedError

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


def _rounds(value: object) -> list[tuple[object, object]]:
    """Keys and elements of what `range` goes through."""
    if isinstance(value, list):
        return list(enumerate(value))
    if isinstance(value, Mapping):
        return sorted(value.items(), key=lambda item: str(item[0]))
    if isinstance(value, int) and not isinstance(value, bool) and value <= STEPS:
        return [(number, number) for number in range(value)]
    if value is None:
        return []
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
    if isinstance(value, float):
        # Go, too, prints the shortest that means the same, and no point where it needs none
        value = int(value) if value.is_integer() and abs(value) < _POINTLESS else value
    if not isinstance(value, str | int | float):
        raise UnsupportedError
    return escape(str(value))


def text(value: object) -> str:
    """A value as text that is not yet escaped."""
    return value if isinstance(value, str) else unescape(shown(value))
