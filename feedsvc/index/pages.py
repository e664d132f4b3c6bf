"""Pages that meet: several posts wish for one address, or one wishes for an address of a feed."""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from feedsvc.feeds.values import FeedKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


class Told(Protocol):
    """What subscribers were told of addresses."""

    def has_page(self, identity: str, path: str, page: str) -> bool:
        """Whether the page at that (decoded) path below the site is known as that post's."""

    def has_feed(self, folder: str, name: str) -> bool:
        """Whether the feed in that folder is known as the one of that name."""


# Posts of one address by age, which is how long subscribers could know them.
_MEETING = (
    "SELECT wished, number, path, id, seen FROM posts WHERE paged AND wished IN"
    " (SELECT wished FROM posts WHERE paged AND wished IS NOT NULL"
    " GROUP BY wished HAVING count(*) > 1)"
    " ORDER BY wished, coalesce(seen, published), published, path"
)
_KINDS = tuple(str(kind) for kind in FeedKind if kind is not FeedKind.SITE)
_FILE = r"(?:index\.html|feeds\.opml|(?:archive/\d+/)?feed\.(?:atom|rss|json))?"
_OF_FEEDS = re.compile(rf"/(?:({'|'.join(_KINDS)})/([^/]+)(?:/|\Z))?{_FILE}")
# Where such addresses lie among all, so that the other posts cost nothing.
_RANGES = (
    ("/", "/"),
    ("/index.html", "/index.html"),
    ("/feed", "/feet"),
    *((f"/{name}/", f"/{name}0") for name in ("archive", *_KINDS)),
)


def parted(connection: sqlite3.Connection, told: Told | None) -> dict[int, str]:
    """Return other paths for posts whose page would hide another page, by number.

    Of several posts the one that subscribers know there keeps the address, then the one that they
    saw first: whoever joins takes none away.
    """
    found = {}
    for wished, rows in groupby(connection.execute(_MEETING).fetchall(), itemgetter(0)):
        posts = list(rows)
        if told:
            # (what was never seen may claim the id of what was, and where that is)
            posts.sort(key=lambda row: row[4] is None or not told.has_page(row[3], row[2], wished))
        found.update({number: _beside(wished, path) for _, number, path, *_ in posts[1:]})
    found.update(_instead_of_feeds(connection))
    return found


def _instead_of_feeds(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield other paths for posts at whose address a feed is, or its page."""
    for first, last in _RANGES:
        rows = connection.execute(
            "SELECT number, path, wished FROM posts"
            " WHERE paged AND wished IS NOT NULL AND wished BETWEEN ? AND ? ORDER BY number",
            (first, last),
        ).fetchall()
        for number, path, wished in rows:
            match = _OF_FEEDS.fullmatch(wished)
            if match and (match[1] is None or _is_feed(connection, match[1], match[2])):
                stem = wished.rstrip("/").removesuffix("/index.html").replace(".", "-")
                yield number, f"{stem or '/index'}-{tail(path)}/"


def _is_feed(connection: sqlite3.Connection, kind: str, slug: str) -> bool:
    (found,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM feeds WHERE kind = ? AND slug = ?)", (kind, slug)
    ).fetchone()
    return bool(found)


def _beside(wished: str, path: str) -> str:
    stem, dot, suffix = wished.rstrip("/").rpartition(".")
    if not dot or "/" in suffix:
        stem, dot, suffix = wished.rstrip("/"), "", ""
    slash = "/" if wished.endswith("/") else ""
    return f"{stem}-{tail(path)}{dot}{suffix}{slash}"


def tail(path: str) -> str:
    """What parts a post from others that wish for the same: it follows from its path."""
    return blake2b(path.encode(), digest_size=4).hexdigest()
