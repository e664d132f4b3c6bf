"""What the ledger is asked: about which posts and feeds, by what the index holds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.feeds.history import has_archives
from feedsvc.feeds.values import FeedKind
from feedsvc.index.rows import NEVER
from feedsvc.instants import from_microseconds, to_microseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from feedsvc.announcement import Announced
    from feedsvc.feeds.values import FeedKey
    from feedsvc.index.addresses import Learned
    from feedsvc.index.answers import Hearing
    from feedsvc.index.changes import Changes
    from feedsvc.index.filing import Filing
    from feedsvc.index.mirror import Mirror
    from feedsvc.index.places import Places
    from feedsvc.index.resting import Resting
    from feedsvc.index.standing import Standing, Unread
    from feedsvc.index.store import PostIndex
    from feedsvc.index.unwritten import Unwritten
    from feedsvc.ledger import Beginning, Ledger, Step
    from feedsvc.settings import Settings


class Tools(NamedTuple):
    """What bookkeeping works with: views of one index, and what renders entries.

    `learn` renders posts and yields what that tells; it leaves out what changed meanwhile.
    `announce` yields what is told of all posts where nothing was, having asked at `since`.
    """

    posts: PostIndex
    filing: Filing
    standing: Standing
    resting: Resting
    mirror: Mirror
    changes: Changes
    places: Places
    unwritten: Unwritten
    learn: Callable[[Sequence[Unread], datetime], Iterable[Learned]]
    announce: Callable[[int, datetime], Iterable[Announced]]


class Question(NamedTuple):
    """The posts that it is about; `gone`, `kept` and `latest` are as in `ledger.reconcile`."""

    hearing: Hearing
    gone: Sequence[str] | None
    kept: frozenset[str]
    latest: datetime | None


class Inquiry:
    """Asks the index of one site. Instants as numbers are microseconds (UTC)."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self.settings = settings
        self._tools = tools

    def since(self, at: int) -> int:
        """Return when the ledger was asked last; a clock that went back changes nothing."""
        fact = self._tools.standing.fact("settled")
        return min(int(fact), at) if fact else NEVER

    def question(self, ledger: Ledger, at: int, *, whole: bool, filed: bool = True) -> Question:
        """Return what is to be asked of a ledger: all posts, or those that may have changed.

        Unless `filed` they were just read.
        """
        from feedsvc.index.answers import Hearing

        standing, since = self._tools.standing, self.since(at)
        if whole:
            everything = Hearing(lambda: standing.observe_all(since, at, filed=filed))
            return Question(everything, None, frozenset(), None)
        gone = standing.vanished()
        rest = self._tools.resting.among(ledger.removed(), at, vanished=bool(gone))
        observe = standing.observe_changed
        changed = Hearing(lambda: observe(since, at, rest.numbers, filed=filed))
        latest = self._tools.changes.latest()
        return Question(
            changed, gone, rest.kept, None if latest is None else from_microseconds(latest)
        )

    def learn(self, ledger: Ledger, now: datetime, *, whole: bool) -> None:
        """Have entries rendered that subscribers are shown and whose meaning is not known."""
        standing = self._tools.standing
        unread = self.unread(ledger, to_microseconds(now), whole=whole)
        if unread:
            found = list(self._tools.learn(unread, now))
            with standing.database.writing():
                standing.learn(found, listing=self.settings.posts_have_pages)

    def unread(self, ledger: Ledger, at: int, *, whole: bool) -> list[Unread]:
        """Return the posts that subscribers are shown and whose meaning is not known."""
        # Pages and archives show every post; of a large blog only its feeds may.
        known = any(one.archived for one in ledger.feeds.values())
        shows_all = self.settings.posts_have_pages or has_archives(
            self.settings, 0 if known else self._tools.standing.count(), known=known
        )
        limit = None if shows_all else self.settings.feeds.limit
        return self._tools.standing.unread(self.since(at), at, limit, whole=whole)

    def beginning(self, step: Step, hearing: Hearing, now: datetime) -> Beginning:
        """Return the step from no ledger to the first, which `hearing` need not ask about."""
        from feedsvc.ledger import Beginning

        keys, lines = [], []
        for some in self._tools.announce(self.since(to_microseconds(now)), now):
            keys += some.keys
            lines += some.lines
            hearing.answers.extend(some.answers)
        return Beginning(step, keys, lines)

    def archived(self, ledger: Ledger, feeds: Mapping[FeedKey, int], at: int) -> Iterator[str]:
        """Yield the folders of feeds that have archives and are not known to."""
        for key, feed in feeds.items():
            known = ledger.feeds.get(key.folder)
            if key.kind is FeedKind.SITE and (known is None or known.archived is None):
                count = self._tools.places.count(feed, at)
                more = count > self.settings.feeds.limit
                if more and has_archives(self.settings, count, known=False):
                    yield key.folder
