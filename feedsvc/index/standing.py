"""What the index holds and the ledger is asked of: posts that it does not know as they are now.

Everything that writes happens inside `Database.writing()`. Instants are microseconds (UTC).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index.addresses import Addresses
from feedsvc.index.facts import Facts
from feedsvc.index.marks import FORGET
from feedsvc.instants import to_microseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feedsvc.index.addresses import Learned
    from feedsvc.index.filing import Filing
    from feedsvc.index.observing import Observed
    from feedsvc.ledger.values import Assignment

_NEWEST = (
    "SELECT number FROM members WHERE feed = ? AND starts <= ? AND ends > ?"
    " ORDER BY published DESC, id LIMIT ?"
)
_SECOND = 1_000_000


class Unread(NamedTuple):
    """A post whose entry is to be rendered for its meaning."""

    number: int
    key: bytes


class Standing(Facts):
    """Which posts the ledger has to be asked about, and what it answered."""

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

    def count(self) -> int:
        """Return how many posts are in feeds, or will be."""
        (found,) = self.database.connection.execute(
            "SELECT count(*) FROM posts WHERE shown"
        ).fetchone()
        return int(found)

    def vanished(self) -> list[str]:
        """Return the paths of files that are gone since the ledger was asked last."""
        return [path for (path,) in self.database.connection.execute("SELECT path FROM vanished")]

    def observe(self, since: int, now: int, *, whole: bool) -> list[Observed]:
        """Return the posts that changed since the ledger was asked at `since`, or all of them."""
        chosen = (
            ""
            if whole
            else " WHERE number IN (SELECT number FROM posts WHERE NOT settled"
            " UNION SELECT number FROM posts WHERE paged AND starts > :since AND starts <= :now"
            " UNION SELECT number FROM posts WHERE paged AND ends > :since AND ends <= :now)"
        )
        connection = self.database.connection
        from feedsvc.index.observing import COLUMNS, Folders, observed  # for runs that ask

        slugs = {
            (kind, name): slug
            for kind, name, slug in connection.execute("SELECT kind, name, slug FROM feeds")
        }
        folders = Folders(slugs)
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM posts JOIN texts USING (number){chosen}",  # noqa: S608
            {} if whole else {"since": since, "now": now},
        )
        return [observed(row, folders, since, now) for row in rows]

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

    def assign(
        self,
        observed: Sequence[Observed],
        assignments: Mapping[str, Assignment],
        filing: Filing,
        *,
        settled: bool,
    ) -> None:
        """Take over what the ledger says of posts, where they are still as they were observed."""
        connection = self.database.connection
        seen: list[tuple[int | None, int | None, bool, int, bytes]] = []
        for one in observed:
            said = assignments.get(one.post.path)
            if said is None:
                seen.append((None, None, settled, one.number, one.mark))
                continue
            at = None if said.seen is None else _microseconds(said.seen, one)
            changed = None if said.changed is None else _microseconds(said.changed, one)
            seen.append((at, changed, settled, one.number, one.mark))
            published, updated = one.own[0], one.own[1] or one.own[0]
            # The ledger knows whole seconds; where they agree the author's fraction stays.
            if (told := _microseconds(said.published, one)) != published // _SECOND * _SECOND:
                published = told
            if (told := _microseconds(said.updated, one)) != updated // _SECOND * _SECOND:
                updated = told
            if (said.id, published, updated) != one.told and self._is_same(one):
                filing.rename(one.number, said.id, published, updated)
        if connection.execute("SELECT EXISTS (SELECT 1 FROM marks)").fetchone()[0]:
            connection.executemany(
                FORGET, [{"number": number, "seen": at} for at, _, _, number, _ in seen]
            )
        connection.executemany(
            "UPDATE posts SET seen = ?, changed = ?, settled = ? WHERE number = ? AND digest = ?",
            seen,
        )

    def _is_same(self, one: Observed) -> bool:
        row = self.database.connection.execute(
            "SELECT 1 FROM posts WHERE number = ? AND digest = ?", (one.number, one.mark)
        ).fetchone()
        return row is not None

    def forget_vanished(self, paths: Iterable[str]) -> None:
        """Note that the ledger knows that these files are gone."""
        self.database.connection.executemany(
            "DELETE FROM vanished WHERE path = ?", [(path,) for path in paths]
        )


def _microseconds(instant: datetime, of: Observed) -> int:
    """Those of an instant that is told of a post; nearly always that is its date."""
    return of.own[0] if instant is of.post.published else to_microseconds(instant)
