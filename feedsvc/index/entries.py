"""Rendered entries, found by what they were made from: never stale, only unused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedsvc.feeds.values import Content
from feedsvc.index.codec import decode_findings, encode_findings

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedsvc.index.database import Database
    from feedsvc.model import Finding

_COLUMNS = {"atom": 2, "rss": 3, "json": 4}
_READ = "key, content, atom, rss, json, findings, meaning"
_BATCH = 64


@dataclass(frozen=True, slots=True)
class RenderedEntry:
    """One entry as every format writes it. `content` is kept only where pages show it.

    `meaning` is the digest by which the ledger tells an edit that readers see.
    """

    fragments: dict[str, bytes] = field(repr=False)
    content: Content | None = None
    findings: tuple[Finding, ...] = ()
    meaning: str = ""


class EntryCache:
    """Rendered entries by a key of 16 bytes; writes are gathered and made in batches."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._waiting: dict[bytes, RenderedEntry] = {}

    def get(self, key: bytes) -> RenderedEntry | None:
        """Return the entry made from `key`, if it is there."""
        return self._waiting.get(key) or self._stored(key)

    def get_all(self, keys: Collection[bytes]) -> dict[bytes, RenderedEntry]:
        """Return those that are there, by key."""
        waiting = self._waiting
        found = {key: waiting[key] for key in keys if key in waiting}
        wanted = {key for key in keys if key not in found}
        rows = self.database.connection.execute(
            f"SELECT {_READ} FROM entries WHERE slot IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps([_slot(key) for key in wanted]),),
        )
        found.update((row[0], _entry(row)) for row in rows if row[0] in wanted)
        return found

    def _stored(self, key: bytes) -> RenderedEntry | None:
        row = self.database.connection.execute(
            f"SELECT {_READ} FROM entries WHERE slot = ?",  # noqa: S608
            (_slot(key),),
        ).fetchone()
        return None if row is None or row[0] != key else _entry(row)

    def put(self, key: bytes, entry: RenderedEntry) -> None:
        """Keep an entry; it reaches the disk with the next batch or `flush`."""
        self._waiting[key] = entry
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._waiting:
            return
        rows = [_row(key, entry) for key, entry in self._waiting.items()]
        self._waiting.clear()
        with self.database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO entries VALUES (?,?,?,?,?,?,?,?)", rows)

    def prune(self, keep: set[bytes]) -> None:
        """Forget all entries but these."""
        with self.database.writing() as connection:
            slots = {_slot(key) for key in keep}
            unused = [
                row for row in connection.execute("SELECT slot FROM entries") if row[0] not in slots
            ]
            connection.executemany("DELETE FROM entries WHERE slot = ?", unused)


def _slot(key: bytes) -> int:
    return int.from_bytes(key[:8], "big", signed=True)


def _row(key: bytes, entry: RenderedEntry) -> tuple[Any, ...]:
    content = entry.content
    return (
        _slot(key),
        key,
        *(entry.fragments.get(name) for name in _COLUMNS),
        None if content is None else json.dumps([content.html, content.summary, content.image]),
        encode_findings(entry.findings),
        entry.meaning,
    )


def _entry(row: tuple[Any, ...]) -> RenderedEntry:
    fragments = {name: row[at] for name, at in _COLUMNS.items() if row[at] is not None}
    return RenderedEntry(fragments, _content(row[1]), decode_findings(row[5]), row[6])


def _content(text: str | None) -> Content | None:
    return None if text is None else Content(*json.loads(text))
