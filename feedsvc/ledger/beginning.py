"""The first telling: nobody is known yet, so every post is told of by itself, on any core.

The outcome is that of `reconcile` on an empty ledger, as long as no two posts claim one id or one
path; it is put together from lines, without a record of every post in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.ledger.lines import encode, utf8
from feedsvc.ledger.moment import Moment
from feedsvc.ledger.reconciliation import Reconciled, reconcile_feeds, remade
from feedsvc.ledger.singles import assigned
from feedsvc.ledger.snapshot import Snapshot
from feedsvc.ledger.state import Ledger
from feedsvc.ledger.telling import told_of, unpublished
from feedsvc.ledger.text import arranged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from feedsvc.ledger.step import Step
    from feedsvc.ledger.values import Assignment, Observation


class Begun(NamedTuple):
    """Some posts as subscribers hear of them for the first time.

    `keys` and `lines` are what the ledger says of those that are visible; `assignments` are by the
    path of each that is readable.
    """

    keys: list[bytes]
    lines: list[bytes]
    assignments: dict[str, Assignment]


def begin(posts: Iterable[Observation], now: datetime) -> Begun:
    """Tell of posts at `now` (aware); their paths are in Unicode normalisation form C."""
    moment = Moment.of(Ledger(), now, None)
    begun = Begun([], [], {})
    for post in posts:
        if not post.readable:
            continue
        identity = post.minted if post.id is None else post.id
        told = told_of(None, identity, post.path, post, moment)
        if told is None:
            begun.assignments[post.path] = unpublished(identity, post)
            continue
        begun.keys.append(utf8(identity))
        begun.lines.append(encode(told))
        begun.assignments[post.path] = assigned(told)
    return begun


class Beginning(NamedTuple):
    """The step from no ledger to the first, of posts that were told of: these lines say of whom.

    Where somebody else was the first, it is the `step` that is taken.
    """

    step: Step
    keys: Sequence[bytes]
    lines: Sequence[bytes]

    def take(self, file: Ledger) -> Reconciled:
        """The outcome, as `Step.take` has it."""
        if file:
            return self.step.take(file)
        if not self.lines:
            return Reconciled(file, (), changed=False)  # nothing is published
        step, now = self.step, self.step.now
        made = file.made if step.made is None else remade(file, step.made, now).made
        present = {key.folder: key.name for key in step.feeds}
        records = reconcile_feeds(file, present, now, archived=step.archived).feeds.values()
        keys = [*self.keys, *(utf8(one.feed) for one in records)]
        lines = [*self.lines, *map(encode, records)]
        ledger = Ledger(Snapshot(arranged(made, keys, lines)), made)
        return Reconciled(ledger, (), changed=True)
