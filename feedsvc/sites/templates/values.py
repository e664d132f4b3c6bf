"""The pattern of an entry's id, as JSON, and what it becomes for one post.

A pattern is a list of parts, put together in their order. A part is text; or a value,
`{"value": NAME, "filters": [[NAME, ARGUMENT, …], …]}`; or a choice,
`{"if": VALUE, "then": PATTERN, "else": PATTERN}`, of the first where the value says something.

The names are the same for all engines: `url` (the path of the post's page below the site),
`relative` (below the host), `permalink`, `id` (what Jekyll calls so), `absolute_id`, `date`,
`title`, `slug`, `origin` (the site's address without its path), `base` (that path), `root` (both),
and `field NAME` for what front matter says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_DIRECTIVE = re.compile(r"%([-0]?)(:?)(.)", re.DOTALL)
_SIMPLE = {
    "Y": "{0.year:04d}", "m": "{0.month:02d}", "d": "{0.day:02d}", "H": "{0.hour:02d}",
    "M": "{0.minute:02d}", "S": "{0.second:02d}", "F": "{0.year:04d}-{0.month:02d}-{0.day:02d}",
    "T": "{0.hour:02d}:{0.minute:02d}:{0.second:02d}",
}  # fmt: skip
XML_SCHEMA = "%Y-%m-%dT%H:%M:%S%:z"


def fill(pattern: list[Any], value: Callable[[str], str | datetime]) -> str:
    """The id, "" where the pattern asks for what cannot be had.

    `value` gives the values by their names, "" for what the post does not say.
    """
    try:
        return "".join(_part(part, value) for part in pattern)
    except _CannotError:
        return ""


class _CannotError(ValueError):
    pass


def _part(part: Any, value: Callable[[str], str | datetime]) -> str:
    if isinstance(part, str):
        return part
    if "if" in part:
        chosen = part["then"] if _said(part["if"], value) else part["else"]
        return "".join(_part(one, value) for one in chosen)
    return _said(part, value)


def _said(part: dict[str, Any], value: Callable[[str], str | datetime]) -> str:
    said = value(part["value"])
    for name, *arguments in part.get("filters", ()):
        said = _FILTERS[name][1](said, *arguments)
    if not isinstance(said, str):
        raise _CannotError  # an instant that is not put in words
    return said


def worded(instant: datetime, form: str) -> str:
    """An instant by strftime's directives in figures; "" where `form` has others."""
    try:
        return _date(instant, form)
    except _CannotError:
        return ""


def _date(said: str | datetime, form: str) -> str:
    if isinstance(said, str):
        raise _CannotError
    return _DIRECTIVE.sub(lambda match: _directive(match, said), form)


def _directive(match: re.Match[str], instant: datetime) -> str:
    bare, colon, letter = match.groups()
    if letter == "z":
        offset = instant.strftime("%z") or "+0000"
        return f"{offset[:3]}:{offset[3:5]}" if colon else offset[:5]
    if letter == "s":
        return str(int(instant.timestamp()))
    if letter == "%":
        return "%"
    if letter not in _SIMPLE:
        raise _CannotError
    text = _SIMPLE[letter].format(instant)
    return text.lstrip("0") or "0" if bare == "-" else text


def _text(said: str | datetime) -> str:
    if isinstance(said, str):
        return said
    raise _CannotError


_FILTERS: dict[str, tuple[int, Callable[..., str]]] = {
    "date": (1, _date),
    "replace": (2, lambda said, old, new: _text(said).replace(old, new)),
    "replace_first": (2, lambda said, old, new: _text(said).replace(old, new, 1)),
    "without_end": (1, lambda said, end: _text(said).removesuffix(end)),
    "without_start": (1, lambda said, start: _text(said).removeprefix(start)),
    "lower": (0, lambda said: _text(said).lower()),
}
FILTERS = {name: count for name, (count, _) in _FILTERS.items()}
"""How many arguments each filter takes."""
