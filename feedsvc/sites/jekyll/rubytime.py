"""Dates in text as Ruby's `Time.parse` understands them (`lib/jekyll/utils.rb`, `parse_date`).

It knows few names of time zones and skips the others, skips what it cannot use behind the clock,
and takes three numbers day first, or year first where all have two digits. Whatever it makes of
them stands in the URLs of the site; so it is followed, and the reader of the findings told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from feedsvc.posts import dates

if TYPE_CHECKING:
    from datetime import tzinfo

    from feedsvc.posts.context import ReadingContext

_ORDER = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)(.*)", re.ASCII | re.DOTALL)
_CLOCK = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2}[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: *[ap]m\b)?"
    r"( *(?:[+-]\d{2}(?::?\d{2})?(?!\d)|(?:UTC|GMT|UT|Z)\b(?![+-])))?)(?P<rest>.*)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
# What may stand behind the clock without being odd
_ENDING = re.compile(
    r" *(?:[ap]\.?m\.?)? *(?:[+-]\d{2}(?::?\d{2})?|[A-Z]{1,5})?",
    re.IGNORECASE | re.ASCII,
)
_ZONE = re.compile(
    r"(\d:\d{2}(?:\.\d+)?(?: ?[ap]m)?) *"
    r"(?!(?:[ap]m|UTC|GMT|UT|Z)\b(?![+-]))((?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}\b(?:/\w+)*)",
    re.IGNORECASE | re.ASCII,
)
_BEHIND_A_DAY = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?P<rest> +(?:[+-]?\d{1,4}|[A-Z]{1,5}))", re.ASCII | re.IGNORECASE
)
# Ruby takes the offset off before it looks whether there is such an hour.
_LATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(2[4-9]|[3-9]\d)"
    r"(:\d{2}(?::\d{2})? *[+-](?!00:?00)\d{2}:?\d{2})",
    re.ASCII,
)
# A day and a clock that the rules below see to, or a day alone
_SOUND = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:\Z"
    r"|(?:T|,? +)(?:0?\d|1[0-2]):\d{2}(?::\d{2})?(?!:?\d) *[ap]\.?m"
    r"|(?:T|,? +)\d{1,2}:\d{2}(?::\d{2})?(?!:?\d)(?! *[ap]\.?m))",
    re.IGNORECASE | re.ASCII,
)
_BEGINNING = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(.*)", re.ASCII | re.DOTALL)
# Ruby's own pattern (`date_parse.c`), wherever it is behind the day
_TIME = re.compile(
    r"(\d+)\s*(?:(?::\s*(\d+)(?:\s*:\s*(\d+)(?:[.,]\d*)?)?|h(?:\s*(\d+)m?(?:\s*(\d+)s?)?)?)"
    r"(?:\s*([ap])(?:m\b|\.m\.))?|([ap])(?:m\b|\.m\.))",
    re.IGNORECASE | re.ASCII,
)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
_MOST_DAYS = 31
_DAY_HOURS = 24
_HALF = 12
_SIXTY = 60
_HINT = "Write it as 2026-05-30 19:22:23 +0800."
_LONGEST = 80
_PIVOT = 69  # the first year of two digits that is in the twentieth century


def as_ruby(context: ReadingContext, key: str, text: str) -> None:
    """Put in the place of a date in text, if need be, one that everybody reads as Ruby does."""
    text = text.strip()
    if len(text) > _LONGEST:
        return
    text = rolled(context, f"`{key}`", _in_order(context, key, text), key)
    text = _next_day(context, key, _clocked(context, key, text))
    if match := _ZONE.search(text):
        text = text[: match.end(1)] + _offset(context, key, match[2]) + text[match.end() :]
    match = _CLOCK.fullmatch(text)
    if match and match["rest"] and (match[2] or not _ENDING.fullmatch(match["rest"])):
        text = _ended(context, key, match, "time")
    elif match := _BEHIND_A_DAY.fullmatch(text):
        text = _ended(context, key, match, "date without a time")
    context.fields[key] = text


def _ended(context: ReadingContext, key: str, match: re.Match[str], what: str) -> str:
    context.report(
        "date-ending",
        f"`{key}`: Jekyll ignores `{match['rest'].strip()}` behind the {what}; so did feedsvc.",
        key=key,
        hint=_HINT,
    )
    return match[1]


def _next_day(context: ReadingContext, key: str, text: str) -> str:
    match = _LATE.fullmatch(text)
    if match is None:
        return text
    year, month, day, hour = map(int, match.groups()[:4])
    days, left = divmod(hour, _DAY_HOURS)
    try:
        made = date(year, month, day + days)
    except ValueError:  # Jekyll stops here, too
        return text
    read = f"{made} {left:02d}{match[5]}"
    context.report(
        "date-invalid",
        f"`{key}`: there is no hour {hour}; it is {read} to Jekyll, and so to feedsvc.",
        key=key,
        hint=_HINT,
    )
    return read


def _clocked(context: ReadingContext, key: str, text: str) -> str:
    """The text with a time that is spelt oddly (`9am`, `18h30`, `7:5`) as one that is not.

    What has none that Ruby sees is that day (`18::30`).
    """
    match = None if _SOUND.match(text) else _BEGINNING.fullmatch(text)
    if match is None or (_BEHIND_A_DAY.fullmatch(text) and not _TIME.search(match[5])):
        return text
    year, _, month, day, rest = match.groups()
    made = f"{year}-{month:0>2}-{day:0>2}"
    if time := _TIME.search(rest):
        hour, minute, second = (int(time[a] or time[b] or 0) for a, b in ((1, 1), (2, 4), (3, 5)))
        if half := time[6] or time[7]:
            hour = hour % _HALF + (_HALF if half in "pP" else 0)
        if hour > _DAY_HOURS or minute >= _SIXTY or second > _SIXTY:
            return text  # Jekyll stops here
        made += f" {hour:02d}:{minute:02d}:{second:02d}"
        rest = rest[time.end() :]
    else:
        rest = ""
    context.report(
        "date-invalid",
        f"`{key}`: `{text}` is {made} to Jekyll, and so to feedsvc.",
        key=key,
        hint=_HINT,
    )
    return made + rest


def rolled(context: ReadingContext, what: str, text: str, key: str = "") -> str:
    """The text with a day that its month lacks (30 February) as one of the next month."""
    match = _DAY.match(text)
    if match is None:
        return text
    year, month, day = map(int, match.groups())
    if not (year and 1 <= month < 12 and 28 < day <= _MOST_DAYS):
        return text
    last = monthrange(year, month)[1]
    if day <= last:
        return text
    made = f"{year:04d}-{month + 1:02d}-{day - last:02d}"
    context.report(
        "date-invalid",
        f"{what}: there is no {match[0]}; it is {made} to Jekyll, and so to feedsvc.",
        key=key,
        hint=_HINT if key else "Rename the file, or give the date in its front matter.",
    )
    return made + text[match.end() :]


def _in_order(context: ReadingContext, key: str, text: str) -> str:
    match = _ORDER.match(text)
    if not match:
        return text
    first, _, month, last, rest = match.groups()
    year, day = (last, first) if len(last) == 4 else (_century(first), last)
    if not 1 <= int(month) <= 12:
        return text  # Jekyll stops here
    made = f"{year}-{month:0>2}-{day:0>2}"
    context.report(
        "date-ambiguous",
        f"`{key}`: `{text[: -len(rest) or None]}` is {made} to Jekyll, and so to feedsvc.",
        key=key,
        hint=_HINT,
    )
    return made + rest


def _century(year: str) -> str:
    return str(int(year) + (1900 if int(year) >= _PIVOT else 2000))


def _offset(context: ReadingContext, key: str, name: str) -> str:
    """What is to stand in the place of a zone's name: its offset, itself, or nothing."""
    own = _names(context.settings.site.zone).get(name.upper())
    if (minutes := dates.RFC_822.get(name.upper())) is not None:
        made = f" -{-minutes // 60:02d}00"
        if own not in (None, minutes):  # `CST` may be China's to its author
            _report_zone(context, key, f"`{name}` is{made} to Jekyll, and so to feedsvc.")
        return made
    if own is not None:
        return f" {name}"
    message = (
        f"Jekyll does not know the time zone `{name}` and takes the site's own; so did feedsvc."
    )
    _report_zone(context, key, message)
    return ""


def _report_zone(context: ReadingContext, key: str, message: str) -> None:
    context.report("date-zone", f"`{key}`: {message}", key=key, hint=_HINT)


def _names(zone: tzinfo) -> dict[str | None, float]:
    """Minutes by name: Ruby asks the local time of the first of January and the first of July."""
    days = (dates.EARLIEST.replace(2020, month, tzinfo=zone) for month in (1, 7))
    return {day.tzname(): (day.utcoffset() or timedelta()).total_seconds() / 60 for day in days}
