"""Zola's shortcodes in a body: the site's own templates where they are simple, else what is known.

All shortcodes of Zola are the site's or its theme's own, `templates/shortcodes/NAME.html` or `.md`.
Source: getzola.org/documentation/content/shortcodes.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc.markup import shortcodes
from feedsvc.markup.beside import Sources
from feedsvc.markup.evaluated import UnsupportedError
from feedsvc.markup.nesting import Made, Pair, Rendering
from feedsvc.markup.syntax import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.nodes import Template

    from feedsvc.markup.beside import Folder
    from feedsvc.markup.calls import Call
    from feedsvc.markup.context import Context
    from feedsvc.markup.zola.functions import Environment
    from feedsvc.model import Post
    from feedsvc.settings import Settings

_CALL = re.compile(r"\{[{%]\s*\w+\s*\((.*)\)\s*[%}]\}", re.DOTALL)
_ARGUMENT = re.compile(r"\s*([A-Za-z_]\w*)\s*=\s*")
_LITERAL = re.compile(
    r"""\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|(true|false)\b|(-?\d{1,15}\.\d{1,15})|(-?\d{1,15}))\s*"""
)
_COMMA = re.compile(r"\s*,?\s*")


def render(text: str, around: Context) -> str:
    """`text` without shortcodes."""
    calls = _Calls(text, around)
    found = _pairs(list(shortcodes.zola_calls(text)), text)
    return Rendering(text, around, found, shortcodes.BLOCKS, calls.made).whole()


def sources(text: str, _post: Post, settings: Settings, folder: Folder) -> Sources:
    """The templates of the shortcodes in `text`."""
    names = dict.fromkeys(call.name for call in shortcodes.zola_calls(text) if not call.closing)
    paths = [path for name in names if name for path in _places(name, settings)]
    return Sources(tuple(paths), ()) if any(map(folder.read, paths)) else Sources((), ())


RULE = Rule(render, ("{{", "{%"), sources=sources)


def _places(name: str, settings: Settings) -> Iterator[str]:
    """Where the template of a shortcode may lie: the site's own, then the theme's."""
    theme = settings.engine_options.get("theme")
    for above in ("", *([f"themes/{theme}/"] if theme else [])):
        for suffix in (".md", ".html"):
            yield f"{above}templates/shortcodes/{name}{suffix}"


def _pairs(calls: list[Call], text: str) -> list[Pair]:
    """Calls in order, those with `{%` with what they enclose."""
    ends: dict[int, Call] = {}
    waiting: list[int] = []
    for index, call in enumerate(calls):
        if call.closing:
            if waiting:
                ends[waiting.pop()] = call
        elif call.name and text.startswith("{%", call.start):
            waiting.append(index)
    found = []
    for index, call in enumerate(calls):
        if end := ends.get(index):
            found.append(Pair(call, (call.end, end.start), end.end))
        elif not call.closing:
            found.append(Pair(call, None, call.end))
    return found


class _Calls:
    """What the site's own templates make of the calls in one body."""

    def __init__(self, text: str, around: Context) -> None:
        self._text = text
        self._around = around
        self._times: Counter[str] = Counter()

    def made(self, pair: Pair, inner: str) -> Made | None:
        """What a call comes to; None where the site has no template that is simple."""
        call = pair.call
        self._times[call.name] += 1
        template, kind = self._template(call.name)
        arguments = _arguments(self._text[call.start : call.end]) if template else None
        if template is None or arguments is None:
            return None
        body = {"body": inner.rstrip()} if pair.inner is not None else {}
        own = {**arguments, "nth": self._times[call.name], **body}
        try:
            made = self._environment.evaluated(template, own, escapes=kind == ".html")
        except UnsupportedError:
            return None
        return Made(made, is_markdown=kind == ".md")

    def _template(self, name: str) -> tuple[Template | None, str]:
        beside = self._around.beside
        for path in _places(name, self._around.settings):
            if path in beside.paths and (data := beside.read(path)) is not None:
                from feedsvc.markup.zola import templates  # which most sites do not need

                text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
                return templates.parsed(text), path[path.rindex(".") :]
        return None, ""

    @cached_property
    def _environment(self) -> Environment:
        from feedsvc.markup.zola.functions import Environment

        return Environment(self._around)


def _arguments(written: str) -> dict[str, object] | None:
    """The arguments of a call by their names; None where they cannot be read."""
    call = _CALL.fullmatch(written)
    if call is None:
        return None
    text, at = call[1], 0
    found: dict[str, object] = {}
    while name := _ARGUMENT.match(text, at):
        value = _literal(text, name.end())
        if value is None:
            return None
        found[name[1]], at = value
        at = _COMMA.match(text, at).end()  # type: ignore[union-attr]  # it always matches
    return found if not text[at:].strip() else None


def _literal(text: str, at: int) -> tuple[object, int] | None:
    """The value that begins there and where it ends; lists hold single values."""
    if text.startswith("[", at):
        items, at = [], at + 1
        while not text.startswith("]", at):
            one = _literal(text, at) if not text.startswith("[", at) else None
            if one is None:
                return None
            items.append(one[0])
            at = _COMMA.match(text, one[1]).end()  # type: ignore[union-attr]
        return items, at + 1
    match = _LITERAL.match(text, at)
    if match is None:
        return None
    *strings, truth, fraction, number = match.groups()
    words = next((one for one in strings if one is not None), None)
    if words is not None:
        return words, match.end()
    if truth:
        return truth == "true", match.end()
    return (float(fraction) if fraction else int(number)), match.end()
