"""Dates of several meanings as Pelican has them (`pelican/utils.py`, `get_date`).

Pelican asks dateutil, which takes the month first where it can: `10.04.2024` is in October. The
site's own pages and feeds say so; so it is followed, and the reader of the findings told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts import dates

if TYPE_CHECKING:
    from datetime import tzinfo

    from feedsvc.posts.context import ReadingContext


def as_dateutil(context: ReadingContext, key: str, text: str, zone: tzinfo) -> None:
    """Put in the place of a date that nobody else reads one that everybody reads alike."""
    reading = dates.read(text, dates.DateRules(zone, zone))
    if reading.instant or not reading.code:
        return
    from feedsvc.posts import worded  # late: dateutil takes long to import

    if (made := worded.month_first(text)) is None:
        return
    context.fields[key] = made
    context.report(
        reading.code,
        f"`{key}`: `{text}` is {made} to Pelican, and so to feedsvc.",
        key=key,
        hint="Write it as 2026-05-30 19:22:23 +0800.",
    )
