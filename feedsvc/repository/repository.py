"""The repository: looks at the posts folder and brings the index in step with it."""

from __future__ import annotations

import os
import time
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from feedsvc.index.filing import Identified
from feedsvc.index.identity import digest, reading_digest
from feedsvc.index.linking import Linking
from feedsvc.index.rows import Row
from feedsvc.instants import to_microseconds
from feedsvc.repository.differences import Differences, differences
from feedsvc.repository.scan import Scan, scan
from feedsvc.repository.sides import Sides
from feedsvc.repository.stamps import is_fresh

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from datetime import datetime

    from feedsvc.index.filing import Catalogue, Filing
    from feedsvc.index.pages import Told
    from feedsvc.model import Finding
    from feedsvc.posts.dialect import Dialect
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.repository.workers import Crew
    from feedsvc.settings import Settings

_CHUNK = 125  # files; some 40 ms of work, so that no core waits long for the last
_PARALLEL_FROM = 400


class Look(NamedTuple):
    """What a look at the folder came to. `changed`: the state of the posts is another one now.

    `seconds` is what looking took, reading aside: what the next look will take at the least.
    """

    changed: bool
    files: int
    read: int
    seconds: float
    findings: tuple[Finding, ...]


class Books(Protocol):
    """What the repository asks of the ledger's keeper."""

    @property
    def told(self) -> Told:
        """What subscribers were told of addresses."""

    def paths(self) -> Iterable[str]:
        """Return where the posts lie that subscribers know."""

    def recall(self, now: datetime) -> None:
        """Give posts that were just read the ids and dates that subscribers know."""


