"""What the file of the ledger holds, as it lies there: lines in canonical form that are searched.

A run after an edit asks for few of ten thousand posts. Bytes are searched for a line in a
millisecond, while taking all lines apart takes thirty; that is done for who asks for many.
"""

from __future__ import annotations

import zlib
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from feedsvc.ledger.lines import FEED, decode, spellings, utf8
from feedsvc.ledger.values import FeedRecord, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.ledger.canonical import Survey

_SEARCHES: Final = 24  # cost as much as taking all lines apart
_FEW: Final = 200  # records are decoded in the time that the expressions for many take to compile
_HELD: Final = 1000  # records, decoded: asked for again soon, or not at all
_POST = b'\n{"path":'
_REMOVED: Final = b',"removed":"'
_PAST = b'moved":'  # ends `"removed":` as `"moved":`, and no text: there, the mark is escaped
_FROM_END = len(_REMOVED) + len('2026-01-31T12:00:00Z"}')


class Snapshot:
    """The lines of posts and feeds in a file; immutable.

    `data` is canonical: a header, then lines as `encode` writes them, sorted by `order`.
    """

    def __init__(self, data: bytes, survey: Survey | None = None) -> None:
        self.data = data
        self.begin = data.index(b"\n") + 1
        self._survey = survey
        self._searches = 0
        self._decode: Callable[[bytes], Record] = _decode_one
        if survey is not None:
            self._decode_many()
        self._decoded: dict[int, Record] = {}  # by where the line begins
        # Where that is, by id and by path, as searches found it.
        self._known: dict[str, int | None] = {}
        self._at: dict[str, int | None] = {}

    @cached_property
    def is_empty(self) -> bool:
        """Whether no post was ever told."""
        return self.data.find(_POST) < 0

    def get(self, identity: str) -> Record | None:
        """The record of an id."""
        if self.is_empty:
            return None
        return self._record(self._start(identity))

    def at(self, path: str) -> Record | None:
        """The record of the post at a path, if it is not removed."""
        if self.is_empty:
            return None
        return self._record(self._start_at(path))

    def ids(self) -> list[str]:
        """The ids of all posts."""
        return [one.decode("utf-8", "surrogatepass") for one in self._surveyed().ids]

    def paths(self) -> list[str]:
        """The paths of all posts that are not removed."""
        return [one.decode("utf-8", "surrogatepass") for one in self._surveyed().paths]

    def records(self) -> Iterator[Record]:
        """All records."""
        if self.is_empty:
            return iter(())
        self._decode_many()
        return (self._decode(self._line(at + 1)) for at in self._hits(_POST))

    @property
    def removed(self) -> list[Record]:
        """The records of posts that were removed."""
        return [one for one in self._past if one.removed is not None]

    @property
    def moved(self) -> list[Record]:
        """The records of posts that had other links before."""
        return [one for one in self._past if one.moved]

    @cached_property
    def _past(self) -> list[Record]:
        return self._with(_PAST)

    def named(self) -> list[Record]:
        """The records of posts whose authors wrote ids otherwise than they are."""
        return self._with(b',"named":')

    @cached_property
    def feeds(self) -> dict[str, FeedRecord]:
        """The records of feeds, by folder."""
        found = [_feed(self._line(at + 1)) for at in self._hits(b"\n" + FEED)]
        return {one.feed: one for one in found}

    def lines(self) -> list[tuple[bytes, bytes]]:
        """Every line with its key: the id or the folder, in UTF-8."""
        lines = self.data[self.begin : -1].split(b"\n") if len(self.data) > self.begin else []
        return [(_key(line), line) for line in lines]

    def room_for(self, key: bytes, line: bytes) -> tuple[int, int, tuple[int, bytes, bytes]]:
        """What has to make room for a line, from where to where: the line with its key, if any.

        Also what the line is sorted by among others for the same room.
        """
        text = key.decode("utf-8", "surrogatepass")
        start = self._feed_starts.get(text) if line.startswith(FEED) else self._start(text)
        if start is None:
            start = end = self._place_for(order(key, line))
        else:
            end = self.data.index(b"\n", start) + 1
        return start, end, order(key, line)

    def _place_for(self, wanted: tuple[int, bytes, bytes]) -> int:
        low, high = self.begin, len(self.data)
        while low < high:
            start = self.data.rfind(b"\n", 0, (low + high) // 2) + 1
            there = self._line(start)
            if order(_key(there), there) < wanted:
                low = start + len(there) + 1
            else:
                high = start
        return low

    def _start(self, identity: str) -> int | None:
        if identity in self._known:
            return self._known[identity]
        if self._is_surveyed():
            return self._surveyed().ids.get(utf8(identity))
        found = self._known[identity] = self._searched(identity)
        return found

    def _searched(self, identity: str) -> int | None:
        for spelling in spellings(identity):
            at = self.data.find(b'","id":' + spelling + b',"link":"')
            if at >= 0:
                return self.data.rfind(b"\n", 0, at) + 1
        return None

    def _start_at(self, path: str) -> int | None:
        if path in self._at:
            return self._at[path]
        if self._is_surveyed():
            return self._surveyed().paths.get(utf8(path))
        found = self._at[path] = self._searched_at(path)
        return found

    def _searched_at(self, path: str) -> int | None:
        for spelling in spellings(path):
            for at in self._hits(_POST + spelling + b',"id":"'):
                end = self.data.index(b"\n", at + 1)
                if not self.data.startswith(_REMOVED, end - _FROM_END):
                    return at + 1
        return None

    @cached_property
    def _feed_starts(self) -> dict[str, int]:
        starts = [at + 1 for at in self._hits(b"\n" + FEED)]
        return {_key(self._line(start)).decode("utf-8", "surrogatepass"): start for start in starts}

    def _is_surveyed(self) -> bool:
        """Whether lines are to be looked up: from the next search on, that would be cheaper."""
        self._searches += 1
        return self._survey is not None or self._searches > _SEARCHES

    def _surveyed(self) -> Survey:
        if self._survey is None:
            from feedsvc.ledger.canonical import survey

            self._survey = survey(self.data, self.begin)
            self._decode_many()
        return self._survey

    def _with(self, mark: bytes) -> list[Record]:
        starts = dict.fromkeys(self.data.rfind(b"\n", 0, at) + 1 for at in self._hits(mark))
        if len(starts) > _FEW:
            self._decode_many()
        return [one for one in map(self._record, starts) if one is not None]

    def _hits(self, mark: bytes) -> Iterator[int]:
        at = self.data.find(mark)
        while at >= 0:
            yield at
            at = self.data.find(mark, at + len(mark))

    def _line(self, start: int) -> bytes:
        return self.data[start : self.data.index(b"\n", start)]

    def _record(self, start: int | None) -> Record | None:
        if start is None:
            return None
        found = self._decoded.get(start)
        if found is None:
            if len(self._decoded) >= _HELD:
                self._decoded.clear()
            found = self._decoded[start] = self._decode(self._line(start))
        return found

    def _decode_many(self) -> None:
        """From now on decode in the way that pays for many."""
        from feedsvc.ledger.canonical import decode_record

        self._decode = decode_record


def _decode_one(line: bytes) -> Record:
    record = decode(line)
    assert isinstance(record, Record)
    return record


def order(key: bytes, line: bytes) -> tuple[int, bytes, bytes]:
    """What lines are sorted by."""
    return zlib.crc32(key), key, line


def _key(line: bytes) -> bytes:
    if b"\\" not in line:
        parts = line.split(b'"', 8)
        return parts[7] if parts[1] == b"path" else parts[3]
    entry = decode(line)
    return utf8(entry.id if isinstance(entry, Record) else entry.feed)


def _feed(line: bytes) -> FeedRecord:
    if b"\\" in line:
        entry = decode(line)
        assert isinstance(entry, FeedRecord)
        return entry
    parts = line.decode().split('"')
    if len(parts) == 9 and parts[5] == "name":  # as of most feeds, that is all there is
        return FeedRecord(parts[3], parts[7])
    told = dict(zip(parts[1::4], parts[3::4], strict=True))
    feed, name = told.pop("feed"), told.pop("name", "")
    return FeedRecord(feed, name, **{key: datetime.fromisoformat(at) for key, at in told.items()})
