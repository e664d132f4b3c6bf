"""Local times of zones → aware instants in UTC.

A local time that a clock change left out is read with the offset before the change (PEP 495,
`fold=0`), one that happened twice is the first; both are findings. A date alone is the first
instant of that day there.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)
"""Instants are kept inside these, so that every zone can show them."""

CERTAIN: Mapping[str, int] = MappingProxyType(
    {"UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120}
    | {"EEST": 180, "SAST": 120, "HKT": 480, "AWST": 480, "JST": 540, "ACST": 570, "ACDT": 630}
    | {"AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "AKST": -540, "AKDT": -480}
)
"""Abbreviations that mean one offset wherever the time zone database uses them, in minutes."""

RFC_822: Mapping[str, int] = MappingProxyType(
    {"EST": -300, "EDT": -240, "CST": -360, "CDT": -300}
    | {"MST": -420, "MDT": -360, "PST": -480, "PDT": -420}
)
"""North American abbreviations as mail means them (RFC 822 §5.1), for dialects that do, too."""

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?")
WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
"""The offsets that places have."""


class DateReading(NamedTuple):
    """What a value was read as. `code` and `message` are a finding's, "" when nothing is wrong.

    `instant` is aware and in UTC, None where the value cannot be read. `naive` tells that the value
    had no zone of its own.
    """

    instant: datetime | None
    code: str = ""
    message: str = ""
    naive: bool = False


class DateRules(NamedTuple):
    """How naive values are meant: the zone of text and of dates alone, that of typed timestamps.

    `abbreviations` are names of offsets (in minutes) known beyond those of `text_zone` itself.
    """

    text_zone: tzinfo
    timestamp_zone: tzinfo
    abbreviations: Mapping[str, int] = CERTAIN


class DateError(Exception):
    """Why a value is no instant: a finding's code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def first_instant(day: date, zone: tzinfo) -> DateReading:
    """The first instant of a day in a zone; the day's midnight need not exist there."""
    midnight = wall_clock((day.year, day.month, day.day))
    reading = localize(midnight, zone)
    if reading.code != "date-gap" or reading.instant is None:
        return DateReading(reading.instant, naive=True)
    instant = _transition(midnight, zone)
    if instant.astimezone(zone).date() == day:
        return DateReading(instant, naive=True)
    message = f"There was no {day} in {zone}; read as the instant after it."
    return DateReading(instant, "date-gap", message, naive=True)


def localize(local: datetime, zone: tzinfo) -> DateReading:
    """A naive local time of a zone as an instant; in a gap or fold by the rules above."""
    early = local.replace(tzinfo=zone, fold=0)
    instant = early.astimezone(UTC)
    if zone is UTC or early.utcoffset() == early.replace(fold=1).utcoffset():
        return DateReading(instant)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) == local:
        message = f"{local} happened twice in {zone}; read as the first."
        return DateReading(instant, "date-fold", message)
    message = f"{local} was left out by a clock change in {zone}; read with the offset before it."
    return DateReading(instant, "date-gap", message)


def _transition(local: datetime, zone: tzinfo) -> datetime:
    """The instant of the clock change that left this local time out, to the second."""
    low = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    high = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        if middle <= low:
            break
        if middle.astimezone(zone).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high


def zoned(local: datetime, zone: str | None, rules: DateRules) -> DateReading:
    """A naive local time with its zone as written (an offset, a name, none) as an instant."""
    if not zone:
        return localize(local, rules.text_zone)._replace(naive=True)
    if zone in ("Z", "z"):
        return DateReading(local.replace(tzinfo=UTC))
    if match := _OFFSET.fullmatch(zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return with_offset(local, -minutes if match[1] == "-" else minutes, match[3])
    return _with_abbreviation(local, zone.upper(), rules)


def with_offset(local: datetime, minutes: int, tail: str | None = None) -> DateReading:
    """A local time at an offset in minutes; `tail` is how its minutes were written."""
    if int(tail or 0) > 59 or abs(minutes) >= 24 * 60:
        raise DateError("date-invalid", "There is no such UTC offset.")
    instant = local.replace(tzinfo=timezone(timedelta(minutes=minutes))).astimezone(UTC)
    if WEST <= timedelta(minutes=minutes) <= EAST:
        return DateReading(instant)
    return DateReading(
        instant, "date-offset", "No place on earth has this UTC offset; it was kept."
    )


def _with_abbreviation(local: datetime, name: str, rules: DateRules) -> DateReading:
    for fold in (0, 1):
        there = local.replace(tzinfo=rules.text_zone, fold=fold)
        if there.tzname() == name:
            return DateReading(there.astimezone(UTC))
    if name in rules.abbreviations:
        return with_offset(local, rules.abbreviations[name])
    message = f"`{name}` names more than one time zone or none."
    raise DateError("date-zone", message)


def wall_clock(
    ymd: tuple[int, int, int], clock: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> datetime:
    """What a clock on the wall shows: naive on purpose."""
    return datetime(*ymd, *clock)  # noqa: DTZ001
