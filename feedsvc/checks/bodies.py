"""What rendering the bodies of all posts finds, on all cores, a range of paths at a time."""

from __future__ import annotations

import pickle
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from feedsvc.checks.links import Links
from feedsvc.checks.references import MissingFiles
from feedsvc.content.rendering import render
from feedsvc.errors import StaleError
from feedsvc.index.database import Database
from feedsvc.index.survey import Survey
from feedsvc.posts import encoding
from feedsvc.repository.bodies import Bodies
from feedsvc.repository.files import SiteFiles
from feedsvc.repository.workers import spread
from feedsvc.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from feedsvc.index.store import Stored
    from feedsvc.model import Finding
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
    if database is None or site.jobs < 2 or len(ranges) < _SPREAD_FROM:
        here = Inspector(site, now)
        results: Iterator[list[Finding]] = map(here.inspect, ranges)
    else:
        # Pickled once, and unpickled once by each worker, not with every batch.
        work = partial(_inspect_elsewhere, pickle.dumps((site.settings, database, now)))
        results = spread(work, ranges, site.jobs)
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
        self._missing = MissingFiles(self._files, site.settings)
        self._links = Links(site, self._survey, self._files, now) if Links.decidable(site) else None

    def inspect(self, paths: _Range) -> list[Finding]:
        """Return what is found in the posts of a range of paths (both included)."""
        numbers = self._survey.numbers(*paths)
        posts = self._index.stored_all(numbers)
        return [one for number in numbers if number in posts for one in self._of(posts[number])]

    def _of(self, stored: Stored) -> list[Finding]:
        try:
            post, line, beside, data = self._bodies.open(stored)
            if not (post.in_feeds or self._settings.posts_have_pages):
                return []  # nobody gets to see what we would make of it
            made = render(post, self._settings, links=stored.links, first_line=line, beside=beside)
        except StaleError:
            return []  # not what was read any more: the next look at the folder will tell
        found = list(made.findings)
        if self._links is not None:
            text = encoding.decode(data, replace=self._dialect.replaces_invalid).text or ""
            found += self._links.findings(post, made.content, text)
        else:
            found += self._missing.findings(post, made.content.html, stored.links, line)
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
