"""Which front matter keys hold a Hugo page's dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts.context import once_per_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings

# https://gohugo.io/configuration/front-matter/#dates
_DEFAULTS = {
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "lastmod": ("lastmod", "modified"),
    "publishdate": ("publishdate", "pubdate", "published", "date"),
    "expirydate": ("expirydate", "unpublishdate"),
}


def handlers(context: ReadingContext, kind: str) -> Sequence[str]:
    """The keys that `[frontmatter]` names, in order."""
    return _handlers(context.settings)[kind]


@once_per_site
def date_keys(settings: Settings) -> frozenset[str]:
    """The keys of front matter that hold dates."""
    return frozenset().union(*_handlers(settings).values())


@once_per_site
def _handlers(settings: Settings) -> dict[str, Sequence[str]]:
    given = settings.engine_options.get("dates")
    return {kind: _named(given, kind) for kind in _DEFAULTS}


def _named(given: JSON, kind: str) -> Sequence[str]:
    names = given.get(kind) if isinstance(given, dict) else None
    if not isinstance(names, list):
        return _DEFAULTS[kind]
    found: list[str] = []
    for name in (str(name).lower() for name in names):
        if name == ":default":
            found += _DEFAULTS[kind]
        elif name == ":filename" or name[:1] != ":":  # `:git` and `:fileModTime` change by machine
            found.append(name)
    return found
