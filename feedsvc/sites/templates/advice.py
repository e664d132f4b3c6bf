"""What a site is told of feed templates whose ids differ from those that feedsvc will give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LEDGER = "feedsvc.lock"


def differing(
    folder: Path, templates: Iterable[tuple[str, bool]], what: str
) -> tuple[Finding, ...]:
    """A finding for each template; none once a ledger holds the ids.

    Templates come as paths, with whether they tell their ids; `what` are those that entries get.
    """
    if (folder / _LEDGER).is_file():
        return ()
    return tuple(
        Finding(
            "feed-template",
            f"The ids of its entries {'differ' if certain else 'cannot be told'}; {what}.",
            path,
            severity=Severity.WARNING,
            hint="Run `feedsvc adopt` on its feed, so that subscribers see no post again.",
        )
        for path, certain in templates
    )
