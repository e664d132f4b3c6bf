"""What subscribers are told of all posts the first time, found out on all cores."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from feedsvc.elsewhere import on_all_cores
from feedsvc.index.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedsvc.elsewhere import Way
    from feedsvc.index.standing import Standing
    from feedsvc.repository.workers import Crew

_FIRST = 4  # posts told of by this process
_LEAST = 500  # posts told of at once; fewer take as long as another process to begin
_PARTS = 8  # for each process, so that none waits long for the last


class Announcing(Protocol):
    """A site as what announces its posts sees it."""

    @property
    def crew(self) -> Crew: ...
    @property
    def standing(self) -> Standing: ...
    def flush(self) -> None: ...


class Some(NamedTuple):
    """Posts by their numbers, as the ledger was asked of them at `since`, to be told of `now`.

    `since` and `at` are microseconds (UTC), `at` those of `now`.
    """

    numbers: range
    since: int
    at: int
    now: datetime


class Announced(NamedTuple):
    """Lines of the ledger with their keys, and what the index takes over."""

    keys: list[bytes]
    lines: list[bytes]
    answers: Answers


def announced(site: Announcing, every: Some, way: Way) -> Iterator[Announced]:
    """Yield what is told of some posts after the other."""
    batches = [every._replace(numbers=numbers) for numbers in _parts(every.numbers, site.crew.jobs)]
    return on_all_cores(_announced, site, batches, way)


def _parts(numbers: range, jobs: int) -> Iterator[range]:
    rest = numbers[_FIRST:]
    size = max(_LEAST, -(-len(rest) // (_PARTS * jobs)))
    yield numbers[:_FIRST]
    bounds = [*range(rest.start, rest.stop, size), rest.stop]
    yield from (range(*pair) for pair in pairwise(bounds))


def _announced(site: Announcing, some: Some) -> Announced:
    from feedsvc.ledger import begin

    found = Announced([], [], Answers([], [], {}))
    for observed in site.standing.observe_some(some.numbers, some.since, some.at):
        begun = begin((one.post for one in observed), some.now)
        found.keys.extend(begun.keys)
        found.lines.extend(begun.lines)
        found.answers.add(observed, begun.assignments)
    return found
