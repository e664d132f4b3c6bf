"""What is published for one state of the posts at one instant.

Free of I/O, the clock and the environment: a `Store` answers what is in the index. Both doors, web
and export, see only this.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc import formats, pages, slugs
from feedsvc.feeds import heads
from feedsvc.feeds.values import Entry, FeedKey, FeedKind, FeedListing
from feedsvc.formats import opml
from feedsvc.index.identity import digest
from feedsvc.instants import from_microseconds, to_microseconds
from feedsvc.publication.documents import DocumentCache, make_document
from feedsvc.publication.routes import OPML, PAGE, Route, archive_paths, own_paths, routes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedsvc.index.store import Selected
    from feedsvc.model import Document, Post
    from feedsvc.pages.renderer import Pages
    from feedsvc.publication.archives import Archives
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings
    from feedsvc.sites.engine import Layout

# A feed without entries says 2000-01-01T00:00:00Z: fixed, and no date that validators doubt.
_EMPTY_CHANGED = 946_684_800_000_000
_HOME_ENTRIES = 5
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
        self._recipe = recipe
        self._documents = documents
        self._selections: dict[FeedKey, tuple[list[Selected], int]] = {}
        self._last_change, coming = store.boundaries(self._now)
        self.valid_until = None if coming is None else from_microseconds(coming)

    @cached_property
    def version(self) -> str:
        """Equal iff everything published is equal: posts, settings, code, what is visible."""
        return digest(self.state, self._recipe, str(self._last_change).encode()).hex()

    def paths(self) -> Iterator[str]:
        """Yield every path that has a document."""
        taken = dict.fromkeys((*self._routes, *self._archives.paths()))
        yield from taken
        if self.settings.posts_have_pages:
            yield from (path for path in self._store.pages(self._now) if path not in taken)

    def feeds(self) -> list[FeedListing]:
        """Return every feed with its size, the site's first, then by kind and slug."""
        return [
            self._listing(key, *self._sizes.get(feed, (0, None)))
            for key, feed in self._feeds.items()
        ]

    def signature(self, path: str) -> str:
        """Return what changes whenever the bytes of the document may change; "" without one."""
        plan = self._plan(path)
        return "" if plan is None else plan.signature

    def get(self, path: str) -> Document | None:
        """Return the document at `path` (decoded, starts with `/`), None where there is none.

        Raises StaleError when the posts have moved on since this publication was made.
        """
        plan = self._plan(path)
        if plan is None:
            return None
        found = self._documents.get(path, plan.signature)
        if found is None or found.valid_until != self.valid_until:
            body, media_type = self._build(path, plan)
            found = make_document(
                path,
                body,
                media_type,
                plan.changed,
                self.valid_until,
                settled=plan.settled,
                links=self._links(path, plan.route),
            )
            self._documents.put(plan.signature, found)
        return found

    def gone(self, path: str) -> bool:
        """Whether something was published at `path` that has been taken back."""
        return self.settings.posts_have_pages and self._store.expired(path, self._now)

    def redirect(self, path: str) -> str | None:
        """Return the absolute URL of the post that once was at `path`, None if none was."""
        page = self._store.alias(path, self._now) if self.settings.posts_have_pages else None
        return None if page is None else heads.url_of(self.settings, page)

    # -- what a path is made of --------------------------------------------------------------

    def _plan(self, path: str) -> _Plan | None:
        route = self._routes.get(path) or self._archives.route(path)
        if route is None:
            return self._plan_post(path)
        if route.archive:
            return self._plan_archive(route)
        if route.form == OPML or (route.form == PAGE and route.key.kind is FeedKind.SITE):
            return self._plan_overview(route)
        chosen, changed = self._chosen(route.key)
        history = self._archives.history(route.key)
        facts = repr((route, changed, history.newest, history.filled)).encode()
        return _Plan(route, chosen, changed, self._sign(facts, chosen))

    def _plan_archive(self, route: Route) -> _Plan:
        chosen = self._archives.entries(route.key, route.archive)
        changed = max(one.changed for one in chosen)
        settled = self._archives.history(route.key).is_settled(route.archive)
        signature = self._sign(repr((route, settled)).encode(), chosen)
        return _Plan(route, chosen, changed, signature, settled=settled)

    def _chosen(self, key: FeedKey) -> tuple[list[Selected], int]:
        """Return a feed's entries and when it last changed; the same for all of its formats."""
        found = self._selections.get(key)
        if found is None:
            feed = self._feeds.get(key)
            chosen = []
            changed = _EMPTY_CHANGED
            if feed:
                chosen = self._store.selection(feed, self._now, self.settings.feeds.limit)
                changed = max((one.changed for one in chosen), default=changed)
                changed = max(changed, self._store.withdrawn(feed, self._now) or changed)
            if len(self._selections) >= _SELECTIONS:
                self._selections.clear()
            found = self._selections[key] = chosen, changed
        return found

    def _plan_post(self, path: str) -> _Plan | None:
        if not self.settings.posts_have_pages:
            return None
        chosen = self._store.page(path, self._now)
        if chosen is None:
            return None
        return _Plan(None, [chosen], chosen.changed, self._sign(b"post", [chosen]))

    def _plan_overview(self, route: Route) -> _Plan:
        sizes = self._sizes
        chosen = []
        if route.form == PAGE and self._site_feed is not None:
            chosen = self._store.selection(self._site_feed, self._now, _HOME_ENTRIES)
        changed = max((updated for _, updated in sizes.values()), default=_EMPTY_CHANGED)
        facts = repr([(key, sizes.get(feed)) for key, feed in self._feeds.items()])
        signature = self._sign(f"{route.form}{facts}".encode(), chosen)
        return _Plan(route, chosen, max(changed, self._last_change), signature)

    def _sign(self, what: bytes, chosen: list[Selected]) -> str:
        slugs = self._slugs if self.settings.site.pages != "none" else b""
        return digest(self._recipe, what, slugs, *(one.key for one in chosen)).hex()

    # -- bytes -------------------------------------------------------------------------------

    def _build(self, path: str, plan: _Plan) -> tuple[bytes, str]:
        if plan.route is None:
            return self._post_page(plan.chosen[0]), pages.MEDIA_TYPE
        form, key, number = plan.route
        if form == OPML:
            return opml.document(self.feeds(), self.settings), opml.MEDIA_TYPE
        if form == PAGE:
            return self._feed_page(key, plan), pages.MEDIA_TYPE
        entries = [self._store.entry(one.number, one.key) for one in plan.chosen]
        own = archive_paths(key, number, self.settings) if number else own_paths(key, self.settings)
        # Under the address of another engine, too, a feed is found where its subscribers have it.
        own[form] = path
        head = heads.head(self.settings, key, from_microseconds(plan.changed), own)
        head = self._archives.linked(head, form, number)
        fragments = [entry.fragments[form] for entry in entries]
        return formats.FORMATS[form].document(head, fragments), formats.FORMATS[form].media_type

    def _links(self, path: str, route: Route | None) -> tuple[tuple[str, str], ...]:
        """Return what WebSub wants to be found without reading the document (§4)."""
        hub = self.settings.feeds.hub
        if hub is None or route is None or route.archive or route.form in {PAGE, OPML}:
            return ()
        return ("hub", hub), ("self", heads.url_of(self.settings, path))

    def _feed_page(self, key: FeedKey, plan: _Plan) -> bytes:
        entries = [self._entry(one) for one in plan.chosen]
        if key.kind is FeedKind.SITE:
            return self._pages.home(self.feeds(), entries)
        head = heads.head(
            self.settings, key, from_microseconds(plan.changed), own_paths(key, self.settings)
        )
        return self._pages.feed(head, entries)

    def _post_page(self, one: Selected) -> bytes:
        entry = self._entry(one)
        return self._pages.post(entry, self._terms_of(entry.post))

    def _entry(self, one: Selected) -> Entry:
        content = self._store.entry(one.number, one.key).content
        assert content is not None, "pages are off"
        return Entry(self._store.post(one.number), content)

    def _terms_of(self, post: Post) -> list[FeedListing]:
        """Return the feeds besides the site's that a post is in."""
        names = [(FeedKind.CATEGORY, name) for name in post.categories]
        names += [(FeedKind.TAG, name) for name in post.tags]
        names += [(FeedKind.AUTHOR, author.name) for author in post.authors]
        found = (self._keys.get(name) for name in dict.fromkeys(names))
        return [self._listing(key, 0, None) for key in found if key is not None]

    # -- what is the same for all paths --------------------------------------------------------

    @cached_property
    def _feeds(self) -> dict[FeedKey, int]:
        found = self._store.feeds(self._now)
        site = FeedKey.site()
        return {site: found.pop(site, 0), **found}

    @cached_property
    def _archives(self) -> Archives:
        from feedsvc.publication.archives import Archives

        return Archives(self._store, self.settings, self._feeds, self._now)

    @cached_property
    def _sizes(self) -> dict[int, tuple[int, int]]:
        """How many posts each feed holds and when one last changed."""
        return self._store.sizes(self._now)

    @cached_property
    def _keys(self) -> dict[tuple[FeedKind, str], FeedKey]:
        return {(key.kind, key.name): key for key in self._feeds}

    @cached_property
    def _slugs(self) -> bytes:
        """What pages link to besides the obvious: feeds whose slug is not that of their name."""
        odd = [key for key in self._feeds if key.name and slugs.slugify(key.name) != key.slug]
        return digest(repr(odd).encode())

    @cached_property
    def _routes(self) -> dict[str, Route]:
        return routes(self._feeds, self.settings, self._layout)

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
