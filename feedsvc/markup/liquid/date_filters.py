"""Filters of dates. Source: `liquid/standardfilters.rb`, `jekyll/filters/date_filters.rb`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from feedsvc.markup.liquid.strftime import instant, strftime
from feedsvc.markup.liquid.values import UNKNOWN, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.context import Context
    from feedsvc.markup.liquid.expressions import Given


class Zoned(Protocol):
    """What these filters ask of the template: the site's time zone."""

    around: Context


_PATTERN = 1_000  # characters of a date's pattern


_DIGIT = re.compile(r"\d")


def _date(value: object, given: Given, scope: Zoned) -> object:
    pattern = text(given.values[0])[:_PATTERN] if given.values else ""
    if value in ("now", "today"):
        return UNKNOWN
    at = instant(value, scope.around.settings.site.zone)
    if at is None:  # a date that cannot be read here may be one that Ruby reads
        return UNKNOWN if _DIGIT.search(text(value)) else value
    return strftime(at, pattern) if pattern else value


def _dated(pattern: str) -> Callable[[object, Given, Zoned], object]:
    def rule(value: object, given: Given, scope: Zoned) -> object:
        if value is None or value == "":
            return value
        zone = scope.around.settings.site.zone
        at = None if value in ("now", "today") else instant(value, zone)
        if at is None:
            return UNKNOWN
        at = at.astimezone(zone)
        if given.values and given.values[0] == "ordinal":
            day = f"{at.day}{_ordinal(at.day)}"
            month = pattern[3:5]
            if given.values[1:] == ("US",):
                return strftime(at, f"{month} {day}, %Y")
            return strftime(at, f"{day} {month} %Y")
        return strftime(at, pattern)

    return rule


def _ordinal(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


DATE_FILTERS: dict[str, Callable[[object, Given, Zoned], object]] = {
    "date": _date,
    "date_to_string": _dated("%d %b %Y"),
    "date_to_long_string": _dated("%d %B %Y"),
    "date_to_xmlschema": _dated("%Y-%m-%dT%H:%M:%S%:z"),
    "date_to_rfc822": _dated("%a, %d %b %Y %H:%M:%S %z"),
}
