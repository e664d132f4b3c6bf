"""Pages that an engine publishes although they have no date."""

from __future__ import annotations

from datetime import UTC, datetime

from feedsvc.model import Severity
from feedsvc.posts.dialect import Dialect, ReadingContext

UNDATED = datetime(1, 1, 1, tzinfo=UTC)
"""The instant of such a page, as Hugo has it."""


class UndatedDialect(Dialect):
    """Lists a page without a date and leaves it out of feeds, where it would have to lie."""

    creation_keys = ()
    draft_folders = ()
    reference_signs: str | tuple[str, ...] = ""

    def undated(self, context: ReadingContext) -> datetime | None:
        """The first instant of the calendar."""
        context.report(
            "date-missing",
            "The page has no date; it is listed, but left out of feeds.",
            key="date" if "date" in context.fields else "",
            severity=Severity.NOTE,
            hint="Add `date` to publish it in feeds.",
        )
        return UNDATED

    def fits_feeds(self, context: ReadingContext) -> bool:
        """Not without a date."""
        return context.published != UNDATED
