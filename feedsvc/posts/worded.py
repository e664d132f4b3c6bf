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

_UTC = ("UTC", "GMT", "Z")
_PIVOT = 70  # the first year of two digits that is in the twentieth century
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


def month_first(text: str) -> str | None:
    """What dateutil prefers where `text` has several meanings, in a form that has only one.

    None where there is no meaning, or where the day of the reading would be part of it.
    """
    if not text.isascii() or not any(map(str.isdigit, text)):
        return None
    try:
        naive, zone = _dateutil(text, wall_clock((2000, 1, 1)), short_years=True)
        if _dateutil(text, wall_clock((2004, 2, 2)), short_years=True)[0] != naive:
            return None
    except DateError:
        return None
    if isinstance(zone, int):
        return f"{naive} {'-' if zone < 0 else '+'}{abs(zone) // 60:02d}{abs(zone) % 60:02d}"
    midnight = naive == wall_clock((naive.year, naive.month, naive.day))
    return f"{naive.date() if midnight and not zone else naive}{' Z' * (zone in _UTC)}"


def _dateutil(
    text: str, default: datetime, *, dayfirst: bool = False, short_years: bool = False
) -> tuple[datetime, str | int | None]:
    from dateutil import parser

    class Info(parser.parserinfo):
        """Completes no year of two digits from today's date, as dateutil does."""

        def convertyear(self, year: int, century_specified: bool = False) -> int:  # noqa: ARG002
            if year < 100 and not short_years:
                raise ValueError("a year of two digits")
            return year + (1900 if year >= _PIVOT else 2000) if year < 100 else year

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
