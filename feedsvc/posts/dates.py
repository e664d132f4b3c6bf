"""A front matter value → an aware instant in UTC; the only module that knows dateutil.

ISO 8601 and what is close to it is read here in a microsecond or two; only worded and local
orders go to dateutil, and its answer counts only if it does not depend on what dateutil would fill
in or prefer: `10/11/2020`, `Feb 2020` and `3/4/20` are findings, not guesses.

Naive values are local times of a zone that the caller names. A local time that a clock change left
out is read with the offset before the change (PEP 495, `fold=0`), one that happened twice is the
first; both are findings. A date alone is the first instant of that day there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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

_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[Tt ] ?([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r" ?(Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
# Year first, in any padding and with any of three separators, with a clock of either kind.
_YEAR_FIRST = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:(?:[Tt]|,? +)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r"(?: ?([AaPp])\.?[Mm]\.?)?"
    r" *(Z|z|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[A-Za-z]{2,5})?)?"
)
_COMPACT = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})"
    r"(?:[Tt]?([0-9]{2})([0-9]{2})([0-9]{2})?(Z|z|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?"
)
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})-?([1-7])")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?")
_ZONE_OFFSET = re.compile(r"\b(?:UTC|GMT)(?=[+-][0-9])")
_COMMENT = re.compile(r" *\([^()]*\)$")
_UNIX = re.compile(r"[0-9]{10}|[0-9]{13}")
_LONGEST = 80
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)  # the offsets that places have


class DateReading(NamedTuple):
    """What a value was read as. `code` and `message` are a finding's, "" when nothing is wrong.

    `instant` is aware and in UTC, None where the value cannot be read. `naive` tells that the value
    had no zone of its own.
    """

    instant: datetime | None
    code: str = ""
    message: str = ""
    naive: bool = False


@dataclass(frozen=True, slots=True)
class DateRules:
    """How naive values are meant: the zone of text and of dates alone, that of typed timestamps.

    `abbreviations` are names of offsets (in minutes) known beyond those of `text_zone` itself.
    """

    text_zone: tzinfo
    timestamp_zone: tzinfo
    abbreviations: Mapping[str, int] = field(default_factory=lambda: CERTAIN)


class _DateError(Exception):
    """Why a value is no instant: a finding's code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read(value: object, rules: DateRules) -> DateReading:
    """Read any front matter value as an instant. Never raises, never looks at the clock."""
    try:
        return _bounded(_read(value, rules))
    except _DateError as error:
        return DateReading(None, error.code, str(error))
    except OverflowError:
        return DateReading(None, "date-range", "The date lies outside the years 1 to 9999.")
    except ValueError as error:
        return DateReading(None, "date-invalid", f"There is no such date: {error}.")


def certain(value: object) -> datetime | None:
    """The instant of a value that no rules are needed for: a usual timestamp with an offset."""
    try:
        if isinstance(value, str):
            instant = _usual(value.strip())
        elif isinstance(value, datetime) and value.utcoffset() is not None:
            instant = value.astimezone(UTC)
        else:
            return None
    except OverflowError:
        return None
    return instant if instant is not None and EARLIEST <= instant <= LATEST else None


def first_instant(day: date, zone: tzinfo) -> DateReading:
    """The first instant of a day in a zone; the day's midnight need not exist there."""
    midnight = _clock((day.year, day.month, day.day))
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


def _read(value: object, rules: DateRules) -> DateReading:
    if isinstance(value, str):
        return _text(value.strip(), rules)
    if isinstance(value, datetime):
        if value.utcoffset() is not None:
            return DateReading(value.astimezone(UTC))
        return localize(value, rules.timestamp_zone)._replace(naive=True)
    if isinstance(value, date):
        return first_instant(value, rules.text_zone)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**14:
        return _number(str(value), rules)
    raise _DateError("date-kind", "The value is no date.")


def _bounded(reading: DateReading) -> DateReading:
    if reading.instant is not None and not EARLIEST <= reading.instant <= LATEST:
        raise OverflowError
    return reading


def _text(text: str, rules: DateRules) -> DateReading:
    if (instant := _usual(text)) is not None:
        return DateReading(instant)
    match = _ISO.fullmatch(text)
    if match:
        year, month, day, hour, minute, second, fraction, zone = match.groups()
        if hour is None:
            return first_instant(date(int(year), int(month), int(day)), rules.text_zone)
        clock = (int(hour), int(minute), int(second or 0), _micro(fraction))
        return _assemble((int(year), int(month), int(day)), clock, zone, rules)
    if len(text) > _LONGEST:
        raise _DateError("date-invalid", "The text is too long to be a date.")
    if text.isdigit():
        return _number(text, rules)
    return _near_iso(text, rules) or _worded(_COMMENT.sub("", text), rules)


def _usual(text: str) -> datetime | None:
    """The most usual spelling, a full timestamp with an offset, without a regular expression."""
    if len(text) == 25 and text[19] == " ":
        text = text[:19] + text[20:]
    if len(text) not in (20, 24, 25) or text[10] not in "T ":
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = instant.utcoffset()
    if offset is None or not _WEST <= offset <= _EAST:
        return None
    return instant.astimezone(UTC)


