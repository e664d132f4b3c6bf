"""What the index holds and the ledger is asked of: posts that it does not know as they are now.

Everything that writes happens inside `Database.writing()`. Instants are microseconds (UTC).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import is_normalized

from feedsvc.index.addresses import Addresses
from feedsvc.index.facts import Facts
from feedsvc.index.marks import FORGET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feedsvc.index.addresses import Learned
    from feedsvc.index.answers import Answers, Told
    from feedsvc.index.filing import Filing
    from feedsvc.index.observing import Folders, Observed

_PIECE: Final = 500  # posts observed at a time
_NEWEST = (
    "SELECT number FROM members WHERE feed = ? AND starts <= ? AND ends > ?"
    " ORDER BY published DESC, id LIMIT ?"
)


class Unread(NamedTuple):
    """A post whose entry is to be rendered for its meaning."""

    number: int
    key: bytes


class Standing(Facts):
    """Which posts the ledger has to be asked about, and what it answered."""

    _named: Folders | None = None  # as they were last asked for

    def pending(self, since: int, now: int) -> bool:
        """Whether files, or the passing of time, have changed what subscribers may see."""
        ask = self.database.connection.execute
        (found,) = ask(
            "SELECT EXISTS (SELECT 1 FROM posts WHERE NOT settled)"
            " OR EXISTS (SELECT 1 FROM vanished)"
            " OR EXISTS (SELECT 1 FROM posts WHERE paged AND starts > :since AND starts <= :now)"
            " OR EXISTS (SELECT 1 FROM posts WHERE paged AND ends > :since AND ends <= :now)",
            {"since": since, "now": now},
        ).fetchone()
        return bool(found)

    def ids_meet(self) -> bool:
        """Whether two posts claim one id."""
        (found,) = self.database.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM posts WHERE paged GROUP BY minted HAVING count(*) > 1)"
        ).fetchone()
        return bool(found)

    def is_plain(self) -> bool:
        """Whether every post has an id and a path that no other claims, in whatever form."""
        ask = self.database.connection.execute
        (meet,) = ask(
            "SELECT EXISTS (SELECT 1 FROM posts WHERE minted IS NOT NULL"
            " GROUP BY minted HAVING count(*) > 1)"
        ).fetchone()
        others = ask("SELECT path FROM posts WHERE length(CAST(path AS BLOB)) > length(path)")
        return not meet and all(is_normalized("NFC", path) for (path,) in others)

    def numbers(self) -> range:
        """Return the numbers that posts have; of some there may be no post any more."""
        first, last = self.database.connection.execute(
            "SELECT min(number), max(number) FROM posts"
        ).fetchone()
        return range(first, last + 1) if last is not None else range(0)

    def count(self) -> int:
        """Return how many posts are in feeds, or will be."""
        (found,) = self.database.connection.execute(
            "SELECT count(*) FROM posts WHERE shown"
        ).fetchone()
        return int(found)

    def vanished(self) -> list[str]:
        """Return the paths of files that are gone since the ledger was asked last."""
        return [path for (path,) in self.database.connection.execute("SELECT path FROM vanished")]

    def observe_all(self, since: int, now: int, *, filed: bool = True) -> Iterator[list[Observed]]:
        """Yield all posts as the ledger sees them that was asked at `since`.

        Some at a time, so that not all of them need be held in memory. Unless `filed` they were
        just read, and it is not known yet which feeds they are in and where their references lead.
        """
        return self._observed("", (), self._folders() if filed else None, since, now)

    def observe_changed(
        self, since: int, now: int, besides: Sequence[int], *, filed: bool = True
    ) -> Iterator[list[Observed]]:
        """Yield those that changed since then, and `besides` others by their numbers."""
        chosen = (
            "WHERE number IN (SELECT number FROM posts WHERE NOT settled"
            " UNION SELECT number FROM posts WHERE paged AND starts > ? AND starts <= ?"
            " UNION SELECT number FROM posts WHERE paged AND ends > ? AND ends <= ?"
            " UNION SELECT value FROM json_each(?))"
        )
        values = (since, now, since, now, json.dumps(besides))
        return self._observed(chosen, values, self._folders() if filed else None, since, now)

    def observe_some(self, numbers: range, since: int, now: int) -> Iterator[list[Observed]]:
        """Yield the posts with these numbers, some at a time."""
        chosen = "WHERE number >= ? AND number < ?"
        return self._observed(chosen, (numbers.start, numbers.stop), self._folders(), since, now)

    def _observed(
        self, chosen: str, values: tuple[object, ...], folders: Folders | None, since: int, now: int
    ) -> Iterator[list[Observed]]:
        from feedsvc.index.observing import COLUMNS, observed  # for runs that ask

        rows = self.database.connection.execute(
            f"SELECT {COLUMNS} FROM posts JOIN texts USING (number) {chosen}",  # noqa: S608
            values,
        )
        while some := rows.fetchmany(_PIECE):
            yield [observed(row, folders, since, now) for row in some]

    def _folders(self) -> Folders:
        feeds = self.database.connection.execute("SELECT kind, name, slug FROM feeds")
        slugs = {(kind, name): slug for kind, name, slug in feeds}
        if self._named is None or self._named.slugs != slugs:
            from feedsvc.index.observing import Folders

            self._named = Folders(slugs)
        return self._named

    def unread(self, since: int, now: int, limit: int | None, *, whole: bool) -> list[Unread]:
        """Return the visible posts whose meaning is not known, `limit` of each feed (None: all).

        Unless `whole`, others than those that were just read, or began to be visible after `since`,
        are looked for only where posts that went may have let them up into a feed.
        """
        ask = self.database.connection.execute
        (went,) = ask(
            "SELECT EXISTS (SELECT 1 FROM vanished)"
            " OR EXISTS (SELECT 1 FROM posts WHERE NOT settled AND NOT shown)"
        ).fetchone()
        if not whole and not went:
            limit = None
        chosen = (
            "SELECT number, key FROM posts WHERE shown AND meaning IS NULL AND starts <= :now"
            " AND ends > :now"
        )
        newest: set[int] = set()
        if limit is not None:
            # (feed by feed: to number the members of all takes four times as long)
            for (feed,) in ask("SELECT feed FROM feeds").fetchall():
                newest.update(number for (number,) in ask(_NEWEST, (feed, now, now, limit)))
            chosen += " AND number IN (SELECT value FROM json_each(:newest))"
        if not whole and not went:
            chosen += (
                " AND number IN (SELECT number FROM posts WHERE NOT settled UNION"
                " SELECT number FROM posts WHERE paged AND starts > :since AND starts <= :now)"
            )
        given = {"since": since, "now": now, "newest": json.dumps(sorted(newest))}
        return [Unread(*row) for row in ask(f"{chosen} ORDER BY number", given)]

    def learn(self, found: Sequence[Learned], *, listing: bool) -> None:
        """Note the meaning of entries as they were rendered; `listing`: and what they refer to."""
        listed = "key" if listing else "NULL"
        self.database.connection.executemany(
            f"UPDATE posts SET meaning = ?, listed = {listed} WHERE number = ? AND key = ?",  # noqa: S608
            [(one.meaning, one.number, one.key) for one in found],
        )
        if listing:
            Addresses(self.database).take_in(found)

    def assign(self, answers: Answers, filing: Filing, *, settled: bool) -> None:
        """Take over what the ledger says of posts, where they are still as they were observed."""
        connection = self.database.connection
        for told in answers.told:
            if self._is_same(told):
                filing.rename(told.number, told.id, told.published, told.updated)
        if connection.execute("SELECT EXISTS (SELECT 1 FROM marks)").fetchone()[0]:
            connection.executemany(
                FORGET, [{"number": number, "seen": at} for at, _, number, _ in answers.seen]
            )
        connection.executemany(
            f"UPDATE posts SET seen = ?, changed = ?, settled = {settled:d}"  # noqa: S608
            " WHERE number = ? AND digest = ?",
            answers.seen,
        )

    def reopen(self, numbers: Iterable[int]) -> None:
        """Have the ledger asked again about these posts, whatever it said just now."""
        self.database.connection.executemany(
            "UPDATE posts SET settled = 0 WHERE number = ?", [(number,) for number in numbers]
        )

    def _is_same(self, told: Told) -> bool:
        row = self.database.connection.execute(
            "SELECT 1 FROM posts WHERE number = ? AND digest = ?", (told.number, told.mark)
        ).fetchone()
        return row is not None

    def forget_vanished(self, paths: Iterable[str]) -> None:
        """Note that the ledger knows that these files are gone."""
        self.database.connection.executemany(
            "DELETE FROM vanished WHERE path = ?", [(path,) for path in paths]
        )
