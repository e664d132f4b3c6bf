"""What a format is given: a feed and its entries, ready to be written down."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.settings import PodcastSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feedsvc.model import Author, Post


class FeedKind(StrEnum):
    """Which posts a feed holds; the value is also the configuration table and the URL folder."""

    SITE = "site"
    SECTION = "sections"
    CATEGORY = "categories"
    TAG = "tags"
    AUTHOR = "authors"


class FeedKey(NamedTuple):
    """One feed of a site: its kind, the name as posts write it, its slug ("" for the site).

    `language` is the folder of a language that the site has besides its own: all feeds of its posts
    are below that.
    """

    kind: FeedKind
    name: str = ""
    slug: str = ""
    language: str = ""

    @classmethod
    def site(cls) -> FeedKey:
        """The feed of the whole site."""
        return cls(FeedKind.SITE)

    @classmethod
    def of_family(cls, family: str, name: str, slug: str) -> FeedKey:
        """The feed of that name among those that share kind and language.

        Raises ValueError for a kind that does not exist.
        """
        language, _, kind = family.rpartition("/")
        return cls(FeedKind(kind), name, slug, language)

    @property
    def family(self) -> str:
        """Kind and language, as names are unique in them: `tags`, `fr/tags`."""
        return family(self.kind, self.language)

    @property
    def is_whole_site(self) -> bool:
        """Whether it is the feed of the whole site, in the site's own language."""
        return self.kind is FeedKind.SITE and not self.language

    @property
    def folder(self) -> str:
        """The feed's folder below the site, with both slashes: `/`, `/tags/c++/`, `/fr/`."""
        top = f"/{self.language}/" if self.language else "/"
        return top if self.kind is FeedKind.SITE else f"{top}{self.kind}/{self.slug}/"


def family(kind: str, language: str) -> str:
    """Return what feeds of a kind, in a language of the site, have in common."""
    return f"{language}/{kind}" if language else str(kind)


class Content(NamedTuple):
    """A post's body as a reader gets it: well-formed, safe HTML with absolute links only.

    `html` is the whole body, `summary` plain text (no markup, not escaped), `image` the absolute
    URL of the entry's picture.
    """

    html: str
    summary: str = ""
    image: str | None = None


class Entry(NamedTuple):
    """A post inside a feed. `content.html` is empty where only the summary is to be shown."""

    post: Post
    content: Content


_NO_PODCAST = PodcastSettings()


class Feed(NamedTuple):
    """A feed's head: everything but its entries.

    `url` is the absolute URL of the feed's page for people, `id` never changes (RFC 4287 §4.2.6),
    `updated` comes from the entries (a fixed date for an empty feed), in UTC. `formats` maps a
    format's name to the absolute URL of that form of this feed (`rel="self"` of one,
    `rel="alternate"` of the others). `hub` is a WebSub hub. `podcast` is the site's own value.
    `origin` is the first address of its RSS form, whatever the site's is now.
    """

    key: FeedKey
    id: str
    url: str
    title: str
    updated: datetime
    formats: dict[str, str]
    subtitle: str = ""
    language: str = "en"
    author: Author | None = None
    icon: str | None = None
    logo: str | None = None
    rights: str | None = None
    hub: str | None = None
    prev_archive: str | None = None
    next_archive: str | None = None
    current: str | None = None
    archive: bool = False
    complete: bool = False
    next_url: str | None = None
    podcast: PodcastSettings = _NO_PODCAST
    origin: str = ""
    deleted: tuple[tuple[str, datetime], ...] = ()


class FeedListing(NamedTuple):
    """One line of the list of feeds: what people and OPML are told of a feed without its entries.

    `size` is the number of published posts in the feed, whatever its limit; `updated` (UTC) is
    the feed's own, None while it has no post. `paths` maps a format's name to the site-relative
    path of that form of the feed (starts with `/`, not percent-encoded), the preferred one first.
    """

    key: FeedKey
    title: str
    size: int
    updated: datetime | None
    paths: Mapping[str, str]
