"""The filters that Jekyll adds to Liquid's, and Eleventy's `url`.

Sources: `jekyll/filters.rb`, jekyllrb.com/docs/liquid; 11ty.dev/docs/filters/url.

`sample` is a matter of chance and `sassify` one of style sheets: neither is here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, quote_plus

from feedsvc.markup.liquid.date_filters import DATE_FILTERS
from feedsvc.markup.liquid.filters import whole
from feedsvc.markup.liquid.query_filters import QUERY_FILTERS, Evaluation
from feedsvc.markup.liquid.values import (
    UNKNOWN,
    ExcessError,
    elements,
    inspected,
    item,
    number,
    resolved,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.context import Context
    from feedsvc.markup.liquid.expressions import Given


class SiteScope(Evaluation, Protocol):
    """What these filters ask of the template besides."""

    around: Context


_CJK = r"\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_CJK_WORD = re.compile(rf"[^{_CJK}\s]+")
_KEPT = {
    "default": re.compile(r"[^\w]+"),
    "pretty": re.compile(r"[^\w._~!$&'()+,;=@]+"),
    "ascii": re.compile(r"[^A-Za-z0-9]+"),
    "latin": re.compile(r"[^\w]+"),
    "raw": re.compile(r"\s+"),
}
_INDEX = re.compile(r"/index\.html?$")


def _url(
    make: Callable[[Context], Callable[[str], str]],
) -> Callable[[object, Given, SiteScope], object]:
    def rule(value: object, _given: Given, scope: SiteScope) -> object:
        if value is None:
            return None
        held = text(item(value, "url") if isinstance(value, Mapping) else value)
        return make(scope.around)(held)

    return rule


def _prefixed(value: object, _given: Given, scope: SiteScope) -> object:
    """Eleventy's `url`: what begins with a slash is below the site's path."""
    if scope.around.settings.engine != "eleventy":
        return UNKNOWN
    held = text(value) or "/"
    rooted = held.startswith("/") and not held.startswith("//")
    return scope.around.relative_url(held) if rooted else held


def _markdownify(value: object, _given: Given, scope: SiteScope) -> object:
    from feedsvc.markup import bounds, extras, markdown
    from feedsvc.markup.kramdown.additions import render

    held = text(value)
    if bounds.markdown_excess(held):
        raise ExcessError
    around = scope.around
    return markdown.to_html(render(held, around), extras.of(around.settings))[0]


def _slugify(value: object, given: Given, scope: SiteScope) -> object:  # noqa: ARG001
    if value is None:
        return None
    mode = text(given.values[0]) if given.values else "default"
    held = text(value)
    if mode == "none":
        return held.lower()
    if mode == "latin":
        decomposed = unicodedata.normalize("NFKD", held)
        held = "".join(one for one in decomposed if not unicodedata.combining(one))
    if mode not in _KEPT:
        mode = "default"
    if mode in ("default", "latin"):
        held = held.replace("_", "-")
    return _KEPT[mode].sub("-", held).strip("-").lower()


def _words(value: object, given: Given, scope: SiteScope) -> object:  # noqa: ARG001
    held = text(value)
    mode = given.values[0] if given.values else None
    signs = len(_CJK_CHARACTER.findall(held)) if mode in ("cjk", "auto") else 0
    if not signs and mode != "cjk":
        return len(held.split())
    return signs + len(_CJK_WORD.findall(held))


def _sentence(value: object, given: Given, scope: SiteScope) -> object:  # noqa: ARG001
    words = [text(one) for one in elements(value)]
    joint = text(given.values[0]) if given.values else "and"
    if len(words) < 3:
        return f" {joint} ".join(words)
    return f"{', '.join(words[:-1])}, {joint} {words[-1]}"


def _json(value: object, given: Given, scope: SiteScope) -> object:  # noqa: ARG001
    inspected(value)  # which tells whether it is too much
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    value = resolved(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    known = value is None or isinstance(value, str | int | float)
    return value if known else text(value)


def _changed(
    change: Callable[[list[object], object], list[object]],
) -> Callable[[object, Given, SiteScope], object]:
    def rule(value: object, given: Given, _scope: SiteScope) -> object:
        argument = given.values[0] if given.values else 1
        return change(value, argument) if isinstance(value, list) else value

    return rule


def _plainly(change: Callable[[object], object]) -> Callable[[object, Given, SiteScope], object]:
    return lambda value, _given, _scope: change(value)


def _whole(value: object) -> object:
    return int(value) if isinstance(value, bool) else int(number(value))


def _without_index(value: object) -> object:
    return _INDEX.sub("/", text(value)) if value not in (None, "") else None


SITE_FILTERS: dict[str, Callable[[object, Given, SiteScope], object]] = {
    **DATE_FILTERS,
    **QUERY_FILTERS,
    "absolute_url": _url(lambda around: around.absolute_url),
    "relative_url": _url(lambda around: around.relative_url),
    "url": _prefixed,
    "markdownify": _markdownify,
    "slugify": _slugify,
    "number_of_words": _words,
    "array_to_sentence_string": _sentence,
    "jsonify": _json,
    "smartify": _plainly(text),
    "xml_escape": _plainly(lambda value: escape(text(value)).replace("&#x27;", "'")),
    "cgi_escape": _plainly(lambda value: quote_plus(text(value))),
    "uri_escape": _plainly(lambda value: quote(text(value), safe="/:?#[]@!$&'()*+,;=%-._~")),
    "normalize_whitespace": _plainly(lambda value: " ".join(text(value).split())),
    "to_integer": _plainly(_whole),
    "strip_index": _plainly(_without_index),
    "inspect": _plainly(lambda value: escape(inspected(value))),
    "push": _changed(lambda held, one: [*held, one]),
    "unshift": _changed(lambda held, one: [one, *held]),
    "pop": _changed(lambda held, count: held[: max(0, len(held) - whole(count))]),
    "shift": _changed(lambda held, count: held[whole(count) :]),
}
