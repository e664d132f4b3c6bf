"""The places of a feed's posts, counted from the oldest: what archives are made of."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index.facts import Facts
from feedsvc.index.store import Selected

if TYPE_CHECKING:
    from collections.abc import Sequence


class Order(NamedTuple):
    """A feed's places, oldest first: the number of the post there, when it was first seen and when
    it last changed (µs).

    The number of a place whose post cannot be shown is negative.
    """

    numbers: array[int]
    seen: array[int]
    changed: array[int]


class Places(Facts):
    """Counts and lists a feed's posts; `now` is in microseconds (UTC)."""

    def count(self, feed: int, now: int, most: int = -1) -> int:
        """Return how many visible posts a feed holds; nobody counts further than to `most`."""
        (found,) = self.database.connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM members WHERE feed = ? AND starts <= ?"
            " AND ends > ? LIMIT ?)",
            (feed, now, now, most),
        ).fetchone()
        return int(found)

    def order(self, feed: int, folder: str, now: int) -> Order:
        """Return the places of a feed: by when posts were first seen, ties by id.

        Neither ever changes of a post. Without a ledger the date has to serve, and nothing is known
        of posts that went.
        """
        rows = self.database.connection.execute(
            "SELECT m.number, ifnull(p.seen, m.published) AS seen, ifnull(p.changed, 0), m.id AS id"
            " FROM members m JOIN posts p USING (number)"
            " WHERE m.feed = :feed AND m.starts <= :now AND m.ends > :now"
            " UNION ALL SELECT -g.number, g.seen, g.at, g.id FROM gaps g JOIN json_each(g.feeds) f"
            " ON f.value = :folder ORDER BY seen, id DESC",
            {"feed": feed, "now": now, "folder": folder},
        )
        found = Order(array("q"), array("q"), array("q"))
        for number, seen, changed, _ in rows:
            found.numbers.append(number)
            found.seen.append(seen)
            found.changed.append(changed)
        return found

    def selected(self, numbers: Sequence[int]) -> list[Selected]:
        """Return these posts in this order; those that are gone are left out."""
        rows = self.database.connection.execute(
            "SELECT p.number, p.key, max(p.updated, p.starts, ifnull(p.seen, 0))"
            " FROM json_each(?) wanted JOIN posts p ON p.number = wanted.value ORDER BY wanted.key",
            (json.dumps(list(numbers)),),
        )
        return [Selected(*row) for row in rows]
