"""Taking posts into the index; everything here happens inside `Database.writing()`."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import quote

from feedsvc import slugs
from feedsvc.feeds.values import FeedKind
from feedsvc.index.facts import Facts
from feedsvc.index.identity import digest
from feedsvc.index.rows import entry_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedsvc.index.rows import Row


class Filing(Facts):
    """Posts, the feeds they belong to, and the feeds' slugs, brought in step with the folder."""

    def clear(self) -> None:
        """Forget all posts: they were read under other rules."""
        for table in ("posts", "depends", "aliases", "feeds", "members", "vanished"):
            self.database.connection.execute(f"DELETE FROM {table}")  # noqa: S608
        self.set_fact("ledger", b"")  # everything is to be held against it again

    def known(self) -> dict[str, str]:
        """Return the identity of every file that was read, by path."""
        return dict(self.database.connection.execute("SELECT path, identity FROM posts"))

    def side_files(self) -> list[str]:
        """Return the other files that posts were read with, sorted."""
        rows = self.database.connection.execute("SELECT DISTINCT file FROM depends ORDER BY file")
        return [file for (file,) in rows]

    def depends(self) -> dict[str, list[str]]:
        """Return by path of a post the other files that it was read with."""
        found: dict[str, list[str]] = {}
        for file, path in self.database.connection.execute("SELECT file, path FROM depends"):
            found.setdefault(path, []).append(file)
        return found

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
                connection.execute("INSERT OR IGNORE INTO vanished VALUES (?)", (path,))

    def add(self, rows: Sequence[Row]) -> None:
        """Take in files that are not in the index (`remove` what changed first)."""
        connection = self.database.connection
        connection.executemany(
            "INSERT INTO posts (path, identity, digest, key, minted, id, wished, page, published,"
            " updated, starts, ends, shown, paged, body_start, terms, findings, post, origin)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    r.path,
                    r.identity,
                    r.digest,
                    r.key,
                    r.minted,
                    r.minted,
                    r.page,
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
                    r.origin,
                )
                for r in rows
            ],
        )
        connection.executemany("DELETE FROM vanished WHERE path = ?", [(r.path,) for r in rows])
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

    def arrange(self, site_url: str, *, own_pages: bool, own_ids: bool) -> None:
        """Bring in step what depends on all posts: ids, pages, slugs.

        `own_pages`: posts have pages of ours, so each gets an address of its own; `own_ids`: no
        ledger does so for ids.
        """
        if own_ids:
            self._part_ids(self._parted_ids())
        self._part_pages(self._parted_pages() if own_pages else {}, site_url)
        self._drop_empty_feeds()
        self._assign_slugs()

    def seal(self) -> None:
        """Make the token of the present state."""
        ask = self.database.connection.execute
        token = blake2b(digest_size=16)
        for path, key, seen in ask(
            "SELECT path, key, seen FROM posts WHERE minted IS NOT NULL ORDER BY path"
        ):
            token.update(digest(path.encode(errors="surrogateescape"), key, b"%d" % (seen or 0)))
        for table in ("retracted", "moved", "past_feeds", "touched"):
            for row in ask(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608
                token.update(repr(row).encode(errors="surrogateescape"))
        self.set_fact("state", token.digest())

    def rename(self, number: int, identifier: str, published: int, updated: int) -> None:
        """Give a post another id and other dates (µs, UTC)."""
        self._unfile(number)
        connection = self.database.connection
        path, shown, mark, link = connection.execute(
            "SELECT path, shown, digest, link FROM posts WHERE number = ?", (number,)
        ).fetchone()
        connection.execute(
            "UPDATE posts SET id = ?, published = ?, updated = ?, key = ? WHERE number = ?",
            (
                identifier,
                published,
                updated,
                entry_key(mark, identifier, link, published, updated),
                number,
            ),
        )
        if shown:
            self._file([path])

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

    def _parted_ids(self) -> dict[int, str]:
        """Return other ids for posts that claim one of an earlier post, by number."""
        return {
            number: f"{minted}{'-' if '#' in minted else '#'}{_tail(path)}"
            for number, path, minted in self._later("minted")
        }

    def _parted_pages(self) -> dict[int, str]:
        """Return other paths for posts whose page would hide that of an earlier post."""
        found = {}
        for number, path, wished in self._later("wished"):
            stem, dot, suffix = wished.rstrip("/").rpartition(".")
            if not dot or "/" in suffix:
                stem, dot, suffix = wished.rstrip("/"), "", ""
            slash = "/" if wished.endswith("/") else ""
            found[number] = f"{stem}-{_tail(path)}{dot}{suffix}{slash}"
        return found

    def _later(self, column: str) -> list[tuple[int, str, str]]:
        """Return number, path and value of posts that share a value with one published earlier."""
        return self.database.connection.execute(
            f"SELECT number, path, {column} FROM (SELECT number, path, {column}, row_number() OVER"  # noqa: S608
            f" (PARTITION BY {column} ORDER BY published, path) AS place FROM posts WHERE paged"
            f" AND {column} IN (SELECT {column} FROM posts WHERE paged AND {column} IS NOT NULL"
            f" GROUP BY {column} HAVING count(*) > 1)) WHERE place > 1"
        ).fetchall()

    def _part_ids(self, ids: dict[int, str]) -> None:
        """Give these posts other ids, and all others the ones they wish for."""
        ask = self.database.connection.execute
        parted = ask("SELECT number FROM posts WHERE id IS NOT minted").fetchall()
        for number in sorted({*ids, *(number for (number,) in parted)}):
            minted, published, updated = ask(
                "SELECT minted, published, updated FROM posts WHERE number = ?", (number,)
            ).fetchone()
            self.rename(number, ids.get(number, minted), published, updated)

    def _part_pages(self, pages: dict[int, str], site_url: str) -> None:
        """Give these posts other pages, and all others the ones they wish for."""
        ask = self.database.connection.execute
        parted = ask("SELECT number FROM posts WHERE page IS NOT wished").fetchall()
        for number in sorted({*pages, *(number for (number,) in parted)}):
            wished, mark, *told = ask(
                "SELECT wished, digest, id, published, updated FROM posts WHERE number = ?",
                (number,),
            ).fetchone()
            page = pages.get(number, wished)
            link = None if page == wished else site_url + quote(page, safe="/:@!$&'()*+,;=~")
            identifier, published, updated = told
            ask(
                "UPDATE posts SET page = ?, link = ?, key = ? WHERE number = ?",
                (page, link, entry_key(mark, identifier, link, published, updated), number),
            )

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


def _tail(path: str) -> str:
    return blake2b(path.encode(), digest_size=4).hexdigest()
