"""The history of feeds as documents (RFC 5005 §4): which archives there are, what they link to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.errors import StaleError
from feedsvc.feeds.heads import url_of
from feedsvc.feeds.history import LATE, History, has_archives
from feedsvc.feeds.values import FeedKind
from feedsvc.publication.routes import Route, archive_paths, own_paths, split_archive_path

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from feedsvc.feeds.values import Feed, FeedKey
    from feedsvc.index.places import Order
    from feedsvc.index.store import Selected
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings

_ORDERS = 250_000  # places remembered: about 4 MB
_LATE = LATE.days * 86_400_000_000


class Held(NamedTuple):
    """What an archive holds, newest first, and when one of its places last lost its post."""

    entries: list[Selected]
    emptied: int


class Archives:
    """The archives of all feeds at one instant; `feeds` maps a feed to its number in the store.

    `shown` tells which posts the feed itself holds.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        feeds: Mapping[FeedKey, int],
        now: int,
        shown: Callable[[FeedKey], Collection[Selected]],
    ) -> None:
        self._store = store
        self._settings = settings
        self._feeds = feeds
        self._now = now
        self._shown = shown
        self._known = store.archived()
        self._whole: dict[FeedKey, bool] = {}
        self._histories: dict[FeedKey, History] = {}
        self._orders: dict[FeedKey, Order] = {}
        self._folders = {key.folder: key for key in feeds if self._has_archives(key)}

    def _has_archives(self, key: FeedKey) -> bool:
        wanted = self._settings.feeds.archives
        if key.kind is not FeedKind.SITE:
            return wanted == "all"
        known = wanted != "auto" or key.folder in self._known  # then nobody asks how many
        return has_archives(self._settings, 0 if known else self._count(key), known=known)

    def _count(self, key: FeedKey) -> int:
        return self._store.count(self._feeds[key], self._now) if self._feeds[key] else 0

    def _is_whole(self, key: FeedKey) -> bool:
        """Whether the feed itself holds every post: to count them all would be work for each."""
        found = self._whole.get(key)
        if found is None:  # all formats of a feed ask the same
            limit, feed = self._settings.feeds.limit, self._feeds[key]
            found = not feed or self._store.count(feed, self._now, limit + 1) <= limit
            self._whole[key] = found
        return found

    def paths(self) -> Iterator[str]:
        """Yield the path of every archive in every format."""
        for key in self._folders.values():
            for number in range(1, self.history(key).newest + 1):
                yield from archive_paths(key, number, self._settings).values()

    def route(self, path: str) -> Route | None:
        """Return what the path of an archive stands for, None if there is none at it."""
        folder, number = split_archive_path(path)
        key = self._folders.get(folder)
        if key is None or not 0 < number <= self.history(key).newest:
            return None
        forms = archive_paths(key, number, self._settings)
        form = next((form for form, own in forms.items() if own == path), None)
        return None if form is None else Route(form, key, number)

    def note(self, key: FeedKey, *, whole: bool) -> None:
        """Note whether a feed itself holds every post, which then need not be asked."""
        self._whole[key] = whole

    def state(self, key: FeedKey, shown: Collection[Selected]) -> tuple[bool, int, int]:
        """Return what a feed that shows these posts tells of its history.

        That is whether it holds every post, else the number of its newest archive and how many
        places that holds, 0 where it has no archives.
        """
        if self._is_whole(key):
            return True, 0, 0
        if key.folder not in self._folders:
            return False, 0, 0
        history = self._histories.get(key) or self._shared_out(key, shown)
        return False, history.newest, history.filled

    def history(self, key: FeedKey) -> History:
        """Return how the posts of a feed that has archives are shared out."""
        return self._histories.get(key) or self._shared_out(key, self._shown(key))

    def _shared_out(self, key: FeedKey, shown: Collection[Selected]) -> History:
        limit, size = self._settings.feeds.limit, self._settings.feeds.archive_size
        made = History(0, 0, 0, limit, size)
        if not self._is_whole(key):
            numbers, seen, _ = self._order(key)
            held = {one.number for one in shown}
            needed = len(numbers)
            while needed and (numbers[needed - 1] < 0 or numbers[needed - 1] in held):
                needed -= 1
            first_open = bisect_left(seen, seen[-1] - _LATE)
            made = History(len(numbers), needed, first_open, limit, size)
        self._histories[key] = made
        return made

    def held(self, key: FeedKey, number: int) -> Held:
        """Return what an archive holds."""
        start, stop = self.history(key).span(number)
        order = self._order(key)
        places = order.numbers[start:stop]
        if len(places) < stop - start:
            raise StaleError("the posts changed while they were being published")
        gaps = (at for at, place in enumerate(places, start) if place < 0)
        return Held(
            self._store.selected([place for place in reversed(places) if place > 0]),
            max((order.changed[at] for at in gaps), default=0),
        )

    def changed(self, key: FeedKey, number: int) -> int:
        """Return when what is in an archive, or its being full, last changed (µs).

        One that is full was made so by the post by which it got a successor, or by the first that
        was seen a day after its last one, whichever came later.
        """
        history, order = self.history(key), self._order(key)
        start, stop = history.span(number)
        if history.is_settled(number):
            later = bisect_right(order.seen, order.seen[stop - 1] + _LATE) + 1
            stop = max(later, history.reach(number))
        return max(order.changed[start:stop], default=0)

    def _order(self, key: FeedKey) -> Order:
        found = self._orders.get(key)
        if found is None:
            found = self._store.order(self._feeds[key], key.folder, self._now)
            held = sum(len(order.numbers) for order in self._orders.values())
            if held + len(found.numbers) > _ORDERS:
                self._orders.clear()
            self._orders[key] = found
        return found

    def linked(self, head: Feed, form: str, number: int) -> Feed:
        """Return a head with its links to older and newer documents.

        `number` 0 means the subscription document.
        """
        key = head.key
        if number == 0:
            complete, newest, filled = self.state(key, self._shown(key))
            if not newest:
                return head._replace(complete=complete)
            older = self._url(key, form, newest) + f"?{filled}"
            return head._replace(prev_archive=older, next_url=older)
        history = self.history(key)
        before = self._url(key, form, number - 1) if number > 1 else None
        return head._replace(
            archive=history.is_settled(number),
            current=url_of(self._settings, own_paths(key, self._settings)[form]),
            prev_archive=before,
            next_url=before,
            next_archive=self._url(key, form, number + 1) if number < history.newest else None,
        )

    def _url(self, key: FeedKey, form: str, number: int) -> str:
        return url_of(self._settings, archive_paths(key, number, self._settings)[form])
