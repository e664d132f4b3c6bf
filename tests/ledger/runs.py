"""Runs over posts that are all at hand, and ledgers as the bytes of their files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.ledger import Ledger, reconcile
from feedsvc.ledger.text import parse, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from feedsvc.ledger import Assignment, Observation, Reconciled
    from feedsvc.model import Finding

DAY = timedelta(days=1)


class Room:
    """Those who know some posts, two at a time; what they were told at once, and in the end."""

    def __init__(self, posts: Iterable[Observation]) -> None:
        self.known = list(posts)
        self.heard: dict[str, Assignment] = {}
        self.last: dict[str, Assignment] = {}

    def posts(self) -> Iterator[list[Observation]]:
        for at in range(0, len(self.known), 2):
            yield self.known[at : at + 2]

    def hear(self, told: Mapping[str, Assignment]) -> None:
        self.heard.update(told)

    def end(self, told: Mapping[str, Assignment]) -> None:
        self.last.update(told)

    @property
    def told(self) -> dict[str, Assignment]:
        return {**self.heard, **self.last}


class Run(NamedTuple):
    """The outcome of a run, and what was told of the posts, by path."""

    outcome: Reconciled
    assignments: dict[str, Assignment]

    @property
    def ledger(self) -> Ledger:
        return self.outcome.ledger

    @property
    def changed(self) -> bool:
        return self.outcome.changed

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.outcome.findings


def reconciled(ledger: Ledger, posts: Iterable[Observation], now: datetime, **more: Any) -> Run:
    """Bring the ledger in step with posts that are all at hand."""
    room = Room(posts)
    outcome = reconcile(ledger, room, now, **more)
    return Run(outcome, room.told)


def dump(ledger: Ledger) -> bytes:
    """The bytes of the file."""
    return b"".join(pieces(ledger))


class Blog:
    """Runs over a folder, each a day after the last, through the text of the ledger."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.data = dump(Ledger())
        self.ledger = Ledger()

    def run(self, *posts: Observation, **more: Any) -> Run:
        self.now += DAY
        # The same run on the same state in the other order: neither may matter.
        twin = reconciled(parse(self.data, "x"), reversed(posts), self.now, **more)
        outcome = reconciled(parse(self.data, "x"), posts, self.now, **more)
        assert dump(twin.ledger) == dump(outcome.ledger)
        assert twin.assignments == outcome.assignments
        again = reconciled(outcome.ledger, posts, self.now + DAY, **more)
        assert not again.changed
        assert again.ledger is outcome.ledger
        data = dump(outcome.ledger)
        assert outcome.changed == (data != self.data)
        self.data, self.ledger = data, outcome.ledger
        return outcome

    def told(self, *posts: Observation, **more: Any) -> Assignment:
        """The assignment of the first of the posts."""
        return self.run(*posts, **more).assignments[posts[0].path]

    def removed(self) -> list[str]:
        return [record.id for record in self.ledger.removed()]
