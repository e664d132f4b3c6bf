"""Instants as feeds write them: in UTC, to the second, whatever the locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# (made once: formatting each number anew takes three times as long)
_TWO = tuple([f"{number:02}" for number in range(60)])


def date_time(instant: datetime) -> str:
    """Return `instant` as RFC 3339 text without the offset: `2022-05-30T11:22:23`."""
    day = f"{instant.year:04}-{_TWO[instant.month]}-{_TWO[instant.day]}"
    return f"{day}T{_TWO[instant.hour]}:{_TWO[instant.minute]}:{_TWO[instant.second]}"


def rfc3339(instant: datetime) -> str:
    """Return `instant` (aware, UTC) as RFC 3339 text: `2022-05-30T11:22:23Z`."""
    return date_time(instant) + "Z"


def rfc822(instant: datetime) -> str:
    """Return `instant` (aware, UTC) as RFC 822 text: `Mon, 30 May 2022 11:22:23 +0000`."""
    return (
        f"{_DAYS[instant.weekday()]}, {_TWO[instant.day]} {_MONTHS[instant.month - 1]}"
        f" {instant.year:04} {_TWO[instant.hour]}:{_TWO[instant.minute]}:{_TWO[instant.second]}"
        " +0000"
    )
