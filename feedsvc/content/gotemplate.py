"""The part of Go's html/template in which sites write simple shortcodes, and its evaluation.

Text, comments, variables, `if`, `with`, and pipelines of fields and functions that the caller
knows. Anything else raises UnsupportedError: a template is rendered wholly or not at all.
Sources: pkg.go.dev/text/template, pkg.go.dev/html/template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple, Protocol, TypeAlias

Function: TypeAlias = Callable[..., object]

_ACTION = re.compile(
    r"\{\{(-?)\s*(/\*.*?\*/|(?:\"(?:[^\"\\\n]|\\.)*\"|`[^`]*`|[^\"`}]|\}(?!\}))*?)\s*(-?)\}\}",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"\s+|(?P<text>\"(?:[^\"\\]|\\.)*\"|`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<field>\$?(?:[A-Za-z_]\w*)?(?:\.[A-Za-z_]\w*)+|\$[A-Za-z_]\w*|\$|\.)"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<sign>:=|[()|=])"
)
_KEYWORDS = frozenset({"if", "with", "else", "end"})
_ESCAPES = {"n": "\n", "t": "\t"}
_LONGEST = 50_000  # characters of a template
_DEPTH = 20
_ROOM = 500_000  # characters of what one comes to


class UnsupportedError(Exception):
    """The template asks for more than is known here."""


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


class Fields(Protocol):
    """A value with fields, some of which take arguments."""

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        """A field's value. Raises UnsupportedError for one that is not known."""


class _Operand(NamedTuple):
    kind: str  # "value", "field", "name" or "pipe"
    value: object
    path: tuple[str, ...] = ()


_Command: TypeAlias = "tuple[_Operand, ...]"
_Pipeline: TypeAlias = "tuple[_Command, ...]"


class _Output(NamedTuple):
    pipeline: _Pipeline
    variable: str = ""
    declares: bool = False


class _Branch(NamedTuple):
    keyword: str  # "if" or "with"
    condition: _Output
    body: tuple[_Node, ...]
    otherwise: tuple[_Node, ...]


_Node: TypeAlias = "str | _Output | _Branch"


@lru_cache(256)
def parsed(text: str) -> tuple[_Node, ...] | None:
    """A template taken apart, None for one that is not of this part of the language."""
    if len(text) > _LONGEST:
        return None
    try:
        return _Parser(text).whole()
    except UnsupportedError:
        return None


class _Parser:
    def __init__(self, text: str) -> None:
        self.pieces: list[str | tuple[str, ...]] = []
        position, trim = 0, False
        for match in _ACTION.finditer(text):
            piece = text[position : match.start()]
            piece = piece.lstrip() if trim else piece
            self.pieces.append(piece.rstrip() if match[1] else piece)
            if not match[2].startswith("/*"):
                self.pieces.append((match[2],))
            position, trim = match.end(), bool(match[3])
        rest = text[position:]
        if "{{" in rest:
            raise UnsupportedError
        self.pieces.append(rest.lstrip() if trim else rest)
        self.at = 0

    def whole(self) -> tuple[_Node, ...]:
        nodes, ending = self._until_end(0)
        if ending:
            raise UnsupportedError
        return nodes

    def _until_end(self, depth: int) -> tuple[tuple[_Node, ...], str]:
        """Nodes up to an `end` or `else`, and that action ("" at the end of the text)."""
        if depth > _DEPTH:
            raise UnsupportedError
        nodes: list[_Node] = []
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            self.at += 1
            if isinstance(piece, str):
                nodes.append(piece)
                continue
            keyword, _, rest = piece[0].partition(" ")
            if keyword in ("end", "else"):
                return tuple(nodes), piece[0]
            if keyword in ("if", "with"):
                nodes.append(self._branch(keyword, rest, depth))
            elif piece[0]:
                nodes.append(_action(piece[0]))
        return tuple(nodes), ""

    def _branch(self, keyword: str, condition: str, depth: int) -> _Branch:
        body, ending = self._until_end(depth + 1)
        otherwise: tuple[_Node, ...] = ()
        if ending.startswith("else"):
            then, _, rest = ending.removeprefix("else").strip().partition(" ")
            if then in ("if", "with"):
                otherwise = (self._branch(then, rest, depth + 1),)
                ending = "end"
            else:
                otherwise, ending = self._until_end(depth + 1)
        if ending != "end":
            raise UnsupportedError
        return _Branch(keyword, _action(condition), body, otherwise)


