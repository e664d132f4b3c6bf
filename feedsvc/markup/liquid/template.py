"""A text with Liquid in it, taken apart once: text, outputs, tags, and blocks with branches.

Never fails: what opens and does not close is text, a block without its end is a lone tag.
Source: `liquid/tokenizer.rb`, `liquid/block_body.rb`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(r"\{[%{]")
_TAG = re.compile(r"(#|\w+)\s*(.*)", re.DOTALL)
_VERBATIM = {name: re.compile(rf"\{{%-?\s*end{name}\s*(-?)%\}}") for name in ("raw", "comment")}
BLOCKS = frozenset(
    """
    for tablerow case capture highlight if unless ifchanged
    figure details codeblock code blockquote quote pullquote mermaid plantuml responsive_image_block
    """.split()  # noqa: SIM905
)
_BRANCHES = {
    "if": ("elsif", "else"),
    "unless": ("elsif", "else"),
    "case": ("when", "else"),
    "for": ("else",),
}
SHORT = 20_000
"""Characters of a text that is worth to be kept, and cannot fill memory."""

_SILENT = ("assign", "capture", "#")  # tags that print nothing: a block of these is blank


class Token(NamedTuple):
    """A tag, an output (`name` is "") or the text between them (`name` is None)."""

    start: int
    end: int
    name: str | None
    args: str = ""  # of a text: the text


class Branch(NamedTuple):
    """A part of a block: the tag that begins it and what stands behind that."""

    name: str
    args: str
    nodes: list[Node]


class Block(NamedTuple):
    """A tag with all up to its end; `blank`: it prints nothing but white space, so nothing."""

    tag: Token
    branches: list[Branch]
    blank: bool


Node: TypeAlias = "Token | Block"


class Place(NamedTuple):
    """A place in a text that a finding names."""

    text: str
    position: int


class Template(NamedTuple):
    """A text and what it was taken apart into."""

    text: str
    nodes: list[Node]


def taken_apart(text: str) -> Template:
    """`text` taken apart."""
    found = list(tokens(text))
    return Template(text, _tree(found, _ends(found)))


_kept = lru_cache(256)(taken_apart)


def included(text: str) -> Template:
    """`text` taken apart, and kept, as includes are the same for many posts."""
    return _kept(text) if len(text) <= SHORT else taken_apart(text)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of `text` in order; of texts without the white space that `-` takes."""
    position = 0
    last = {closing: text.rfind(closing) for closing in ("%}", "}}")}
    endings = {name: iter(pattern.finditer(text)) for name, pattern in _VERBATIM.items()}
    ending: dict[str, re.Match[str] | None] = {}
    search_from = 0
    stripped = False  # whether the tag before ended in `-`
    while match := _OPENING.search(text, search_from):
        start = match.start()
        closing = "%}" if match[0] == "{%" else "}}"
        search_from = start + 2
        if last[closing] < search_from:
            continue
        end = text.find(closing, search_from)
        yield _text(text, position, start, left=stripped, right=text[start + 2] == "-")
        position = search_from = end + 2
        stripped = text[end - 1] == "-" and end - 1 > start + 1
        inner = text[start + 2 : end]
        inner = inner[inner[:1] == "-" : len(inner) - stripped].strip()
        if closing == "}}":
            yield Token(start, position, "", inner)
            continue
        words = _TAG.match(inner)
        name, args = (words[1], words[2].strip()) if words else (inner or "?", "")
        if name not in _VERBATIM:
            yield Token(start, position, name, args)
            continue
        known = ending.get(name)
        while name not in ending or (known is not None and known.start() < position):
            known = ending[name] = next(endings[name], None)
        if known is None:
            yield Token(start, position, name, args)
            continue
        if name == "raw":
            yield Token(position, known.start(), None, text[position : known.start()])
        position = search_from = known.end()
        stripped = known[1] == "-"
    yield _text(text, position, len(text), left=stripped, right=False)


def _text(text: str, start: int, end: int, *, left: bool, right: bool) -> Token:
    piece = text[start:end]
    if left:
        piece = piece.lstrip()
    return Token(start, end, None, piece.rstrip() if right else piece)


def _ends(found: list[Token]) -> dict[int, int]:
    """Index of a block's tag → index of the tag that ends it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    depth: dict[str, int] = {}
    for index, token in enumerate(found):
        name = token.name or ""
        if name in BLOCKS:
            opened.append(index)
            depth[name] = depth.get(name, 0) + 1
        elif name.startswith("end") and depth.get(name[3:], 0):
            while opened:
                start = opened.pop()
                inner = found[start].name or ""
                depth[inner] -= 1
                if inner == name[3:]:
                    ends[start] = index
                    break
    return ends


def _tree(found: list[Token], ends: dict[int, int]) -> list[Node]:
    whole: list[Node] = []
    nodes = whole
    opened: list[tuple[Token, list[Branch], list[Node], int]] = []
    for index, token in enumerate(found):
        if index in ends:
            branches = [Branch(token.name or "", token.args, [])]
            opened.append((token, branches, nodes, ends[index]))
            nodes = branches[0].nodes
        elif opened and index == opened[-1][3]:
            tag, branches, nodes, _ = opened.pop()
            nodes.append(Block(tag, branches, _is_blank(branches)))
        elif opened and token.name in _BRANCHES.get(opened[-1][0].name or "", ()):
            branches = opened[-1][1]
            branches.append(Branch(token.name or "", token.args, []))
            nodes = branches[-1].nodes
        elif token.name is not None or token.args:
            nodes.append(token)
    return whole


def _is_blank(branches: list[Branch]) -> bool:
    return all(_prints_nothing(node) for branch in branches for node in branch.nodes)


def _prints_nothing(node: Node) -> bool:
    if isinstance(node, Block):
        return node.tag.name == "capture" or (node.blank and node.tag.name in _BRANCHES)
    return node.name in _SILENT or (node.name is None and node.args.isspace())
