"""Posts told of one by one: those whose place nobody disputes, whatever the others are.

Most of a folder is as it was, each file at its known place with the text that it had. What is told
of such a post depends on no other, so it need not be held in memory until all are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import is_normalized

from feedsvc.ledger.evidence import is_as_it_was
from feedsvc.ledger.telling import told_of
from feedsvc.ledger.values import Assignment, Observation, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedsvc.ledger.moment import Moment
    from feedsvc.ledger.state import Ledger


class Singles:
    """Tells of posts as they come, and keeps those that are to be looked at together.

    `others` are these; `steps` the records that change, as they were and as they will be; `paths`
    where the posts are that were told of.
    """

    def __init__(self, ledger: Ledger, moment: Moment) -> None:
        self.others: list[Observation] = []
        self.steps: list[tuple[Record, Record]] = []
        self.paths: set[str] = set()
        self._ledger = ledger
        self.moment = moment

    def tell(self, posts: Iterable[Observation]) -> dict[str, Assignment]:
        """Return what is to be published of those posts that are told of, by path."""
        if not self._ledger:
            self.others += posts
            return {}
        assignments = {}
        for post in posts:
            record = self._record(post)
            if record is None:
                self.others.append(post)
                continue
            told = told_of(record, record.id, record.path, post, self.moment)
            assert told is not None  # of a record there is always something to tell
            if told != record:
                self.steps.append((record, told))
            self.paths.add(record.path)
            assignments[post.path] = assigned(told)
        return assignments

    def _record(self, post: Observation) -> Record | None:
        """The record of the post, None where another post might claim it, or this one another."""
        if not post.readable or not (post.path.isascii() or is_normalized("NFC", post.path)):
            return None
        record = self._ledger.at(post.path)
        if record is None or post.id not in {None, record.id} or not is_as_it_was(post, record):
            return None
        return record


def assigned(told: Record) -> Assignment:
    """What is to be published of a post that subscribers know."""
    return Assignment(told.id, told.published, told.updated, told.seen, told.changed)
