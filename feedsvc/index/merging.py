"""Terms that an engine takes for one, whatever their spelling: one feed holds the posts of all.

Each name has a feed; the one with the first slug, which is at the engine's address, gets the posts
of the others besides its own. They are members of it for as long as
`merged` says so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    Meeting = Iterable[tuple[str, tuple[str, ...]]]

_HELD = "SELECT feed, number, published, id FROM merged"
# of `feeds`, what `feed` does not have by itself
_OTHERS = (
    "SELECT :feed, number, published, id, min(starts), max(ends) FROM members m WHERE feed IN"
    " (SELECT value FROM json_each(:feeds)) AND NOT EXISTS"
    " (SELECT 1 FROM merged x WHERE x.feed = m.feed AND x.number = m.number) AND NOT EXISTS"
    " (SELECT 1 FROM members o WHERE o.feed = :feed AND o.number = m.number AND NOT EXISTS"
    " (SELECT 1 FROM merged y WHERE y.feed = :feed AND y.number = m.number)) GROUP BY number"
)
_MEMBER = "feed = ? AND number = ? AND published = ? AND id = ?"


class _Place(NamedTuple):
    feed: int
    number: int
    published: int
    id: str


def merge(
    connection: sqlite3.Connection, meeting: Meeting, same: Callable[[str], str] | None
) -> None:
    """Bring in step which feeds have posts of others.

    `meeting` are the kinds and names that meet for the engine: names of which `same` gives one text
    are one term; None: none are.
    """
    wanted = {_Place(*row[:4]): row for row in _wanted(connection, meeting, same)} if same else {}
    held = {_Place(*row) for row in connection.execute(_HELD)}
    drop(connection, held - wanted.keys())
    for place in sorted(wanted.keys() - held):
        feed, number, published, identifier, starts, ends = wanted[place]
        row = (feed, published, identifier, number, starts, ends)
        connection.execute("INSERT INTO members VALUES (?,?,?,?,?,?)", row)
        connection.execute("INSERT INTO merged VALUES (?,?,?,?)", place)
        connection.execute("DELETE FROM marks WHERE feed = ?", (feed,))


def of_post(connection: sqlite3.Connection, number: int) -> list[_Place]:
    """Where a post is besides the feeds of its own terms."""
    rows = connection.execute(f"{_HELD} WHERE number = ?", (number,))
    return [_Place(*row) for row in rows]


def drop(connection: sqlite3.Connection, places: Iterable[_Place]) -> None:
    """Take posts out of feeds of other spellings."""
    for place in places:
        connection.execute(f"DELETE FROM members WHERE {_MEMBER}", place)  # noqa: S608
        connection.execute(f"DELETE FROM merged WHERE {_MEMBER}", place)  # noqa: S608


def move(connection: sqlite3.Connection, place: _Place, published: int, identifier: str) -> None:
    """Follow a post that gets another date or id."""
    for table in ("members", "merged"):
        connection.execute(
            f"UPDATE OR FAIL {table} SET published = ?, id = ? WHERE {_MEMBER}",  # noqa: S608
            (published, identifier, *place),
        )


def _wanted(
    connection: sqlite3.Connection, meeting: Meeting, same: Callable[[str], str]
) -> Iterator[tuple[int, int, int, str, int, int]]:
    for kind, names in meeting:
        groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
        rows = connection.execute(
            "SELECT feed, name, slug FROM feeds WHERE kind = ?"
            " AND name IN (SELECT value FROM json_each(?))",
            (kind, json.dumps(names)),
        )
        for feed, name, slug in rows:
            groups[same(name)].append((slug, feed))
        for group in groups.values():
            (_, first), *others = sorted(group)
            if others:
                feeds = json.dumps([feed for _, feed in others])
                yield from connection.execute(_OTHERS, {"feed": first, "feeds": feeds})
