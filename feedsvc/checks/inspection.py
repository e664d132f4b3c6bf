"""All findings of a site, in the order of its files: reading, bodies, and the whole."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING

from feedsvc.checks import bodies, whole
from feedsvc.checks.catalogue import RULES
from feedsvc.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedsvc.model import Finding
    from feedsvc.site import Site


def inspect(site: Site, now: datetime) -> Iterator[Finding]:
    """Yield every finding at `now` (aware), sorted by path, line and column.

    Bodies are rendered as they would be published, on all cores; only findings are kept of them.
    """
    with site.crew:
        known = sorted({*whole.placed(site, now), *whole.findings(site, now)}, key=place)
        for finding in merge(known, bodies.findings(site, now), key=place):
            yield _with_hint(finding)


def place(finding: Finding) -> tuple[str, int, int, str, str]:
    """Where a finding stands in the list of all."""
    return (finding.path, finding.line, finding.column, finding.code, finding.message)


def _with_hint(finding: Finding) -> Finding:
    """Say how to mend what has no hint of its own and is worth mending."""
    rule = RULES.get(finding.code)
    if finding.hint or rule is None or finding.severity is Severity.NOTE:
        return finding
    return finding._replace(hint=rule.mend)
