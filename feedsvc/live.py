"""What is published while somebody serves it: looks at the folder, and answers that hold."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Protocol, TypeVar

from feedsvc.errors import LedgerError, StaleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from feedsvc.model import Document, LocalFile
    from feedsvc.publication.publication import Publication
    from feedsvc.repository.repository import Look
    from feedsvc.session import Session
    from feedsvc.settings import Settings

_TRIES = 5
# Looks at the folder may cost 2 % of the time: 10,000 files are looked at every 2 s. Where a look
# costs next to nothing and few ask, what was just written is seen by the very next request.
_REST = 50.0
_LONGEST_REST = 5.0
_CHEAP = 0.005
# Other processes that serve the site may have looked since: clients ask now this one, now that.
# While a thread that asks waits for the lock, others answer as before: for twice that at most.
_PEEK = 0.025

Answer = TypeVar("Answer")


class Watched(Protocol):
    """The site as a watch sees it; `lock` is held while any of this is done.

    `look` is the last one at the folder, None before the first.
    """

    @property
    def lock(self) -> AbstractContextManager[object]: ...
    @property
    def crew(self) -> AbstractContextManager[object]: ...
    @property
    def look(self) -> Look | None: ...
    @property
    def session(self) -> Session: ...
    def refresh(self, now: datetime) -> bool: ...
    def relink(self, now: datetime) -> bool: ...
    def settle(self, now: datetime, *, serving: bool) -> None: ...
    def at(self, now: datetime) -> Publication: ...


class Watch:
    """Keeps what is served in step with the folder, looking at it only now and then."""

    def __init__(self, site: Watched) -> None:
        self._site = site
        self._held: Live | None = None
        self._next_look = 0.0
        self._asked = 0  # questions since the last look
        self._next_peek = 0.0
        self._writings = 0  # as `Session.writings` was before what is held was asked for
        self._harm = ""  # what is wrong with the ledger

    def current(self, now: datetime) -> Live:
        """Return what is published at `now` (aware), looking at the folder only now and then.

        The same object as long as the same is published: a caller may key what it prepared by it.
        A ledger that comes to harm is told of in the log, and what was published stays until it is
        mended.
        """
        self._asked += 1
        tick = time.monotonic()
        due = tick >= self._next_look or self._is_behind(tick)
        held = self._held  # which another thread may have renewed while this one waited
        if due or held is None or not held.holds_at(now):
            with self._site.lock, self._site.crew:
                try:
                    self._writings = self._site.session.guarded(self._site.session.writings)
                    self._look_when_due(now)
                    self._site.settle(now, serving=True)
                    held = self._renewed(now)
                    self._harm = ""
                except LedgerError as error:
                    if held is None:
                        raise
                    self._tell_harm(str(error))
        return held

    def _is_behind(self, tick: float) -> bool:
        """Whether another process has written to the index since what is held was asked for.

        Once one has, all threads wait for what it wrote: one of them is about to answer with it.
        """
        if tick < self._next_peek:
            return False
        self._next_peek = tick + _PEEK  # the others go on while this one waits for the lock
        session = self._site.session
        with self._site.lock:
            behind = session.guarded(session.writings) != self._writings
        if behind:
            self._next_peek = tick
        return behind

    def _tell_harm(self, harm: str) -> None:
        if harm != self._harm:
            from logging import getLogger

            getLogger("feedsvc").error("%s", harm)
        self._harm = harm
        self._next_look = time.monotonic() + _LONGEST_REST

    def _look_when_due(self, now: datetime) -> None:
        if self._held is None or time.monotonic() >= self._next_look:
            first = self._site.look is None
            self._site.refresh(now)
            assert self._site.look is not None
            rest = 0.0 if first else _rest(self._site.look.seconds, self._asked)
            self._next_look = time.monotonic() + rest
            self._asked = 0
        else:
            self._site.relink(now)

    def ask(self, live: Live, question: Callable[[Publication], Answer]) -> Answer:
        """Ask what is published; where the posts have moved on meanwhile, what is true now."""
        publication = live.publication
        with self._site.lock:
            for _ in range(_TRIES):
                try:
                    answer = question(publication)
                    if self._site.session.state() == publication.state:
                        return answer
                except StaleError:
                    pass
                except sqlite3.Error as error:
                    self._site.session.recover(error)
                self._site.refresh(publication.now)
                self._site.settle(publication.now, serving=True)
                publication = self._renewed(publication.now).publication
            return question(publication)

    def _renewed(self, now: datetime) -> Live:
        """Return what is held while it is true, else anew."""
        held, session = self._held, self._site.session
        if (
            held is None
            or not held.holds_at(now)
            or held.publication.state != session.guarded(session.state)
        ):
            held = self._held = Live(self, session.guarded(lambda: self._site.at(now)))
        return held


class Live:
    """A publication that stays true while it is asked: what the web door sees.

    The posts may change between two questions; each answer is that of one whole state.
    """

    def __init__(self, watch: Watch, publication: Publication) -> None:
        self._watch = watch
        self.publication = publication

    @property
    def settings(self) -> Settings:
        """The configuration the documents were made under."""
        return self.publication.settings

    @property
    def valid_until(self) -> datetime | None:
        """See `Publication.valid_until`."""
        return self.publication.valid_until

    def holds_at(self, now: datetime) -> bool:
        """Whether the same posts are visible at `now`."""
        until = self.publication.valid_until
        return self.publication.now <= now and (until is None or now < until)

    def paths(self) -> Iterator[str]:
        """See `Publication.paths`."""
        return iter(self._watch.ask(self, lambda one: list(one.paths())))

    def get(self, path: str) -> Document | None:
        """See `Publication.get`; the posts may change meanwhile."""
        return self._watch.ask(self, lambda one: one.get(path))

    def file(self, path: str) -> LocalFile | None:
        """See `Publication.file`."""
        return self._watch.ask(self, lambda one: one.file(path))

    def gone(self, path: str) -> bool:
        """Whether something was published there that has been taken back."""
        return self._watch.ask(self, lambda one: one.gone(path))

    def redirect(self, path: str) -> str | None:
        """The absolute URL that what was at `path` has moved to for good."""
        return self._watch.ask(self, lambda one: one.redirect(path))


def _rest(seconds: float, asked: int) -> float:
    """Return for how many seconds no look is taken after one that took `seconds`."""
    times = min(asked, _REST) if seconds < _CHEAP else _REST
    return min(seconds * times, _LONGEST_REST)
