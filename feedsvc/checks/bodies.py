"""What rendering all posts finds, on all cores, a range of paths at a time."""

from __future__ import annotations

import pickle
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from feedsvc.checks import episodes
from feedsvc.checks.links import Links
from feedsvc.checks.places import Places
from feedsvc.checks.references import MissingFiles
from feedsvc.content.rendering import render
from feedsvc.errors import StaleError
from feedsvc.index.database import Database
from feedsvc.index.survey import Survey
from feedsvc.posts import encoding
from feedsvc.repository.bodies import Bodies, few
from feedsvc.repository.files import SiteFiles
from feedsvc.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from feedsvc.content.rendered import Rendered
    from feedsvc.index.store import Stored
    from feedsvc.model import Finding
    from feedsvc.repository.bodies import Opened
    from feedsvc.settings import Settings

_BATCH = 50  # posts; tens of milliseconds of work
_SPREAD_FROM = 2  # batches

_Range = tuple[str, str]


def findings(site: Site, now: datetime) -> Iterator[Finding]:
    """Yield what is doubtful in bodies, sorted by path."""
    paths = Survey(site.index.database).paths()
    starts = range(0, len(paths), _BATCH)
    ranges = [(paths[at], paths[at : at + _BATCH][-1]) for at in starts]
    database = site.index.database.path
    if database is None or site.crew.jobs < 2 or len(ranges) < _SPREAD_FROM:
        here = Inspector(site, now)
        results: Iterator[list[Finding]] = map(here.inspect, ranges)
    else:
        # Pickled once, and unpickled once by each worker, not with every batch.
        work = partial(_inspect_elsewhere, pickle.dumps((site.settings, database, now)))
        results = site.crew.spread(work, ranges)
    for batch in results:
        yield from batch


class Inspector:
    """Renders the posts of one site for what it finds on the way."""

    def __init__(self, site: Site, now: datetime) -> None:
        self._settings: Settings = site.settings
        self._index = site.index
        self._survey = Survey(site.index.database)
        self._dialect = site.repository.dialect
        self._bodies = Bodies(site.settings, self._dialect)
        self._files = SiteFiles(site.settings.folder)
        self._places = Places(site)
        self._missing = MissingFiles(self._files, site.settings)
        self._links = Links(site, self._survey, self._files, now) if Links.decidable(site) else None

    def inspect(self, paths: _Range) -> list[Finding]:
        """Return what is found in the posts of a range of paths (both included)."""
        numbers = self._survey.numbers(*paths)
        posts = self._index.stored_all(numbers)
        groups = few(posts[number] for number in numbers if number in posts)
        return [one for group in groups for one in self._of(group)]

    def _of(self, posts: list[Stored]) -> list[Finding]:
        """Look at a few posts, step by step for all of them."""
        opened = [(stored, one) for stored in posts if (one := self._opened(stored))]
        rendered = [(stored, one, self._rendered(stored, one)) for stored, one in opened]
        return [
            finding
            for stored, one, made in rendered
            if made
            for finding in self._found(stored, one, made)
        ]

    def _opened(self, stored: Stored) -> Opened | None:
        """A post with its body; None where nobody gets to see what we would make of it."""
        try:
            one = self._bodies.open(stored)
        except StaleError:
            return None  # not what was read any more: the next look at the folder will tell
        return one if one.post.in_feeds or self._settings.posts_have_pages else None

    def _rendered(self, stored: Stored, one: Opened) -> Rendered | None:
        try:
            return render(
                one.post,
                self._settings,
                links=stored.links,
                first_line=one.first_line,
                beside=one.beside,
                clean=one.clean,
            )
        except StaleError:
            return None  # the same of a file that it draws in

    def _found(self, stored: Stored, one: Opened, made: Rendered) -> list[Finding]:
        found = list(made.findings)
        if self._links is not None:
            text = encoding.decode(one.data, replace=self._dialect.replaces_invalid).text or ""
            found += self._links.findings(one.post, made.content, text)
        else:
            html = made.content.html
            found += self._missing.findings(one.post, html, stored.links, one.first_line)
        for doubt, keys in episodes.findings(one.post, self._settings):
            found.append(self._places.set(doubt, keys))
        return sorted(found, key=lambda one: (one.line, one.column, one.code, one.message))


def _inspect_elsewhere(recipe: bytes, paths: _Range) -> list[Finding]:
    """Inspect a batch in a worker process."""
    return _opened(recipe).inspect(paths)


@lru_cache(maxsize=1)
def _opened(recipe: bytes) -> Inspector:
    """Open the site once a process."""
    settings, database, now = pickle.loads(recipe)  # noqa: S301  (made above, by this program)
    return Inspector(_reopened(settings, database), now)


def _reopened(settings: Settings, database: Path) -> Site:
    return Site(settings, Database(database), jobs=1)
