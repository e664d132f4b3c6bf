"""What is published for one state of the posts at one instant.

Free of I/O, the clock and the environment: a `Store` answers what is in the index. Both doors, web
and export, see only this.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc.feeds import heads
from feedsvc.index.identity import digest
from feedsvc.instants import from_microseconds, to_microseconds
from feedsvc.publication.building import Builder
from feedsvc.publication.choices import EMPTY_CHANGED, Choices
from feedsvc.publication.documents import make_document
from feedsvc.publication.modification import Modifications
from feedsvc.publication.planning import Plans
from feedsvc.publication.routes import routes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedsvc.feeds.values import FeedListing
    from feedsvc.model import Document, LocalFile
    from feedsvc.publication.choices import Discoveries
    from feedsvc.publication.documents import DocumentCache
    from feedsvc.publication.planning import Plan
    from feedsvc.publication.routes import Route
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings
    from feedsvc.sites.engine import Layout


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
        origin = store.origin()
        self._recipe = digest(recipe, origin.encode())
        self._documents = documents
        self._choices = Choices(store, settings, self._now, self._recipe)
        self._plans = Plans(store, settings, self._choices, layout, self._now)
        self._builder = Builder(store, settings, self._choices, origin)
        edges = store.boundaries(self._now), store.lapses(self._now, self._choices.window)
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
        taken = dict.fromkeys((*self._plans.routes, *self._choices.archives.paths()))
        yield from taken
        if self.settings.posts_have_pages:
            yield from (path for path in self._store.pages(self._now) if path not in taken)

    def topics(self) -> Iterator[str]:
        """Yield the path of every feed in every format: what a hub tells its subscribers of."""
        yield from (path for path, route in self._plans.routes.items() if route.is_topic)

    def feeds(self) -> list[FeedListing]:
        """Return every feed with its size, the site's first, then by kind and slug."""
        return self._builder.listings()

    def discoveries(self) -> Discoveries:
        """Return what was found out about feeds since this was asked last."""
        return self._choices.discoveries()

    def take_over(self, discoveries: Discoveries) -> None:
        """Know what another process found out about feeds of the same publication."""
        self._choices.take_over(discoveries)

    def keep(self) -> None:
        """Have the store keep what was found out about feeds, for later publications."""
        self._choices.keep(self.state)

    def signature(self, path: str) -> str:
        """Return what changes whenever the bytes of the document may change; "" without one."""
        route = self._plans.routes.get(path)
        if route is not None and route.is_of_feed:
            return self._choices.signature(route.key)
        plan = self._plans.of(path)
        return "" if plan is None else plan.sign()

    def build(self, path: str) -> tuple[bytes, str] | None:
        """Return the bytes of what `get` returns, and their media type.

        They are made anew and not kept: for who asks for each of many documents once.
        """
        plan = self._plans.of(path)
        return None if plan is None else self._builder.build(path, plan)

    def get(self, path: str) -> Document | None:
        """Return the document at `path` (decoded, starts with `/`), None where there is none.

        Raises StaleError when the posts have moved on since this publication was made.
        """
        plan = self._plans.of(path)
        if plan is None:
            return None
        signature = plan.sign()
        found = self._documents.get(path, signature)
        modified = self._modified(path, plan) if self.settings.ledger.enabled else None
        if found is None:
            body, media_type = self._builder.build(path, plan)
            found = make_document(
                path,
                body,
                media_type,
                modified,
                self.valid_until,
                settled=plan.settled,
                links=self._links(path, plan.route),
            )
            self._documents.put(signature, found)
        elif (found.valid_until, found.last_modified) != (self.valid_until, modified):
            found = found._replace(valid_until=self.valid_until, last_modified=modified)
            self._documents.put(signature, found)
        return found

    def _modified(self, path: str, plan: Plan) -> datetime | None:
        """Return when a document last changed; None where nothing remembers it.

        The ledger begins with the first post that subscribers see.
        """
        told, route = self._modifications, plan.route
        if route is None:
            changed = max(told.of_page(plan.chosen[0].number), self._left.get(path, 0))
        elif not (route.archive or route.is_of_feed):
            changed = told.of_anything
        else:
            folder, feed = route.key.folder, self._choices.feeds.get(route.key, 0)
            shown = self._choices.chosen(route.key).entries
            changed = 0
            if not plan.settled:  # then it depends on what the feed holds
                changed = told.of_feed(folder, feed, {one.number for one in shown})
            if route.archive:
                own = self._choices.archives.changed(route.key, route.archive)
                changed = max(changed, told.of_archive(folder, own))
        if not changed:
            return None
        return from_microseconds(max(EMPTY_CHANGED, changed)).replace(microsecond=0)

    @cached_property
    def files(self) -> dict[str, LocalFile]:
        """Every file that posts refer to, by path, where posts have pages of ours; no document."""
        if not self.settings.posts_have_pages:
            return {}
        found = self._store.files(self.now)
        return {one.path: one for one in found if self._plans.of(one.path) is None}

    def file(self, path: str) -> LocalFile | None:
        """Return the file that posts refer to by `path`, None where there is none; see `files`."""
        if not self._plans.may_be_of_post(path) or self._plans.of(path) is not None:
            return None
        return self._store.file(path, self.now)

    def gone(self, path: str) -> bool:
        """Whether something was published at `path` that has been taken back."""
        if any(path.startswith(folder) for folder in self._choices.endings.over):
            return True
        if not self._plans.may_be_of_post(path):
            return False
        store = self._store
        return (
            path in self._retracted_pages or store.was_left(path) or store.expired(path, self._now)
        )

    def redirect(self, path: str) -> str | None:
        """Return the absolute URL that what once was at `path` has now, None if nothing was."""
        target = self._choices.endings.target(path)
        if target is None and self._plans.may_be_of_post(path):
            target = self._store.moved(path, self._now) or self._store.alias(path, self._now)
        return None if target is None else heads.url_of(self.settings, target)

    def departures(self) -> dict[str, str]:
        """Return for each path that redirects to another the path of what is there now."""
        found = self._store.departures(self._now) if self.settings.posts_have_pages else {}
        for folder, target in self._choices.endings.moved.items():
            for path in list(self._plans.routes):
                if path.startswith(target) and self._plans.routes[path].key.folder == target:
                    found[folder + path.removeprefix(target)] = path
        return {path: target for path, target in found.items() if path != target}

    def _links(self, path: str, route: Route | None) -> tuple[tuple[str, str], ...]:
        """Return what WebSub wants to be found without reading the document (§4)."""
        hub = self.settings.feeds.hub
        if hub is None or route is None or not route.is_topic:
            return ()
        return ("hub", hub), ("self", heads.url_of(self.settings, path))

    # -- what is the same for all paths --------------------------------------------------------

    @cached_property
    def _modifications(self) -> Modifications:
        return Modifications(
            self._store,
            self._now,
            self._choices.window,
            self._choices.touched,
            self._choices.retracted,
        )

    @cached_property
    def _retracted_pages(self) -> set[str]:
        return {one.link for one in self._choices.retracted if one.link}

    @cached_property
    def _left(self) -> dict[str, int]:
        """When the last feed that had a path left it: posts may have their pages there since."""
        endings = self._choices.endings
        found: dict[str, int] = {}
        for key, at in endings.left.items():
            until = at if key.folder in endings.moved else at + self._choices.window
            found |= dict.fromkeys(routes([key], self.settings, self._layout), until)
        return found
