"""Feeds that lost their last post: empty for a while, then gone; or moved to another address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.feeds.values import FeedKey, FeedKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedsvc.index.past import PastFeed


class Endings(NamedTuple):
    """What became of feeds that ended, by their folders.

    `keys` and `fading` (folder → when it ended, µs) are answered with empty feeds, `over` are gone,
    `moved` (folder → folder) are at another address now. `left` has the keys of the latter two, and
    when each ended.
    """

    keys: tuple[FeedKey, ...]
    fading: dict[str, int]
    over: tuple[str, ...]
    moved: dict[str, str]
    left: dict[FeedKey, int]

    @classmethod
    def of(cls, past: Sequence[PastFeed], present: Iterable[FeedKey], since: int) -> Endings:
        """Sort feeds by what became of them; those that ended up to `since` are over."""
        if not past:
            return cls((), {}, (), {}, {})
        here = {(key.family, key.name): key.folder for key in present}
        folders = set(here.values())
        keys: list[FeedKey] = []
        fading: dict[str, int] = {}
        over: list[str] = []
        moved: dict[str, str] = {}
        left: dict[FeedKey, int] = {}
        for feed in past:
            if feed.folder in folders:
                continue
            key = _key(feed)
            if key is None:
                continue
            if (key.family, key.name) in here:
                moved[feed.folder] = here[key.family, key.name]
                left[key] = feed.gone
            elif feed.gone > since:
                keys.append(key)
                fading[feed.folder] = feed.gone
            else:
                over.append(feed.folder)
                left[key] = feed.gone
        return cls(tuple(keys), fading, tuple(over), moved, left)

    def target(self, path: str) -> str | None:
        """Return the path that what was at `path` has now, None if it did not move."""
        for folder, target in self.moved.items():
            if path.startswith(folder):
                return target + path.removeprefix(folder)
        return None


def _key(feed: PastFeed) -> FeedKey | None:
    *family, slug = feed.folder.strip("/").split("/")
    if not slug:
        return None  # the site's own feed never ends
    if not family:
        return FeedKey(FeedKind.SITE, language=slug)
    try:
        return FeedKey.of_family("/".join(family), feed.name, slug)
    except ValueError:
        return None