def _near_iso(text: str, rules: DateRules) -> DateReading | None:
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day, hour, minute, second, fraction, half, zone = match.groups()
        ymd = (int(year), int(month), int(day))
        if hour is None:
            return first_instant(date(*ymd), rules.text_zone)
        clock = (_hour(int(hour), half), int(minute), int(second or 0), _micro(fraction))
        return _assemble(ymd, clock, zone, rules)
    if match := _COMPACT.fullmatch(text):
        return _compact(match, rules)
    if match := _WEEK.fullmatch(text):
        year, week, day = map(int, match.groups())
        return first_instant(date.fromisocalendar(year, week, day), rules.text_zone)
    return None


def _compact(match: re.Match[str], rules: DateRules) -> DateReading:
    year, month, day, hour, minute, second, zone = match.groups()
    ymd = (int(year), int(month), int(day))
    if hour is None:
        return first_instant(date(*ymd), rules.text_zone)
    return _assemble(ymd, (int(hour), int(minute), int(second or 0), 0), zone, rules)


def _number(digits: str, rules: DateRules) -> DateReading:
    """`20200203`, `202002031000`, `20200203100000`, or a Unix time in seconds or milliseconds."""
    if len(digits) in (8, 12, 14) and (match := _COMPACT.fullmatch(digits)):
        return _compact(match, rules)
    if _UNIX.fullmatch(digits):
        seconds, milliseconds = int(digits[:10]), int(digits[10:] or 0)
        since = timedelta(seconds=seconds, milliseconds=milliseconds)
        return DateReading(datetime(1970, 1, 1, tzinfo=UTC) + since)
    raise _DateError("date-incomplete", f"`{digits}` is not a whole date.")


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise _DateError("date-invalid", f"There is no hour {hour} on a clock of twelve.")
    return hour % 12 + (12 if half in "Pp" else 0)


def _clock(ymd: tuple[int, int, int], clock: tuple[int, int, int, int] = (0, 0, 0, 0)) -> datetime:
    """What a clock on the wall shows: naive on purpose."""
    return datetime(*ymd, *clock)  # noqa: DTZ001


def _micro(fraction: str | None) -> int:
    return int(fraction[:6].ljust(6, "0")) if fraction else 0


def _assemble(
    ymd: tuple[int, int, int],
    clock: tuple[int, int, int, int],
    zone: str | None,
    rules: DateRules,
) -> DateReading:
    hour, minute, second, micro = clock
    extra = timedelta(0)
    code = message = ""
    if hour == 24 and minute == second == micro == 0:  # ISO 8601: the end of the day
        hour, extra = 0, timedelta(days=1)
    if second == 60:
        second, extra = 59, timedelta(seconds=1)
        code, message = "date-leap-second", "A leap second was read as the second after it."
    local = _clock(ymd, (hour, minute, second, micro)) + extra
    reading = _zoned(local, zone, rules)
    return reading if reading.code else reading._replace(code=code, message=message)


def _zoned(local: datetime, zone: str | None, rules: DateRules) -> DateReading:
    if not zone:
        return localize(local, rules.text_zone)._replace(naive=True)
    if zone in ("Z", "z"):
        return DateReading(local.replace(tzinfo=UTC))
    if match := _OFFSET.fullmatch(zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return _with_offset(local, -minutes if match[1] == "-" else minutes, match[3])
    return _with_abbreviation(local, zone.upper(), rules)


def _with_offset(local: datetime, minutes: int, tail: str | None = None) -> DateReading:
    if int(tail or 0) > 59 or abs(minutes) >= 24 * 60:
        raise _DateError("date-invalid", "There is no such UTC offset.")
    instant = local.replace(tzinfo=timezone(timedelta(minutes=minutes))).astimezone(UTC)
    if _WEST <= timedelta(minutes=minutes) <= _EAST:
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
        return _with_offset(local, rules.abbreviations[name])
    message = f"`{name}` names more than one time zone or none."
    raise _DateError("date-zone", message)


def _worded(text: str, rules: DateRules) -> DateReading:
    """Month names and local orders, through dateutil; only where one meaning is possible."""
    if not text.isascii() or not any(map(str.isdigit, text)):
        raise _DateError("date-invalid", f"`{text}` is no date.")
    text = _ZONE_OFFSET.sub("", text)  # dateutil's versions differ in the sign of `GMT+3`
    first, zone = _dateutil(text, _clock((2000, 1, 1)))
    if _dateutil(text, _clock((2004, 2, 2)))[0] != first:
        raise _DateError("date-incomplete", f"`{text}` is not a whole date.")
    if _dateutil(text, _clock((2000, 1, 1)), dayfirst=True)[0] != first:
        message = f"`{text}` has two readings, day first and month first."
        raise _DateError("date-ambiguous", message)
    if isinstance(zone, int):
        return _with_offset(first, zone)
    if zone or first != _clock((first.year, first.month, first.day)):
        return _zoned(first, zone, rules)
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
        raise _DateError("date-invalid", message) from None
    return naive.replace(tzinfo=None), zones[0]
