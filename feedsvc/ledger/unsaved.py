"""What subscribers were told and the file of the ledger does not say, because it was not written.

Kept as lines, each beside the one that the file held instead, and taken over as a three-way merge
does it: where the file still holds that line, the change stands; where somebody has written another
one since, the file is right.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from feedsvc.ledger.lines import decode, decode_made, encode, encode_made
from feedsvc.ledger.telling import is_vital
from feedsvc.ledger.values import FeedRecord, Made, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feedsvc.ledger.state import Ledger

Change: TypeAlias = tuple[str | None, str]
"""The line that the file holds, None where it has none, and the one that was told."""


class Unsaved(NamedTuple):
    """What the file lacks: posts by id, feeds by folder, and the header.

    `first` tells that the file knew no posts at all.
    """

    posts: dict[str, Change]
    feeds: dict[str, Change]
    made: tuple[Made, Made]
    first: bool

    @classmethod
    def between(cls, file: Ledger, told: Ledger) -> Unsaved:
        """What the ledger in the file lacks of what was told."""
        posts: dict[str, Change] = {}
        for identity in told.ids() if told.snapshot is not file.snapshot else told.news[0]:
            before, after = file.get(identity), told.get(identity)
            if after is not None and before != after:
                posts[identity] = _line(before), _encoded(after)
        feeds: dict[str, Change] = {
            folder: (_line(file.feeds.get(folder)), _encoded(one))
            for folder, one in told.feeds.items()
            if one != file.feeds.get(folder)
        }
        return cls(posts, feeds, (file.made, told.made), first=not file)

    @property
    def is_anything(self) -> bool:
        """Whether the file lacks anything."""
        return bool(self.posts or self.feeds) or self.made[0] != self.made[1]

    @property
    def is_vital(self) -> bool:
        """Whether subscribers were told something by it, not only when documents changed."""
        changes = (*self.posts.values(), *self.feeds.values())
        return any(
            before is None or _is_vital(_decoded(before), _decoded(line))
            for before, line in changes
        )

    def onto(self, file: Ledger) -> Ledger:
        """The ledger of all that was told; `file` itself where that holds it by now.

        A file that was lost takes nothing over, since the next run is a first run. Neither does
        one in which other posts have got the places of these.
        """
        if not file and not self.first:
            return file
        lines = _standing(self.posts, file.get) + _standing(self.feeds, file.feeds.get)
        entries = [_decoded(line) for line in lines]
        posts = [one for one in entries if isinstance(one, Record)]
        feeds = [one for one in entries if isinstance(one, FeedRecord)]
        told = file.with_records(posts) if posts else file
        if not all(_has_place(one, file, told) for one in posts):
            return file
        told = told.with_feeds(feeds) if feeds else told
        before, after = self.made
        return told.with_made(after) if file.made == before != after else told

    def then(self, later: Unsaved) -> Unsaved:
        """Both; where they speak of the same, what was told later."""
        return Unsaved(
            self.posts | later.posts,
            self.feeds | later.feeds,
            (self.made[0], later.made[1]),
            first=self.first and later.first,
        )

    def dump(self) -> bytes:
        """The same as bytes."""
        posts, feeds, made, first = self
        told = {"posts": posts, "feeds": feeds, "made": [encode_made(one) for one in made]}
        return json.dumps({**told, "first": first}, separators=(",", ":")).encode()

    @classmethod
    def parse(cls, data: bytes) -> Unsaved:
        """What `dump` gave."""
        told = json.loads(data)
        before, after = (decode_made(one) for one in told["made"])
        posts, feeds = (
            {name: tuple(change) for name, change in told[kind].items()}
            for kind in ("posts", "feeds")
        )
        return cls(posts, feeds, (before, after), first=told["first"])


def _has_place(record: Record, file: Ledger, told: Ledger) -> bool:
    """Whether the record is at its path in what was told, and nobody else that the file knows."""
    if record.removed is not None:
        return True
    if told.at(record.path) != record:
        return False
    before = file.at(record.path)
    after = None if before is None or before.id == record.id else told.get(before.id)
    return after is None or after.removed is not None or after.path != record.path


def _line(entry: Record | FeedRecord | None) -> str | None:
    return None if entry is None else _encoded(entry)


def _encoded(entry: Record | FeedRecord) -> str:
    return encode(entry).decode()


def _decoded(line: str) -> Record | FeedRecord:
    return decode(line.encode())


def _is_vital(before: Record | FeedRecord, after: Record | FeedRecord) -> bool:
    if isinstance(before, Record) and isinstance(after, Record):
        return is_vital(before, after)
    return (
        isinstance(before, FeedRecord)
        and isinstance(after, FeedRecord)
        and (before.name, before.gone) != (after.name, after.gone)
    )


def _standing(
    changes: Mapping[str, Change], held: Callable[[str], Record | FeedRecord | None]
) -> list[str]:
    """The lines told instead of which the file still has what it had."""
    return [line for name, (before, line) in changes.items() if _line(held(name)) == before]
