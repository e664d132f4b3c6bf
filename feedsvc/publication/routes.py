"""Which paths stand for which feed in which format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc import formats
from feedsvc.feeds.values import FeedKey
from feedsvc.formats import opml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedsvc.settings import Settings
    from feedsvc.sites.engine import Layout

OPML_PATH = f"/{opml.FILENAME}"
PAGE = "page"
OPML = "opml"


class Route(NamedTuple):
    """What a path stands for: a feed in one format, its page for people, or the list of feeds."""

    form: str
    key: FeedKey


def own_paths(key: FeedKey, settings: Settings) -> dict[str, str]:
    """Return the path of a feed in each format, under feedsvc's own layout."""
    return {name: key.folder + formats.FORMATS[name].filename for name in settings.feeds.formats}


def routes(keys: Iterable[FeedKey], settings: Settings, layout: Layout) -> dict[str, Route]:
    """Return every path but the posts' own pages; an engine's paths never hide ours."""
    table = {OPML_PATH: Route(OPML, FeedKey.site())}
    extra: dict[str, Route] = {}
    for key in keys:
        if settings.site.pages != "none":
            table[key.folder] = Route(PAGE, key)
        for name, path in own_paths(key, settings).items():
            table[path] = Route(name, key)
            for other in layout.feed_paths(key, name, settings):
                extra.setdefault(other, Route(name, key))
    return {**extra, **table}
