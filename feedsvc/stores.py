"""The index and the renderer as a publication sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.index.changes import Changes
from feedsvc.index.marks import Marks
from feedsvc.index.mirror import Mirror
from feedsvc.index.past import Past
from feedsvc.index.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from feedsvc.attachments.published import Attachments
    from feedsvc.index.entries import RenderedEntry
    from feedsvc.index.store import PostIndex, Selected
    from feedsvc.model import LocalFile
    from feedsvc.rendering import EntryRenderer


class IndexStore:
    """What a publication asks for, answered from the index and by what renders what it lacks.

    `renderer` and `attachments` are made when the first entry or file is asked for.
    """

    def __init__(
        self,
        index: PostIndex,
        renderer: Callable[[], EntryRenderer],
        attachments: Callable[[], Attachments],
    ) -> None:
        self._renderer = renderer
        self._attachments = attachments
        places = Places(index.database)
        self.boundaries = index.boundaries
        self.feeds = index.feeds
        self.selection = index.selection
        past = Past(index.database)
        changes = Changes(index.database)
        self.since = changes.since
        self.of_feeds = changes.of_feeds
        self.of_post = changes.of_post
        self.lapsed = changes.lapsed
        self.rarities = past.rarities
        self.chosen = past.chosen
        self.lapses = past.lapses
        self.retracted = past.retracted
        self.past_feeds = past.past_feeds
        self.moved = past.moved
        self.touched = past.touched
        self.was_left = past.was_left
        self.departures = past.departures
        self.sizes = index.sizes
        marks = Marks(index.database)
        self.marks = marks.marks
        self.keep = marks.keep
        self.count = places.count
        self.order = places.order
        self.selected = places.selected
        mirror = Mirror(index.database)
        self.archived = mirror.archived
        self.origin = mirror.origin
        self.withdrawn = index.withdrawn
        self.page = index.page
        self.pages = index.pages
        self.expired = index.expired
        self.alias = index.alias
        self.post = index.post

    def entry(self, number: int, key: bytes) -> RenderedEntry:
        """See `EntryRenderer.entry`."""
        return self._renderer().entry(number, key)

    def entries(self, wanted: Sequence[Selected]) -> list[RenderedEntry]:
        """See `EntryRenderer.entries`."""
        return self._renderer().entries(wanted)

    def file(self, path: str, now: datetime) -> LocalFile | None:
        """See `Attachments.file`."""
        return self._attachments().file(path, now)

    def files(self, now: datetime) -> Iterator[LocalFile]:
        """See `Attachments.files`."""
        return self._attachments().files(now)
