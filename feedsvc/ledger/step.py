"""One run over posts and feeds as they are: from one ledger to the next. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.ledger.reconciliation import reconcile, reconcile_feeds, remade
from feedsvc.ledger.unsaved import Unsaved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from feedsvc.feeds.values import FeedKey
    from feedsvc.ledger.reconciliation import Hearing, Reconciled
    from feedsvc.ledger.state import Ledger
    from feedsvc.ledger.values import Made


class Step(NamedTuple):
    """The step from the ledger in a file to the next, with posts and feeds as they are.

    `hearing` knows the posts. `gone`, `kept` and `now` are as in `reconcile`, `made` as in `remade`
    (None: nothing to tell); `archived` are the folders of feeds that have archives now. `unsaved`
    is what was told and the file lacks. `known` is a ledger in the file of which it is known when
    anything last changed.
    """

    hearing: Hearing
    gone: Sequence[str] | None
    kept: AbstractSet[str]
    feeds: Iterable[FeedKey]
    archived: Sequence[str]
    now: datetime
    made: Made | None
    unsaved: Unsaved | None
    known: tuple[Ledger, datetime | None] | None

    def take(self, file: Ledger) -> Reconciled:
        """The outcome; it is `changed` where the file does not hold it.

        What is said of posts, those who know them were told.
        """
        now = self.now
        ledger = file if self.unsaved is None else self.unsaved.onto(file)
        latest = self.known[1] if self.known and self.known[0] is file else ledger.latest()
        renewed = ledger if self.made is None else remade(ledger, self.made, now, latest)
        anew = renewed is not ledger
        feeds = {key.folder: key.name for key in self.feeds}
        outcome = reconcile(
            renewed,
            self.hearing,
            now,
            gone=self.gone,
            kept=self.kept,
            latest=latest,
            anew=anew,
        )
        if not outcome.ledger:
            return outcome._replace(ledger=file)  # nothing was ever published
        after = reconcile_feeds(
            outcome.ledger,
            feeds,
            now,
            outcome.shifted,
            latest,
            archived=self.archived,
            left=outcome.left,
        )
        plain = reconcile_feeds(outcome.ledger, feeds, now)
        vital = outcome.vital or plain is not outcome.ledger
        if ledger is not file and not vital:
            vital = Unsaved.between(file, ledger).is_vital
        return outcome._replace(
            ledger=after, changed=outcome.changed or after is not file, vital=vital
        )
