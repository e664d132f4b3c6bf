"""The places of a feed's posts, counted from the oldest: what archives are made of."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING

from feedsvc.index.facts import Facts
from feedsvc.index.store import Selected

if TYPE_CHECKING:
    from collections.abc import Sequence


class Places(Facts):
    """Counts and lists a feed's posts; `now` is in microseconds (UTC)."""

    def count(self, feed: int, now: int) -> int:
        """Return how many visible posts a feed holds."""
        (found,) = self.database.connection.execute(
            "SELECT count(*) FROM members WHERE feed = ? AND starts <= ? AND ends > ?",
            (feed, now, now),
        ).fetchone()
        return int(found)

    def order(self, feed: int, now: int) -> array[int]:
        """Return the numbers of a feed's visible posts as archives count them: oldest first.

        The exact opposite of the order within a feed: by date, ties by id.
        """
        rows = self.database.connection.execute(
            "SELECT number FROM members WHERE feed = ? AND starts <= ? AND ends > ?"
            " ORDER BY published, id DESC",
            (feed, now, now),
        )
        return array("q", (number for (number,) in rows))

    def selected(self, numbers: Sequence[int]) -> list[Selected]:
        """Return these posts in this order; those that are gone are left out."""
        rows = self.database.connection.execute(
            "SELECT p.number, p.key, max(p.updated, p.starts, ifnull(p.seen, 0))"
            " FROM json_each(?) wanted JOIN posts p ON p.number = wanted.value ORDER BY wanted.key",
            (json.dumps(list(numbers)),),
        )
        return [Selected(*row) for row in rows]
