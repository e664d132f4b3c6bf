"""Dates of feeds → aware instants in UTC, as feed readers read them."""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from feedsvc.posts import dates

if TYPE_CHECKING:
    from datetime import datetime

# A time without a zone counts as UTC with readers; RSS dates follow mail (RFC 822).
_RULES: Final = dates.DateRules(UTC, UTC, {**dates.CERTAIN, **dates.RFC_822})


@lru_cache(maxsize=4096)  # the same entries stand in many feeds of a site
def instant(text: str) -> datetime | None:
    """Return the instant that a date of a feed names, in whole seconds, None where it names none.

    RFC 822 first, which is what most dates are that the second reading would take long for.
    """
    from email.utils import parsedate_to_datetime

    found: datetime | None = None
    if not text[:4].isdigit():
        try:
            found = parsedate_to_datetime(text)
        except ValueError:
            found = None
    if found is None or found.tzinfo is None:
        found = dates.read(text, _RULES).instant
    return None if found is None else _whole(found)


def _whole(found: datetime) -> datetime | None:
    try:
        return found.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None
