"""What each document of a publication will be made of, before anything is made."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from feedsvc.model import is_unicode
from feedsvc.publication.choices import EMPTY_CHANGED
from feedsvc.publication.routes import PAGE, Route, routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.index.store import Selected
    from feedsvc.publication.choices import Choices
    from feedsvc.publication.store import Store
    from feedsvc.settings import Settings
    from feedsvc.sites.engine import Layout


class Plan:
    """What a document will be made of; `sign` returns its signature, which few ask for."""

    __slots__ = ("changed", "chosen", "route", "settled", "sign")

    def __init__(
        self,
        route: Route | None,
        chosen: list[Selected],
        changed: int,
        sign: Callable[[], str],
        *,
        settled: bool = False,
    ) -> None:
        self.route = route
        self.chosen = chosen
        self.changed = changed
        self.sign = sign
        self.settled = settled


class Plans:
    """The plan of every path; `now` is in microseconds (UTC)."""

    def __init__(
        self, store: Store, settings: Settings, choices: Choices, layout: Layout, now: int
    ) -> None:
        self._store = store
        self._settings = settings
        self._choices = choices
        self._layout = layout
        self._now = now

    @cached_property
    def routes(self) -> dict[str, Route]:
        """What every path but the posts' own pages stands for."""
        return routes(
            (*self._choices.feeds, *self._choices.endings.keys), self._settings, self._layout
        )

    def of(self, path: str) -> Plan | None:
        """Return what is at `path`, None where there is nothing."""
        route = self.routes.get(path) or self._choices.archives.route(path)
        if route is None:
            return self._post(path)
        if route.archive:
            return self._archive(route)
        if not route.is_of_feed:
            return self._overview(route)
        choice = self._choices.chosen(route.key)
        sign = partial(self._choices.signature, route.key)
        return Plan(route, choice.entries, choice.changed, sign)

    def may_be_of_post(self, path: str) -> bool:
        """Whether the store, which takes Unicode only, is to be asked for a path."""
        return self._settings.posts_have_pages and is_unicode(path)

    def _archive(self, route: Route) -> Plan:
        archives = self._choices.archives
        held, history = archives.held(route.key, route.archive), archives.history(route.key)
        chosen = held.entries
        changed = max((one.changed for one in chosen), default=EMPTY_CHANGED)
        changed = max(changed, held.emptied)
        settled = history.is_settled(route.archive)
        is_last = route.archive == history.newest
        sign = partial(self._sign, (route, settled, is_last, changed), chosen)
        return Plan(route, chosen, changed, sign, settled=settled)

    def _post(self, path: str) -> Plan | None:
        if not self.may_be_of_post(path):
            return None
        chosen = self._store.page(path, self._now)
        if chosen is None:
            return None
        return Plan(None, [chosen], chosen.changed, partial(self._sign, "post", [chosen]))

    def _overview(self, route: Route) -> Plan:
        chosen, sizes = [], {}
        if route.form == PAGE:  # the list for readers names feeds, not what is in them
            sizes = self._choices.sizes
            if self._choices.site_feed is not None:
                limit = self._settings.feeds.limit
                chosen = self._store.selection(self._choices.site_feed, self._now, limit)
        facts = [(key, sizes.get(feed)) for key, feed in self._choices.feeds.items()]
        return Plan(route, chosen, EMPTY_CHANGED, partial(self._sign, (route.form, facts), chosen))

    def _sign(self, facts: object, chosen: list[Selected]) -> str:
        return self._choices.sign(repr(facts).encode(), chosen)
