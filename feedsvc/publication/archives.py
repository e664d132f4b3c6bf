"""The history of feeds as documents (RFC 5005 §4): which archives there are, what they link to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feedsvc.errors import StaleError
from feedsvc.feeds.heads import url_of
from feedsvc.feeds.history import AUTO_POSTS, History
from feedsvc.feeds.values import FeedKind
from feedsvc.publication.routes import Route, archive_paths, own_paths, split_archive_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feedsvc.feeds.values import Feed, FeedKey
    from feedsvc.index.store import Selected
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings

_ORDERS = 500_000  # places remembered: about 4 MB


class Archives:
    """The archives of all feeds at one instant; `feeds` maps a feed to its number in the store."""

    def __init__(
        self, store: Store, settings: Settings, feeds: Mapping[FeedKey, int], now: int
    ) -> None:
        self._store = store
        self._settings = settings
        self._feeds = feeds
        self._now = now
        self._histories: dict[FeedKey, History] = {}
        self._orders: dict[FeedKey, Sequence[int]] = {}
        self._folders = {key.folder: key for key in feeds if self._has_archives(key)}

    def _has_archives(self, key: FeedKey) -> bool:
        wanted = self._settings.feeds.archives
        if wanted in {"all", "none"} or key.kind is not FeedKind.SITE:
            return wanted == "all"
        return wanted == "site" or self.history(key).count <= AUTO_POSTS

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

    def history(self, key: FeedKey) -> History:
        """Return how many posts a feed has, and how they are shared out."""
        found = self._histories.get(key)
        if found is None:
            feeds = self._settings.feeds
            count = self._store.count(self._feeds[key], self._now) if self._feeds[key] else 0
            found = self._histories[key] = History(count, feeds.limit, feeds.archive_size)
        return found

    def entries(self, key: FeedKey, number: int) -> list[Selected]:
        """Return what an archive holds, newest first."""
        start, stop = self.history(key).span(number)
        places = self._order(key)[start:stop]
        if len(places) < stop - start:
            raise StaleError("the posts changed while they were being published")
        return self._store.selected(places[::-1])

    def _order(self, key: FeedKey) -> Sequence[int]:
        found = self._orders.get(key)
        if found is None:
            found = self._store.order(self._feeds[key], self._now)
            if sum(map(len, self._orders.values())) + len(found) > _ORDERS:
                self._orders.clear()
            self._orders[key] = found
        return found

    def linked(self, head: Feed, form: str, number: int) -> Feed:
        """Return a head with its links to older and newer documents.

        `number` 0 means the subscription document.
        """
        key = head.key
        history = self.history(key)
        if number == 0:
            if not history.newest:
                return replace(head, complete=True)
            if key.folder not in self._folders:
                return head
            older = self._url(key, form, history.newest) + f"?{history.filled}"
            return replace(head, prev_archive=older, next_url=older)
        before = self._url(key, form, number - 1) if number > 1 else None
        settled = history.is_settled(number)
        return replace(
            head,
            archive=settled,
            current=url_of(self._settings, own_paths(key, self._settings)[form]),
            prev_archive=before,
            next_url=before,
            next_archive=self._url(key, form, number + 1) if settled else None,
        )

    def _url(self, key: FeedKey, form: str, number: int) -> str:
        return url_of(self._settings, archive_paths(key, number, self._settings)[form])
