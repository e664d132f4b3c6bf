"""The filters of Liquid itself. Source: `liquid/standardfilters.rb`.

A filter is given a value and the arguments; it raises TypeError or ValueError for what Ruby would
refuse, and the output it stands in is removed.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, unquote_plus

from feedsvc.markup.liquid.comparison import truth
from feedsvc.markup.liquid.list_filters import LIST_FILTERS
from feedsvc.markup.liquid.values import LONGEST, ExcessError, bounded, number, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.liquid.expressions import Given

_ESCAPABLE = re.compile(r"[\"'<>]|&(?!(?:[a-zA-Z]+|#\d+);)")


def _of_text(change: Callable[[str], object]) -> Callable[[object, Given], object]:
    return lambda value, _given: change(text(value))


def _with_text(change: Callable[[str, str], object]) -> Callable[[object, Given], object]:
    def rule(value: object, given: Given) -> object:
        return change(text(value), text(given.values[0]))

    return rule


def _calculated(change: Callable[[float, float], float]) -> Callable[[object, Given], object]:
    def rule(value: object, given: Given) -> object:
        return bounded(change(number(value), number(given.values[0])))

    return rule


def whole(value: object) -> int:
    """An argument that counts something. Raises TypeError or ValueError for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("no number")
    return max(-LONGEST, min(LONGEST, int(value)))


def _size(value: object, _given: Given) -> object:
    return len(value) if isinstance(value, str | list | Mapping | range) else 0


def _slice(value: object, given: Given) -> object:
    start = whole(given.values[0])
    length = whole(given.values[1]) if len(given.values) > 1 else 1
    held = value if isinstance(value, list) else text(value)
    start += len(held) if start < 0 else 0
    return held[start : start + length] if start >= 0 and length >= 0 else held[:0]


def _truncate(value: object, given: Given) -> object:
    if value is None:
        return None
    held = text(value)
    length = whole(given.values[0]) if given.values else 50
    tail = text(given.values[1]) if len(given.values) > 1 else "..."
    return held[: max(0, length - len(tail))] + tail if len(held) > length else held


def _truncate_words(value: object, given: Given) -> object:
    if value is None:
        return None
    count = max(1, whole(given.values[0]) if given.values else 15)
    tail = text(given.values[1]) if len(given.values) > 1 else "..."
    words = text(value).split()
    return " ".join(words[:count]) + tail if len(words) > count else text(value)


def _split(value: object, given: Given) -> object:
    held, separator = text(value), text(given.values[0])
    if separator == " ":
        return list(held.split())
    parts = held.split(separator) if separator else list(held)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def without(held: str, opening: str, closing: str) -> str:
    """`held` without all from each `opening` to the next `closing`."""
    parts: list[str] = []
    position = 0
    while (start := held.find(opening, position)) >= 0:
        end = held.find(closing, start + len(opening))
        if end < 0:
            break
        parts.append(held[position:start])
        position = end + len(closing)
    return "".join([*parts, held[position:]])


def strip_html(held: str) -> str:
    """`held` without tags, and without what scripts and style sheets hold."""
    for opening, closing in (("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")):
        held = without(held, opening, closing)
    return without(held, "<", ">")


def _replace(value: object, given: Given) -> object:
    return _replaced(value, given, -1)


def _replace_first(value: object, given: Given) -> object:
    return _replaced(value, given, 1)


def _replaced(value: object, given: Given, times: int) -> str:
    held, old = text(value), text(given.values[0])
    new = text(given.values[1]) if len(given.values) > 1 else ""
    found = held.count(old) if times < 0 else times
    if len(held) + found * len(new) > LONGEST:
        raise ExcessError
    return held.replace(old, new, times)


def _divided(left: float, right: float) -> float:
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    return left / right


def _round(value: object, given: Given) -> object:
    held = number(value)
    digits = whole(given.values[0]) if given.values else 0
    if not -30 <= digits <= 30:
        raise ValueError("too many digits")
    # Ruby rounds half away from zero
    scale = 10.0**digits
    made = math.copysign(math.floor(abs(held) * scale + 0.5) / scale, held)
    return made if digits > 0 else int(made)


def _default(value: object, given: Given) -> object:
    empty = value is None or (isinstance(value, str | list | Mapping) and not value)
    if value is False:
        empty = not truth(given.named.get("allow_false", False))
    return given.values[0] if empty and given.values else value


def _decoded(value: str) -> str:
    return base64.b64decode(value, validate=True).decode()


def _escaped(value: str) -> str:
    return escape(value).replace("&#x27;", "&#39;")


def _capitalized(value: str) -> str:
    return value[:1].upper() + value[1:].lower()


FILTERS: dict[str, Callable[[object, Given], object]] = {
    **LIST_FILTERS,
    "size": _size,
    "downcase": _of_text(str.lower),
    "upcase": _of_text(str.upper),
    "capitalize": _of_text(_capitalized),
    "escape": _of_text(_escaped),
    "h": _of_text(_escaped),
    "escape_once": _of_text(lambda value: _ESCAPABLE.sub(lambda found: _escaped(found[0]), value)),
    "url_encode": _of_text(quote_plus),
    "url_decode": _of_text(lambda value: unquote_plus(value, errors="strict")),
    "base64_encode": _of_text(lambda value: base64.b64encode(value.encode()).decode()),
    "base64_decode": _of_text(_decoded),
    "slice": _slice,
    "truncate": _truncate,
    "truncatewords": _truncate_words,
    "split": _split,
    "strip": _of_text(str.strip),
    "lstrip": _of_text(str.lstrip),
    "rstrip": _of_text(str.rstrip),
    "strip_html": _of_text(strip_html),
    "strip_newlines": _of_text(lambda value: value.replace("\r\n", "").replace("\n", "")),
    "newline_to_br": _of_text(lambda value: value.replace("\r\n", "\n").replace("\n", "<br />\n")),
    "replace": _replace,
    "replace_first": _replace_first,
    "remove": _with_text(lambda value, other: value.replace(other, "") if other else value),
    "remove_first": _with_text(lambda value, other: value.replace(other, "", 1)),
    "append": _with_text(lambda value, other: value + other),
    "prepend": _with_text(lambda value, other: other + value),
    "abs": lambda value, _given: abs(number(value)),
    "plus": _calculated(lambda left, right: left + right),
    "minus": _calculated(lambda left, right: left - right),
    "times": _calculated(lambda left, right: left * right),
    "divided_by": _calculated(_divided),
    "modulo": _calculated(lambda left, right: left % right),
    "at_least": _calculated(max),
    "at_most": _calculated(min),
    "round": _round,
    "ceil": lambda value, _given: math.ceil(number(value)),
    "floor": lambda value, _given: math.floor(number(value)),
    "default": _default,
}
