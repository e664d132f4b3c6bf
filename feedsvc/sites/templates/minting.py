"""The id of a post in the form that the site's own feed template gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedsvc.posts import fields
from feedsvc.posts.context import once_per_site
from feedsvc.sites.templates.values import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from feedsvc.posts.context import ReadingContext
    from feedsvc.settings import Settings

OPTION = "entry_id"


def option(engine: str, pattern: list[Any] | None) -> dict[str, Any] | None:
    """What an engine's options remember of a pattern; None where there is none."""
    return {"engine": engine, "pattern": pattern} if pattern else None


def minted(
    context: ReadingContext, engine: str, own: Callable[[str], str | datetime] = lambda _name: ""
) -> str:
    """The id by the template of a site of this engine, "" where that gives none.

    `own` gives the values that only this engine knows. What nothing of the post is in, because the
    template asks for what there is not, would be the id of all, and is none.
    """
    known: Any = context.settings.engine_options.get(OPTION)
    if not known or known["engine"] != engine:
        return ""
    of_post = False

    def value(name: str) -> str | datetime:
        nonlocal of_post
        found = own(name) or _value(name, context)
        of_post = of_post or (name not in _OF_SITE and found != "")
        return found

    made = fill(known["pattern"], value)
    return made if of_post else ""


def names(settings: Settings, *keys: str) -> bool:
    """Whether the template's ids are made of one of these keys of the front matter."""
    return not _keys(settings).isdisjoint(keys)


@once_per_site
def _keys(settings: Settings) -> frozenset[str]:
    known: Any = settings.engine_options.get(OPTION)
    return frozenset(_fields(known["pattern"])) if known else frozenset()


def _fields(pattern: list[Any]) -> list[str]:
    found: list[str] = []
    for part in pattern:
        if isinstance(part, str):
            continue
        if "if" in part:
            found += _fields([part["if"], *part["then"], *part["else"]])
        elif part["value"].startswith("field "):
            found.append(part["value"].removeprefix("field "))
    return found


def _value(name: str, context: ReadingContext) -> str | datetime:
    if name.startswith("field "):
        return fields.text(context.fields.get(name.removeprefix("field "))) or ""
    return _VALUES[name](context) if name in _VALUES else ""


def _url(context: ReadingContext) -> str:
    return context.permalink.removeprefix(context.settings.site.url)


@once_per_site
def base_path(settings: Settings) -> str:
    """The path of the site's address."""
    return urlsplit(settings.site.url).path.rstrip("/")


_OF_SITE = frozenset({"root", "base", "origin"})
_VALUES: dict[str, Callable[[ReadingContext], str | datetime]] = {
    "permalink": lambda context: context.permalink,
    "url": _url,
    "relative": lambda context: base_path(context.settings) + _url(context),
    "date": lambda context: context.local,
    "title": lambda context: context.title,
    "slug": lambda context: context.slug,
    "root": lambda context: context.settings.site.url,
    "base": lambda context: base_path(context.settings),
    "origin": lambda context: context.settings.site.url.removesuffix(base_path(context.settings)),
}
