"""A front matter value → an aware instant in UTC.

ISO 8601 and what is close to it is read here in a microsecond or two; only worded and local
orders go further, to `worded`. Naive values are local times of a zone that the caller names: see
`localtimes`, whose names are here, too.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from feedsvc.posts.localtimes import (
    CERTAIN,
    EARLIEST,
    EAST,
    LATEST,
    RFC_822,
    WEST,
    DateError,
    DateReading,
    DateRules,
    first_instant,
    localize,
    wall_clock,
    zoned,
)

__all__ = [
    "CERTAIN",
    "EARLIEST",
    "LATEST",
    "RFC_822",
    "DateReading",
    "DateRules",
    "certain",
    "first_instant",
    "localize",
    "read",
]

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
    r"(?:(?:[Tt]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|[Tt]?([0-9]{2})([0-9]{2})([0-9]{2})?)"
    r"(Z|z|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?"
)
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})-?([1-7])")
_COMMENT = re.compile(r"(?<! ) *+\([^()]*\)$")
# `2023年5月3日 周三 10:00`, `2023년 5월 3일`
_SIGNED_DAY = re.compile(
    r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日号號일](?= |[0-9]|$)[ ]?"
)
_WEEKDAY = re.compile(r"(?<=[0-9]) ?(?:周|週|星期)[一二三四五六日天](?= |$)")
_UNIX = re.compile(r"[0-9]{10}|[0-9]{13}")
_LONGEST = 80
_NEVER = "9999-12-31"


def read(value: object, rules: DateRules) -> DateReading:
    """Read any front matter value as an instant. Never raises, never looks at the clock."""
    try:
        return _bounded(_read(value, rules))
    except DateError as error:
        return DateReading(None, error.code, str(error))
    except OverflowError:
        if str(value).startswith(_NEVER):  # in a zone that is there a year ahead
            return DateReading(LATEST)
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
    raise DateError("date-kind", "The value is no date.")


def _bounded(reading: DateReading) -> DateReading:
    """The reading; the last days of all, which mean “never”, as the last instant that there is."""
    if reading.instant is not None and reading.instant > LATEST:
        return reading._replace(instant=LATEST)
    if reading.instant is not None and reading.instant < EARLIEST:
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
        raise DateError("date-invalid", "The text is too long to be a date.")
    if not text.isascii():
        text = _WEEKDAY.sub("", _SIGNED_DAY.sub(r"\1-\2-\3 ", text).rstrip())
    if text.isdigit():
        return _number(text, rules)
    if reading := _near_iso(text, rules):
        return reading
    from feedsvc.posts import worded  # few dates are

    return worded.read(_COMMENT.sub("", text), rules)


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
    if offset is None or not WEST <= offset <= EAST:
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
    year, month, day, *clock, zone = match.groups()
    hour, minute, second = clock[:3] if clock[0] else clock[3:]
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
    raise DateError("date-incomplete", f"`{digits}` is not a whole date.")


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise DateError("date-invalid", f"There is no hour {hour} on a clock of twelve.")
    return hour % 12 + (12 if half in "Pp" else 0)


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
    local = wall_clock(ymd, (hour, minute, second, micro)) + extra
    reading = zoned(local, zone, rules)
    return reading if reading.code else reading._replace(code=code, message=message)
