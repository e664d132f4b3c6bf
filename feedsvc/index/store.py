"""The index of posts: what the repository writes down and the publication asks for."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from feedsvc import slugs
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.index.codec import decode_findings, decode_post
from feedsvc.index.identity import digest
from feedsvc.index.rows import FOREVER, Row
from feedsvc.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feedsvc.index.database import Database
    from feedsvc.model import Post


class Selected(NamedTuple):
    """A post chosen for a feed: its number, its entry's key and when it last changed (µs, UTC)."""

    number: int
    key: bytes
    changed: int


class Stored(NamedTuple):
    """A post as the index holds it, with what is needed to read its body again."""

    post: Post
    key: bytes
    identity: str
    body_start: int


class PostIndex:
    """Posts, the feeds they belong to, and the feeds' slugs."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # -- small facts ------------------------------------------------------------------------

    def fact(self, name: str) -> bytes | None:
        """Return what was last stored under `name`."""
        row = self.database.connection.execute(
            "SELECT value FROM meta WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def set_fact(self, name: str, value: bytes) -> None:
        """Store a small fact."""
        self.database.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # -- taking in what was read (inside `database.writing()`) -------------------------------

    def clear(self) -> None:
        """Forget all posts: they were read under other rules."""
        for table in ("posts", "depends", "aliases", "feeds", "members"):
            self.database.connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def known(self) -> dict[str, str]:
        """Return the identity of every file that was read, by path."""
        return dict(self.database.connection.execute("SELECT path, identity FROM posts"))

    def depends(self) -> list[tuple[str, str]]:
        """Return (other file, path of the post that was read with it), sorted."""
        return self.database.connection.execute(
            "SELECT file, path FROM depends ORDER BY file, path"
        ).fetchall()

    def remove(self, paths: Iterable[str]) -> None:
        """Forget these files."""
        connection = self.database.connection
        for path in paths:
            row = connection.execute("SELECT number FROM posts WHERE path = ?", (path,)).fetchone()
            if row is not None:
                self._unfile(row[0])
                connection.execute("DELETE FROM posts WHERE number = ?", row)
                connection.execute("DELETE FROM depends WHERE path = ?", (path,))
                connection.execute("DELETE FROM aliases WHERE path = ?", (path,))

    def add(self, rows: Sequence[Row]) -> None:
        """Take in files that are not in the index (`remove` what changed first)."""
        connection = self.database.connection
        connection.executemany(
            "INSERT INTO posts (path, identity, digest, key, minted, id, page, published,"
            " updated, starts, ends, shown, paged, body_start, terms, findings, post)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    r.path,
                    r.identity,
                    r.digest,
                    r.digest,
                    r.minted,
                    r.minted,
                    r.page,
                    r.published,
                    r.updated,
                    r.starts,
                    r.ends,
                    r.shown,
                    r.paged,
                    r.body_start,
                    r.terms,
                    r.findings,
                    r.post,
                )
                for r in rows
            ],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO depends VALUES (?, ?)",
            [(file, row.path) for row in rows for file in row.depends],
        )
        connection.executemany(
            "INSERT INTO aliases VALUES (?, ?)",
            [(alias, row.path) for row in rows for alias in row.aliases],
        )
        self._file([row.path for row in rows if row.shown])

    def same(self, rows: Sequence[Row]) -> set[str]:
        """Return the paths of those rows that the index already holds, the identity aside."""
        ask = self.database.connection.execute
        held = (
            (r, ask("SELECT digest FROM posts WHERE path = ?", (r.path,)).fetchone()) for r in rows
        )
        return {row.path for row, found in held if found is not None and found[0] == row.digest}

    def touch(self, rows: Iterable[Row]) -> None:
        """Take over the identity of files that were written anew with the same content."""
        self.database.connection.executemany(
            "UPDATE posts SET identity = ? WHERE path = ?", [(r.identity, r.path) for r in rows]
        )

    def settle(self) -> None:
        """Bring in step what depends on all posts: ids that meet, slugs, the state's token."""
        self._separate_ids()
        self._drop_empty_feeds()
        self._assign_slugs()
        token = blake2b(digest_size=16)
        for path, key in self.database.connection.execute(
            "SELECT path, key FROM posts WHERE minted IS NOT NULL ORDER BY path"
        ):
            token.update(digest(path.encode(errors="surrogateescape"), key))
        self.set_fact("state", token.digest())

    def _file(self, paths: Iterable[str]) -> None:
        """Put posts into their feeds."""
        connection = self.database.connection
        feeds = {
            (kind, name): feed
            for feed, kind, name in connection.execute("SELECT feed, kind, name FROM feeds")
        }
        members = []
        for path in paths:
            number, published, identifier, starts, ends, terms = connection.execute(
                "SELECT number, published, id, starts, ends, terms FROM posts WHERE path = ?",
                (path,),
            ).fetchone()
            for kind, name in json.loads(terms):
                feed = feeds.get((kind, name))
                if feed is None:
                    feed = feeds[kind, name] = connection.execute(
                        "INSERT INTO feeds (kind, name, slug) VALUES (?, ?, '')", (kind, name)
                    ).lastrowid
                members.append((feed, published, identifier, number, starts, ends))
        connection.executemany("INSERT INTO members VALUES (?,?,?,?,?,?)", members)

    def _unfile(self, number: int) -> None:
        """Take a post out of its feeds."""
        connection = self.database.connection
        published, identifier, terms = connection.execute(
            "SELECT published, id, terms FROM posts WHERE number = ?", (number,)
        ).fetchone()
        for kind, name in json.loads(terms or "[]"):
            connection.execute(
                "DELETE FROM members WHERE feed = (SELECT feed FROM feeds WHERE kind = ? AND"
                " name = ?) AND published = ? AND id = ? AND number = ?",
                (kind, name, published, identifier, number),
            )

    def _separate_ids(self) -> None:
        """Give posts that claim one id distinct ones; the first published keeps it."""
        connection = self.database.connection
        wanted: dict[int, tuple[str, bytes]] = {}
        meeting = connection.execute(
            "SELECT number, path, minted, digest, row_number() OVER"
            " (PARTITION BY minted ORDER BY published, path) FROM posts WHERE paged AND minted IN"
            " (SELECT minted FROM posts WHERE paged GROUP BY minted HAVING count(*) > 1)"
        ).fetchall()
        for number, path, minted, mark, place in meeting:
            if place > 1:
                tail = blake2b(path.encode(errors="surrogateescape"), digest_size=4).hexdigest()
                joint = "-" if "#" in minted else "#"
                wanted[number] = (f"{minted}{joint}{tail}", mark)
        current = connection.execute(
            "SELECT number, id, minted, digest FROM posts WHERE id IS NOT minted"
        ).fetchall()
        changes = {
            number: wanted.get(number, (minted, mark)) for number, _, minted, mark in current
        }
        changes.update(wanted)
        for number, (identifier, mark) in changes.items():
            self._rename(number, identifier, digest(mark, identifier.encode()))

    def _rename(self, number: int, identifier: str, key: bytes) -> None:
        self._unfile(number)
        connection = self.database.connection
        connection.execute(
            "UPDATE posts SET id = ?, key = ? WHERE number = ?", (identifier, key, number)
        )
        path, shown = connection.execute(
            "SELECT path, shown FROM posts WHERE number = ?", (number,)
        ).fetchone()
        if shown:
            self._file([path])

    def _drop_empty_feeds(self) -> None:
        self.database.connection.execute(
            "DELETE FROM feeds WHERE NOT EXISTS"
            " (SELECT 1 FROM members WHERE members.feed = feeds.feed)"
        )

    def _assign_slugs(self) -> None:
        """Give every name its slug; of names that meet, the first published keeps the clean one."""
        met = []
        for kind in (FeedKind.CATEGORY, FeedKind.TAG, FeedKind.AUTHOR):
            rows = self._names(kind, "name")
            assigned = slugs.assign(name for _, name, _ in rows)
            if assigned.met:
                first = "(SELECT min(published) FROM members WHERE members.feed = feeds.feed), name"
                assigned = slugs.assign(name for _, name, _ in self._names(kind, first))
                met += [[kind.value, *names] for names in assigned.met]
            self.database.connection.executemany(
                "UPDATE feeds SET slug = ? WHERE feed = ?",
                [
                    (assigned.slugs[name], feed)
                    for feed, name, slug in rows
                    if assigned.slugs[name] != slug
                ],
            )
        self.set_fact("met", json.dumps(met).encode())

    def _names(self, kind: FeedKind, order: str) -> list[tuple[int, str, str]]:
        return self.database.connection.execute(
            f"SELECT feed, name, slug FROM feeds WHERE kind = ? ORDER BY {order}",  # noqa: S608
            (kind,),
        ).fetchall()

    # -- asking -----------------------------------------------------------------------------

    def state(self) -> bytes:
        """Return the token of the present state of all posts; equal states have equal tokens."""
        return self.fact("state") or b""

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
        return {FeedKey(FeedKind(kind), name, slug): feed for feed, kind, name, slug in rows}

    def selection(self, feed: int, now: int, limit: int) -> list[Selected]:
        """Return the newest `limit` visible posts of a feed, newest first, ties by id."""
        rows = self.database.connection.execute(
            "SELECT m.number, p.key, max(p.updated, m.starts)"
            " FROM members m JOIN posts p USING (number)"
            " WHERE m.feed = ? AND m.starts <= ? AND m.ends > ?"
            " ORDER BY m.published DESC, m.id LIMIT ?",
            (feed, now, now, limit),
        )
        return [Selected(*row) for row in rows]

    def sizes(self, now: int) -> dict[int, tuple[int, int]]:
        """Return of every feed how many posts it holds and when one last changed (µs, UTC)."""
        rows = self.database.connection.execute(
            "SELECT m.feed, count(*), max(p.updated) FROM members m JOIN posts p USING (number)"
            " WHERE m.starts <= ? AND m.ends > ? GROUP BY m.feed",
            (now, now),
        )
        return {feed: (count, updated) for feed, count, updated in rows}

    def stored(self, number: int) -> Stored:
        """Return one post."""
        text, identifier, key, identity, body_start = self.database.connection.execute(
            "SELECT post, id, key, identity, body_start FROM posts WHERE number = ?", (number,)
        ).fetchone()
        return Stored(decode_post(text, id=identifier), key, identity, body_start)

    def post(self, number: int) -> Post:
        """Return one post, its body empty."""
        return self.stored(number).post

    def page(self, path: str, now: int) -> Selected | None:
        """Return the visible post that has its page there (of several the first published)."""
        row = self.database.connection.execute(
            "SELECT number, key, max(updated, starts) FROM posts WHERE paged AND page = ?"
            " AND starts <= ? AND ends > ? ORDER BY published, path LIMIT 1",
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
            "SELECT post, id, findings FROM posts WHERE minted IS NOT NULL"
            " ORDER BY published DESC, path"
        )
        return (
            decode_post(text, id=identifier, findings=decode_findings(findings))
            for text, identifier, findings in rows
        )

    def findings(self) -> Iterator[Finding]:
        """Yield what reading found, by path, then what only all posts together show."""
        rows = self.database.connection.execute(
            "SELECT findings FROM posts WHERE findings IS NOT NULL ORDER BY path"
        )
        for (text,) in rows:
            yield from decode_findings(text)
        yield from self._meeting_ids()
        for kind, *names in json.loads(self.fact("met") or b"[]"):
            listed = ", ".join(repr(name) for name in names)
            yield Finding(
                "slug-meets",
                f"{kind} {listed} would share one address; each has its own feed and slug",
                hint="Write them in one way if they mean the same.",
            )

    def _meeting_ids(self) -> Iterator[Finding]:
        rows = self.database.connection.execute(
            "SELECT path, minted, id FROM posts WHERE paged AND id IS NOT minted ORDER BY path"
        )
        for path, minted, identifier in rows:
            yield Finding(
                "id-meets",
                f"the id {minted} is that of an earlier post too; published as {identifier}",
                path,
                severity=Severity.ERROR,
                hint="Give the post an `id` of its own.",
            )
