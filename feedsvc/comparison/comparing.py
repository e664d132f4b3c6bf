"""Every deployed feed against what would be deployed now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from feedsvc import sites
from feedsvc.comparison import entries
from feedsvc.comparison.entries import Side
from feedsvc.comparison.values import Comparison, FeedChanges
from feedsvc.errors import FeedError
from feedsvc.feeds.heads import url_of
from feedsvc.formats import FORMATS
from feedsvc.received import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.comparison.deployment import Deployment
    from feedsvc.comparison.published import Published
    from feedsvc.feeds.values import FeedListing
    from feedsvc.publication import Publication
    from feedsvc.received import ReceivedFeed
    from feedsvc.settings import Settings
    from feedsvc.sites.engine import Layout


class _Found(NamedTuple):
    """A feed that is deployed: the path of the first of its documents, and its bytes."""

    path: str
    data: bytes


def compare(
    deployment: Deployment, publication: Publication, published: Callable[[], Published]
) -> Comparison:
    """Compare feed by feed, each in the first of its documents that is deployed, Atom before RSS.

    `published` is asked for only where something differs. Raises FeedError where nothing of this
    site is deployed, or what is there cannot be read.
    """
    return _Comparing(deployment, publication, published).result()


class _Comparing:
    def __init__(
        self,
        deployment: Deployment,
        publication: Publication,
        published: Callable[[], Published],
    ) -> None:
        self.deployment = deployment
        self.publication = publication
        self.settings = publication.settings
        self._published = published
        self._known: Published | None = None

    def result(self) -> Comparison:
        listings = self.publication.feeds()
        layout = sites.layout(self.settings)
        documents = [list(_documents(listing, layout, self.settings)) for listing in listings]
        outcomes, added = [], []
        for paths, found in zip(documents, self._found(documents), strict=True):
            if found is None:
                added.append(paths[0])
            else:
                outcomes.append(self._changes(found))
        listed = {path for paths in documents for path in paths}
        outcomes += map(self._changes, self._unlisted(listed))
        if not outcomes:
            looked = ", ".join(documents[0])
            raise FeedError(f"no feed of this site is there: looked for {looked}")
        different = tuple(filter(None, outcomes))
        return Comparison(different, len(outcomes) - len(different), tuple(added))

    @property
    def published(self) -> Published:
        """What the site publishes, read when something differs."""
        if self._known is None:
            self._known = self._published()
        return self._known

    def _found(self, documents: list[list[str]]) -> Iterator[_Found | None]:
        first = partial(_first, self.deployment)
        if self.deployment.at_once == 1:
            yield from map(first, documents)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(self.deployment.at_once) as pool:
            yield from pool.map(first, documents)

    def _changes(self, found: _Found) -> FeedChanges | None:
        """Return what happens in a feed, None if nothing does."""
        path, data = found
        document = self.publication.get(path)
        if document is not None and document.body == data:
            return None
        before = self._before(path, data)
        if document is None:
            return FeedChanges(path, tuple(entries.vanished(before, self.published)), gone=True)
        feed = reading.read(document.body, path, url_of(self.settings, path))
        after = Side(feed, self.settings.site.url)
        changes = tuple(entries.changes(before, after, self.published))
        return FeedChanges(path, changes) if changes else None

    def _unlisted(self, listed: set[str]) -> Iterator[_Found]:
        """Yield the deployed feeds that are none of ours, each in one of its formats.

        Feeds that ended are among them, whether or not an empty one still answers for them.
        """
        seen = set()
        for path in self.deployment.feeds():
            stem = path.rpartition(".")[0]
            if path in listed or stem in seen:
                continue
            data = self.deployment.get(path) or b""
            try:
                feed = reading.read(data, path)
            except FeedError:
                continue  # it looked like a feed, and is none
            if feed.entries:
                seen.add(stem)
            if feed.entries and not feed.archive:
                yield _Found(path, data)

    def _before(self, path: str, data: bytes) -> Side:
        feed = reading.read(data, path, url_of(self.settings, path))
        return Side(feed, _base(feed, path) or self.settings.site.url)


def _documents(listing: FeedListing, layout: Layout, settings: Settings) -> Iterator[str]:
    """Yield the paths of a feed's documents, ours and the engine's, those that tell most first."""
    for form in FORMATS:
        if form in listing.paths:
            yield listing.paths[form]
            yield from layout.feed_paths(listing.key, form, settings)


def _first(deployment: Deployment, paths: list[str]) -> _Found | None:
    for path in paths:
        data = deployment.get(path)
        if data is not None:
            return _Found(path, data)
    return None


def _base(feed: ReceivedFeed, path: str) -> str:
    """The address of the site that a feed is from, as far as the feed tells its own.

    A site that moves has another one than ours, and its links are to be compared below that.
    """
    parts = urlsplit(feed.own)
    plain = unquote(parts.path)
    if not parts.netloc or not plain.endswith(path):
        return ""
    return f"{parts.scheme}://{parts.netloc}{plain.removesuffix(path)}"
