"""What the ledger says of posts, as the index takes it over. Instants are microseconds (UTC)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.instants import to_microseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from feedsvc.index.observing import Observed
    from feedsvc.ledger.values import Assignment, Observation

_SECOND = 1_000_000


class Told(NamedTuple):
    """The id and the dates that a post is told under, where the index has others."""

    number: int
    mark: bytes
    id: str
    published: int
    updated: int


class Answers(NamedTuple):
    """What is said of some posts, each with the digest by which it is known to be the same still.

    `seen` are when each was first seen and last changed, with its number and digest; `changed` is
    when a visible post of a feed last did, by the feed's folder.
    """

    seen: list[tuple[int | None, int | None, int, bytes]]
    told: list[Told]
    changed: dict[str, int]

    def add(self, observed: Iterable[Observed], assignments: Mapping[str, Assignment]) -> None:
        """Add what is said of posts that were observed."""
        for one in observed:
            said = assignments.get(one.post.path)
            if said is None:
                self.seen.append((None, None, one.number, one.mark))
                continue
            at = None if said.seen is None else _microseconds(said.seen, one)
            changed = None if said.changed is None else _microseconds(said.changed, one)
            self.seen.append((at, changed, one.number, one.mark))
            if changed is not None and one.post.visible:
                self._note(one.post.feeds or (), changed)
            told = _told(one, said)
            if told[2:] != one.told:
                self.told.append(told)

    def extend(self, others: Answers) -> None:
        """Add what is said of other posts."""
        self.seen.extend(others.seen)
        self.told.extend(others.told)
        for feed, at in others.changed.items():
            self._note((feed,), at)

    def _note(self, feeds: Iterable[str], at: int) -> None:
        changed = self.changed
        for feed in feeds:
            known = changed.get(feed)
            if known is None or at > known:
                changed[feed] = at


class Hearing:
    """Asks the ledger about posts, some at a time, and takes down what it says of them.

    `observe` yields them from the first again with every call.
    """

    def __init__(self, observe: Callable[[], Iterable[list[Observed]]]) -> None:
        self.answers = Answers([], [], {})
        self._observe = observe
        self._asked: list[Observed] = []
        self._waiting: list[Observed] = []

    def posts(self) -> Iterator[list[Observation]]:
        """Yield the posts; what was said of them before is of no account."""
        self.answers = Answers([], [], {})
        self._waiting = []
        for asked in self._observe():
            self._asked = asked
            yield [one.post for one in asked]

    def hear(self, told: Mapping[str, Assignment]) -> None:
        """Take down what is said of those that were asked about last; the others wait."""
        self.answers.add((one for one in self._asked if one.post.path in told), told)
        self._waiting += [one for one in self._asked if one.post.path not in told]

    def end(self, told: Mapping[str, Assignment]) -> None:
        """Take down what is said of those that wait."""
        self.answers.add(self._waiting, told)
        self._waiting = []


def _told(one: Observed, said: Assignment) -> Told:
    published, updated = one.own[0], one.own[1] or one.own[0]
    # The ledger knows whole seconds; where they agree the author's fraction stays.
    if (told := _microseconds(said.published, one)) != published // _SECOND * _SECOND:
        published = told
    if (told := _microseconds(said.updated, one)) != updated // _SECOND * _SECOND:
        updated = told
    return Told(one.number, one.mark, said.id, published, updated)


def _microseconds(instant: datetime, of: Observed) -> int:
    """Those of an instant that is told of a post; nearly always that is its date."""
    return of.own[0] if instant is of.post.published else to_microseconds(instant)
