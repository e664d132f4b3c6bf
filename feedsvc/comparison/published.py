"""What the site publishes at all, whether or not a feed has room to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.model import State
from feedsvc.received.addresses import paths

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from feedsvc.model import Post
    from feedsvc.received import ReceivedEntry


class Published:
    """The posts that are published at `now`, by id and address, and ids that were taken back."""

    def __init__(
        self, posts: Iterable[Post], removed: Iterable[str], now: datetime, site_url: str
    ) -> None:
        self._ids: set[str] = set()
        self._paths: set[str] = set()
        self._removed = frozenset(removed)
        for post in posts:
            if post.in_feeds and post.state(now) is State.PUBLISHED:
                self._ids.add(post.id)
                self._paths.update(paths(post.permalink, site_url)[-1:])

    def has(self, entry: ReceivedEntry, base: str) -> bool:
        """Whether an entry of the site at `base` is published, be it under another id."""
        return entry.id in self._ids or not self._paths.isdisjoint(paths(entry.link, base)[-1:])

    def has_id(self, identity: str) -> bool:
        """Whether a post with this id is published."""
        return identity in self._ids

    def removed(self, identity: str) -> bool:
        """Whether the post was taken back, as the ledger knows."""
        return identity in self._removed
