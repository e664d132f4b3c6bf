"""Which posts each feed shows at one instant, and what tells that from any other state."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from feedsvc import slugs
from feedsvc.feeds.values import FeedKey
from feedsvc.index.identity import digest
from feedsvc.index.marks import Mark
from feedsvc.index.past import Chosen
from feedsvc.publication.endings import Endings

if TYPE_CHECKING:
    from feedsvc.index.past import Rarities, Retracted
    from feedsvc.index.store import Selected
    from feedsvc.publication.archives import Archives
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings

# A feed without entries says 2000-01-01T00:00:00Z: fixed, and no date that validators doubt.
EMPTY_CHANGED = 946_684_800_000_000
_DAY = 86_400_000_000
_NO_POSTS = Chosen([], whole=True)
_SELECTIONS = 2000  # feeds whose entries are remembered: about 4 MB


class Choice(NamedTuple):
    """What a feed holds, when it last changed, and ids that were taken back and when.

    `mark` tells the entries, the settings and the code from any others.
    """

    entries: list[Selected]
    changed: int
    deleted: tuple[tuple[str, int], ...]
    mark: bytes


class _Told(NamedTuple):
    """When known posts last changed their place in a feed, when it lost its last
    post (0: it has some), and the ids of posts that were taken back and when, newest first.
    """

    touched: int
    fading: int
    removed: tuple[tuple[str, int], ...]


class Discoveries(NamedTuple):
    """What was found out about feeds, by their numbers.

    `sizes` are how many posts each holds and when one last changed.
    """

    marks: dict[int, bytes]
    sizes: dict[int, tuple[int, int]]


class Choices:
    """What the feeds of a publication hold; instants are microseconds (UTC).

    `recipe` is the digest of all that documents are made by besides the posts.
    """

    def __init__(self, store: Store, settings: Settings, now: int, recipe: bytes) -> None:
        self.window = settings.feeds.window_days * _DAY
        self._store = store
        self._settings = settings
        self._now = now
        self._recipe = recipe
        self._selections: dict[FeedKey, Choice] = {}
        self._held_signature: tuple[FeedKey, str] | None = None
        self._discoveries = Discoveries({}, {})

    def chosen(self, key: FeedKey) -> Choice:
        """Return a feed's entries and when it last changed; the same for all of its formats."""
        found = self._selections.get(key)
        if found is None:
            if len(self._selections) >= _SELECTIONS:
                self._selections.clear()
            found = self._selections[key] = self._choose(key)
            if feed := self.feeds.get(key):
                self._discoveries.marks[feed] = found.mark
        return found

    def _choose(self, key: FeedKey) -> Choice:
        since = self._now - self.window
        feed = self.feeds.get(key)
        told = self._told(key.folder)
        removed = [at for _, at in told.removed]
        instants = [EMPTY_CHANGED]
        entries, whole = _NO_POSTS
        if feed:
            limit, among = self._settings.feeds.limit, self._rarities
            entries, whole = self._store.chosen(feed, self._now, since, limit, among)
            instants += [one.changed for one in entries]
            # A ledger knows which of those that expired were ever shown.
            if among.expired and not self._settings.ledger.enabled:
                instants.append(self._store.withdrawn(feed, self._now) or 0)
        self.archives.note(key, whole=whole)
        changed = max(instants)
        facts = key, changed, self.archives.state(key, entries)
        return Choice(
            entries,
            max(changed, told.touched, told.fading, *removed),
            tuple(one for one in told.removed if one[1] > since),
            bytes.fromhex(self.sign(repr(facts).encode(), entries)),
        )

    def _told(self, folder: str) -> _Told:
        """Return what the ledger remembers of a feed, whatever posts it holds."""
        return _Told(
            self.touched.get(folder, 0),
            self.endings.fading.get(folder, 0),
            tuple(self._removed.get(folder, ())),
        )

    def signature(self, key: FeedKey) -> str:
        """Return what changes whenever one of a feed's documents may change."""
        held = self._held_signature  # documents of one feed are asked for one after the other
        if held is None or held[0] != key:
            touched, fading, removed = self._told(key.folder)
            fresh = [one for one in removed if one[1] > self._now - self.window]
            told = touched, fading, fresh, max((at for _, at in removed), default=0)
            signature = digest(self.mark(key), repr(told).encode()).hex()
            held = self._held_signature = key, signature
        return held[1]

    def sign(self, what: bytes, chosen: list[Selected]) -> str:
        """Return what tells these posts and `what` from any others."""
        # Keys are all of one length.
        keys = b"".join([one.key for one in chosen])
        return digest(self._recipe, what, self._linked_slugs, keys).hex()

    def discoveries(self) -> Discoveries:
        """Return what was found out since this was asked last."""
        found, self._discoveries = self._discoveries, Discoveries({}, {})
        return found

    def take_over(self, discoveries: Discoveries) -> None:
        """Know what another process found out."""
        self._discoveries.marks.update(discoveries.marks)
        self._discoveries.sizes.update(discoveries.sizes)

    def keep(self, state: bytes) -> None:
        """Have the store keep what was found out about feeds, if `state` still is the posts'."""
        told = self._discoveries
        found = {
            feed: Mark(mark, *told.sizes.get(feed, ()))
            for feed, mark in told.marks.items()
            if feed not in self._marks
        }
        if found:
            marks = {**self._marks, **found}
            self._store.keep(self._basis, self._now, state, marks)

    @cached_property
    def feeds(self) -> dict[FeedKey, int]:
        """Every feed with its number in the store, the site's first."""
        found = self._store.feeds(self._now)
        site = FeedKey.site()
        return {site: found.pop(site, 0), **found}

    @property
    def site_feed(self) -> int | None:
        """The number of the site's own feed, None while it has no post."""
        return self.feeds[FeedKey.site()] or None

    @cached_property
    def retracted(self) -> list[Retracted]:
        """What was taken back, newest first."""
        return self._store.retracted(self._now)

    @cached_property
    def _removed(self) -> dict[str, list[tuple[str, int]]]:
        """Ids that were taken back from each feed, by folder, and when, newest first."""
        found: dict[str, list[tuple[str, int]]] = {}
        for one in self.retracted:
            for folder in one.feeds:
                found.setdefault(folder, []).append((one.id, one.removed))
        return found

    @cached_property
    def _rarities(self) -> Rarities:
        return self._store.rarities(self._now, self._now - self.window)

    @cached_property
    def touched(self) -> dict[str, int]:
        """When posts that were known before last changed their place in a feed."""
        return self._store.touched()

    @cached_property
    def endings(self) -> Endings:
        """Feeds that have no posts any more."""
        since = self._now - self.window
        return Endings.of(self._store.past_feeds(), self.feeds, since)

    @cached_property
    def archives(self) -> Archives:
        """The archives of all feeds that have some."""
        from feedsvc.publication.archives import Archives

        feeds = {**self.feeds, **dict.fromkeys(self.endings.keys, 0)}
        return Archives(
            self._store, self._settings, feeds, self._now, lambda key: self.chosen(key).entries
        )

    @cached_property
    def sizes(self) -> dict[int, tuple[int, int]]:
        """How many posts each feed holds and when one last changed."""
        known = {
            feed: (size, updated)
            for feed, (_, size, updated) in self._marks.items()
            if size is not None and updated is not None
        }
        others = [feed for feed in self.feeds.values() if feed not in known]
        counted = self._store.sizes(others, self._now)
        self._discoveries.sizes.update(counted)
        return {**known, **counted}

    @cached_property
    def _basis(self) -> bytes:
        """All that a feed's mark depends on besides the posts in it."""
        return digest(self._recipe, self._linked_slugs)

    @cached_property
    def _marks(self) -> dict[int, Mark]:
        return self._store.marks(self._basis, self._now, self.window)

    def mark(self, key: FeedKey) -> bytes:
        """Return what tells a feed's documents from any others, the ledger's memory aside."""
        known = self._marks.get(self.feeds.get(key, 0))
        return self.chosen(key).mark if known is None else known.mark

    @cached_property
    def _linked_slugs(self) -> bytes:
        """What pages link to besides the obvious: feeds whose slug is not that of their name."""
        if self._settings.site.pages == "none":
            return b""
        odd = [key for key in self.feeds if key.name and slugs.slugify(key.name) != key.slug]
        return digest(repr(odd).encode())
