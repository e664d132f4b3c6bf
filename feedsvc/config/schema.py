"""Every key of `feedsvc.toml`: where it stands, what it may hold, what it means."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.config import kinds
from feedsvc.config.kinds import Kind
from feedsvc.settings import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

TERMS = ("categories", "tags", "authors", "sections", "languages")


class Key(NamedTuple):
    """One key. `table` is `site`, or `categories` and the like for a key of `[categories.SLUG]`."""

    table: str
    name: str
    kind: Kind
    meaning: str


class _Table(NamedTuple):
    name: str
    keys: tuple[tuple[str, Kind | Callable[[], Kind], str], ...]


def _engine() -> Kind:
    from feedsvc import sites

    return kinds.choice(sites.OWN, *sites.engines())


_TABLES = (
    _Table(
        "site",
        (
            ("url", kinds.URL, "Address of the site with its base path, without a trailing slash."),
            ("title", kinds.TEXT, "Name of the site; else its engine's, else the folder's name."),
            ("subtitle", kinds.TEXT, "One line that says what the site is about."),
            ("language", kinds.LANGUAGE, "Language of the posts (BCP 47) unless they name theirs."),
            ("timezone", kinds.ZONE, "Zone in which dates without an offset are meant."),
            ("icon", kinds.LINK, "Small square picture; a path is below the site."),
            ("logo", kinds.LINK, "Picture twice as wide as high; a path is below the site."),
            ("rights", kinds.TEXT, "Copyright or licence of the posts."),
            (
                "pages",
                kinds.choice("auto", "all", "feeds", "none"),
                "Pages for people; `auto`: all, or `feeds` where another engine makes the site.",
            ),
        ),
    ),
    _Table(
        "site.author",
        (
            ("name", kinds.TEXT, 'Who writes. `author = "Name"` is short for it.'),
            ("email", kinds.MAIL, "Mail address of the author."),
            ("uri", kinds.URI, "Home page of the author."),
        ),
    ),
    _Table(
        "posts",
        (
            ("path", kinds.FOLDERS, "Folder of the posts, or a list of folders, below the site."),
            ("permalink", kinds.TEXT, "Pattern of a post's URL, with Jekyll's placeholders."),
            ("dialect", _engine, "Whose reading of posts applies."),
            ("drafts", kinds.FLAG, "Publish drafts too."),
            ("future", kinds.FLAG, "Publish posts with a date to come too."),
        ),
    ),
    _Table(
        "feeds",
        (
            ("limit", kinds.count(1, 10_000), "Entries in a feed."),
            (
                "archives",
                kinds.choice("auto", "site", "all", "none"),
                "Feeds with archives of all posts; `auto`: the site's, if small or with pages.",
            ),
            ("archive_size", kinds.count(1, 10_000), "Entries in an archive document."),
            ("hub", kinds.ENDPOINT, "WebSub hub that tells subscribers of news."),
            (
                "formats",
                kinds.choices(*FORMATS),
                "Formats to publish; the first is offered first (a podcast's: `rss`).",
            ),
            ("content", kinds.choice("full", "summary"), "Whole bodies or summaries."),
            ("window_days", kinds.count(0, 3650), "Days for which news stay whatever the limit."),
            ("urls", _engine, "Engine whose feed addresses are served beside our own."),
        ),
    ),
    _Table(
        "ledger",
        (
            ("path", kinds.FILE, "File that remembers what subscribers were told, below the site."),
            ("enabled", kinds.FLAG, "Keep that memory."),
        ),
    ),
    _Table(
        "http",
        (
            ("max_age", kinds.count(0, 31_536_000), "Seconds for which caches may keep an answer."),
            (
                "archive_max_age",
                kinds.count(0, 31_536_000),
                "The same for archive documents that are full.",
            ),
        ),
    ),
    _Table(
        "podcast",
        (
            ("author", kinds.TEXT, "Who makes the show."),
            ("image", kinds.LINK, "Square JPEG or PNG; a path is below the site."),
            ("category", kinds.TEXTS, "Apple's categories; `A > B` is a subcategory."),
            ("explicit", kinds.FLAG, "The show is not for children."),
            ("type", kinds.choice("episodic", "serial"), "Newest first, or in order."),
            ("locked", kinds.FLAG, "Forbid other hosts to import the show."),
            ("guid", kinds.UUID, "UUID of the show where it already has one."),
        ),
    ),
    _Table(
        "podcast.owner",
        (
            ("name", kinds.TEXT, 'Whom directories ask. `owner = "Name"` is short for it.'),
            ("email", kinds.MAIL, "Mail address that directories use to prove ownership."),
            ("uri", kinds.URI, "Home page of the owner."),
        ),
    ),
    *(
        _Table(
            table,
            (
                ("title", kinds.TEXT, "What people read instead of the name."),
                ("description", kinds.TEXT, "One line about it."),
            ),
        )
        for table in TERMS[:-1]
    ),
    _Table(
        "languages",
        (
            ("title", kinds.TEXT, "Name of the site in that language."),
            ("description", kinds.TEXT, "One line, in that language, about the site."),
            ("language", kinds.LANGUAGE, "The language (BCP 47) where the folder's name is none."),
        ),
    ),
)


@cache
def keys() -> dict[tuple[str, str], Key]:
    """Every key by table and name."""
    return {
        (table.name, name): Key(table.name, name, kind if isinstance(kind, Kind) else kind(), text)
        for table in _TABLES
        for name, kind, text in table.keys
    }
