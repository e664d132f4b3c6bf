"""The ledger as a value: who is known, by id and by path.

Undecoded lines stay text until somebody asks for them, since a run touches few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.ledger.lines import decode_record
from feedsvc.ledger.values import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from feedsvc.ledger.values import FeedRecord, Record


_UNKNOWN = Made()


class Ledger:
    """What subscribers have been told. Immutable; `with_records` gives another one.

    Every id is there once, removed posts included, and every path once among the posts that are
    not removed.
    """

    __slots__ = ("_entries", "_feeds", "_paths", "_removed", "made")

    def __init__(
        self,
        entries: dict[str, Record | str] | None = None,
        paths: dict[str, str] | None = None,
        removed: dict[str, str] | None = None,
        feeds: dict[str, FeedRecord] | None = None,
        made: Made = _UNKNOWN,
    ) -> None:
        self._entries = entries or {}  # by id; text: a canonical line
        self._paths = paths or {}  # path → id, of posts that are not removed
        self._removed = removed or {}  # id → the path where the removed post was last
        self._feeds = feeds or {}  # by folder
        self.made = made

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, identity: object) -> bool:
        return identity in self._entries

    def get(self, identity: str) -> Record | None:
        """The record of an id."""
        entry = self._entries.get(identity)
        if isinstance(entry, str):
            entry = self._entries[identity] = decode_record(entry)
        return entry

    def at(self, path: str) -> Record | None:
        """The record of the post at a path, if it is not removed."""
        identity = self._paths.get(path)
        return None if identity is None else self.get(identity)

    def records(self) -> Iterator[Record]:
        """All records, in no particular order."""
        for identity in tuple(self._entries):
            yield self._known(identity)

    def lines(self) -> Iterator[tuple[str, Record | str]]:
        """Id and record, or its canonical line where it was never decoded."""
        yield from self._entries.items()

    def paths(self) -> Iterator[str]:
        """The paths of all posts that are not removed."""
        yield from self._paths

    @property
    def removed_paths(self) -> Mapping[str, str]:
        """For the id of each removed post the path where it was last."""
        return self._removed

    def removed(self, since: datetime | None = None) -> list[Record]:
        """Posts removed at or after `since`, newest first: what RFC 6721 calls deleted entries."""
        found = []
        for identity in self._removed:
            record = self._known(identity)
            if record.removed is not None and (since is None or record.removed >= since):
                found.append((record.removed, record.id, record))
        return [record for _, _, record in sorted(found, reverse=True)]

    def moved(self) -> Iterator[tuple[str, str]]:
        """Each former link, and the id of the post that had it."""
        for identity, entry in tuple(self._entries.items()):
            # Few posts ever move: the others need not be decoded.
            if not isinstance(entry, str) or '"moved":[' in entry:
                for link in self._known(identity).moved:
                    yield link, identity

    def named(self) -> Iterator[tuple[str, str]]:
        """The text of each id that its author wrote otherwise than it is, and the id."""
        for identity, entry in tuple(self._entries.items()):
            if not isinstance(entry, str) or '"named":"' in entry:
                record = self._known(identity)
                if record.named:
                    yield record.named, identity

    @property
    def feeds(self) -> Mapping[str, FeedRecord]:
        """The feeds that subscribers may have, by folder."""
        return self._feeds

    def with_records(self, records: Iterable[Record]) -> Ledger:
        """A ledger in which these records stand instead of those with their ids."""
        other = self._copy()
        new = list(records)
        for record in new:
            if record.id in other._entries:
                path = self._known(record.id).path
                if other._paths.get(path) == record.id:
                    del other._paths[path]
        for record in new:
            other._entries[record.id] = record
            if record.removed is None:
                other._removed.pop(record.id, None)
                other._paths[record.path] = record.id
            else:
                other._removed[record.id] = record.path
        return other

    def with_feeds(self, feeds: Iterable[FeedRecord]) -> Ledger:
        """A ledger in which these feeds stand instead of those with their folders."""
        other = self._copy()
        other._feeds.update((feed.feed, feed) for feed in feeds)
        return other

    def with_made(self, made: Made) -> Ledger:
        """A ledger of documents that are made otherwise."""
        other = self._copy()
        other.made = made
        return other

    def latest(self) -> datetime | None:
        """The last instant at which any document changed, as far as is remembered."""
        told = [record.changed for record in self.records()]
        told += [feed.touched for feed in self._feeds.values() if feed.touched is not None]
        told += [] if self.made.since is None else [self.made.since]
        return max(told, default=None)

    def _known(self, identity: str) -> Record:
        record = self.get(identity)
        assert record is not None
        return record

    def _copy(self) -> Ledger:
        return Ledger(
            self._entries.copy(),
            self._paths.copy(),
            self._removed.copy(),
            self._feeds.copy(),
            self.made,
        )
