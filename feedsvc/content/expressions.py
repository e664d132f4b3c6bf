"""Liquid expressions: a value and its filters, as far as a post alone can answer them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.content.context import Context
    from feedsvc.model import JSON

    Filter = Callable[[str | None, list[str], Context], str | None]

LONGEST = 20_000
"""Characters that a value may have: one that doubles itself at each step shall not fill memory."""
_REPLACED = 2_000
_SEGMENT = re.compile(r"""(?:"[^"]*"|'[^']*'|[^|"'])+""")
_ARGUMENT = re.compile(r"""[^\s,"']+|"[^"]*"|'[^']*'""")
_OUTPUT = re.compile(r"\{\{(.*?)\}\}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def evaluate(expression: str, around: Context) -> str | None:
    """The text of an expression; None where it asks for more than a post can say of itself."""
    value, *filters = _SEGMENT.findall(expression) or [""]
    result = _value(value.strip(), around)
    for one in filters:
        name, _, rest = one.strip().partition(":")
        rule = _FILTERS.get(name.strip())
        if rule is None:
            return None
        arguments = [_value(word, around) or "" for word in _ARGUMENT.findall(rest)]
        result = rule(result, arguments, around)
    return result[:LONGEST] if result else result


def interpolated(text: str, around: Context) -> str:
    """`text` with the outputs in it evaluated."""
    return _OUTPUT.sub(lambda match: evaluate(match[1].strip(), around) or "", text)


def _value(word: str, around: Context) -> str | None:
    if len(word) >= 2 and word[0] == word[-1] and word[0] in "\"'":
        return word[1:-1]
    if _NUMBER.fullmatch(word):
        return word
    if word in around.variables:
        return _text(around.variables[word])
    owner, _, name = word.partition(".")
    if owner == "site":
        return _of_site(name, around)
    return _of_post(name, around) if owner in ("page", "post") else None


def _of_site(name: str, around: Context) -> str | None:
    site = around.settings.site
    known = {
        "url": f"{urlsplit(site.url).scheme}://{urlsplit(site.url).netloc}",
        "baseurl": urlsplit(site.url).path.rstrip("/"),
        "title": site.title,
        "name": site.title,
        "description": site.subtitle,
    }
    return known[name] if name in known else _text(around.site_variables.get(name))


def _of_post(name: str, around: Context) -> str | None:
    post = around.post
    known = {
        "title": post.title,
        "url": urlsplit(post.permalink).path,
        "id": post.id,
        "slug": post.slug,
        "path": post.path,
        "date": post.published.astimezone(around.settings.site.zone).isoformat(" "),
        "author": ", ".join(author.name for author in post.authors),
        "image": post.image,
    }
    return known[name] if known.get(name) else _text(post.extra.get(name))


def _text(value: JSON) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None


def _plain(change: Callable[[str], str]) -> Filter:
    return lambda value, _arguments, _around: None if value is None else change(value)


def _with(change: Callable[[str, str], str]) -> Filter:
    def rule(value: str | None, arguments: list[str], _around: Context) -> str | None:
        return change(value, arguments[0]) if value is not None and arguments else None

    return rule


def _relative(value: str | None, _arguments: list[str], around: Context) -> str | None:
    return None if value is None else around.relative_url(value)


def _absolute(value: str | None, _arguments: list[str], around: Context) -> str | None:
    return None if value is None else around.absolute_url(value)


def _default(value: str | None, arguments: list[str], _around: Context) -> str | None:
    return value or (arguments[0] if arguments else None)


def _replace(value: str | None, arguments: list[str], _around: Context) -> str | None:
    if value is None or len(arguments) != 2 or not arguments[0] or len(value) > _REPLACED:
        return None
    return value.replace(arguments[0], arguments[1])


def _date(value: str | None, arguments: list[str], around: Context) -> str | None:
    from datetime import datetime

    try:
        instant = datetime.fromisoformat(value or "")
        return instant.astimezone(around.settings.site.zone).strftime(arguments[0])
    except (ValueError, IndexError, OverflowError):
        return None


_FILTERS: dict[str, Filter] = {
    "relative_url": _relative,
    "absolute_url": _absolute,
    "prepend": _with(lambda value, other: other + value),
    "append": _with(lambda value, other: value + other),
    "remove": _with(lambda value, other: value.replace(other, "")),
    "default": _default,
    "replace": _replace,
    "date": _date,
    "escape": _plain(escape),
    "xml_escape": _plain(escape),
    "cgi_escape": _plain(lambda value: quote(value, safe="")),
    "uri_escape": _plain(lambda value: quote(value, safe="/:?#[]@!$&'()*+,;=%-._~")),
    "url_encode": _plain(lambda value: quote(value, safe="")),
    "upcase": _plain(str.upper),
    "downcase": _plain(str.lower),
    "capitalize": _plain(str.capitalize),
    "strip": _plain(str.strip),
    "markdownify": _plain(str),
    "strip_newlines": _plain(lambda value: value.replace("\n", "")),
}
