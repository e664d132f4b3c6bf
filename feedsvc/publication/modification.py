"""When documents last changed: what `Last-Modified` tells.

Never earlier than for any state before, and later than for all whose bytes were other ones: a
document changes with whatever is or was in it, and with what all documents are made by. All
instants are microseconds (UTC).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from feedsvc.index.past import Retracted
    from feedsvc.publication.store import Store


class Modifications:
    """When the documents of one publication changed, as the ledger has it.

    `touched` tells by folder when known posts last changed their place in a feed, `retracted` what
    was taken back; `window` is how long a post is news.
    """

    def __init__(
        self,
        store: Store,
        now: int,
        window: int,
        touched: Mapping[str, int],
        retracted: Sequence[Retracted],
    ) -> None:
        self._store = store
        self._now = now
        self._window = window
        self._touched = touched
        self._retracted = retracted
        self._found: dict[str, int] = {}

    def of_feed(self, folder: str, feed: int, held: Container[int]) -> int:
        """Return when a feed's documents changed; it holds posts with these numbers now."""
        found = self._found.get(folder)
        if found is None:  # all documents of a feed, and every request for one, ask the same
            found = self._found[folder] = self._of_feed(folder, feed, held)
        return found

    def _of_feed(self, folder: str, feed: int, held: Container[int]) -> int:
        removed = self._lost.get(folder, ())
        changed = max(self._of_all(folder), self._feeds.get(feed, 0))
        since = self._now - self._window
        lapsed = max((one.removed for one in removed if one.removed <= since), default=0)
        if feed:
            after = changed - self._window
            lapsed = max(lapsed, self._store.lapsed(feed, since, after, held))
        return max(changed, lapsed + self._window if lapsed else 0)

    def of_archive(self, folder: str, own: int) -> int:
        """Return when an archive of a feed changed whose own posts last did at `own`."""
        return max(self._since, self._touched.get(folder, 0), own)

    def of_page(self, number: int) -> int:
        """Return when a post's page changed."""
        return max(self._since, self._store.of_post(number))

    @cached_property
    def of_anything(self) -> int:
        """When whatever all feeds show together changed."""
        lost = (one.changed for one in self._retracted)
        return max((self._since, *self._feeds.values(), *self._touched.values(), *lost))

    def _of_all(self, folder: str) -> int:
        """Return when something left a feed or changed its place, or all documents changed."""
        lost = (one.changed for one in self._lost.get(folder, ()))
        return max(self._since, self._touched.get(folder, 0), *lost)

    @cached_property
    def _since(self) -> int:
        return self._store.since()

    @cached_property
    def _feeds(self) -> dict[int, int]:
        return self._store.of_feeds()

    @cached_property
    def _lost(self) -> dict[str, list[Retracted]]:
        found: dict[str, list[Retracted]] = {}
        for one in self._retracted:
            for folder in one.feeds:
                found.setdefault(folder, []).append(one)
        return found
