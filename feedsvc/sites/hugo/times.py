"""Dates as Go's layouts write them (https://pkg.go.dev/time#pkg-constants)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

# Go's order: of those that begin alike the one that it takes
_PART = re.compile(
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|002|0[1-6]|15|2006|PM|pm|[1-5]", re.ASCII
)

# English whatever the process's locale
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def laid_out(instant: datetime, layout: str) -> str:
    """`instant` as the layout shows it, "" where that names no part of a date."""
    made, count = _PART.subn(lambda match: _PARTS[match[0]](instant), layout)
    return made if count else ""


_PARTS: dict[str, Callable[[datetime], str]] = {
    "January": lambda at: _MONTHS[at.month - 1],
    "Jan": lambda at: _MONTHS[at.month - 1][:3],
    "Monday": lambda at: _DAYS[at.weekday()],
    "Mon": lambda at: _DAYS[at.weekday()][:3],
    "002": lambda at: f"{at.timetuple().tm_yday:03d}",
    "01": lambda at: f"{at.month:02d}",
    "02": lambda at: f"{at.day:02d}",
    "03": lambda at: f"{_twelfth(at):02d}",
    "04": lambda at: f"{at.minute:02d}",
    "05": lambda at: f"{at.second:02d}",
    "06": lambda at: f"{at.year % 100:02d}",
    "15": lambda at: f"{at.hour:02d}",
    "2006": lambda at: f"{at.year:04d}",
    "PM": lambda at: "PM" if at.hour >= 12 else "AM",
    "pm": lambda at: "pm" if at.hour >= 12 else "am",
    "1": lambda at: str(at.month),
    "2": lambda at: str(at.day),
    "3": lambda at: str(_twelfth(at)),
    "4": lambda at: str(at.minute),
    "5": lambda at: str(at.second),
}


def _twelfth(at: datetime) -> int:
    return at.hour % 12 or 12
