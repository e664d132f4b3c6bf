"""Dates in words and in local orders, through dateutil; the only module that knows it.

Its answer counts only if it does not depend on what it would fill in or prefer: `10/11/2020`,
`Feb 2020` and `3/4/20` are findings, not guesses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.posts.localtimes import (
    DateError,
    first_instant,
    wall_clock,
    with_offset,
    zoned,
)

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.posts.localtimes import DateReading, DateRules

_ZONE_OFFSET = re.compile(r"\b(?:UTC|GMT)(?=[+-][0-9])")


def read(text: str, rules: DateRules) -> DateReading:
    """Month names and local orders, through dateutil; only where one meaning is possible."""
    if not text.isascii() or not any(map(str.isdigit, text)):
        raise DateError("date-invalid", f"`{text}` is no date.")
    text = _ZONE_OFFSET.sub("", text)  # dateutil's versions differ in the sign of `GMT+3`
    first, zone = _dateutil(text, wall_clock((2000, 1, 1)))
    if _dateutil(text, wall_clock((2004, 2, 2)))[0] != first:
        raise DateError("date-incomplete", f"`{text}` is not a whole date.")
    if _dateutil(text, wall_clock((2000, 1, 1)), dayfirst=True)[0] != first:
        message = f"`{text}` has two readings, day first and month first."
        raise DateError("date-ambiguous", message)
    if isinstance(zone, int):
        return with_offset(first, zone)
    if zone or first != wall_clock((first.year, first.month, first.day)):
        return zoned(first, zone, rules)
    return first_instant(first.date(), rules.text_zone)


def _dateutil(
    text: str, default: datetime, *, dayfirst: bool = False
) -> tuple[datetime, str | int | None]:
    from dateutil import parser

    class Info(parser.parserinfo):
        """Refuses two-digit years: dateutil would complete them from today's date."""

        def convertyear(self, year: int, century_specified: bool = False) -> int:  # noqa: ARG002
            if year < 100:
                raise ValueError("a year of two digits")
            return year

    zones: list[str | int | None] = [None]

    def zone(name: str | None, offset: int | None) -> None:
        zones[0] = name if offset is None else offset // 60

    try:
        reader = parser.parser(Info())
        naive = reader.parse(text, default=default, dayfirst=dayfirst, tzinfos=zone)
    except (ValueError, OverflowError, TypeError, ArithmeticError, AttributeError, IndexError):
        message = f"`{text}` cannot be read as a date with certainty."
        raise DateError("date-invalid", message) from None
    return naive.replace(tzinfo=None), zones[0]