class Repository:
    """Keeps the index of one site in step with its files; several processes may do so at once."""

    def __init__(self, settings: Settings, filing: Filing, crew: Crew, books: Books | None) -> None:
        """`books` tell of posts what the ledger knows; None without one."""
        self.settings = settings
        self.filing = filing
        self.crew = crew
        self._books = books
        self._looked = False
        self._rules = reading_digest(settings)
        self._linking = Linking(filing.database, self._find, settings.site.url)

    @cached_property
    def dialect(self) -> Dialect:
        """How posts are read; looked up when the first one is to be read."""
        from feedsvc import sites

        return sites.dialect(self.settings)

    def _find(self, reference: Reference, path: str, shelf: Shelf) -> str | None:
        return self.dialect.find(reference, path, shelf, self.settings)

    def refresh(self, now: datetime) -> Look:
        """Look at the folder at `now` and read what changed since the last look of any process.

        Raises SiteNotFoundError when the posts folder cannot be listed.
        """
        started = time.perf_counter()
        found = self._scan()
        mark = self._mark(found)
        rests = self.filing.fact("scan") == mark
        seconds = time.perf_counter() - started
        findings = tuple(found.findings)
        if rests:
            return Look(self.relink(now), len(found.files), 0, seconds, findings)
        before = self.filing.state()
        read = self._take_in(found, now)
        self.relink(now)
        return Look(self.filing.state() != before, len(found.files), read, seconds, findings)

    def relink(self, now: datetime) -> bool:
        """Follow posts that came or went with time and that others link to; whether any did."""
        at = to_microseconds(now)
        if self._linking.holds(at):
            return False
        with self.filing.database.writing():
            changed = self._linking.renew(at, only_time=True)
            if changed:
                self._seal()
        return changed

    def _seal(self) -> None:
        if self._books is None:
            self.filing.seal()
        else:  # what the ledger makes of it is another state again
            self.filing.set_fact("state", os.urandom(16))

    def _mark(self, found: Scan) -> bytes:
        """Return what is equal only while no file has changed that posts were read from."""
        sides = Sides(self.settings.folder).of(tuple(self.filing.side_files()))
        return digest(
            self._rules,
            found.fingerprint(),
            sides.encode(errors="surrogateescape"),
            "\0".join(self._still_shut()).encode(),
        )

    def _still_shut(self) -> list[str]:
        """Those of the files that could not be read that cannot be now: no time stamp tells."""
        shut = self.filing.shut()
        if not shut:
            return shut
        from feedsvc.repository.files import is_readable

        return [path for path in shut if not is_readable(self.settings.folder, path)]

    def _scan(self) -> Scan:
        roots = self._later_roots() if self._looked else self.settings.posts.path
        self._looked = True
        # What was never read is read in any case, and tells then what a scan would ask for.
        names_only = self.filing.fact("scan") is None
        return scan(self.settings.folder, roots, self._suffixes(), names_only=names_only)

    def _same_terms(self) -> Callable[[str], str] | None:
        from feedsvc import sites

        layout = sites.layout(self.settings)
        return partial(layout.same_term, settings=self.settings) if layout.merges_terms else None

    def _later_roots(self) -> tuple[str, ...]:
        """The posts folders; the site may have got others since its configuration was read."""
        from feedsvc import sites

        engine = sites.engines().get(self.settings.engine)
        return engine.post_folders(self.settings) if engine else self.settings.posts.path

    def _suffixes(self) -> list[str]:
        """The suffixes of posts, remembered, so that a look at what rests needs no dialect."""
        known = self.filing.fact("suffixes")
        if known is not None and known.startswith(self._rules):
            return known[len(self._rules) :].decode().split()
        suffixes = sorted(self.dialect.suffixes)
        self.filing.set_fact("suffixes", self._rules + " ".join(suffixes).encode())
        return suffixes

    def _take_in(self, found: Scan, now: datetime) -> int:
        """Read what changed and store it, all or nothing; returns how many files were read."""
        started = time.time_ns()
        sides = Sides(self.settings.folder)
        newest = 0
        database = self.filing.database
        first = self.filing.fact("rules") is None
        if self.filing.fact("rules") != self._rules and len(found.files) >= _PARALLEL_FROM:
            import feedsvc.repository.reading  # noqa: F401  (once for all processes)

            self.crew.start()
        with database.filling() if first else database.writing():
            if self.filing.fact("rules") != self._rules:
                self.filing.clear()
                self.filing.set_fact("rules", self._rules)
            catalogue = self.filing.catalogue()
            if found.shut:
                known = (path for path, _, _ in self.filing.known())
                found.add_hidden([*known, *(self._books.paths() if self._books else ())])
            changed, held, gone = self._differences(found, catalogue, sides)
            touched = [*gone, *(path for path, _ in changed)]
            before = self._linking.addresses(touched)
            self.filing.remove(gone)
            differs = bool(gone)
            shut: list[str] = []
            for rows in self._read(changed):
                for row in rows:
                    found.learn(row.path, row.identity)
                shut += [row.path for row in rows if not row.identity]
                identified = [_identified(row, started, sides) for row in rows]
                newest = max([newest, *map(sides.rest_ns, {row.depends for row in rows})])
                differs |= self._store(identified, held, catalogue)
            if gone or held:
                self.filing.forget_sides()
            if differs:
                if self._books is not None:
                    self._books.recall(now)
                moved = self.filing.arrange(
                    self.settings.site.url,
                    own_pages=self.settings.posts_have_pages,
                    own_ids=self._books is None,
                    same=self._same_terms(),
                    told=self._books.told if self._books else None,
                )
                same = not moved and bool(before) and before == self._linking.addresses(touched)
                self._linking.renew(to_microseconds(now), only_new=same)
                self._seal()
            self.filing.note_shut(shut)
            found.complete(self.settings.folder)
            # A file written just now may change again under the same time stamp: look again.
            rested = max(found.rests_ns, newest) < started
            self.filing.set_fact("scan", self._mark(found) if rested else os.urandom(8))
        return len(changed)

    def _differences(self, found: Scan, catalogue: Catalogue, sides: Sides) -> Differences:
        """Hold the files against those that were read."""
        stale = {
            number
            for files, number in catalogue.sides.items()
            if sides.of(files) != catalogue.identities[number]
        }
        others = self.dialect.superseded(found.files.keys())
        is_post = partial(self.dialect.is_post, settings=self.settings)
        return differences(found, self.filing.known(), is_post, stale=stale, others=others)

    def _read(self, posts: list[tuple[str, str]]) -> Iterator[list[Row]]:
        """Read files, on all cores where there are many."""
        # What reads is costly to import, and most looks find nothing to read.
        from feedsvc.repository.reading import Batch, read_batch, read_plainly

        settings, dialect = self.settings, self.dialect
        batches = [tuple(posts[at : at + _CHUNK]) for at in range(0, len(posts), _CHUNK)]
        if self.crew.jobs == 1 or len(posts) < _PARALLEL_FROM:
            return (read_batch(Batch(settings, dialect, files)) for files in batches)
        found = self.crew.spread(partial(read_plainly, settings, dialect), batches)
        return ([Row._make(row) for row in rows] for rows in found)

    def _store(self, found: list[Identified], held: Container[str], catalogue: Catalogue) -> bool:
        """Store rows; returns whether any says something else than before."""
        before = [one for one in found if one.row.path in held]
        if before:
            same = self.filing.same(one.row for one in before)
            self.filing.touch((one for one in before if one.row.path in same), catalogue)
            self.filing.remove(one.row.path for one in before if one.row.path not in same)
            found = [one for one in found if one.row.path not in same]
        self.filing.add(found, catalogue)
        return bool(found)


def _identified(row: Row, started: int, sides: Sides) -> Identified:
    """Add the identity of side files; that of a file written just now never matches."""
    fresh = is_fresh(row.identity, started) or sides.rest_ns(row.depends) > started
    return Identified(row.identity + "~" * fresh, sides.of(row.depends), row)
