"""Templates as trees: text, what is put out, what is set, conditions and loops.

`of_braces` reads Liquid, Nunjucks and Tera, whose marks are the same, `of_go` Go's templates. A
template that its own engine would refuse makes a tree as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Output:
    """`{{ code }}`, or a tag of which nothing is known (`code` is empty)."""

    code: str


@dataclass(slots=True)
class Assignment:
    """`code` put into `name`, or what `nodes` put out where there is no code."""

    name: str
    code: str = ""
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Choice:
    """`nodes` where `condition` holds, else `others`; Go's `with` makes it the dot of `nodes`."""

    condition: str
    nodes: list[Node] = field(default_factory=list)
    others: list[Node] = field(default_factory=list)
    dotted: bool = False


@dataclass(slots=True)
class Loop:
    """`nodes`, once for everything that `head` names."""

    head: str
    nodes: list[Node] = field(default_factory=list)


Node: TypeAlias = "str | Output | Assignment | Choice | Loop"

_DEEPEST = 40
# Bounded, so that marks which are never closed cost no more than what is behind each.
_BRACES = re.compile(
    r"\{%-?(?P<tag>(?:[^%]|%(?!\})){0,2000})%\}|\{\{-?(?P<out>(?:[^}]|\}(?!\})){0,2000})\}\}"
    r"|\{#(?:[^#]|#(?!\})){0,2000}#\}"
)
_IGNORED = re.compile(r"\{%-?\s*comment\b(?s:.*?)(?:\{%-?\s*endcomment\s*-?%\}|\Z)")
_GO = re.compile(r"\{\{-?\s*(?:/\*(?s:.{0,2000}?)\*/\s*-?|(?P<code>(?:[^}]|\}(?!\})){0,2000}))\}\}")
_GO_SET = re.compile(r"\$(\w+)\s*:?=\s*(.+)", re.DOTALL)
_SET = re.compile(r"(\w+)\s*=(?!=)\s*(.+)", re.DOTALL)


class _Builder:
    """A tree that grows by one node at a time."""

    def __init__(self) -> None:
        self.root: list[Node] = []
        self.here = [self.root]  # the innermost is last
        self.ends: list[str] = []  # the word that ends each; "" for one that ends with another

    def add(self, node: Node) -> None:
        self.here[-1].append(node)

    def open(self, node: Assignment | Choice | Loop, end: str) -> None:
        self.add(node)
        if len(self.here) < _DEEPEST:  # what is deeper is taken for a part of what is there
            self.here.append(node.nodes)
            self.ends.append(end)

    def otherwise(self, condition: str | None, *, dotted: bool = False) -> None:
        """Go on with the innermost choice's other branch, itself a choice under a condition."""
        if len(self.here) < 2 or len(self.here) >= _DEEPEST:
            return
        choice = next((n for n in reversed(self.here[-2]) if not isinstance(n, str)), None)
        if not isinstance(choice, Choice) or self.here[-1] is not choice.nodes:
            return
        self.here[-1] = choice.others
        if condition is not None:
            further = Choice(condition, dotted=dotted)
            choice.others.append(further)
            self.here.append(further.nodes)
            self.ends.append("")

    def close(self, end: str) -> None:
        """End the innermost that ends so, and what was left open within."""
        while end in self.ends:
            closed = self.ends.pop()
            self.here.pop()
            if closed == end:
                return


def of_braces(text: str) -> list[Node]:
    """Liquid, Nunjucks and Tera."""
    builder = _Builder()
    for piece, match in _pieces(_BRACES, _IGNORED.sub("", text)):
        if piece:
            builder.add(piece)
        if match is None:
            continue
        if match["out"] is not None:
            builder.add(Output(_bare(match["out"])))
        elif match["tag"] is not None:
            _tag(builder, *_worded(_bare(match["tag"])))
    return builder.root


def _tag(builder: _Builder, word: str, rest: str) -> None:
    if word in ("if", "unless"):
        builder.open(Choice(rest if word == "if" else f"not {rest}"), f"end{word}")
    elif word in ("elsif", "elif", "elseif", "else"):
        builder.otherwise(None if word == "else" else rest)
    elif word == "for":
        builder.open(Loop(rest), "endfor")
    elif word in ("assign", "set") and (match := _SET.fullmatch(rest)):
        builder.add(Assignment(match[1], match[2]))
    elif word in ("capture", "set"):
        builder.open(Assignment(rest.strip("\"'")), f"end{word}")
    elif word.startswith("end"):
        builder.close(word)
    else:
        builder.add(Output(""))


def of_go(text: str) -> list[Node]:
    """Go's `text/template`, as Hugo has it."""
    builder = _Builder()
    for piece, match in _pieces(_GO, text):
        if piece:
            builder.add(piece)
        if match and (code := _bare(match["code"] or "")):
            _action(builder, code, *_worded(code))
    return builder.root


def _action(builder: _Builder, code: str, word: str, rest: str) -> None:
    if word in ("if", "with"):
        builder.open(Choice(rest, dotted=word == "with"), "end")
    elif word == "else":
        inner, condition = _worded(rest)
        builder.otherwise(condition if inner else None, dotted=inner == "with")
    elif word == "range":
        builder.open(Loop(rest), "end")
    elif word in ("block", "define"):
        builder.open(Loop(""), "end")
    elif word == "end":
        builder.close("end")
    elif match := _GO_SET.fullmatch(code):
        builder.add(Assignment(f"${match[1]}", match[2]))
    else:
        builder.add(Output(code))


def _pieces(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The text before each match, and the match; the text behind the last, and None."""
    place = 0
    for match in pattern.finditer(text):
        yield text[place : match.start()], match
        place = match.end()
    yield text[place:], None


def _bare(code: str) -> str:
    return code.strip().removesuffix("-").strip()


def _worded(code: str) -> tuple[str, str]:
    word, _, rest = code.replace("\n", " ").replace("\t", " ").partition(" ")
    return word, rest.strip()
