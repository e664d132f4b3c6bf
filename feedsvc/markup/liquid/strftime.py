"""Instants as Ruby reads them from a text and writes them. Source: Ruby's `Time#strftime`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIRECTIVE = re.compile(r"%([-0^#_:]*)(\d{0,3})([A-Za-z%+])")
_MONTHS = """
    January February March April May June July August September October November December
""".split()  # noqa: SIM905
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_COMBINED = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "R": "%H:%M",
    "r": "%I:%M:%S %p",
    "T": "%H:%M:%S",
    "v": "%e-%^b-%Y",
    "X": "%H:%M:%S",
    "x": "%m/%d/%y",
    "+": "%a %b %e %H:%M:%S %Z %Y",
}
_NUMBERS: dict[str, tuple[Callable[[datetime], int], int, str]] = {
    "C": (lambda at: at.year // 100, 2, "0"),
    "d": (lambda at: at.day, 2, "0"),
    "e": (lambda at: at.day, 2, " "),
    "G": (lambda at: at.isocalendar().year, 4, "0"),
    "g": (lambda at: at.isocalendar().year % 100, 2, "0"),
    "H": (lambda at: at.hour, 2, "0"),
    "I": (lambda at: at.hour % 12 or 12, 2, "0"),
    "j": (lambda at: at.timetuple().tm_yday, 3, "0"),
    "k": (lambda at: at.hour, 2, " "),
    "l": (lambda at: at.hour % 12 or 12, 2, " "),
    "L": (lambda at: at.microsecond // 1000, 3, "0"),
    "M": (lambda at: at.minute, 2, "0"),
    "m": (lambda at: at.month, 2, "0"),
    "N": (lambda at: at.microsecond * 1000, 9, "0"),
    "S": (lambda at: at.second, 2, "0"),
    "s": (lambda at: int(at.timestamp()), 1, "0"),
    "U": (lambda at: (at.timetuple().tm_yday + 6 - at.isoweekday() % 7) // 7, 2, "0"),
    "u": (lambda at: at.isoweekday(), 1, "0"),
    "V": (lambda at: at.isocalendar().week, 2, "0"),
    "W": (lambda at: (at.timetuple().tm_yday + 6 - at.weekday()) // 7, 2, "0"),
    "w": (lambda at: at.isoweekday() % 7, 1, "0"),
    "Y": (lambda at: at.year, 4, "0"),
    "y": (lambda at: at.year % 100, 2, "0"),
}
_WORDS: dict[str, Callable[[datetime], str]] = {
    "A": lambda at: _DAYS[at.weekday()],
    "a": lambda at: _DAYS[at.weekday()][:3],
    "B": lambda at: _MONTHS[at.month - 1],
    "b": lambda at: _MONTHS[at.month - 1][:3],
    "h": lambda at: _MONTHS[at.month - 1][:3],
    "n": lambda _at: "\n",
    "P": lambda at: "am" if at.hour < 12 else "pm",
    "p": lambda at: "AM" if at.hour < 12 else "PM",
    "t": lambda _at: "\t",
    "Z": lambda at: at.tzname() or "",
    "%": lambda _at: "%",
}


def strftime(at: datetime, pattern: str) -> str:
    """`at` (aware) by a pattern of Ruby's; a directive that there is not stays as it is."""

    def directive(match: re.Match[str]) -> str:
        flags, width, name = match.groups()
        if name in _NUMBERS:
            return _number(at, name, flags, int(width or 0))
        if name == "z":
            return _offset(at, flags)
        if name in _COMBINED:
            shown = strftime(at, _COMBINED[name])
        elif name in _WORDS:
            shown = _WORDS[name](at)
        else:
            return match[0]
        if "^" in flags or "#" in flags:
            shown = shown.lower() if name == "p" and "#" in flags else shown.upper()
        return shown.rjust(int(width or 0), "0" if "0" in flags else " ")

    return _DIRECTIVE.sub(directive, pattern)


def _number(at: datetime, name: str, flags: str, width: int) -> str:
    made, length, fill = _NUMBERS[name]
    if name in "LN":  # of these the width is that of the fraction
        return f"{at.microsecond * 1000:09d}".ljust(width, "0")[: width or length]
    if "-" in flags:
        return str(made(at))
    fill = "0" if "0" in flags else " " if "_" in flags else fill
    return str(made(at)).rjust(width or length, fill)


def _offset(at: datetime, flags: str) -> str:
    shown = at.strftime("%z")[:5]
    return f"{shown[:3]}:{shown[3:]}" if ":" in flags else shown


def instant(value: object, zone: tzinfo) -> datetime | None:
    """The instant that a value names; None where it names none.

    In the zone that it says, else in `zone`. A number counts seconds since 1970.
    """
    if isinstance(value, datetime):
        return value
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC).astimezone(zone)
        if not isinstance(value, str):
            return None
        return _read(value.strip(), zone)
    except (ValueError, OverflowError, OSError):
        return None


def _read(text: str, zone: tzinfo) -> datetime | None:
    if text.isdecimal():
        return datetime.fromtimestamp(int(text[:12]), UTC).astimezone(zone)
    try:
        found = datetime.fromisoformat(text.replace(" +", "+").replace(" UTC", "+00:00"))
    except ValueError:
        from feedsvc.posts import dates  # which knows all other ways to write a date

        told = dates.read(text, dates.DateRules(zone, UTC))
        return None if told.instant is None else told.instant.astimezone(zone)
    return found if found.tzinfo else found.replace(tzinfo=zone)
