"""Tags that draw in other files, or refer to them.

Sources: `jekyll/tags/include.rb`, liquidjs.com/tags/include.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup.liquid import plugins, reader
from feedsvc.markup.liquid.names import address
from feedsvc.markup.liquid.sources import FILE, INCLUDES, REFERENCES, folders, places
from feedsvc.markup.liquid.template import Place, included
from feedsvc.markup.liquid.values import UNKNOWN, text
from feedsvc.posts.references import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.liquid.machine import Machine
    from feedsvc.markup.liquid.template import Token

_PARAMETER = re.compile(
    r"""(?<![\w-])([\w-]+)\s*[=:]\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))""",
    re.DOTALL,
)
_OUTPUT = re.compile(r"\{\{([^{}]*)\}\}")
_NEAR = 5  # pieces: two outputs and the text around them


def include(machine: Machine, token: Token, parts: list[str]) -> None:
    """Put what a file comes to in the place of the tag."""
    match = FILE.match(token.args)
    name = _evaluated(machine, match[1]) if match else ""
    found = _read(machine, token, name)
    given = _parameters(machine, match[2] if match else "")
    if found is None:
        made = plugins.included(name, given, machine.around)
        if made is None:
            machine.note(token)
        else:
            machine.add(machine.framed(made, token), parts)
        return
    before, place = machine.template, machine.place
    machine.place = place or Place(machine.template.text, token.start)
    machine.template = included(found.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    given = {key: value for key, value in given.items() if value is not UNKNOWN}
    scope: dict[str, object] = {"include": given} if given else {}
    if token.name == "render" or machine.opened:
        scope |= given
    try:
        with machine.scope(scope):
            machine.run(machine.template.nodes, parts)
    finally:
        machine.template, machine.place = before, place


def _evaluated(machine: Machine, written: str) -> str:
    def output(match: re.Match[str]) -> str:
        value = reader.filtered(match[1].strip()).of(machine)
        return "" if value is UNKNOWN else text(value)

    return _OUTPUT.sub(output, written).strip("\"'")


def _read(machine: Machine, token: Token, name: str) -> bytes | None:
    around = machine.around
    there = places(token.name or "", name, around.post.path, folders(around.settings))
    held = (around.beside.read(path) for path in there if path in around.beside.paths)
    return next((one for one in held if one is not None), None)


def _parameters(machine: Machine, written: str) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, double, single, variable in _PARAMETER.findall(written):
        if variable:
            given[name] = reader.filtered(variable).of(machine)
        else:
            given[name] = double.replace('\\"', '"') or single.replace("\\'", "'")
    return given


def link(machine: Machine, token: Token, parts: list[str]) -> None:
    """The address of a post or file: `{% link _posts/a.md %}`, `{% post_url a %}`."""
    _drop_own_address(machine, parts)
    around = machine.around
    name = _evaluated(machine, token.args.strip("\"'"))
    reference = Reference(token.name or "", name)
    if token.name == "link" and around.links.get(reference) is None and _is_static(name):
        machine.add(around.absolute_url(name), parts)
        return
    source, position = machine.place or (machine.template.text, token.start)
    machine.add(around.link(reference, name, source, position), parts)


def _drop_own_address(machine: Machine, parts: list[str]) -> None:
    """Until Jekyll 4 `{{ site.baseurl }}` stood before the tags that now give it themselves."""
    near = "".join(parts[-_NEAR:])
    url, base = address(machine.around.settings)
    for own in (f"{url}{base}", url, base):
        if own and near.endswith(own):
            parts[-_NEAR:] = [near.removesuffix(own)]
            return


def _is_static(name: str) -> bool:
    """Whether Jekyll copies a file of this name as it is (unless it has front matter)."""
    suffix = name.rpartition("/")[2].rpartition(".")[2].lower()
    return suffix != "" and not suffix.startswith(("m", "htm", "textile"))


TAGS: dict[str, Callable[[Machine, Token, list[str]], None]] = {
    **dict.fromkeys(INCLUDES, include),
    **dict.fromkeys(REFERENCES, link),
}
