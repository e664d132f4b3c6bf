"""Dates of several meanings as engines have them that ask dateutil.

It takes the month first where it can: `10.04.2024` is in October. The site's own pages and feeds
say so; so it is followed, and the reader of the findings told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts.dialect import Dialect

if TYPE_CHECKING:
    from feedsvc.posts.context import ReadingContext
    from feedsvc.posts.dates import DateReading
    from feedsvc.posts.reading import Field


class DateutilDialect(Dialect):
    """An engine that reads dates as dateutil does where others would not dare to."""

    draft_folders = ()

    def _doubtful(self, context: ReadingContext, field: Field) -> DateReading:
        known = len(context.findings)
        reading = super()._doubtful(context, field)
        if reading.instant is None and isinstance(field.value, str):
            told = context.findings[known:]
            del context.findings[known:]
            if as_read := self._as_dateutil(context, field, reading.code):
                return super()._doubtful(context, as_read)
            context.findings += told
        return reading

    def _as_dateutil(self, context: ReadingContext, field: Field, code: str) -> Field | None:
        """A date that nobody else reads as one that everybody reads alike; None: there is none.

        `code` is the finding that tells why it is not read.
        """
        from feedsvc.posts import worded  # late: dateutil takes long to import

        text = str(field.value).strip()
        if (made := worded.month_first(text)) is None:
            return None
        context.report(
            code,
            f"`{field.key}`: `{text}` is {made} to {self.name.capitalize()}, and so to feedsvc.",
            key=field.key,
            hint="Write it as 2026-05-30 19:22:23 +0800.",
        )
        return field._replace(value=made)
