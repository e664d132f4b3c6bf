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
_ARCHIVE = "archive/"
PAGE = "page"
OPML = "opml"


class Route(NamedTuple):
    """What a path stands for: a feed in one format, its page for people, or the list of feeds.

    `archive` is the number of an archive of the feed, 0 for the feed itself.
    """

    form: str
    key: FeedKey
    archive: int = 0

    @property
    def is_of_feed(self) -> bool:
        """Whether what is there is one of a feed's own documents or its page: no overview."""
        site_page = self.form == PAGE and self.key.is_whole_site
        return not (self.archive or self.form == OPML or site_page)

    @property
    def is_topic(self) -> bool:
        """Whether subscribers ask there for what is new."""
        return not self.archive and self.form not in {PAGE, OPML}


def own_paths(key: FeedKey, settings: Settings) -> dict[str, str]:
    """Return the path of a feed in each format, under feedsvc's own layout."""
    return _paths(key.folder, settings)


def archive_paths(key: FeedKey, number: int, settings: Settings) -> dict[str, str]:
    """Return the path of an archive of a feed in each format."""
    return _paths(f"{key.folder}{_ARCHIVE}{number}/", settings)


def _paths(folder: str, settings: Settings) -> dict[str, str]:
    return {name: folder + formats.FORMATS[name].filename for name in settings.feeds.formats}


def split_archive_path(path: str) -> tuple[str, int]:
    """Return the folder of the feed and the number of the archive; 0 where there is none."""
    folder, _, rest = path.rpartition(_ARCHIVE)
    digits = rest.partition("/")[0]
    return folder, int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def routes(keys: Iterable[FeedKey], settings: Settings, layout: Layout) -> dict[str, Route]:
    """Return every path but the posts' own pages; an engine's paths never hide ours."""
    table = {OPML_PATH: Route(OPML, FeedKey.site())}
    extra: dict[str, Route] = {}
    for key in keys:
        if settings.site.pages != "none":
            table[key.folder] = Route(PAGE, key)
        for name, path in own_paths(key, settings).items():
            table[path] = Route(name, key)
            if key.language and not layout.knows_languages:
                continue
            for other in layout.feed_paths(key, name, settings):
                extra.setdefault(other, Route(name, key))
    return {**extra, **table}
