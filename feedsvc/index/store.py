"""The index of posts: what a publication asks for. All instants are microseconds (UTC)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.errors import StaleError
from feedsvc.feeds.values import FeedKey
from feedsvc.index import linking
from feedsvc.index.codec import decode_findings, decode_post
from feedsvc.index.facts import Facts
from feedsvc.index.meetings import Meetings
from feedsvc.index.rows import FOREVER
from feedsvc.instants import from_microseconds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedsvc.model import Finding, Post
    from feedsvc.posts.references import Links


class Selected(NamedTuple):
    """A post chosen for a feed: its number, its entry's key and when it last changed (µs, UTC)."""

    number: int
    key: bytes
    changed: int


class Stored(NamedTuple):
    """A post as the index holds it, and what is needed to read its body again.

    `path` is that of the file, `links` tell where the body's references to other posts lead,
    `depends` are the other files that it was read with.
    """

    path: str
    key: bytes
    identity: str
    body_start: int
    links: Links
    depends: tuple[str, ...]
    told: tuple[Any, ...]

    def post(self, body: str = "") -> Post:
        """Return the post with its body."""
        return _post(*self.told, path=self.path, body=body)


class PostIndex(Facts):
    """Posts and the feeds they belong to, as they were last read."""

    def boundaries(self, now: int) -> tuple[int, int | None]:
        """Return the last instant up to `now` and the next after it when a post comes or goes."""
        ask = self.database.connection.execute
        last = [
            ask(f"SELECT max({c}) FROM posts WHERE paged AND {c} <= ?", (now,)).fetchone()[0]  # noqa: S608
            for c in ("starts", "ends")
        ]
        following = [
            ask(f"SELECT min({c}) FROM posts WHERE paged AND {c} > ?", (now,)).fetchone()[0]  # noqa: S608
            for c in ("starts", "ends")
        ]
        coming = [at for at in following if at is not None and at < FOREVER]
        return max((at for at in last if at is not None), default=0), min(coming, default=None)

    def feeds(self, now: int) -> dict[FeedKey, int]:
        """Return the number of every feed that has a visible post, sorted by kind and slug."""
        rows = self.database.connection.execute(
            "SELECT feed, kind, name, slug FROM feeds WHERE EXISTS (SELECT 1 FROM members m WHERE"
            " m.feed = feeds.feed AND m.starts <= ? AND m.ends > ?) ORDER BY kind, slug",
            (now, now),
        )
        return {FeedKey.of_family(kind, name, slug): feed for feed, kind, name, slug in rows}

    def selection(self, feed: int, now: int, limit: int) -> list[Selected]:
        """Return the newest `limit` visible posts of a feed, newest first, ties by id."""
        rows = self.database.connection.execute(
            "SELECT m.number, p.key, max(p.updated, m.starts, ifnull(p.seen, 0))"
            " FROM members m JOIN posts p USING (number)"
            " WHERE m.feed = ? AND m.starts <= ? AND m.ends > ?"
            " ORDER BY m.published DESC, m.id LIMIT ?",
            (feed, now, now, limit),
        )
        return [Selected(*row) for row in rows]

    def sizes(self, feeds: Collection[int], now: int) -> dict[int, tuple[int, int]]:
        """Return of these feeds how many posts each holds and when one last changed (µs, UTC)."""
        if not feeds:
            return {}
        rows = self.database.connection.execute(
            "SELECT m.feed, count(*), max(p.updated) FROM members m JOIN posts p USING (number)"
            " WHERE m.feed IN (SELECT value FROM json_each(?)) AND m.starts <= ? AND m.ends > ?"
            " GROUP BY m.feed",
            (json.dumps(sorted(feeds)), now, now),
        )
        return {feed: (count, updated) for feed, count, updated in rows}

    def stored(self, wanted: Collection[tuple[int, bytes]]) -> list[Stored]:
        """Return posts by number and key, in that order.

        Raises StaleError where one is another now: its number may have gone to what replaced it.
        """
        found = self.stored_all([number for number, _ in wanted])
        posts = []
        for number, key in wanted:
            post = found.get(number)
            if post is None or post.key != key:
                raise StaleError("the posts changed while they were being published")
            posts.append(post)
        return posts

    def stored_all(self, numbers: Collection[int]) -> dict[int, Stored]:
        """Return posts by their numbers."""
        rows = self.database.connection.execute(
            "SELECT number, path, key, posts.identity || ifnull(sides.identity, ''), body_start,"
            " links, files, post, id, link, published, updated"
            " FROM posts JOIN texts USING (number) LEFT JOIN sides USING (side)"
            " WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return {
            number: Stored(
                path,
                key,
                identity,
                start,
                self._links(number, links),
                () if files is None else _paths(files),
                tuple(told),
            )
            for number, path, key, identity, start, links, files, *told in rows
        }

    def _links(self, number: int, links: str | None) -> Links:
        return {} if links is None else linking.links(self.database, number, links)

    def post(self, number: int, key: bytes) -> Post:
        """Return one post, its body empty; see `stored`."""
        return self.stored([(number, key)])[0].post()

    def doubt(self, path: str) -> None:
        """Have a file read again by the next look at the folder, though it seems to be as it was.

        No time stamp tells that it cannot be read any more.
        """
        with self.database.writing() as connection:
            connection.execute("UPDATE posts SET identity = '' WHERE path = ?", (path,))
            self.set_fact("scan", b"")

    def page(self, path: str, now: int) -> Selected | None:
        """Return the visible post that has its page there (of several the first published)."""
        row = self.database.connection.execute(
            "SELECT number, key, max(updated, starts, ifnull(seen, 0)) FROM posts"
            " WHERE paged AND page = ? AND starts <= ? AND ends > ?"
            " ORDER BY published, path LIMIT 1",
            (path, now, now),
        ).fetchone()
        return None if row is None else Selected(*row)

    def expired(self, path: str, now: int) -> bool:
        """Whether a post had its page there and has expired."""
        row = self.database.connection.execute(
            "SELECT 1 FROM posts WHERE paged AND page = ? AND ends <= ?", (path, now)
        ).fetchone()
        return row is not None

    def alias(self, path: str, now: int) -> str | None:
        """Return the path of the visible post's page that this path is an alias of."""
        row = self.database.connection.execute(
            "SELECT p.page FROM aliases a JOIN posts p USING (path) WHERE a.alias = ? AND p.paged"
            " AND p.starts <= ? AND p.ends > ? ORDER BY p.published, p.path LIMIT 1",
            (path.rstrip("/"), now, now),
        ).fetchone()
        return None if row is None else row[0]

    def pages(self, now: int) -> Iterator[str]:
        """Yield the path of every visible post's page, sorted, each once."""
        rows = self.database.connection.execute(
            "SELECT DISTINCT page FROM posts WHERE paged AND page IS NOT NULL AND starts <= ?"
            " AND ends > ? ORDER BY page",
            (now, now),
        )
        return (path for (path,) in rows)

    def withdrawn(self, feed: int, now: int) -> int | None:
        """Return when a post last expired out of a feed (µs, UTC), None if none did."""
        (at,) = self.database.connection.execute(
            "SELECT max(ends) FROM members WHERE feed = ? AND ends <= ?", (feed, now)
        ).fetchone()
        return None if at is None else int(at)

    def posts(self) -> Iterator[Post]:
        """Yield every post that could be read, whatever its state, newest first, ties by path."""
        rows = self.database.connection.execute(
            "SELECT path, post, id, link, published, updated, findings FROM posts JOIN texts"
            " USING (number) WHERE minted IS NOT NULL ORDER BY published DESC, path"
        )
        return (
            _post(*post, path=path, findings=decode_findings(findings))
            for path, *post, findings in rows
        )

    def findings(self) -> Iterator[Finding]:
        """Yield what reading found, by path, then what only all posts together show."""
        rows = self.database.connection.execute(
            "SELECT findings FROM texts JOIN posts USING (number) WHERE findings IS NOT NULL"
            " ORDER BY path"
        )
        for (text,) in rows:
            yield from decode_findings(text)
        yield from Meetings(self.database).findings()


@lru_cache(maxsize=16)
def _paths(files: str) -> tuple[str, ...]:
    """Read a row of `sides`: most posts have the same."""
    return tuple(json.loads(files))


def _post(
    text: str,
    identifier: str,
    link: str | None,
    published: int,
    updated: int,
    **overrides: Any,
) -> Post:
    """Read a post as subscribers are told of it: id and dates may be other than the author's."""
    if link is not None:
        overrides["permalink"] = link
    return decode_post(
        text,
        identifier,
        published=from_microseconds(published),
        updated=from_microseconds(updated),
        **overrides,
    )
