"""Renders what `template` took apart, within bounds of time, output and depth.

What only the engine could answer (other posts, the time of day, a plugin's tag) is taken out with a
finding; a condition on such a thing keeps its first branch.
Sources: shopify.github.io/liquid, jekyllrb.com/docs/liquid, `liquid/tags/*.rb`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.markup import context
from feedsvc.markup.liquid import reader
from feedsvc.markup.liquid.filters import FILTERS
from feedsvc.markup.liquid.site_filters import SITE_FILTERS
from feedsvc.markup.liquid.template import Block, taken_apart
from feedsvc.markup.liquid.values import LONGEST, UNKNOWN, Deferred, ExcessError, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from feedsvc.markup.context import Context
    from feedsvc.markup.liquid.expressions import Expression, Given
    from feedsvc.markup.liquid.template import Node, Place, Template, Token

_COST = 2_000_000  # about as many microseconds
_NODE = 8
_OUTPUT = 2_000_000  # characters
_DEPTH = 60  # blocks and includes within each other
_SHOWN = 60  # characters of a tag that a finding names


class Rules(NamedTuple):
    """What tags do: those of Liquid, then those of plugins, each by name."""

    blocks: Mapping[str, Callable[[Machine, Block, list[str]], None]]
    tags: Mapping[str, Callable[[Machine, Token, list[str]], None]]
    plugin_blocks: Mapping[str, Callable[[str, str, Context], str]]
    plugin_tags: Mapping[str, Callable[[str, Context], str | None]]


class Machine:
    """One body being rendered."""

    def __init__(
        self, around: Context, known: Mapping[str, object], rules: Rules, *, opened: bool
    ) -> None:
        """`known` are the values by name; `opened`: there may be others besides."""
        self.around = around
        self.rules = rules
        self.known = dict(known)
        self.opened = opened
        self.scopes: list[dict[str, object]] = [{}]
        self.interrupt = ""  # "break" or "continue" while one is on its way to its loop
        self.counters: dict[str, int] = {}
        self.offsets: dict[str, int] = {}  # where a loop left off, by what it walked through
        self.place: Place | None = None  # of the include that is being rendered, in the post
        self.template: Template = taken_apart("")
        self._cost = _COST
        self._room = _OUTPUT
        self._depth = 0

    def whole(self, source: str) -> str:
        """What a body comes to; as far as its bounds allow."""
        parts: list[str] = []
        self.template = taken_apart(source)
        try:
            self.run(self.template.nodes, parts)
        except ExcessError:
            self.around.remarks.add("body-too-complex", "grows without bound")
        return "".join(parts)

    def run(self, nodes: list[Node], parts: list[str]) -> None:
        """Add what `nodes` come to. Raises ExcessError."""
        self._depth += 1
        if self._depth > _DEPTH:
            raise ExcessError
        for node in nodes:
            self.charge(_NODE)
            if isinstance(node, Block):
                self.charge_reading(node.tag.args)
                self._block(node, parts)
            elif node.name is None:
                self.add(node.args, parts)
            else:
                self.charge_reading(node.args)
                show = self._tag if node.name else self._output
                show(node, parts)
            if self.interrupt:
                break
        self._depth -= 1

    def inner(self, nodes: list[Node]) -> str:
        """What `nodes` come to, apart. Raises ExcessError."""
        parts: list[str] = []
        self.run(nodes, parts)
        return "".join(parts)

    def add(self, piece: str, parts: list[str]) -> None:
        """Add to the output. Raises ExcessError where there is no room for it."""
        self._room -= len(piece)
        if self._room < 0:
            raise ExcessError
        parts.append(piece)

    def charge(self, cost: int) -> None:
        """Count what something costs. Raises ExcessError when it is too much."""
        self._cost -= cost
        if self._cost < 0:
            raise ExcessError

    def charge_reading(self, expression: str) -> None:
        """Count what it costs to read an expression, which is kept where it is short."""
        length = len(expression)
        self.charge(1 + (length >> 4) if length <= reader.SHORT else 2 * length)

    # -- values --------------------------------------------------------------------------------

    def variable(self, name: str) -> object:
        """The value of a name: what the template set, else what is known of post and site."""
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        if name not in self.known:
            return UNKNOWN if self.opened else None
        value = self.known[name]
        if isinstance(value, Deferred):
            value = self.known[name] = value.value
        return value

    def filtered(self, name: str, value: object, given: Given) -> object:
        """What a filter makes of a value; UNKNOWN where there is no such filter here."""
        if value is UNKNOWN or UNKNOWN in given.values or UNKNOWN in given.named.values():
            return UNKNOWN
        self.charge(_cost_of(value) + sum(map(_cost_of, given.values)))
        try:
            if rule := SITE_FILTERS.get(name):
                made = rule(value, given, self)
            elif plain := FILTERS.get(name):
                made = plain(value, given)
            else:
                return UNKNOWN
        except (ArithmeticError, IndexError, TypeError, ValueError):
            return UNKNOWN
        return made[:LONGEST] if isinstance(made, str) else made

    def within(self, name: str, value: object, expression: Expression) -> object:
        """The value of `expression` where `name` stands for `value`."""
        self.charge(_NODE)
        with self.scope({name: value}):
            return expression.of(self)

    @contextmanager
    def scope(self, values: dict[str, object]) -> Iterator[None]:
        """Names that hold within a block or an include."""
        self.scopes.append(values)
        try:
            yield
        finally:
            self.scopes.pop()

    # -- nodes ---------------------------------------------------------------------------------

    def _output(self, token: Token, parts: list[str]) -> None:
        value = reader.filtered(token.args).of(self)
        if value is UNKNOWN:
            self.note(token)
        elif value is not None:
            shown = text(value)
            self.charge(len(shown) >> 6)
            self.add(shown, parts)

    def _block(self, block: Block, parts: list[str]) -> None:
        rule = self.rules.blocks.get(block.tag.name or "")
        if rule is not None:
            made: list[str] = [] if block.blank else parts
            rule(self, block, made)
            return
        inner = self.inner(block.branches[0].nodes)
        plugin = self.rules.plugin_blocks[block.tag.name or ""]
        shown = plugin(block.tag.args, inner, self.around)
        # CommonMark reads on in an HTML block until a blank line
        self.add(f"{shown}\n" if shown.endswith(">") else shown, parts)

    def _tag(self, token: Token, parts: list[str]) -> None:
        name = token.name or ""
        if name in ("break", "continue"):
            self.interrupt = name
        elif rule := self.rules.tags.get(name):
            rule(self, token, parts)
        elif (made := self._plugin(token)) is not None:
            self.add(self.framed(made, token), parts)
        elif not name.startswith("end"):
            self.note(token)

    def _plugin(self, token: Token) -> str | None:
        rule = self.rules.plugin_tags.get(token.name or "")
        return None if rule is None else rule(token.args, self.around)

    def framed(self, made: str, token: Token) -> str:
        """`made` set apart where it takes the place of a whole line."""
        return context.framed(made, self.template.text, token.start, token.end)

    def note(self, token: Token) -> None:
        """Tell that something was taken out."""
        source = self.template.text
        shown = " ".join(source[token.start : token.end][: _SHOWN * 8].split())
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        self.around.remarks.add("liquid-removed", shown, *(self.place or (source, token.start)))


def _cost_of(value: object) -> int:
    if isinstance(value, str):
        return 1 + (len(value) >> 4)
    if isinstance(value, list):
        return 2 * len(value) + sum(len(one) >> 4 for one in value if isinstance(one, str))
    return 1 + (2 * len(value) if isinstance(value, dict | range) else 0)
