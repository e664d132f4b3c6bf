"""What the text of a date says by itself, whatever zone it is read in."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?!\d)")
_WEEKDAY = r"(?:[a-z]{3,9},? )?"
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}([a-z]{{3,9}})\.? (\d\d?),? (\d{{4}})(?!\d)")
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(\d\d?) ([a-z]{{3,9}})\.?,? (\d{{4}})(?!\d)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CLOCK = re.compile(r"(?<!\d)\d?\d:\d\d")  # the first is the time: behind it come zones
_MIDNIGHT = re.compile(r"(?:[t ]0?0:00(?::00(?:\.0{1,9})?)? ?(?:z|utc|[+-]\d\d:?\d\d)?)?")
_ZONE = re.compile(r"\d ?(?:z|utc|gmt|[+-]\d\d:?\d\d)$")


def day(dated: str) -> str:
    """The day as YYYY-MM-DD; "" where it is written in another way."""
    return _parted(dated)[0]


def is_day_alone(dated: str) -> bool:
    """Whether a day is all that is said; its midnight is what tools make of a day."""
    found, rest = _parted(dated)
    return found != "" and _MIDNIGHT.fullmatch(rest) is not None


def has_zone(dated: str) -> bool:
    """Whether the text names the zone of its time."""
    return _ZONE.search(dated.lower()) is not None


def clock(dated: str) -> str:
    """The time of day, hours and minutes; "" where none is said, or midnight."""
    found = _CLOCK.search(dated)
    time = found[0].zfill(len("00:00")) if found else ""
    return "" if time == "00:00" else time


def _parted(dated: str) -> tuple[str, str]:
    """The day, and what follows it."""
    text = dated.lower()
    if found := _DIGITS.match(text):
        year, month, number = found.groups()
    elif found := _MONTH_FIRST.match(text):
        name, number, year = found.groups()
        month = _month(name)
    elif found := _DAY_FIRST.match(text):
        number, name, year = found.groups()
        month = _month(name)
    else:
        return "", text
    return (f"{year}-{month:0>2}-{number:0>2}" if month else ""), text[found.end() :]


def _month(name: str) -> str:
    return str(_MONTHS.index(name[:3]) + 1) if name[:3] in _MONTHS else ""
