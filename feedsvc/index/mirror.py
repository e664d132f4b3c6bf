"""What publications tell of the past, copied from the ledger into the index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unicodedata import normalize

from feedsvc.index.facts import Facts
from feedsvc.index.filing import MIRRORED
from feedsvc.instants import to_microseconds

if TYPE_CHECKING:
    from feedsvc.ledger.state import Ledger
    from feedsvc.ledger.values import Record


class Mirror(Facts):
    """Posts that were taken back or moved, feeds that ended, and what feeds have told before."""

    def archived(self) -> frozenset[str]:
        """Return the folders of the feeds that subscribers were given archives of."""
        return frozenset(json.loads(self.fact("archived") or b"[]"))

    def origin(self) -> str:
        """Return the URL that subscribers first had of the site, "" where they have had none."""
        return (self.fact("origin") or b"").decode()

    def _absent(self, ledger: Ledger) -> list[Record]:
        """Return the posts that subscribers know and cannot be shown now, by id.

        They were taken back, or cannot be read at present.
        """
        found = ledger.removed()
        unread = self.database.connection.execute("SELECT path FROM posts WHERE minted IS NULL")
        for (path,) in unread:
            one = ledger.at(path if path.isascii() else normalize("NFC", path))
            if one is not None:
                found.append(one)
        return sorted(found, key=lambda one: one.id)

    def renew(self, ledger: Ledger) -> None:
        """Copy what publications tell of the past: posts removed or moved, feeds that ended."""
        connection = self.database.connection
        for table in MIRRORED:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.executemany(
            "INSERT INTO gaps (id, seen, at, feeds) VALUES (?, ?, ?, ?)",
            [
                (
                    one.id,
                    to_microseconds(one.seen),
                    to_microseconds(one.changed),
                    json.dumps(one.feeds),
                )
                for one in self._absent(ledger)
            ],
        )
        archived = [one.feed for one in ledger.feeds.values() if one.archived is not None]
        self.set_fact("archived", json.dumps(sorted(archived)).encode())
        self.set_fact("origin", ledger.made.origin.encode())
        connection.executemany(
            "INSERT INTO retracted VALUES (?, ?, ?, ?, ?)",
            [
                (
                    one.id,
                    one.link,
                    to_microseconds(one.removed),
                    to_microseconds(one.changed),
                    json.dumps(one.feeds),
                )
                for one in ledger.removed()
                if one.removed is not None
            ],
        )
        connection.executemany("INSERT OR REPLACE INTO moved VALUES (?, ?)", _departures(ledger))
        connection.executemany(
            "INSERT INTO touched VALUES (?, ?)",
            [
                (one.feed, to_microseconds(one.touched))
                for one in ledger.feeds.values()
                if one.touched is not None
            ],
        )
        connection.executemany(
            "INSERT INTO past_feeds VALUES (?, ?, ?)",
            [
                (one.feed, one.name, to_microseconds(one.gone))
                for one in ledger.feeds.values()
                if one.gone is not None
            ],
        )


def _departures(ledger: Ledger) -> list[tuple[str, str]]:
    """Return each former link with its post; of several that had it one that is still there last.

    The last one counts: what was taken back leads nowhere.
    """
    gone = {one.id for one in ledger.removed()}
    return sorted(ledger.moved(), key=lambda left: (left[1] not in gone, left))
