"""Dates of several meanings as engines have them that ask dateutil.

It takes the month first where it can: `10.04.2024` is in October. The site's own pages and feeds
say so; so it is followed, and the reader of the findings told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedsvc.posts.context import ReadingContext
    from feedsvc.posts.reading import Field


def as_dateutil(context: ReadingContext, field: Field, code: str, engine: str) -> Field | None:
    """A date that nobody else reads as one that everybody reads alike, None where there is none.

    `code` is the finding that tells why it is not read.
    """
    from feedsvc.posts import worded  # late: dateutil takes long to import

    text = str(field.value).strip()
    if (made := worded.month_first(text)) is None:
        return None
    context.report(
        code,
        f"`{field.key}`: `{text}` is {made} to {engine}, and so to feedsvc.",
        key=field.key,
        hint="Write it as 2026-05-30 19:22:23 +0800.",
    )
    return field._replace(value=made)
