"""Small facts that the index remembers by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedsvc.index.database import Database


class Facts:
    """Whatever is one value for the whole site."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def fact(self, name: str) -> bytes | None:
        """Return what was last stored under `name`."""
        row = self.database.connection.execute(
            "SELECT value FROM meta WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def set_fact(self, name: str, value: bytes) -> None:
        """Store a small fact."""
        self.database.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def state(self) -> bytes:
        """Return the token of the present state of all posts; equal states have equal tokens."""
        return self.fact("state") or b""
