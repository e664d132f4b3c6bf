"""Runs over posts that are all at hand, and ledgers as the bytes of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.ledger import reconcile
from feedsvc.ledger.text import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from feedsvc.ledger import Assignment, Ledger, Observation, Reconciled
    from feedsvc.model import Finding


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
