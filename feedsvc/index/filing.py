"""Taking posts into the index; everything here happens inside `Database.writing()`."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index import merging
from feedsvc.index.arranging import MEMBER, Arranging
from feedsvc.index.codec import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedsvc.index.rows import Row

# The id that subscribers know and the page are at first those that reading gave.
_INSERT = (
    "INSERT INTO posts (number, side, identity, path, digest, body_start, minted, page, published,"
    " updated, starts, ends, shown, paged, terms, key, id, wished)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
# (`OR FAIL`: to undo single rows of many, as the default would, SQLite copies all that they touch)
_INSERT_MEMBER = "INSERT OR FAIL INTO members VALUES (?,?,?,?,?,?)"
_OF_POSTS = ("posts", "texts", "refs", "sides", "aliases", "feeds", "members", "merged", "vanished")
MIRRORED = ("retracted", "gaps", "moved", "past_feeds", "touched")
"""Tables that hold what the ledger remembers of the past."""
_TOLD = ("since", "archived", "origin")  # the same as facts
_POSTS, _TEXTS = 13, 16  # fields of a row up to which they are columns of these tables


class Catalogue(NamedTuple):
    """Numbers of feeds by (kind, name) and of sets of side files; `Filing.add` adds new ones.

    `identities` are those of side files, by the number of the set, when posts were read with them.
    """

    feeds: dict[tuple[str, str], int]
    sides: dict[tuple[str, ...], int]
    identities: dict[int, str]


class Identified(NamedTuple):
    """A row, the identity of its file, and that of the other files that it was made from."""

    identity: str
    beside: str
    row: Row


class Filing(Arranging):
    """Posts, the feeds they belong to, and the feeds' slugs, brought in step with the folder."""

    def clear(self) -> None:
        """Forget all posts: they were read under other rules; and what another ledger told."""
        for table in (*_OF_POSTS, *MIRRORED):
            self.database.connection.execute(f"DELETE FROM {table}")  # noqa: S608
        for fact in _TOLD:
            self.set_fact(fact, b"")
        self.set_fact("ledger", b"")  # everything is to be held against it again

    def known(self) -> Iterable[tuple[str, str, int | None]]:
        """Return path, identity and number of side files of every file that was read."""
        return self.database.connection.execute("SELECT path, identity, side FROM posts")

    def side_files(self) -> list[str]:
        """Return the other files that posts were read with, sorted."""
        rows = self.database.connection.execute("SELECT files FROM sides")
        return sorted({file for (files,) in rows for file in json.loads(files)})

    def shut(self) -> list[str]:
        """Return the files that could not be read when they were looked at last."""
        found = self.fact("shut")
        return found.decode().split("\0") if found else []

    def note_shut(self, paths: Sequence[str]) -> None:
        """Note which these are now."""
        self.set_fact("shut", "\0".join(paths).encode())

    def forget_sides(self) -> None:
        """Forget the sets of side files that no post has any more."""
        self.database.connection.execute(
            "DELETE FROM sides WHERE side NOT IN (SELECT side FROM posts WHERE side IS NOT NULL)"
        )

    def catalogue(self) -> Catalogue:
        """Return the numbers that posts refer to; good for as long as the lock is held."""
        ask = self.database.connection.execute
        feeds = {
            (kind, name): feed for kind, name, feed in ask("SELECT kind, name, feed FROM feeds")
        }
        sides = ask("SELECT side, files, identity FROM sides").fetchall()
        return Catalogue(
            feeds,
            {tuple(json.loads(files)): side for side, files, _ in sides},
            {side: identity for side, _, identity in sides},
        )

    def remove(self, paths: Iterable[str]) -> None:
        """Forget these files."""
        connection = self.database.connection
        for path in paths:
            row = connection.execute("SELECT number FROM posts WHERE path = ?", (path,)).fetchone()
            if row is not None:
                self._unfile(row[0])
                connection.execute("DELETE FROM posts WHERE number = ?", row)
                connection.execute("DELETE FROM texts WHERE number = ?", row)
                connection.execute("DELETE FROM refs WHERE number = ?", row)
                connection.execute("DELETE FROM aliases WHERE path = ?", (path,))
                connection.execute("INSERT OR IGNORE INTO vanished VALUES (?)", (path,))

    def add(self, found: Sequence[Identified], catalogue: Catalogue) -> None:
        """Take in files that are not in the index (`remove` what changed first)."""
        connection = self.database.connection
        (last,) = connection.execute("SELECT ifnull(max(number), 0) FROM posts").fetchone()
        posts, texts, refs = [], [], []
        members, feeds = [], catalogue.feeds
        for number, (identity, beside, row) in enumerate(found, last + 1):
            side = self._side(row.depends, beside, catalogue) if row.depends else None
            posts.append((number, side, identity, *row[:_POSTS], row.minted, row.page))
            texts.append((number, *row[_POSTS:_TEXTS]))
            if row.refs is not None:
                refs.append((number, row.refs))
            if row.shown:
                shown = (row.published, row.minted, number, row.starts, row.ends)
                members += [
                    (feeds.get((kind, name)) or self._new_feed(kind, name, feeds), *shown)
                    for kind, name in decode(row.terms or "[]")[0]
                ]
        connection.executemany(_INSERT, posts)
        connection.executemany("INSERT INTO texts VALUES (?,?,?,?)", texts)
        connection.executemany("INSERT INTO refs VALUES (?,?)", refs)
        connection.executemany(_INSERT_MEMBER, members)
        if connection.execute("SELECT EXISTS (SELECT 1 FROM marks)").fetchone()[0]:
            # (by a trigger, as elsewhere, this takes twice as long as the rows themselves)
            joined = {(feed,) for feed, *_ in members}
            connection.executemany("DELETE FROM marks WHERE feed = ?", joined)
        connection.executemany(
            "INSERT INTO aliases VALUES (?, ?)",
            [(alias, one.row.path) for one in found for alias in one.row.aliases],
        )
        if connection.execute("SELECT EXISTS (SELECT 1 FROM vanished)").fetchone()[0]:
            connection.executemany(
                "DELETE FROM vanished WHERE path = ?", [(one.row.path,) for one in found]
            )

    def _side(self, files: tuple[str, ...], identity: str, catalogue: Catalogue) -> int:
        """Return the number of a set of side files, which have this identity now.

        Whoever changes it for one post has read all that depend on them again.
        """
        number = catalogue.sides.get(files)
        if number is None:
            number = catalogue.sides[files] = self._inserted(
                "INSERT INTO sides (files, identity) VALUES (?, ?)", (json.dumps(files), identity)
            )
        elif catalogue.identities[number] != identity:
            self.database.connection.execute(
                "UPDATE sides SET identity = ? WHERE side = ?", (identity, number)
            )
        catalogue.identities[number] = identity
        return number

    def _new_feed(self, kind: str, name: str, feeds: dict[tuple[str, str], int]) -> int:
        """Return the number of a feed that no post was in until now."""
        number = feeds[kind, name] = self._inserted(
            "INSERT INTO feeds (kind, name, slug) VALUES (?, ?, '')", (kind, name)
        )
        return number

    def _inserted(self, statement: str, values: tuple[str, ...]) -> int:
        number = self.database.connection.execute(statement, values).lastrowid
        assert number is not None
        return number

    def same(self, rows: Iterable[Row]) -> set[str]:
        """Return the paths of those rows that the index already holds, the identity aside."""
        ask = self.database.connection.execute
        held = (
            (r, ask("SELECT digest FROM posts WHERE path = ?", (r.path,)).fetchone()) for r in rows
        )
        return {row.path for row, found in held if found is not None and found[0] == row.digest}

    def touch(self, found: Iterable[Identified], catalogue: Catalogue) -> None:
        """Take over the identity of files that were written anew with the same content."""
        for identity, beside, row in found:
            side = self._side(row.depends, beside, catalogue) if row.depends else None
            self.database.connection.execute(
                "UPDATE posts SET identity = ?, side = ? WHERE path = ?", (identity, side, row.path)
            )

    def seal(self) -> None:
        """Make the token of the present state."""
        ask = self.database.connection.execute
        # A key tells of the path, too. The index has no use for the order; sorting here is quicker.
        posts = ask(
            "SELECT hex(key) || ifnull(seen, 0) || ' ' || ifnull(changed, 0) FROM posts"
            " WHERE minted IS NOT NULL"
        )
        token = blake2b("\n".join(sorted([told for (told,) in posts])).encode(), digest_size=16)
        for table in MIRRORED:
            for row in ask(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608
                token.update(repr(row).encode(errors="surrogateescape"))
        for name in _TOLD:
            token.update(self.fact(name) or b"")
        self.set_fact("state", token.digest())

    def _unfile(self, number: int) -> None:
        """Take a post out of its feeds."""
        connection = self.database.connection
        published, identifier, terms = connection.execute(
            "SELECT published, id, terms FROM posts WHERE number = ?", (number,)
        ).fetchone()
        for kind, name in json.loads(terms or "[]"):
            connection.execute(
                f"DELETE FROM members WHERE {MEMBER}",  # noqa: S608
                (kind, name, published, identifier, number),
            )
        merging.drop(connection, merging.of_post(connection, number))
