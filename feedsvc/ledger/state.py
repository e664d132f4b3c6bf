"""The ledger as a value: who is known, by id and by path.

What the file holds stays as it lies there; beside it stands what is told since.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from feedsvc.ledger.snapshot import Snapshot
from feedsvc.ledger.values import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from feedsvc.ledger.values import FeedRecord, Record


_NOTHING: Final = Snapshot(b"\n")
_UNKNOWN: Final = Made()


class Ledger:
    """What subscribers have been told. Immutable; `with_records` gives another one.

    Every id is there once, removed posts included, and every path once among the posts that are
    not removed.
    """

    __slots__ = ("_paths", "_told", "_told_feeds", "made", "snapshot")

    def __init__(self, snapshot: Snapshot = _NOTHING, made: Made = _UNKNOWN) -> None:
        self.snapshot = snapshot
        self.made = made
        self._told: dict[str, Record] = {}  # by id, instead of those in the snapshot
        self._paths: dict[str, str | None] = {}  # path → id, where that is another than there
        self._told_feeds: dict[str, FeedRecord] = {}  # by folder

    def __bool__(self) -> bool:
        return bool(self._told) or not self.snapshot.is_empty

    def __len__(self) -> int:
        return sum(1 for _ in self.ids())

    def __contains__(self, identity: object) -> bool:
        return isinstance(identity, str) and self.get(identity) is not None

    def get(self, identity: str) -> Record | None:
        """The record of an id."""
        return self._told.get(identity) or self.snapshot.get(identity)

    def at(self, path: str) -> Record | None:
        """The record of the post at a path, if it is not removed."""
        if path not in self._paths:
            return self.snapshot.at(path)
        identity = self._paths[path]
        return None if identity is None else self.get(identity)

    def ids(self) -> Iterator[str]:
        """The ids of all posts, in no particular order."""
        yield from self._told
        yield from (one for one in self.snapshot.ids() if one not in self._told)

    def records(self) -> Iterator[Record]:
        """All records, in no particular order."""
        yield from self._told.values()
        yield from self._untold(self.snapshot.records())

    def paths(self) -> Iterator[str]:
        """The paths of all posts that are not removed."""
        yield from (path for path, identity in self._paths.items() if identity is not None)
        yield from (path for path in self.snapshot.paths() if path not in self._paths)

    def removed(self, since: datetime | None = None) -> list[Record]:
        """Posts removed at or after `since`, newest first: what RFC 6721 calls deleted entries."""
        found = [
            (one.removed, one.id, one)
            for one in (*self._told.values(), *self._untold(self.snapshot.removed))
            if one.removed is not None and (since is None or one.removed >= since)
        ]
        return [record for _, _, record in sorted(found, reverse=True)]

    def moved(self) -> Iterator[tuple[str, str]]:
        """Each former link, and the id of the post that had it."""
        for one in (*self._told.values(), *self._untold(self.snapshot.moved)):
            yield from ((link, one.id) for link in one.moved)

    def named(self) -> Iterator[tuple[str, str]]:
        """The text of each id that its author wrote otherwise than it is, and the id."""
        for one in (*self._told.values(), *self._untold(self.snapshot.named())):
            if one.named:
                yield one.named, one.id

    @property
    def feeds(self) -> Mapping[str, FeedRecord]:
        """The feeds that subscribers may have, by folder."""
        held = self.snapshot.feeds
        return {**held, **self._told_feeds} if self._told_feeds else held

    @property
    def news(self) -> tuple[Mapping[str, Record], Mapping[str, FeedRecord]]:
        """What the snapshot does not say, or says otherwise: posts by id, feeds by folder."""
        return self._told, self._told_feeds

    def with_records(self, records: Iterable[Record]) -> Ledger:
        """A ledger in which these records stand instead of those with their ids."""
        other = self._copy()
        new = list(records)
        for record in new if self else ():
            known = other.get(record.id)
            if known is not None and known.removed is None:
                there = other.at(known.path)
                if there is not None and there.id == record.id:
                    other._paths[known.path] = None
        for record in new:
            other._told[record.id] = record
            if record.removed is None:
                other._paths[record.path] = record.id
        return other

    def with_feeds(self, feeds: Iterable[FeedRecord]) -> Ledger:
        """A ledger in which these feeds stand instead of those with their folders."""
        other = self._copy()
        other._told_feeds.update((feed.feed, feed) for feed in feeds)
        return other

    def with_made(self, made: Made) -> Ledger:
        """A ledger of documents that are made otherwise."""
        other = self._copy()
        other.made = made
        return other

    def latest(self) -> datetime | None:
        """The last instant at which any document changed, as far as is remembered."""
        told = [feed.touched for feed in self.feeds.values() if feed.touched is not None]
        told += [] if self.made.since is None else [self.made.since]
        return max(chain((record.changed for record in self.records()), told), default=None)

    def _untold(self, records: Iterable[Record]) -> Iterator[Record]:
        return (one for one in records if one.id not in self._told)

    def _copy(self) -> Ledger:
        other = Ledger(self.snapshot, self.made)
        other._told = self._told.copy()
        other._paths = self._paths.copy()
        other._told_feeds = self._told_feeds.copy()
        return other
