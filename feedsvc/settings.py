"""What a site says of itself: the one value that configuration, engines and environment become.

Built by `feedsvc.config`; read by everything else. Immutable, picklable (worker processes get
it), free of I/O.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feedsvc.model import JSON, Author

DEFAULT_URL = "http://localhost:8000"
_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)", re.IGNORECASE)
NOTHING: Mapping[str, Any] = {}
"""For what is not configured; nobody writes into it."""
DEFAULT_PERMALINK = "/:year/:month/:day/:title/"
FORMATS = ("atom", "rss", "json")


class SiteSettings(NamedTuple):
    """`[site]`: `url` is absolute without a trailing slash and includes the base path."""

    url: str = DEFAULT_URL
    title: str = ""
    subtitle: str = ""
    language: str = "en"
    timezone: str = "UTC"
    author: Author | None = None
    icon: str | None = None
    logo: str | None = None
    rights: str | None = None
    pages: str = "auto"  # "all" | "feeds" | "none"; "auto": all, or feeds below an engine's site

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone; naive dates of the own dialect are read in it."""
        return ZoneInfo(self.timezone)


class PostsSettings(NamedTuple):
    """`[posts]`: where posts lie and how they are read.

    `path`: folders relative to the site. `drafts`/`future`: publish those too.
    """

    path: tuple[str, ...] = ()
    permalink: str = DEFAULT_PERMALINK
    dialect: str = "feedsvc"
    drafts: bool = False
    future: bool = False


class FeedsSettings(NamedTuple):
    """`[feeds]`: how many entries, in which formats, under which URLs.

    `archives`: which feeds have archive documents, "auto" | "site" | "all" | "none", each of
    `archive_size` entries; "auto": the site's, unless it began
    too large and its posts have no pages. `hub` is the
    absolute URL of a WebSub hub.
    """

    limit: int = 20
    archives: str = "auto"
    archive_size: int = 100
    hub: str | None = None
    formats: tuple[str, ...] = FORMATS
    content: str = "full"
    window_days: int = 14
    urls: str = "feedsvc"


class TermSettings(NamedTuple):
    """`[categories.SLUG]` and the like: what people read for the name.

    `language` is the tag (BCP 47) of a language whose folder, as in `[languages.FOLDER]`, is none.
    """

    title: str = ""
    description: str = ""
    language: str = ""


class LedgerSettings(NamedTuple):
    """`[ledger]`: where the ledger lies, relative to the site."""

    path: str = "feedsvc.lock"
    enabled: bool = True


class HttpSettings(NamedTuple):
    """`[http]`: seconds for which caches may keep an answer, upper bounds.

    `archive_max_age` is that of archive documents which are full.
    """

    max_age: int = 300
    archive_max_age: int = 86_400


class PodcastSettings(NamedTuple):
    """`[podcast]`: what podcast directories are told of the show; all unset: not a podcast.

    `image` is an absolute URL (JPEG or PNG, square). `category` holds Apple's category names, a
    subcategory behind `>`: `Society & Culture > Documentary`. `type` is "episodic" or "serial".
    `locked` forbids other hosts to import the show. `guid` is the show's UUID where it already
    has one; otherwise it follows from the feed's address.
    """

    author: str = ""
    owner: Author | None = None
    image: str | None = None
    category: tuple[str, ...] = ()
    explicit: bool = False
    type: str = "episodic"
    locked: bool | None = None
    guid: str = ""


class Settings(NamedTuple):
    """A site's whole configuration.

    `folder` is absolute. `engine` names the site engine that was detected ("" for a plain
    folder). `engine_options` is whatever that engine's dialect wants to remember, as JSON values.
    """

    folder: Path
    site: SiteSettings = SiteSettings()
    posts: PostsSettings = PostsSettings()
    feeds: FeedsSettings = FeedsSettings()
    ledger: LedgerSettings = LedgerSettings()
    http: HttpSettings = HttpSettings()
    podcast: PodcastSettings = PodcastSettings()
    categories: Mapping[str, TermSettings] = NOTHING
    tags: Mapping[str, TermSettings] = NOTHING
    authors: Mapping[str, TermSettings] = NOTHING
    sections: Mapping[str, TermSettings] = NOTHING
    languages: Mapping[str, TermSettings] = NOTHING
    engine: str = ""
    engine_options: Mapping[str, JSON] = NOTHING

    @property
    def posts_have_pages(self) -> bool:
        """Whether posts have pages of ours: not where another engine makes them, unless told so."""
        return self.site.pages == "all" or (self.site.pages == "auto" and not self.engine)


def is_local(url: str) -> bool:
    """Whether a site's address is one under which only its author looks at it."""
    return _LOCAL.match(url) is not None
