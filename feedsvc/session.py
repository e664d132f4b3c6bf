"""One process's use of a site's index: what is kept in it, and what is done where it fails."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from feedsvc.errors import StaleError
from feedsvc.index.entries import EntryCache
from feedsvc.index.store import PostIndex

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from feedsvc.index.database import Database
    from feedsvc.model import JSON
    from feedsvc.settings import Settings

Answer = TypeVar("Answer")


class Handle(NamedTuple):
    """What another process needs to open the same publication; picklable and hashable.

    `now` is aware, `state` the token of the posts' state.
    """

    settings: Settings
    database: Path
    now: datetime
    state: bytes


class Session:
    """The index of one site while this process has it open.

    `fill` reads all posts again, into an index that has lost them; None where nobody would.
    """

    def __init__(self, database: Database, fill: Callable[[], object] | None = None) -> None:
        self.database = database
        self.index = PostIndex(database)
        self.entries = EntryCache(database)
        self._fill = fill
        self._knows_shapes = False

    @property
    def notice(self) -> str:
        """Why the index is kept in memory, "" while it is on disk."""
        return self.database.notice

    def state(self) -> bytes:
        """Return the token of the posts' present state."""
        return self.index.state()

    def writings(self) -> int:
        """Return what is another number once another process has written to the index."""
        (number,) = self.database.connection.execute("PRAGMA data_version").fetchone()
        return int(number)

    def guarded(self, work: Callable[[], Answer]) -> Answer:
        """Do something with the index; where the disk fails, again without it."""
        try:
            return work()
        except sqlite3.Error as error:
            if self._fill is None:
                raise
            self.recover(error)
            self._fill()
            return work()

    def recover(self, error: sqlite3.Error) -> None:
        """Go on after an error of the index, which may be empty then."""
        self.database.recover(error)

    def handle(self, settings: Settings, now: datetime, state: bytes) -> Handle | None:
        """Return what another process can open that state by, None where only this one can."""
        if self.database.path is None:
            return None
        self.entries.flush()
        return Handle(settings, self.database.path, now, state)

    def check(self, handle: Handle) -> None:
        """Raise StaleError when the posts have moved on since `handle` was given."""
        if self.state() != handle.state:
            raise StaleError("the posts changed while they were being published")

    def recall(self, name: str) -> JSON:
        """Return what was remembered under `name` on this machine, None if nothing is."""
        value = self.guarded(lambda: self.index.fact(f"memo:{name}"))
        return None if value is None else json.loads(value)

    def remember(self, name: str, value: JSON) -> None:
        """Remember a value on this machine; it may be forgotten at any time."""
        text = json.dumps(value, separators=(",", ":")).encode()
        self.guarded(lambda: self.index.set_fact(f"memo:{name}", text))

    def recall_shapes(self) -> None:
        """Take up what was learned earlier of how to write entries."""
        from feedsvc.index.shapes import Shapes

        Shapes(self.database).recall()
        self._knows_shapes = True

    def flush(self) -> None:
        """Write what was rendered, and what was learned of how to write it."""
        self.entries.flush()
        if self._knows_shapes:
            from feedsvc.index.shapes import Shapes

            Shapes(self.database).keep()

    def close(self, tidy: bytes | None) -> None:
        """Write what is still to be written and let go of the index.

        `tidy`: entries by other recipes than this one are dropped first.
        """
        self.guarded(self.flush)
        if tidy is not None:
            self.guarded(lambda: self.entries.tidy(tidy))
        self.database.close()
