"""What makes documents of the posts in an index: in this process and, where there are many, others.

Nothing here looks at the posts folder or asks the ledger; that is `site`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc import sites
from feedsvc.index.addresses import Addresses
from feedsvc.index.database import Database
from feedsvc.index.identity import rendering_digest
from feedsvc.index.standing import Standing
from feedsvc.instants import to_microseconds
from feedsvc.publication.documents import DocumentCache
from feedsvc.publication.publication import Publication
from feedsvc.repository.workers import Crew
from feedsvc.session import Session
from feedsvc.stores import IndexStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from feedsvc.announcement import Announced
    from feedsvc.attachments.published import Attachments
    from feedsvc.elsewhere import Way, Worked
    from feedsvc.index.addresses import Learned
    from feedsvc.index.standing import Unread
    from feedsvc.posts.dialect import Dialect
    from feedsvc.rendering import EntryRenderer
    from feedsvc.session import Handle
    from feedsvc.settings import Settings

DOCUMENT_BYTES = 64 * 1024 * 1024
# What comes after reading many posts, and takes a while to import.
_AHEAD = (
    "feedsvc.rendering",
    "feedsvc.content.rendering",
    "feedsvc.formats._feedgen",
    "feedsvc.index.observing",
    "feedsvc.ledger.beginning",
)


class Workshop:
    """Renders the posts of one site and makes its documents, with all processes of its crew."""

    def __init__(self, settings: Settings, session: Session, jobs: int) -> None:
        self.settings = settings
        self.session = session
        self.crew = Crew(jobs, session.database.release, _AHEAD)
        self.standing = Standing(session.database)
        self.recipe = rendering_digest(settings)
        self._layout = sites.layout(settings)
        self._documents = DocumentCache(DOCUMENT_BYTES)

    @cached_property
    def dialect(self) -> Dialect:
        """How posts are read; looked up when it is first needed."""
        return sites.dialect(self.settings)

    @cached_property
    def renderer(self) -> EntryRenderer:
        """What renders entries; imported when the first one is to be rendered."""
        from feedsvc.rendering import EntryRenderer

        session = self.session
        session.recall_shapes()
        return EntryRenderer(self.settings, session.index, session.entries, self.dialect)

    @cached_property
    def attachments(self) -> Attachments:
        """The files that posts refer to; imported when the first is asked for."""
        from feedsvc.attachments.published import Attachments

        index = Addresses(self.session.database)
        return Attachments(self.settings, index, lambda: self.dialect, self.learned)

    def at(self, now: datetime) -> Publication:
        """Return what is published at `now` of the posts as last read."""
        index = self.session.index
        return Publication(
            IndexStore(index, lambda: self.renderer, lambda: self.attachments),
            self.settings,
            self._layout,
            now,
            state=index.state(),
            recipe=self.recipe,
            documents=self._documents,
        )

    def learned(self, unread: Sequence[Unread], now: datetime) -> Iterator[Learned]:
        """Yield what rendering posts tells, on all cores where there are many."""
        from feedsvc.learning import learned

        return learned(self, unread, self.way(now, self.session.state(), reopen))

    def announced(self, since: int, now: datetime) -> Iterator[Announced]:
        """Yield what subscribers are told of all posts where they know none, on all cores."""
        from feedsvc.announcement import Some, announced

        every = Some(self.standing.numbers(), since, to_microseconds(now), now)
        return announced(self, every, self.way(now, self.session.state(), reopen))

    def way(self, now: datetime, state: bytes, reopen: Callable[[Handle], Worked]) -> Way:
        """Return how other processes get what there is at `now`, in this state of the posts."""
        from feedsvc.elsewhere import Way

        return Way(self.crew, lambda: self.session.handle(self.settings, now, state), reopen)

    def is_of(self, handle: Handle) -> bool:
        """Whether it is what a handle is for."""
        return (handle.settings, handle.database) == (self.settings, self.session.database.path)

    def flush(self) -> None:
        """Write what was rendered, and what was learned of how to write it."""
        self.session.flush()


def reopen(handle: Handle) -> Workshop:
    """Return the workshop that another process has by this handle.

    It is made once in this one. Raises StaleError when the posts have moved on.
    """
    found = _Here.workshop
    if found is None or not found.is_of(handle):
        session = Session(Database(handle.database))
        found = _Here.workshop = Workshop(handle.settings, session, jobs=1)
    found.session.check(handle)
    return found


class _Here:
    """What this process has open of another's."""

    workshop: Workshop | None = None
