"""The part of Go's html/template in which sites write simple shortcodes, taken apart.

Text, comments, variables, `if`, `with`, `range`, and pipelines of fields and functions. Anything
else makes the whole template one that is not understood.
Sources: pkg.go.dev/text/template, pkg.go.dev/html/template.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias

from feedsvc.markup.evaluated import UnsupportedError

_ACTION = re.compile(
    r"\{\{(-?)\s*+(/\*.*?\*/|(?:\"(?:[^\"\\\n]|\\.)*\"|`[^`]*`|[^\"`}]|\}(?!\}))*?)"
    r"(?>(?<!\s)\s++|)(-?)\}\}",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"\s+|(?P<text>\"(?:[^\"\\]|\\.)*\"|`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<field>\$?(?:[A-Za-z_]\w*)?(?:\.[A-Za-z_]\w*)+|\$[A-Za-z_]\w*|\$|\.)"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<sign>:=|[()|=])"
)
_BRANCHES = ("if", "with", "range")
_KEYWORDS = frozenset({*_BRANCHES, "else", "end", "break", "continue"})
_EACH = re.compile(r"(\$\w+)\s*(?:,\s*(\$\w+)\s*)?:=\s*(.*)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t"}
_LONGEST = 50_000  # characters of a template
_DEPTH = 20


class Fields(Protocol):
    """A value with fields, some of which take arguments."""

    def field(self, name: str, arguments: tuple[object, ...]) -> object:
        """A field's value. Raises UnsupportedError for one that is not known."""


class Operand(NamedTuple):
    kind: str  # "value", "field", "name" or "pipe"
    value: object
    path: tuple[str, ...] = ()


Command: TypeAlias = "tuple[Operand, ...]"
Pipeline: TypeAlias = "tuple[Command, ...]"


class Output(NamedTuple):
    pipeline: Pipeline
    variable: str = ""
    declares: bool = False


class Branch(NamedTuple):
    """What is done if `condition` is not empty, or for each of what it holds.

    `each` are the variables of `range` for an element's key, and for the element: "" for none.
    """

    keyword: str  # of `_BRANCHES`
    condition: Output
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]
    each: tuple[str, str] = ("", "")


Node: TypeAlias = "str | Output | Branch"


@lru_cache(256)
def parsed(text: str) -> tuple[Node, ...] | None:
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
        while (start := text.find("{{", position)) >= 0:
            match = _ACTION.match(text, start)
            if match is None:
                raise UnsupportedError
            piece = text[position:start]
            piece = piece.lstrip() if trim else piece
            self.pieces.append(piece.rstrip() if match[1] else piece)
            if not match[2].startswith("/*"):
                self.pieces.append((match[2],))
            position, trim = match.end(), bool(match[3])
        rest = text[position:]
        self.pieces.append(rest.lstrip() if trim else rest)
        self.at = 0

    def whole(self) -> tuple[Node, ...]:
        nodes, ending = self._until_end(0)
        if ending:
            raise UnsupportedError
        return nodes

    def _until_end(self, depth: int) -> tuple[tuple[Node, ...], str]:
        """Nodes up to an `end` or `else`, and that action ("" at the end of the text)."""
        if depth > _DEPTH:
            raise UnsupportedError
        nodes: list[Node] = []
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            self.at += 1
            if isinstance(piece, str):
                nodes += [piece] if piece else []
                continue
            keyword, _, rest = piece[0].partition(" ")
            if keyword in ("end", "else"):
                return tuple(nodes), piece[0]
            if keyword in _BRANCHES:
                nodes.append(self._branch(keyword, rest, depth))
            elif piece[0]:
                nodes.append(_action(piece[0]))
        return tuple(nodes), ""

    def _branch(self, keyword: str, condition: str, depth: int) -> Branch:
        body, ending = self._until_end(depth + 1)
        otherwise: tuple[Node, ...] = ()
        if ending.startswith("else"):
            then, _, rest = ending.removeprefix("else").strip().partition(" ")
            if then in _BRANCHES:
                otherwise = (self._branch(then, rest, depth + 1),)
                ending = "end"
            else:
                otherwise, ending = self._until_end(depth + 1)
        if ending != "end":
            raise UnsupportedError
        each = ("", "")
        if keyword == "range" and (match := _EACH.fullmatch(condition.strip())):
            each = (match[1], match[2]) if match[2] else ("", match[1])
            condition = match[3]
        return Branch(keyword, _action(condition), body, otherwise, each)


def _action(text: str) -> Output:
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
    return Output(pipeline, variable, declares)


def _pipeline(tokens: list[tuple[str, str]], depth: int) -> tuple[Pipeline, list[tuple[str, str]]]:
    commands: list[Command] = []
    operands: list[Operand] = []
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
            operands.append(Operand("pipe", inner, path))
        elif text == "|" and kind == "sign":
            commands.append(tuple(operands))
            operands = []
        else:
            operands.append(_operand(kind, text))
    commands.append(tuple(operands))
    if not all(commands):
        raise UnsupportedError
    return tuple(commands), tokens


def _operand(kind: str, text: str) -> Operand:
    if kind == "text":
        return Operand("value", _unquoted(text))
    if kind == "number":
        return Operand("value", float(text) if "." in text else int(text[:18]))
    if kind == "field":
        head, *path = text.split(".")
        if head and not head.startswith("$"):
            return Operand("name", text)
        return Operand("field", head, tuple(part for part in path if part))
    if kind != "name" or text in _KEYWORDS:
        raise UnsupportedError
    known = {"true": True, "false": False, "nil": None}
    return Operand("value", known[text]) if text in known else Operand("name", text)


def _unquoted(text: str) -> str:
    if text[0] == "`":
        return text[1:-1]
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text[1:-1])
