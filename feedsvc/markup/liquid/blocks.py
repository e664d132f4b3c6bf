"""Liquid's own tags. Source: `liquid/tags/*.rb`.

A rule adds what its tag comes to; what the blocks hold is run by the machine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup.liquid import reader
from feedsvc.markup.liquid.comparison import equal
from feedsvc.markup.liquid.values import LONGEST, UNKNOWN, ExcessError, elements, number, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.liquid.machine import Machine
    from feedsvc.markup.liquid.template import Block, Branch, Token

_FOR = re.compile(
    r"([\w-]+)\s+in\s+(\([^()]*\)|\"[^\"]*\"|'[^']*'|(?:[^\s\[\]]|\[[^\[\]]*\])+)(.*)",
    re.DOTALL,
)
_OPTION = re.compile(r"(limit|offset|cols)\s*:\s*(\"[^\"]*\"|'[^']*'|[^\s,]+)")
_CYCLE = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[\w.-]+)\s*:\s*(.*)", re.DOTALL)
_NAME = re.compile(r"\s*[\"']?([\w-]+)")


def _if(machine: Machine, block: Block, parts: list[str]) -> None:
    wanted = block.tag.name == "if"
    for branch in block.branches:
        if branch.name == "else":
            found: object = True
        else:
            if branch.name == "elsif":
                machine.charge_reading(branch.args)
            found = reader.condition(branch.args).of(machine)
            if found is UNKNOWN:
                machine.note(block.tag)
                found = True
            elif branch.name == "unless" and not wanted:
                found = not found
        if found:
            machine.run(branch.nodes, parts)
            return


def _case(machine: Machine, block: Block, parts: list[str]) -> None:
    value = reader.filtered(block.tag.args).of(machine)
    if value is UNKNOWN:
        machine.note(block.tag)
    matched = False
    for branch in block.branches[1:]:  # what stands before the first `when` is nothing
        if branch.name == "else":
            takes = not matched
        else:
            machine.charge_reading(branch.args)
            takes = any(equal(one.of(machine), value) for one in reader.values(branch.args))
        if takes:
            matched = True
            machine.run(branch.nodes, parts)


class Loop(dict[str, object]):
    """`forloop`."""

    def __init__(self, name: str, length: int, parent: object) -> None:
        super().__init__(name=name, length=length, parentloop=parent)

    def at(self, index: int) -> None:
        """Step to the element of that index."""
        length = int(number(self["length"]))
        self.update(
            index=index + 1,
            index0=index,
            rindex=length - index,
            rindex0=length - index - 1,
            first=index == 0,
            last=index == length - 1,
        )


def _for(machine: Machine, block: Block, parts: list[str]) -> None:
    found = _walk(machine, block)
    if found is None:
        return
    name, rows = found
    if not rows:
        for branch in block.branches[1:2]:
            machine.run(branch.nodes, parts)
        return
    loop = Loop(name, len(rows), machine.variable("forloop") if _in_loop(machine) else None)
    with machine.scope({"forloop": loop}):
        for index, row in enumerate(rows):
            loop.at(index)
            machine.scopes[-1][name] = row
            if _stopped(machine, block.branches[0], parts):
                break


def _in_loop(machine: Machine) -> bool:
    return any("forloop" in scope for scope in machine.scopes)


def _stopped(machine: Machine, branch: Branch, parts: list[str]) -> bool:
    """Run the body of a loop once; whether it wants no more of it."""
    machine.run(branch.nodes, parts)
    stopped = machine.interrupt == "break"
    machine.interrupt = ""
    return stopped


def _walk(machine: Machine, block: Block) -> tuple[str, list[object]] | None:
    """The name and the elements of a loop; None for one over what is not known."""
    match = _FOR.match(block.tag.args)
    if match is None:
        machine.note(block.tag)
        return None
    name, source, rest = match.groups()
    held = reader.filtered(source).of(machine)
    options = {
        key: UNKNOWN if value == "continue" else reader.filtered(value).of(machine)
        for key, value in _OPTION.findall(rest)
    }
    if held is UNKNOWN:
        machine.note(block.tag)
        return None
    rows = elements(held)
    machine.charge(len(rows) >> 5)  # however few of these are wanted
    key = f"{name}-{source}"
    offset = options.get("offset")
    start = machine.offsets.get(key, 0) if offset is UNKNOWN else int(number(offset))
    limit = options.get("limit")
    end = len(rows) if limit in (None, UNKNOWN) else start + int(number(limit))
    rows = rows[max(0, start) : max(0, end)]
    machine.offsets[key] = max(0, start) + len(rows)
    machine.charge(len(rows))
    return name, rows[::-1] if "reversed" in rest.split() else rows


def _table_row(machine: Machine, block: Block, parts: list[str]) -> None:
    found = _walk(machine, block)
    if found is None:
        return
    name, rows = found
    columns = dict(_OPTION.findall(block.tag.args)).get("cols", "")
    width = int(number(reader.filtered(columns).of(machine))) if columns else len(rows)
    width = max(1, width)
    loop = Loop(name, len(rows), None)
    with machine.scope({"tablerowloop": loop}):
        for index, row in enumerate(rows):
            loop.at(index)
            machine.scopes[-1][name] = row
            line, column = divmod(index, width)
            before = f'<tr class="row{line + 1}">' if column == 0 else ""
            before += "\n" if index == 0 else ""
            after = "</tr>\n" if column == width - 1 or index == len(rows) - 1 else ""
            machine.add(f'{before}<td class="col{column + 1}">', parts)
            stopped = _stopped(machine, block.branches[0], parts)
            machine.add(f"</td>{after}", parts)
            if stopped:
                break


def _capture(machine: Machine, block: Block, _parts: list[str]) -> None:
    made = machine.inner(block.branches[0].nodes)
    if len(made) > LONGEST:
        raise ExcessError
    if match := _NAME.match(block.tag.args):
        machine.scopes[0][match[1]] = made


def _if_changed(machine: Machine, block: Block, parts: list[str]) -> None:
    made = machine.inner(block.branches[0].nodes)
    if machine.known.get("\0changed") != made:
        machine.known["\0changed"] = made
        machine.add(made, parts)


def _assign(machine: Machine, token: Token, _parts: list[str]) -> None:
    name, _, expression = token.args.partition("=")
    value = reader.filtered(expression.strip()).of(machine)
    if value is UNKNOWN:
        machine.note(token)
    machine.scopes[0][name.strip()] = value


def _cycle(machine: Machine, token: Token, parts: list[str]) -> None:
    match = _CYCLE.fullmatch(token.args)
    group, given = match.groups() if match else (token.args, token.args)
    found = reader.values(given)
    if found:
        at = machine.counters.get(f"cycle {group}", 0)
        machine.counters[f"cycle {group}"] = at + 1
        value = found[at % len(found)].of(machine)
        machine.add("" if value is UNKNOWN else text(value), parts)


def _counter(step: int) -> Callable[[Machine, Token, list[str]], None]:
    def rule(machine: Machine, token: Token, parts: list[str]) -> None:
        before = machine.counters.get(token.args, 0)
        machine.counters[token.args] = before + step
        machine.add(str(before if step > 0 else before + step), parts)

    return rule


def _echo(machine: Machine, token: Token, parts: list[str]) -> None:
    value = reader.filtered(token.args).of(machine)
    if value is UNKNOWN:
        machine.note(token)
    else:
        machine.add(text(value), parts)


def _nothing(_machine: Machine, _token: Token, _parts: list[str]) -> None:
    pass


RULES: dict[str, Callable[[Machine, Block, list[str]], None]] = {
    "if": _if,
    "unless": _if,
    "case": _case,
    "for": _for,
    "tablerow": _table_row,
    "capture": _capture,
    "ifchanged": _if_changed,
}
TAGS: dict[str, Callable[[Machine, Token, list[str]], None]] = {
    "assign": _assign,
    "cycle": _cycle,
    "increment": _counter(1),
    "decrement": _counter(-1),
    "echo": _echo,
    "#": _nothing,
}
