"""Identity and change over time: what subscribers have been told, kept in `feedsvc.lock`.

`reconcile` is the pure core; `settle` runs it against the file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedsvc.ledger.beginning import Beginning, Begun, begin
    from feedsvc.ledger.digest import meaning
    from feedsvc.ledger.file import read, settle
    from feedsvc.ledger.reconciliation import (
        Reconciled,
        reconcile,
        reconcile_feeds,
        remade,
    )
    from feedsvc.ledger.similarity import Fingerprint, fingerprint
    from feedsvc.ledger.state import Ledger
    from feedsvc.ledger.step import Step
    from feedsvc.ledger.unsaved import Unsaved
    from feedsvc.ledger.values import Assignment, FeedRecord, Made, Observation, Record

__all__ = [
    "Assignment",
    "Beginning",
    "Begun",
    "FeedRecord",
    "Fingerprint",
    "Ledger",
    "Made",
    "Observation",
    "Reconciled",
    "Record",
    "Step",
    "Unsaved",
    "begin",
    "fingerprint",
    "meaning",
    "read",
    "reconcile",
    "reconcile_feeds",
    "remade",
    "settle",
]

# Most runs only ask whether the file has changed.
_HOMES = {
    "Assignment": "values",
    "Beginning": "beginning",
    "Begun": "beginning",
    "FeedRecord": "values",
    "Fingerprint": "similarity",
    "Ledger": "state",
    "Made": "values",
    "Observation": "values",
    "Reconciled": "reconciliation",
    "Record": "values",
    "Step": "step",
    "Unsaved": "unsaved",
    "begin": "beginning",
    "fingerprint": "similarity",
    "meaning": "digest",
    "read": "file",
    "reconcile": "reconciliation",
    "reconcile_feeds": "reconciliation",
    "remade": "reconciliation",
    "settle": "file",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
