"""The shortcodes that a Hugo site defines itself, `layouts/shortcodes/NAME.html`.

Source: gohugo.io/templates/shortcode.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup.beside import Sources
from feedsvc.markup.evaluated import UnsupportedError
from feedsvc.markup.nesting import DEPTH, Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedsvc.markup.beside import Folder
    from feedsvc.markup.calls import Call
    from feedsvc.markup.context import Context
    from feedsvc.markup.hugo.functions import Page, ShortcodeCall
    from feedsvc.settings import Settings


# what would be a truth or a number without its quotes
_QUOTED = re.compile(r"([\"`])(true|false|-?\d{1,15})(?=\1)")


def places(name: str, settings: Settings) -> Iterator[str]:
    """Where the template of a shortcode may lie, relative to the site: its own, then a theme's."""
    themes = settings.engine_options.get("themes")
    above = [f"themes/{theme}/" for theme in themes] if isinstance(themes, list) else []
    for folder in ("", *above):
        for kind in ("_shortcodes", "shortcodes"):
            yield f"{folder}layouts/{kind}/{name}.html"


def sources(calls: Iterable[Call], settings: Settings, folder: Folder) -> Sources:
    """The templates of the shortcodes that a body calls."""
    names = dict.fromkeys(call.name for call in calls if call.name and _is_plain(call.name))
    paths = [path for name in names for path in places(name, settings)]
    return Sources(tuple(paths), ()) if any(map(folder.read, paths)) else Sources((), ())


def _is_plain(name: str) -> bool:
    return name.replace("-", "").replace("_", "").replace("/", "").isalnum() and ".." not in name


def template(name: str, around: Context) -> str | None:
    """The template that the site has for a shortcode."""
    for path in places(name, around.settings):
        if path in around.beside.paths and (data := around.beside.read(path)) is not None:
            return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return None


def pairs(calls: list[Call]) -> list[Pair]:
    """Calls in order, those that enclose something with what they enclose; no end tags of these."""
    ends: dict[int, Call] = {}
    waiting: list[int] = []
    for index, call in enumerate(calls):
        if not call.closing:
            waiting.append(index)
            continue
        for place in range(len(waiting) - 1, max(-1, len(waiting) - DEPTH), -1):
            if calls[waiting[place]].name == call.name:
                ends[waiting[place]] = call
                del waiting[place:]
                break
    found: list[Pair] = []
    around: list[Pair] = []  # those that enclose the next one, the outermost first
    counts = [0]  # of those found in each of these, and outside of all
    used = {end.start for end in ends.values()}
    for index, call in enumerate(calls):
        if call.closing:
            if call.start not in used:
                found.append(Pair(call, None, call.end))
            continue
        while around and around[-1].end <= call.start:
            around.pop()
            counts.pop()
        end = ends.get(index)
        inner, last = ((call.end, end.start), end.end) if end is not None else (None, call.end)
        pair = Pair(call, inner, last, around[-1] if around else None, counts[-1])
        counts[-1] += 1
        found.append(pair)
        if inner is not None:
            around.append(pair)
            counts.append(0)
    return found


def evaluated(pair: Pair, inner: str, text: str, around: Context) -> str | None:
    """What the site's own template makes of a call; None where it has none that is simple."""
    source = template(pair.call.name, around)
    if source is None:
        return None
    from feedsvc.markup.hugo import evaluation, functions, templates  # which most sites do not need

    nodes = templates.parsed(source)
    if nodes is None:
        return None
    page = functions.Page(around, functions.Site(around))
    call = _called(pair, inner, text, page)
    left = around.kept.get("steps", evaluation.STEPS)
    assert isinstance(left, int)
    run = evaluation.Evaluation(call, functions.functions(page), left)
    try:
        return run.whole(nodes)
    except (UnsupportedError, RecursionError):
        return None
    finally:
        around.kept["steps"] = run.steps


def was_given(pair: Pair, around: Context) -> bool:
    """Whether the shortcodes in a call put anything on its scratch pad."""
    pad = around.kept.get(_pad(pair))
    if pad is None:
        return False
    from feedsvc.markup.hugo.scratch import Scratch

    return isinstance(pad, Scratch) and pad.some


def _pad(pair: Pair) -> str:
    return f"shortcode {pair.call.start}"


def _called(pair: Pair, inner: str, text: str, page: Page) -> ShortcodeCall:
    """A call as templates see it; of those around it they do not see what these enclose."""
    from feedsvc.markup.hugo.functions import ShortcodeCall

    def parent() -> ShortcodeCall | None:
        return None if pair.parent is None else _called(pair.parent, "", text, page)

    return ShortcodeCall(
        pair.call.name,
        *_typed(pair.call, text),
        inner,
        page,
        pair.ordinal,
        page.pad(_pad(pair)),
        parent,
        pair.call.deindented,
    )


def _typed(call: Call, text: str) -> tuple[tuple[object, ...], dict[str, object]]:
    """The arguments; those without quotes may be numbers and truths."""
    quoted = {match[2] for match in _QUOTED.finditer(text, call.start, call.end)}

    def typed(value: str) -> object:
        if value in quoted:
            return value
        if value in ("true", "false"):
            return value == "true"
        digits = value.removeprefix("-")
        return int(value) if digits.isdecimal() and len(digits) < 16 else value

    return tuple(map(typed, call.positional)), {key: typed(one) for key, one in call.named.items()}
