"""What is published for one state of the posts at one instant.

Free of I/O, the clock and the environment: a `Store` answers what is in the index. Both doors, web
and export, see only this.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from feedsvc import formats, pages, slugs
from feedsvc.feeds import heads
from feedsvc.feeds.values import Entry, FeedKey, FeedKind, FeedListing, family
from feedsvc.formats import opml
from feedsvc.index.identity import digest
from feedsvc.index.marks import Mark
from feedsvc.instants import from_microseconds, to_microseconds
from feedsvc.publication.documents import DocumentCache, make_document
from feedsvc.publication.endings import Endings
from feedsvc.publication.modification import Modifications
from feedsvc.publication.routes import OPML, PAGE, Route, archive_paths, own_paths, routes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedsvc.feeds.values import Feed
    from feedsvc.index.entries import RenderedEntry
    from feedsvc.index.past import Rarities, Retracted
    from feedsvc.index.store import Selected
    from feedsvc.model import Document, LocalFile, Post
    from feedsvc.pages.renderer import Pages
    from feedsvc.publication.archives import Archives
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings
    from feedsvc.sites.engine import Layout

# A feed without entries says 2000-01-01T00:00:00Z: fixed, and no date that validators doubt.
_EMPTY_CHANGED = 946_684_800_000_000
_HOME_ENTRIES = 5
_DAY = 86_400_000_000
_SELECTIONS = 2000  # feeds whose entries are remembered: about 4 MB


class Publication:
    """Path → Document, immutable; documents are built when first asked for.

    `state` is the token of the posts' state, `recipe` the digest of the settings and the code,
    `now` the instant (aware) that decides which posts are visible.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        layout: Layout,
        now: datetime,
        *,
        state: bytes,
        recipe: bytes,
        documents: DocumentCache,
    ) -> None:
        self.settings = settings
        self.now = now
        self.state = state
        self._store = store
        self._layout = layout
        self._now = to_microseconds(now)
        self._origin = store.origin()
        self._recipe = digest(recipe, self._origin.encode())
        self._documents = documents
        self._window = settings.feeds.window_days * _DAY
        self._selections: dict[FeedKey, _Choice] = {}
        # A feed's formats are asked for one after the other, each with the same head and entries.
        self._held_head: tuple[tuple[FeedKey, int, int], Feed] | None = None
        self._held_entries: tuple[list[Selected], list[RenderedEntry]] | None = None
        edges = store.boundaries(self._now), store.lapses(self._now, self._window)
        self._last_change = max(last for last, _ in edges)
        coming = min((next_ for _, next_ in edges if next_ is not None), default=None)
        self.valid_until = None if coming is None else from_microseconds(coming)

    @cached_property
    def version(self) -> str:
        """Equal iff everything published is equal: posts, settings, code, what is visible."""
        files = (f"{one.path}\0{one.identity}".encode() for one in self.files.values())
        return digest(self.state, self._recipe, str(self._last_change).encode(), *files).hex()

    def paths(self) -> Iterator[str]:
        """Yield every path that has a document."""
        taken = dict.fromkeys((*self._routes, *self._archives.paths()))
        yield from taken
        if self.settings.posts_have_pages:
            yield from (path for path in self._store.pages(self._now) if path not in taken)

    def topics(self) -> Iterator[str]:
        """Yield the path of every feed in every format: what a hub tells its subscribers of."""
        yield from (path for path, route in self._routes.items() if _is_topic(route))

    def feeds(self) -> list[FeedListing]:
        """Return every feed with its size, the site's first, then by kind and slug."""
        return [
            self._listing(key, *self._sizes.get(feed, (0, None)))
            for key, feed in self._feeds.items()
        ]

    def signature(self, path: str) -> str:
        """Return what changes whenever the bytes of the document may change; "" without one."""
        route = self._routes.get(path)
        if route is not None and _is_of_feed(route):
            return self._signed(route.key, self._mark(route.key), path)
        plan = self._plan(path)
        return "" if plan is None else plan.signature

    def keep(self) -> None:
        """Have the store keep what was found out about feeds, for later publications."""
        found = {
            feed: Mark(self._mark(key), *self._sizes[feed])
            for key, feed in self._feeds.items()
            if feed and feed not in self._marks and key in self._selections
        }
        if found:
            marks = {**self._marks, **found}
            self._store.keep(self._basis, self._now, self.state, marks)

    def get(self, path: str) -> Document | None:
        """Return the document at `path` (decoded, starts with `/`), None where there is none.

        Raises StaleError when the posts have moved on since this publication was made.
        """
        plan = self._plan(path)
        if plan is None:
            return None
        found = self._documents.get(path, plan.signature)
        modified = self._modified(plan) if self.settings.ledger.enabled else None
        if found is None:
            body, media_type = self._build(path, plan)
            found = make_document(
                path,
                body,
                media_type,
                modified,
                self.valid_until,
                settled=plan.settled,
                links=self._links(path, plan.route),
            )
            self._documents.put(plan.signature, found)
        elif (found.valid_until, found.last_modified) != (self.valid_until, modified):
            found = replace(found, valid_until=self.valid_until, last_modified=modified)
            self._documents.put(plan.signature, found)
        return found

    def _modified(self, plan: _Plan) -> datetime:
        """Return when a document last changed."""
        told, route = self._modifications, plan.route
        if route is None:
            changed = told.of_page(plan.chosen[0].number)
        elif not (route.archive or _is_of_feed(route)):
            changed = told.of_anything
        else:
            folder, feed = route.key.folder, self._feeds.get(route.key, 0)
            shown = self._chosen(route.key).entries
            changed = 0
            if not plan.settled:  # then it depends on what the feed holds
                changed = told.of_feed(folder, feed, {one.number for one in shown})
            if route.archive:
                own = self._archives.changed(route.key, route.archive)
                changed = max(changed, told.of_archive(folder, own))
        return from_microseconds(max(_EMPTY_CHANGED, changed)).replace(microsecond=0)

    @cached_property
    def files(self) -> dict[str, LocalFile]:
        """Every file that posts refer to, by path, where posts have pages of ours; no document."""
        if not self.settings.posts_have_pages:
            return {}
        found = self._store.files(self.now)
        return {one.path: one for one in found if self._plan(one.path) is None}

    def file(self, path: str) -> LocalFile | None:
        """Return the file that posts refer to by `path`, None where there is none; see `files`."""
        if not self.settings.posts_have_pages or self._plan(path) is not None:
            return None
        return self._store.file(path, self.now)

    def gone(self, path: str) -> bool:
        """Whether something was published at `path` that has been taken back."""
        if any(path.startswith(folder) for folder in self._endings.over):
            return True
        if not self.settings.posts_have_pages:
            return False
        store = self._store
        return (
            path in self._retracted_pages or store.was_left(path) or store.expired(path, self._now)
        )

    def redirect(self, path: str) -> str | None:
        """Return the absolute URL that what once was at `path` has now, None if nothing was."""
        target = self._endings.target(path)
        if target is None and self.settings.posts_have_pages:
            target = self._store.moved(path, self._now) or self._store.alias(path, self._now)
        return None if target is None else heads.url_of(self.settings, target)

    def departures(self) -> dict[str, str]:
        """Return for each path that redirects to another the path of what is there now."""
        found = self._store.departures(self._now) if self.settings.posts_have_pages else {}
        for folder, target in self._endings.moved.items():
            for path in list(self._routes):
                if path.startswith(target) and self._routes[path].key.folder == target:
                    found[folder + path.removeprefix(target)] = path
        return {path: target for path, target in found.items() if path != target}

    # -- what a path is made of --------------------------------------------------------------

    def _plan(self, path: str) -> _Plan | None:
        route = self._routes.get(path) or self._archives.route(path)
        if route is None:
            return self._plan_post(path)
        if route.archive:
            return self._plan_archive(route)
        if not _is_of_feed(route):
            return self._plan_overview(route)
        choice = self._chosen(route.key)
        signature = self._signed(route.key, choice.mark, path)
        return _Plan(route, choice.entries, choice.changed, signature)

    def _plan_archive(self, route: Route) -> _Plan:
        held, history = self._archives.held(route.key, route.archive), self._archives.history
        chosen = held.entries
        changed = max((one.changed for one in chosen), default=_EMPTY_CHANGED)
        changed = max(changed, held.emptied)
        settled = history(route.key).is_settled(route.archive)
        is_last = route.archive == history(route.key).newest
        signature = self._sign(repr((route, settled, is_last, changed)).encode(), chosen)
        return _Plan(route, chosen, changed, signature, settled=settled)

    def _chosen(self, key: FeedKey) -> _Choice:
        """Return a feed's entries and when it last changed; the same for all of its formats."""
        found = self._selections.get(key)
        if found is None:
            if len(self._selections) >= _SELECTIONS:
                self._selections.clear()
            found = self._selections[key] = self._choose(key)
        return found

    def _choose(self, key: FeedKey) -> _Choice:
        since = self._now - self._window
        feed = self._feeds.get(key)
        told = self._told(key.folder)
        removed = [at for _, at in told.removed]
        instants = [_EMPTY_CHANGED]
        entries: list[Selected] = []
        if feed:
            limit, among = self.settings.feeds.limit, self._rarities
            entries = self._store.chosen(feed, self._now, since, limit, among)
            instants += [one.changed for one in entries]
            # A ledger knows which of those that expired were ever shown.
            if among.expired and not self.settings.ledger.enabled:
                instants.append(self._store.withdrawn(feed, self._now) or 0)
        changed = max(instants)
        facts = key, changed, self._archives.state(key, entries)
        return _Choice(
            entries,
            max(changed, told.touched, told.fading, *removed),
            tuple(one for one in told.removed if one[1] > since),
            bytes.fromhex(self._sign(repr(facts).encode(), entries)),
        )

    def _told(self, folder: str) -> _Told:
        """Return what the ledger remembers of a feed, whatever posts it holds."""
        return _Told(
            self._touched.get(folder, 0),
            self._endings.fading.get(folder, 0),
            tuple(self._removed.get(folder, ())),
        )

    def _signed(self, key: FeedKey, mark: bytes, path: str) -> str:
        """Return the signature of one of a feed's documents."""
        touched, fading, removed = self._told(key.folder)
        fresh = [one for one in removed if one[1] > self._now - self._window]
        told = touched, fading, fresh, max((at for _, at in removed), default=0)
        return digest(mark, repr(told).encode(), path.encode()).hex()

    def _plan_post(self, path: str) -> _Plan | None:
        if not self.settings.posts_have_pages:
            return None
        chosen = self._store.page(path, self._now)
        if chosen is None:
            return None
        return _Plan(None, [chosen], chosen.changed, self._sign(b"post", [chosen]))

    def _plan_overview(self, route: Route) -> _Plan:
        chosen, sizes = [], {}
        if route.form == PAGE:  # the list for readers names feeds, not what is in them
            sizes = self._sizes
            if self._site_feed is not None:
                chosen = self._store.selection(self._site_feed, self._now, _HOME_ENTRIES)
        facts = repr([(key, sizes.get(feed)) for key, feed in self._feeds.items()])
        signature = self._sign(f"{route.form}{facts}".encode(), chosen)
        return _Plan(route, chosen, _EMPTY_CHANGED, signature)

    def _sign(self, what: bytes, chosen: list[Selected]) -> str:
        # Keys are all of one length.
        keys = b"".join([one.key for one in chosen])
        return digest(self._recipe, what, self._linked_slugs, keys).hex()

    # -- bytes -------------------------------------------------------------------------------

    def _build(self, path: str, plan: _Plan) -> tuple[bytes, str]:
        if plan.route is None:
            return self._post_page(plan.chosen[0]), pages.MEDIA_TYPE
        form, key, number = plan.route
        if form == OPML:
            return opml.document(self.feeds(), self.settings), opml.MEDIA_TYPE
        if form == PAGE:
            return self._feed_page(key, plan), pages.MEDIA_TYPE
        head = self._archives.linked(self._head(key, number, plan.changed), form, number)
        if path != head.key.folder + formats.FORMATS[form].filename and not number:
            # Under the address of another engine, too, a feed is found where subscribers have it.
            own = {**head.formats, form: heads.url_of(self.settings, path)}
            head = replace(head, formats=own)
        deleted = () if number else self._chosen(key).deleted
        if deleted:
            head = replace(head, deleted=tuple((one, from_microseconds(at)) for one, at in deleted))
        fragments = [entry.fragment(form) for entry in self._entries(plan.chosen)]
        return formats.FORMATS[form].document(head, fragments), formats.FORMATS[form].media_type

    def _head(self, key: FeedKey, number: int, changed: int) -> Feed:
        held = self._held_head
        if held is None or held[0] != (key, number, changed):
            settings = self.settings
            own = archive_paths(key, number, settings) if number else own_paths(key, settings)
            at = from_microseconds(changed)
            made = heads.head(settings, key, at, own, self._origin)
            held = self._held_head = (key, number, changed), made
        return held[1]

    def _entries(self, chosen: list[Selected]) -> list[RenderedEntry]:
        held = self._held_entries
        if held is None or held[0] != chosen:
            held = self._held_entries = chosen, self._store.entries(chosen)
        return held[1]

    def _links(self, path: str, route: Route | None) -> tuple[tuple[str, str], ...]:
        """Return what WebSub wants to be found without reading the document (§4)."""
        hub = self.settings.feeds.hub
        if hub is None or route is None or not _is_topic(route):
            return ()
        return ("hub", hub), ("self", heads.url_of(self.settings, path))

    def _feed_page(self, key: FeedKey, plan: _Plan) -> bytes:
        known = self._entries(plan.chosen)
        entries = [self._entry(*pair) for pair in zip(plan.chosen, known, strict=True)]
        if key.is_whole_site:
            return self._pages.home(self.feeds(), entries)
        head = heads.head(
            self.settings, key, from_microseconds(plan.changed), own_paths(key, self.settings)
        )
        return self._pages.feed(head, entries)

    def _post_page(self, one: Selected) -> bytes:
        entry = self._entry(one, self._store.entry(one.number, one.key))
        return self._pages.post(entry, self._terms_of(entry.post))

    def _entry(self, one: Selected, rendered: RenderedEntry) -> Entry:
        assert rendered.content is not None, "pages are off"
        return Entry(self._store.post(one.number), rendered.content)

    def _terms_of(self, post: Post) -> list[FeedListing]:
        """Return the feeds besides the site's that a post is in."""
        names = [(FeedKind.SECTION, post.section)]
        names += [(FeedKind.CATEGORY, name) for name in post.categories]
        names += [(FeedKind.TAG, name) for name in post.tags]
        names += [(FeedKind.AUTHOR, author.name) for author in post.authors]
        wanted = [(family(kind, post.edition), name) for kind, name in names]
        found = (self._keys.get(one) for one in dict.fromkeys(wanted))
        return [self._listing(key, 0, None) for key in found if key is not None]

    # -- what is the same for all paths --------------------------------------------------------

    @cached_property
    def _feeds(self) -> dict[FeedKey, int]:
        found = self._store.feeds(self._now)
        site = FeedKey.site()
        return {site: found.pop(site, 0), **found}

    @cached_property
    def _retracted(self) -> list[Retracted]:
        """What was taken back, newest first."""
        return self._store.retracted(self._now)

    @cached_property
    def _removed(self) -> dict[str, list[tuple[str, int]]]:
        """Ids that were taken back from each feed, by folder, and when, newest first."""
        found: dict[str, list[tuple[str, int]]] = {}
        for one in self._retracted:
            for folder in one.feeds:
                found.setdefault(folder, []).append((one.id, one.removed))
        return found

    @cached_property
    def _rarities(self) -> Rarities:
        return self._store.rarities(self._now, self._now - self._window)

    @cached_property
    def _touched(self) -> dict[str, int]:
        """When posts that were known before last changed their place in a feed."""
        return self._store.touched()

    @cached_property
    def _modifications(self) -> Modifications:
        return Modifications(self._store, self._now, self._window, self._touched, self._retracted)

    @cached_property
    def _retracted_pages(self) -> set[str]:
        return {one.link for one in self._retracted if one.link}

    @cached_property
    def _endings(self) -> Endings:
        """Feeds that have no posts any more."""
        since = self._now - self._window
        return Endings.of(self._store.past_feeds(), self._feeds, since)

    @cached_property
    def _archives(self) -> Archives:
        from feedsvc.publication.archives import Archives

        feeds = {**self._feeds, **dict.fromkeys(self._endings.keys, 0)}
        return Archives(
            self._store, self.settings, feeds, self._now, lambda key: self._chosen(key).entries
        )

    @cached_property
    def _sizes(self) -> dict[int, tuple[int, int]]:
        """How many posts each feed holds and when one last changed."""
        known = {feed: (count, updated) for feed, (_, count, updated) in self._marks.items()}
        others = [feed for feed in self._feeds.values() if feed not in known]
        return {**known, **self._store.sizes(others, self._now)}

    @cached_property
    def _basis(self) -> bytes:
        """All that a feed's mark depends on besides the posts in it."""
        return digest(self._recipe, self._linked_slugs)

    @cached_property
    def _marks(self) -> dict[int, Mark]:
        return self._store.marks(self._basis, self._now, self._window)

    def _mark(self, key: FeedKey) -> bytes:
        known = self._marks.get(self._feeds.get(key, 0))
        return self._chosen(key).mark if known is None else known.mark

    @cached_property
    def _keys(self) -> dict[tuple[str, str], FeedKey]:
        return {(key.family, key.name): key for key in self._feeds}

    @cached_property
    def _linked_slugs(self) -> bytes:
        """What pages link to besides the obvious: feeds whose slug is not that of their name."""
        if self.settings.site.pages == "none":
            return b""
        odd = [key for key in self._feeds if key.name and slugs.slugify(key.name) != key.slug]
        return digest(repr(odd).encode())

    @cached_property
    def _routes(self) -> dict[str, Route]:
        return routes((*self._feeds, *self._endings.keys), self.settings, self._layout)

    @property
    def _site_feed(self) -> int | None:
        return self._feeds[FeedKey.site()] or None

    @cached_property
    def _pages(self) -> Pages:
        from feedsvc.pages.renderer import Pages

        return Pages(self.settings, self._listing(FeedKey.site(), 0, None))

    def _listing(self, key: FeedKey, count: int, updated: int | None) -> FeedListing:
        return FeedListing(
            key=key,
            title=heads.name_of(self.settings, key) or heads.title_of(self.settings, key),
            count=count,
            updated=None if updated is None else from_microseconds(updated),
            paths=own_paths(key, self.settings),
        )


def _is_of_feed(route: Route) -> bool:
    """Whether what is there is one of a feed's own documents or its page: no overview."""
    site_page = route.form == PAGE and route.key.is_whole_site
    return not (route.archive or route.form == OPML or site_page)


def _is_topic(route: Route) -> bool:
    return not route.archive and route.form not in {PAGE, OPML}


class _Choice(NamedTuple):
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


class _Plan:
    """What a document will be made of."""

    __slots__ = ("changed", "chosen", "route", "settled", "signature")

    def __init__(
        self,
        route: Route | None,
        chosen: list[Selected],
        changed: int,
        signature: str,
        *,
        settled: bool = False,
    ) -> None:
        self.route = route
        self.chosen = chosen
        self.changed = changed
        self.signature = signature
        self.settled = settled
