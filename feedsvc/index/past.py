"""What subscribers had and have no more, and what they may not have seen yet: for publications.

All instants are microseconds (UTC).
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from feedsvc.index.facts import Facts
from feedsvc.index.store import Selected

CAP = 200
"""How many posts that were first seen within the window a feed may hold beyond its limit."""

_CHOSEN = "m.published, m.id, m.number, p.key, max(p.updated, m.starts, ifnull(p.seen, 0))"


class Retracted(NamedTuple):
    """A post that was taken back: its id, the path of its page, when, and from which feeds.

    `changed` is when documents lost it.
    """

    id: str
    link: str
    removed: int
    changed: int
    feeds: frozenset[str]


class PastFeed(NamedTuple):
    """A feed that has no posts any more: its folder, its name and since when."""

    folder: str
    name: str
    gone: int


class Rarities(NamedTuple):
    """Which rare things are among the posts at all: feeds need not be asked for the others.

    A post that was first seen within the window, one that has expired.
    """

    fresh: bool
    expired: bool


class Chosen(NamedTuple):
    """Posts that a feed shows; `whole` tells that it has no others."""

    posts: list[Selected]
    whole: bool


class Past(Facts):
    """What the ledger remembers, as far as publications tell of it."""

    def retracted(self, now: int) -> list[Retracted]:
        """Return the posts that were taken back up to `now`, newest first."""
        rows = self.database.connection.execute(
            "SELECT id, link, removed, changed, feeds FROM retracted WHERE removed <= ?"
            " ORDER BY removed DESC, id",
            (now,),
        )
        return [
            Retracted(one, link, removed, changed, frozenset(json.loads(feeds)))
            for one, link, removed, changed, feeds in rows
        ]

    def past_feeds(self) -> list[PastFeed]:
        """Return the feeds that ended."""
        rows = self.database.connection.execute("SELECT * FROM past_feeds ORDER BY folder")
        return [PastFeed(*row) for row in rows]

    def touched(self) -> dict[str, int]:
        """Return when a post that was known before last changed its place in a feed, by folder."""
        return dict(self.database.connection.execute("SELECT folder, at FROM touched").fetchall())

    def moved(self, link: str, now: int) -> str | None:
        """Return the page of the visible post that once was at this path."""
        row = self.database.connection.execute(
            "SELECT p.page FROM moved m JOIN posts p USING (id) WHERE m.link = ? AND p.paged"
            " AND p.starts <= ? AND p.ends > ? AND p.page IS NOT NULL",
            (link, now, now),
        ).fetchone()
        return None if row is None else str(row[0])

    def was_left(self, link: str) -> bool:
        """Whether a post had this path and moved on, even if it was taken back since."""
        row = self.database.connection.execute(
            "SELECT 1 FROM moved WHERE link = ?", (link,)
        ).fetchone()
        return row is not None

    def departures(self, now: int) -> dict[str, str]:
        """Return for each path where a visible post once was the path of its page now."""
        rows = self.database.connection.execute(
            "SELECT m.link, p.page FROM moved m JOIN posts p USING (id) WHERE p.paged AND p.starts"
            " <= :now AND p.ends > :now AND p.page IS NOT NULL UNION ALL"
            " SELECT a.alias || iif(a.alias LIKE '%.htm%', '', '/'), p.page"
            " FROM aliases a JOIN posts p USING (path) WHERE p.paged"
            " AND p.starts <= :now AND p.ends > :now AND p.page IS NOT NULL",
            {"now": now},
        )
        return dict(rows.fetchall())

    def rarities(self, now: int, since: int) -> Rarities:
        """Return which of them there are, the window reaching back to `since`."""
        row = self.database.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM posts WHERE shown AND seen > ?),"
            " EXISTS (SELECT 1 FROM posts WHERE paged AND ends <= ?)",
            (since, now),
        ).fetchone()
        return Rarities(*map(bool, row))

    def chosen(self, feed: int, now: int, since: int, limit: int, among: Rarities) -> Chosen:
        """Return a feed's newest `limit` posts, and all that were first seen after `since`.

        Of the latter at most CAP, those seen last. Newest first, ties by id.
        """
        rows = self.database.connection.execute(
            f"SELECT {_CHOSEN} FROM members m JOIN posts p USING (number) WHERE m.feed = ?"  # noqa: S608
            " AND m.starts <= ? AND m.ends > ? ORDER BY m.published DESC, m.id LIMIT ?",
            (feed, now, now, limit + 1),
        ).fetchall()
        whole = len(rows) <= limit
        if not whole:
            rows.pop()
            if among.fresh:
                rows = self._with_fresh(rows, feed, now, since)
        return Chosen([Selected(*row[2:]) for row in rows], whole)

    def _with_fresh(
        self, newest: list[tuple[Any, ...]], feed: int, now: int, since: int
    ) -> list[tuple[Any, ...]]:
        recent = self.database.connection.execute(
            f"SELECT {_CHOSEN} FROM posts p JOIN members m ON m.feed = ? AND m.published ="  # noqa: S608
            " p.published AND m.id = p.id AND m.number = p.number WHERE p.shown AND p.seen > ?"
            " AND m.starts <= ? AND m.ends > ? ORDER BY p.seen DESC, p.id LIMIT ?",
            (feed, since, now, now, len(newest) + CAP),
        ).fetchall()
        held = {row[2] for row in newest}
        more = [row for row in recent if row[2] not in held][:CAP]
        return sorted([*newest, *more], key=lambda row: (-row[0], row[1])) if more else newest

    def lapses(self, now: int, window: int) -> tuple[int, int | None]:
        """Return the last instant up to `now` and the next one when anything leaves its window."""
        ask = self.database.connection.execute
        since = now - window
        last: list[int] = []
        coming: list[int] = []
        for column, table in (
            ("seen", "posts WHERE shown AND"),
            ("removed", "retracted WHERE"),
            ("gone", "past_feeds WHERE"),
        ):
            (before,) = ask(f"SELECT max({column}) FROM {table} {column} <= ?", (since,)).fetchone()  # noqa: S608
            (after,) = ask(f"SELECT min({column}) FROM {table} {column} > ?", (since,)).fetchone()  # noqa: S608
            last += [] if before is None else [before + window]
            coming += [] if after is None else [after + window]
        return max(last, default=0), min(coming, default=None)
