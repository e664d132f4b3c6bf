"""Where Nikola's names of posts lead: by slug (`link://slug/x`, `:doc:`) or by file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.posts.paths import FilePath
from feedsvc.posts.references import TITLE
from feedsvc.sites.nikola.names import slugify

if TYPE_CHECKING:
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

SLUG = "slug"
FILENAME = "filename"
_DAY = re.compile(r"\d{4}-?\d\d-?\d\d[-_]")


def find(reference: Reference, shelf: Shelf, settings: Settings) -> str | None:
    """The post that is meant.

    Only metadata tells a slug for certain; mostly it is the name of the file, which Nikola makes of
    it, with or without the day before.
    """
    if reference.kind == FILENAME:
        return shelf.first([reference.name]) or _page(reference, settings)
    if reference.kind not in (SLUG, TITLE):
        return None
    wanted = slugify(reference.name, {})
    found = shelf.by(_slug).get(wanted) or shelf.by(_undated).get(wanted)
    if found:
        return found[0]
    return _page(reference, settings) if reference.kind == SLUG else None


def page_title(slug: str, settings: Settings) -> str:
    """The title of the page that is called so, "" where there is none."""
    return next((one[3] for one in _pages(settings) if one[1] == slug), "")


def _page(reference: Reference, settings: Settings) -> str | None:
    """The URL of a page that is no post."""
    at = 0 if reference.kind == FILENAME else 1
    named = next((one for one in _pages(settings) if one[at] == reference.name), None)
    return f"{settings.site.url}{named[2]}" if named else None


def _pages(settings: Settings) -> list[list[str]]:
    known: Any = settings.engine_options.get("pages")
    return known or []


def _slug(path: str) -> str:
    return slugify(FilePath.of(path).stem, {})


def _undated(path: str) -> str:
    name = _slug(path)
    return name[match.end() :] if (match := _DAY.match(name)) else name
