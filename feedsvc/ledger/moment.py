"""The moment of a run, and when what it changes is said to have changed.

`Last-Modified` has whole seconds, and machines that share a ledger have clocks of their own. What
changes is told as changed at the present second, or, where something is known to have changed then
or later, a second after that: so no two states of a document have the same instant.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from feedsvc.ledger.evidence import whole
from feedsvc.ledger.lines import CLOCKS_END

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.ledger.state import Ledger
    from feedsvc.ledger.values import Observation, Record

SECOND: Final = timedelta(seconds=1)


class Moment(NamedTuple):
    """`now` in whole seconds; `tick`: the instant of what changes now; `latest`: of what did last.

    `first`: nothing was known before; `anew`: all documents are made anew now.
    """

    now: datetime
    tick: datetime
    latest: datetime | None
    first: bool
    anew: bool

    @classmethod
    def of(
        cls, ledger: Ledger, now: datetime, latest: datetime | None, *, anew: bool = False
    ) -> Moment:
        """The moment of a run at `now` (aware); `latest` None asks the ledger.

        Raises ValueError for an instant that no clock shows.
        """
        now = whole(now)
        if now >= CLOCKS_END:
            raise ValueError(f"{now}: nothing can be told after that; take an instant before 9999")
        latest = ledger.latest() if latest is None else latest
        tick = now if latest is None or latest < now else latest + SECOND
        return cls(now, tick, latest, not ledger, anew)

    def after(self, record: Record) -> datetime:
        """The instant of a change to a post that is known."""
        return max(self.tick, record.changed + SECOND)

    def was_due(self, post: Observation, at: datetime) -> bool:
        """Whether documents changed at `at` by themselves: the post was waiting for it.

        Every machine then says so, whichever comes first to writing it down.
        """
        return post.foreseen and self.is_news(at)

    def is_news(self, at: datetime) -> bool:
        """Whether nothing is known to have changed at `at` or later."""
        return self.latest is None or at > self.latest


def touched(record: Record, at: datetime) -> Record:
    """The record of a post by which documents changed at `at`, and no more than needs saying."""
    plain = record if record.touched is None else record._replace(touched=None)
    return plain if plain.changed == at else plain._replace(touched=at)
