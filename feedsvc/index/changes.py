"""When documents last changed, for `Last-Modified`: asked of the ledger, held in the index.

A document changes with every post that is or was in it, in whatever small way. All instants are
microseconds (UTC).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.feeds.values import FeedKey
from feedsvc.index.facts import Facts
from feedsvc.instants import to_microseconds

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime


class Changes(Facts):
    """When what documents are made from last changed."""

    def since(self) -> int:
        """Return since when documents are made as they are, posts aside; 0: since ever."""
        return int(self.fact("since") or 0)

    def of_feeds(self) -> dict[int, int]:
        """Return when a post that is in a feed last changed, by the feed's number."""
        return dict(
            self.database.connection.execute(
                "SELECT feed, changed FROM feeds WHERE changed IS NOT NULL"
            ).fetchall()
        )

    def of_post(self, number: int) -> int:
        """Return when a post last changed."""
        (found,) = self.database.connection.execute(
            "SELECT changed FROM posts WHERE number = ?", (number,)
        ).fetchone()
        return int(found or 0)

    def lapsed(self, feed: int, since: int, after: int, held: Container[int]) -> int:
        """Return when the last post that ceased to be news, and left the feed by that, was seen.

        That is the last one seen after `after`, up to `since`, that is not among the `held`; 0 for
        none.
        """
        if since <= after:
            return 0
        # Those dated after `after` are few, and so are those that were seen late. (Left to itself,
        # SQLite goes through the whole feed: hence the cross joins.)
        rows = self.database.connection.execute(
            "SELECT p.number, p.seen FROM members m CROSS JOIN posts p ON p.number = m.number"
            " WHERE m.feed = :feed AND m.published > :after"
            " AND p.shown AND p.seen > :after AND p.seen <= :since"
            " UNION ALL SELECT p.number, p.seen FROM posts p INDEXED BY posts_late"
            " CROSS JOIN members m ON m.feed = :feed AND m.published = p.published"
            " AND m.id = p.id AND m.number = p.number"
            " WHERE p.shown AND p.seen > p.published AND p.seen > :after AND p.seen <= :since",
            {"feed": feed, "after": after, "since": since},
        )
        return max((seen for number, seen in rows if number not in held), default=0)

    def latest(self) -> int | None:
        """Return when anything last changed, as far as feeds tell; None where nothing is known."""
        (found,) = self.database.connection.execute(
            "SELECT max(at) FROM (SELECT max(changed) AS at FROM feeds"
            " UNION ALL SELECT max(at) FROM touched UNION ALL SELECT max(changed) FROM retracted)"
        ).fetchone()
        since = self.since()
        return max(found or since, since) or None

    def note(self, changed: Mapping[str, int], since: datetime | None, *, whole: bool) -> None:
        """Take over when posts changed, and since when documents are made as they are.

        `changed` is that of the feeds that they are in, by folder. `whole`: these are all posts,
        and what was noted before is of no account.
        """
        connection = self.database.connection
        if whole:
            connection.execute("UPDATE feeds SET changed = NULL WHERE changed IS NOT NULL")
        rows = connection.execute("SELECT feed, kind, name, slug FROM feeds").fetchall()
        numbers = {
            FeedKey.of_family(kind, name, slug).folder: feed for feed, kind, name, slug in rows
        }
        connection.executemany(
            "UPDATE feeds SET changed = max(ifnull(changed, 0), ?) WHERE feed = ?",
            [(at, numbers[feed]) for feed, at in changed.items() if feed in numbers],
        )
        self.set_fact("since", b"%d" % (0 if since is None else to_microseconds(since)))
