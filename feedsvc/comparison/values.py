"""What subscribers would see, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happens to an entry, or with GONE to a feed, for those who subscribed to it."""

    NEW = "new"  # shown for the first time
    UPDATED = "updated"  # shown again as changed: its `updated` is later than before
    SILENT = "silent"  # changed, and `updated` does not tell
    DUPLICATE = "duplicate"  # shown as new, though subscribers have it under another id
    REMOVED = "removed"  # taken back, and the ledger or the feed says so
    MISSING = "missing"  # neither published nor known to be taken back
    LEFT = "left"  # still published, but no longer in this feed
    GONE = "gone"  # the whole feed


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one entry of one feed.

    `was` is the id under which subscribers of a duplicate have it. `what` names the parts that
    differ: title, content, link, published, updated.
    """

    kind: Kind
    id: str
    title: str
    link: str
    was: str = ""
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """What happens in one feed, which is at `path` below the site (not percent-encoded)."""

    path: str
    changes: tuple[Change, ...]
    gone: bool = False

    def count(self, kind: Kind) -> int:
        """How many entries this happens to; for GONE whether it happens to the feed."""
        if kind is Kind.GONE:
            return int(self.gone)
        return sum(change.kind is kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All feeds that are deployed, against what would be deployed now.

    `feeds` are those in which something happens, `same` counts the others, `added` are paths of
    feeds that nobody can have subscribed to yet.
    """

    feeds: tuple[FeedChanges, ...]
    same: int
    added: tuple[str, ...]

    def total(self, kind: Kind) -> int:
        """How many different entries this happens to in any feed; for GONE how many feeds."""
        if kind is Kind.GONE:
            return sum(feed.gone for feed in self.feeds)
        return len(self.changes(kind))

    def changes(self, kind: Kind) -> list[Change]:
        """What happens to whom, each entry once, in the order of the feeds."""
        found: dict[str, Change] = {}
        for feed in self.feeds:
            for change in feed.changes:
                if change.kind is kind:
                    found.setdefault(change.id, change)
        return list(found.values())
