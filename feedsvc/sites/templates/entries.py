"""The pattern of the ids in a feed template, and what its entries are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedsvc.sites.templates.expressions import GoScope, Scope
from feedsvc.sites.templates.tree import Assignment, Choice, Loop, Node, Output, of_braces, of_go

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.sites.templates.expressions import Pattern, Vocabulary

LARGEST = 1 << 16
"""The longest template that is looked at, in characters."""

_ENTRY = re.compile(r"<(?:entry|item)\b")
_OPENED = {name: re.compile(rf"<{name}\b[^>]*+(>?)") for name in ("id", "guid", "link")}
_CLOSED = {name: re.compile(rf"</{name}\s*+>") for name in _OPENED}
_CDATA = re.compile(r"<!\[CDATA\[(.*)\]\]>", re.DOTALL)
_HOLE = re.compile("\x00(\\d+)\x00")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&"))
_NOTHING = re.compile(
    r"(.+?)\s*!=\s*(?:nil|null|blank|empty|none|\"\"|'')|not\s+(.+)|(.+)", re.DOTALL
)
_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Entries:
    """What a template says of the entries of its feed.

    `head` is what its loop goes through, as written. `pattern` is None where the id is not
    certain.
    """

    head: str
    pattern: Pattern
    known: Mapping[str, Pattern]


def of_template(text: str, vocabulary: Vocabulary, *, go: bool = False) -> Entries | None:
    """What the template says of its entries; None where no loop makes any."""
    nodes = (of_go if go else of_braces)(text[:LARGEST])
    scope = (GoScope if go else Scope)(vocabulary, {})
    loop = _loop(nodes, scope)
    if loop is None:
        return None
    return Entries(loop.head, _identity(loop.nodes, scope), scope.known)


def _loop(nodes: list[Node], scope: Scope) -> Loop | None:
    """The loop that makes the entries; what is set before it is known from then on."""
    for node in nodes:
        match node:
            case Assignment():
                if found := _loop(node.nodes, scope):  # the whole feed, to be filtered at the end
                    return found
                scope.known[node.name] = _assigned(node, scope)
            case Choice():
                for branch in (node.nodes, node.others):
                    if found := _loop(branch, scope):
                        return found
            case Loop():
                if any(isinstance(one, str) and _ENTRY.search(one) for one in _flat(node.nodes)):
                    return node
                if found := _loop(node.nodes, scope):
                    return found
    return None


def _flat(nodes: list[Node]) -> list[Node]:
    """The nodes and those of choices, not of loops."""
    found: list[Node] = []
    for node in nodes:
        found.append(node)
        if isinstance(node, Choice):
            found += _flat(node.nodes) + _flat(node.others)
    return found


def _assigned(node: Assignment, scope: Scope) -> Pattern:
    if node.code:
        return scope.value(node.code)
    made = _Flow(scope).text(node.nodes)
    return made.parts(made.written.strip())


def _identity(nodes: list[Node], scope: Scope, left: int = _CHOICES) -> Pattern:
    """The pattern of the first id; a choice between elements is one between their patterns."""
    for number, node in enumerate(nodes):
        if isinstance(node, Choice) and left and _names_id(node):
            before, after = nodes[:number], nodes[number + 1 :]
            branches = [one for one in (node.nodes, node.others) if _writes(one)]
            if len(branches) == 1:  # entries are written there only
                return _identity([*before, *branches[0], *after], scope, left - 1)
            first = _identity([*before, *node.nodes, *after], scope, left - 1)
            other = _identity([*before, *node.others, *after], scope, left - 1)
            return _choice(node.condition, first, other, scope)
    flow = _Flow(scope).text(nodes)
    entry = _ENTRY.search(flow.written)
    written = flow.written[entry.start() :] if entry else ""
    content = _content(written, "id", "guid")
    if content is None:
        content = _content(written, "link")
    if content is None:
        return None
    content = content.strip()
    if cdata := _CDATA.fullmatch(content):
        content = cdata[1].strip()
    return flow.parts(content)


def _content(written: str, *names: str) -> str | None:
    """What is in the first of these elements that has an end; None without one."""
    found = {}
    for name in names:  # where the first has none, no other has one
        opened = _OPENED[name].search(written)
        if opened and opened[1] and (closed := _CLOSED[name].search(written, opened.end())):
            found[opened.start()] = written[opened.end() : closed.start()]
    return found[min(found)] if found else None


def _names_id(node: Choice) -> bool:
    flat = _flat([node])
    return any(
        isinstance(one, str) and re.search(r"<(?:id|guid|entry|item)\b", one) for one in flat
    )


def _writes(nodes: list[Node]) -> bool:
    return any(isinstance(one, str) and _ENTRY.search(one) for one in _flat(nodes))


def _choice(condition: str, first: Pattern, other: Pattern, scope: Scope) -> Pattern:
    if first == other:
        return first
    match = _NOTHING.fullmatch(condition.strip())
    if match is None or first is None or other is None:
        return None
    if match[2]:
        return _choice(match[2], other, first, scope)
    asked = scope.value(match[1] or match[3])
    if not asked or len(asked) != 1 or isinstance(asked[0], str) or "if" in asked[0]:
        return None
    return [{"if": asked[0], "then": first, "else": other}]


class _Flow:
    """What nodes write: text with holes, which are numbered, for all that differs by post."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.written = ""
        self.holes: list[Pattern] = []

    def text(self, nodes: list[Node]) -> _Flow:
        """Write the nodes; what they set is known from then on."""
        for node in nodes:
            match node:
                case str():
                    self.written += node.replace("\x00", "")
                case Output():
                    self._hole(self.scope.value(node.code) if node.code else None)
                case Assignment():
                    self.scope.known[node.name] = _assigned(node, self.scope)
                case Choice():
                    self._hole(self._chosen(node))
                case Loop():
                    self._hole(None)
        return self

    def _hole(self, pattern: Pattern) -> None:
        self.written += f"\x00{len(self.holes)}\x00"
        self.holes.append(pattern)

    def _chosen(self, node: Choice) -> Pattern:
        dot = self.scope.known.get(".")
        if node.dotted:
            self.scope.known["."] = self.scope.value(node.condition)
        first = _Flow(self.scope).text(node.nodes).whole()
        if node.dotted:
            self.scope.known["."] = dot
        other = _Flow(self.scope).text(node.others).whole()
        return _choice(node.condition, first, other, self.scope)

    def whole(self) -> Pattern:
        """All that was written."""
        return self.parts(self.written)

    def parts(self, written: str) -> Pattern:
        """The pattern of a piece of what was written."""
        made: list[Any] = []
        for number, piece in enumerate(_HOLE.split(written)):
            if number % 2:
                pattern = self.holes[int(piece)]
                if pattern is None:
                    return None
                made += pattern
            elif piece:
                made.append(_unescaped(piece))
        return made


def _unescaped(text: str) -> str:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text
