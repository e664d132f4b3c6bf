"""A site: its configuration, its posts, and what is published of them now."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

from feedsvc.bookkeeping import Bookkeeper
from feedsvc.clock import present
from feedsvc.config import load_settings
from feedsvc.index.changes import Changes
from feedsvc.index.database import Database, cache_folder, database_path
from feedsvc.index.filing import Filing
from feedsvc.index.mirror import Mirror
from feedsvc.index.places import Places
from feedsvc.index.resting import Resting
from feedsvc.index.survey import Survey
from feedsvc.index.unwritten import Unwritten
from feedsvc.inquiry import Tools
from feedsvc.instants import to_microseconds
from feedsvc.live import Watch
from feedsvc.model import utc
from feedsvc.repository.repository import Look, Repository
from feedsvc.repository.workers import cores
from feedsvc.session import Session
from feedsvc.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from feedsvc.attachments.opening import OpenFile
    from feedsvc.config import Configuration
    from feedsvc.elsewhere import Way, Worked
    from feedsvc.live import Live
    from feedsvc.model import JSON, Finding, LocalFile, Post
    from feedsvc.publication.publication import Publication
    from feedsvc.session import Handle
    from feedsvc.settings import Settings


def open_site(
    folder: Path | str = ".",
    *,
    overrides: Mapping[str, JSON] | None = None,
    cache: Path | str | None = None,
    jobs: int | None = None,
) -> Site:
    """Open the site in `folder`.

    `overrides` has the shape of `feedsvc.toml` and outranks everything; `cache` is the folder for
    the index (default: the user's cache folder); `jobs` is how many processes may read (default:
    one a core). Raises ConfigError and SiteNotFoundError.
    """
    return open_configured(load_settings(Path(folder), overrides), cache=cache, jobs=jobs)


def open_configured(
    configuration: Configuration, *, cache: Path | str | None = None, jobs: int | None = None
) -> Site:
    """Open a site under a configuration that was read before."""
    settings = configuration.settings
    database = Database(database_path(settings.folder, Path(cache) if cache else cache_folder()))
    return Site(
        settings,
        database,
        detection=configuration.detection,
        findings=configuration.findings,
        jobs=jobs or cores(),
    )


class Site:
    """One site, usable by several threads; several processes may open the same folder."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        detection: str = "",
        findings: tuple[Finding, ...] = (),
        jobs: int = 1,
    ) -> None:
        self.settings = settings
        self.detection = detection
        self._configuration_findings = findings
        self._database = database
        self.session = Session(database, lambda: self.repository.refresh(present()))
        self.index = self.session.index
        self.workshop = Workshop(settings, self.session, jobs)
        self.crew = self.workshop.crew
        self.standing = self.workshop.standing
        filing = Filing(database)
        self._books = None
        if settings.ledger.enabled:
            tools = Tools(
                self.index,
                filing,
                self.standing,
                Resting(database),
                Mirror(database),
                Changes(database),
                Places(database),
                Unwritten(database),
                self.workshop.learned,
                self.workshop.announced,
            )
            self._books = Bookkeeper(settings, tools)
        self.repository = Repository(settings, filing, self.crew, self._books)
        self.lock = threading.RLock()
        self.look: Look | None = None
        self._watch = Watch(self)

    @property
    def shortfall(self) -> str:
        """That there are no posts, or how many files and folders were left out, and what tells why.

        "" where the last look found posts, and nothing else.
        """
        survey = Survey(self._database)
        if self.session.guarded(survey.is_empty):
            return "no posts were found; `feedsvc check` says where they are looked for"
        count = self.session.guarded(survey.left_out)
        count += len(self.look.findings) if self.look else 0
        if not count:
            return ""
        files = "1 file was" if count == 1 else f"{count:,} files were"
        return f"{files} left out; `feedsvc check` says why"

    def refresh(self, now: datetime) -> bool:
        """Look at the folder and read what changed; returns whether the state is another one.

        Raises SiteNotFoundError when the posts folder cannot be listed, LedgerError for a ledger
        that cannot be read.
        """
        with self.lock:
            self.look = self.session.guarded(lambda: self.repository.refresh(now))
            return self.look.changed

    def publication(
        self, now: datetime, *, keep: bool = False, frozen: bool = False
    ) -> Publication:
        """Look at the folder and return what is published at `now` (aware).

        `keep`: this is what subscribers get, so the ledger is brought up to date; otherwise it is
        what they would get. Under `frozen` the ledger must be up to date. Raises LedgerError, and
        ValueError for a naive `now`.
        """
        now = utc(now)
        with self.lock, self.crew:
            self.refresh(now)
            self.settle(now, keep=keep, frozen=frozen)
            return self.session.guarded(lambda: self.at(now))

    def settle(
        self, now: datetime, *, keep: bool = True, frozen: bool = False, serving: bool = False
    ) -> None:
        books = self._books
        if books is not None:
            self.session.guarded(
                lambda: books.settle(now, frozen=frozen, serving=serving, rehearsing=not keep)
            )

    def current(self, now: datetime) -> Live:
        """Return what is published at `now` (aware), looking at the folder only now and then.

        The same object as long as the same is published: a caller may key what it prepared by it.
        A ledger that comes to harm is told of in the log, and what was published stays until it is
        mended.
        """
        return self._watch.current(now)

    def posts(self, now: datetime) -> Iterator[Post]:
        """Yield every post that could be read, whatever its state, newest first, bodies empty."""
        if self.look is None:
            self.refresh(now)
        return self.index.posts()

    def named(self, now: datetime) -> dict[str, str]:
        """Return what authors wrote into their posts as ids, by path."""
        if self.look is None:
            self.refresh(now)
        observed = self.standing.observe_all(0, to_microseconds(now))
        posts = (one.post for some in observed for one in some)
        return {post.path: post.named for post in posts if post.id is not None}

    @property
    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong or doubtful in configuration, folder and posts."""
        if self.look is None:
            self.refresh(present())
        yield from self._configuration_findings
        yield from self.look.findings if self.look else ()
        yield from self.index.findings()
        yield from self._books.findings if self._books else ()

    def review(self, now: datetime) -> tuple[Finding, ...]:
        """Return what the ledger doubts about the posts as last read. Raises LedgerError."""
        books = self._books
        return () if books is None else self.session.guarded(lambda: books.review(now))

    def way(self, publication: Publication, reopen: Callable[[Handle], Worked]) -> Way:
        """Return how other processes get a publication, or something of it."""
        return self.workshop.way(publication.now, publication.state, reopen)

    def flush(self) -> None:
        """Write what was rendered, and what was learned of how to write it."""
        self.workshop.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is still to be written and let go of the index."""
        with self.lock:
            anything_read = self.look is not None and self.look.read
            self.session.close(tidy=self.workshop.recipe if anything_read else None)

    # -- for the watch and the doors -----------------------------------------------------------

    def relink(self, now: datetime) -> bool:
        """Follow posts that come or go with time and that others link to; whether any did."""
        return self.session.guarded(lambda: self.repository.relink(now))

    def at(self, now: datetime) -> Publication:
        """Return what is published at `now` of the posts as last read."""
        return self.workshop.at(now)

    def open_file(self, file: LocalFile) -> OpenFile | None:
        """Open a file that is published, None where it has gone since."""
        from feedsvc.attachments.opening import open_file

        return open_file(file, self.session)


def publish(site: Site | Path | str = ".", now: datetime | None = None) -> Publication:
    """Return what is published of a site (or of the one in a folder) at `now`.

    `now` is aware; None means the present instant. Raises ConfigError and SiteNotFoundError.
    """
    opened = site if isinstance(site, Site) else open_site(site)
    return opened.publication(now or present())