def _action(text: str) -> _Output:
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise UnsupportedError
        if match.lastgroup:
            # a field behind a blank is another operand, one behind a parenthesis belongs to it
            joined = match.lastgroup == "field" and text[position - 1 : position] == ")"
            tokens.append(("path" if joined else match.lastgroup, match[0]))
        position = match.end()
    variable, declares = "", False
    if len(tokens) > 2 and tokens[1][1] in (":=", "="):
        variable, declares = tokens[0][1], tokens[1][1] == ":="
        if not variable.startswith("$") or "." in variable:
            raise UnsupportedError
        tokens = tokens[2:]
    pipeline, rest = _pipeline(tokens, 0)
    if rest:
        raise UnsupportedError
    return _Output(pipeline, variable, declares)


def _pipeline(tokens: list[tuple[str, str]], depth: int) -> tuple[_Pipeline, list[tuple[str, str]]]:
    commands: list[_Command] = []
    operands: list[_Operand] = []
    while tokens:
        (kind, text), *tokens = tokens
        if text == ")" and kind == "sign":
            break
        if text == "(" and kind == "sign":
            if depth > _DEPTH:
                raise UnsupportedError
            inner, tokens = _pipeline(tokens, depth + 1)
            path: tuple[str, ...] = ()
            if tokens and tokens[0][0] == "path":
                path = tuple(tokens[0][1].strip(".").split("."))
                tokens = tokens[1:]
            operands.append(_Operand("pipe", inner, path))
        elif text == "|" and kind == "sign":
            commands.append(tuple(operands))
            operands = []
        else:
            operands.append(_operand(kind, text))
    commands.append(tuple(operands))
    if not all(commands):
        raise UnsupportedError
    return tuple(commands), tokens


def _operand(kind: str, text: str) -> _Operand:
    if kind == "text":
        return _Operand("value", _unquoted(text))
    if kind == "number":
        return _Operand("value", float(text) if "." in text else int(text[:18]))
    if kind == "field":
        head, *path = text.split(".")
        if head and not head.startswith("$"):
            return _Operand("name", text)
        return _Operand("field", head, tuple(part for part in path if part))
    if kind != "name" or text in _KEYWORDS:
        raise UnsupportedError
    known = {"true": True, "false": False, "nil": None}
    return _Operand("value", known[text]) if text in known else _Operand("name", text)


def _unquoted(text: str) -> str:
    if text[0] == "`":
        return text[1:-1]
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text[1:-1])


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

    def whole(self, nodes: tuple[_Node, ...]) -> Markup:
        """What the template comes to. Raises UnsupportedError."""
        self._run(nodes, self._top)
        return Markup("".join(self._parts))

    def _run(self, nodes: tuple[_Node, ...], dot: object) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._add(node)
            elif isinstance(node, _Output):
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

    def _value(self, output: _Output, dot: object) -> object:
        value = self._piped(output.pipeline, dot)
        if output.declares:
            self._scopes[-1][output.variable] = value
        elif output.variable:
            scope = next((one for one in reversed(self._scopes) if output.variable in one), None)
            if scope is None:
                raise UnsupportedError
            scope[output.variable] = value
        return value

    def _piped(self, pipeline: _Pipeline, dot: object) -> object:
        final: tuple[object, ...] = ()
        for command in pipeline:
            final = (self._called(command, final, dot),)
        return final[0]

    def _called(self, command: _Command, final: tuple[object, ...], dot: object) -> object:
        first, *rest = command
        arguments = (*(self._operand(one, dot) for one in rest), *final)
        if first.kind == "name":
            function = self._functions.get(str(first.value))
            if function is None:
                return self._global(str(first.value), arguments)
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

    def _operand(self, one: _Operand, dot: object, arguments: tuple[object, ...] = ()) -> object:
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
