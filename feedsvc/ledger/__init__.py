"""Identity and change over time: what subscribers have been told, kept in `feedsvc.lock`.

`reconcile` is the pure core; `settle` runs it against the file.
"""

from feedsvc.ledger.digest import meaning
from feedsvc.ledger.file import read, settle
from feedsvc.ledger.reconcile import Reconciled, reconcile, reconcile_feeds, regrouped
from feedsvc.ledger.similarity import Fingerprint, fingerprint
from feedsvc.ledger.state import Ledger
from feedsvc.ledger.values import Assignment, FeedRecord, Observation, Record

__all__ = [
    "Assignment",
    "FeedRecord",
    "Fingerprint",
    "Ledger",
    "Observation",
    "Reconciled",
    "Record",
    "fingerprint",
    "meaning",
    "read",
    "reconcile",
    "reconcile_feeds",
    "regrouped",
    "settle",
]
