"""Which of a site's feed templates its ids follow, and what it is told of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.model import Finding, Severity
from feedsvc.sites.templates import minting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from feedsvc.sites.templates.expressions import Pattern

_LEDGER = "feedsvc.lock"


def settled(
    folder: Path,
    engine: str,
    made: Sequence[tuple[str, Pattern]],
    usual: Pattern,
    *,
    called: str = "the addresses",
    fixed: bool = False,
) -> tuple[dict[str, Any] | None, tuple[Finding, ...]]:
    """How entries get their ids (an option of the engine, None: as usual), and which differ.

    `made` are the templates, the most important first, as paths and patterns. An entry has one id
    in all feeds: by the first template that tells; by none if the usual ids, which are `called`
    so, are `fixed`.
    """
    certain = None if fixed else next((pattern for _, pattern in made if pattern), None)
    chosen = None if certain == usual else certain
    others = [(path, pattern is not None) for path, pattern in made if pattern != (chosen or usual)]
    what = "those of another feed" if chosen else called
    return minting.option(engine, chosen), differing(folder, others, f"{what} were taken")


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
