"""Rendered entries, found by what they were made from: never stale, only unused.

All formats hold the same content, each with its own escapes, so that it is stored once, apart from
the frames that it is set in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from feedsvc import formats
from feedsvc.feeds.values import Content
from feedsvc.formats.text import HOLE
from feedsvc.index.addresses import Address
from feedsvc.index.codec import decode_findings, encode_findings
from feedsvc.index.identity import digest

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedsvc.index.database import Database
    from feedsvc.model import Finding

_COLUMNS = {"atom": 2, "rss": 3, "json": 4}
_READ = "key, content, atom, rss, json, findings, meaning, body, addresses"
_SPARE = 3  # entries a post that may lie unused: settings and edits that may come back
_BATCH = 64


class RenderedEntry:
    """One entry in the frame of every format, with a hole for `body`, the content, in UTF-8.

    `content` is kept only where pages show it. `meaning` is the digest by which the ledger tells an
    edit that readers see. `addresses` are those of the site's files that it refers to.
    """

    __slots__ = ("_escaped", "addresses", "body", "content", "findings", "frames", "meaning")

    def __init__(
        self,
        frames: dict[str, bytes],
        body: bytes = b"",
        content: Content | None = None,
        findings: tuple[Finding, ...] = (),
        *,
        meaning: str = "",
        addresses: tuple[Address, ...] = (),
    ) -> None:
        self.frames = frames
        self.body = body
        self.content = content
        self.findings = findings
        self.meaning = meaning
        self.addresses = addresses
        self._escaped: dict[object, bytes] = {}

    def fragment(self, form: str) -> bytes:
        """Return the whole entry as the format of that name has it."""
        frame = self.frames[form]
        if not self.body:
            return frame
        escape = formats.FORMATS[form].escaped
        content = self._escaped.get(escape)
        if content is None:
            content = self._escaped[escape] = escape(self.body)
        return frame.replace(HOLE, content, 1)


_INSERT = (
    "INSERT OR REPLACE INTO entries (slot, key, atom, rss, json, body, content, findings, meaning,"
    " addresses) VALUES (?,?,?,?,?,?,?,?,?,?)"
)


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
            connection.executemany(_INSERT, rows)

    def tidy(self, made_by: bytes) -> None:
        """Forget entries that no post is shown by any more, once most of them are such.

        `made_by` is the digest of the settings and the code that make the present ones.
        """
        ask = self.database.connection.execute
        (held,), (posts,) = (
            ask(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            for table in ("entries", "posts")
        )
        if held <= _SPARE * posts + _BATCH:
            return
        with self.database.writing() as connection:
            keys = connection.execute("SELECT key FROM posts WHERE key IS NOT NULL")
            shown = {_slot(digest(made_by, key)) for (key,) in keys}
            slots = connection.execute("SELECT slot FROM entries").fetchall()
            unused = [row for row in slots if row[0] not in shown]
            connection.executemany("DELETE FROM entries WHERE slot = ?", unused)


def _slot(key: bytes) -> int:
    return int.from_bytes(key[:8], "big", signed=True)


def _row(key: bytes, entry: RenderedEntry) -> tuple[Any, ...]:
    return (
        _slot(key),
        key,
        *map(entry.frames.get, _COLUMNS),
        entry.body,
        _content_text(entry.content, entry.body),
        encode_findings(entry.findings),
        entry.meaning,
        json.dumps(entry.addresses) if entry.addresses else None,
    )


def _entry(row: tuple[Any, ...]) -> RenderedEntry:
    body: bytes = row[7]
    return RenderedEntry(
        {name: row[at] for name, at in _COLUMNS.items() if row[at] is not None},
        body,
        _content(row[1], body),
        decode_findings(row[5]),
        meaning=row[6],
        addresses=tuple(Address(*one) for one in json.loads(row[8])) if row[8] else (),
    )


def _content_text(content: Content | None, body: bytes) -> str | None:
    if content is None:
        return None
    html = None if content.html == body.decode() else content.html
    return json.dumps([html, content.summary, content.image])


def _content(text: str | None, body: bytes) -> Content | None:
    if text is None:
        return None
    html, summary, image = json.loads(text)
    return Content(body.decode() if html is None else html, summary, image)
