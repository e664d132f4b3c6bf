"""Which front matter keys hold a Hugo page's dates."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feedsvc.posts.context import once_per_site
from feedsvc.posts.paths import FileName
from feedsvc.sites.hugo.languages import languages_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings

# https://gohugo.io/configuration/front-matter/#dates
_DEFAULTS = {
    "date": ("date", "publishdate", "lastmod"),
    "lastmod": ("lastmod",),
    "publishdate": ("publishdate", "date"),
    "expirydate": ("expirydate",),
}
_ALIASES = {
    "lastmod": ("modified",),
    "publishdate": ("pubdate", "published"),
    "expirydate": ("unpublishdate",),
}
# any sign may stand between day and time, and some between those and the name
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)(?:.(\d\d)[-:](\d\d)[-:](\d\d))?(.*)", re.ASCII | re.DOTALL)
_BETWEEN = " -_"
_CLOCK = r"(?:[01]?\d|2[0-3]):\d\d:\d\d(?:[.,]\d+)?"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_NAME, _OFFSET = r"[A-Z]{3,4}", r"[+-]\d{4}"
# (compiled only where a date is not written as most are)
_PARSABLE = "|".join(
    (
        rf"\d{{4}}-\d\d-\d\d(?:(?:T| +){_CLOCK}(?:Z|[+-]\d\d:?\d\d)?)?",
        rf"\d{{4}}-\d\d-\d\d +{_CLOCK} +(?:[+-]\d\d:\d\d|{_OFFSET}(?: +{_NAME})?)",
        rf"\d\d +{_MONTH} +\d{{4}}",
        rf"{_DAY}, +\d\d +{_MONTH} +\d{{4}} +{_CLOCK} +(?:{_NAME}|{_OFFSET})",
        rf"{_DAY} +{_MONTH} +\d\d? +{_CLOCK} +(?:{_NAME} +)?\d{{4}}",
        rf"{_DAY} +{_MONTH} +\d\d +{_CLOCK} +{_OFFSET} +\d{{4}}",
    )
)


def named(stem: str) -> FileName | None:
    """What `:filename` finds in a name: its day or time (naive ISO 8601), and the slug behind.

    None where it begins with no day. What is behind a last dot is no part of it.
    """
    match = _STAMP.fullmatch(stem.rpartition(".")[0] or stem)
    if match is None:
        return None
    day, *time, rest = match.groups()
    with suppress(TypeError, ValueError):
        at = datetime.fromisoformat(f"{day}T{':'.join(time)}")
        return FileName(at.isoformat(), rest.strip(_BETWEEN))
    return FileName(day, match[0][len(day) :].strip(_BETWEEN))


def is_parsable(text: str) -> bool:
    """Whether Hugo takes a text for a date, years of two digits aside; it stops at any other.

    See `StringToDateInDefaultLocation` of spf13/cast.
    """
    return re.fullmatch(_PARSABLE, text.strip(), re.ASCII) is not None


def zone_of(context: ReadingContext) -> tzinfo:
    """The zone of naive dates: that of the page's language where it has its own."""
    zones = _zones(context.settings)
    own = zones.get(context.page.place.language) if zones else None
    return own or context.settings.site.zone


@once_per_site
def _zones(settings: Settings) -> Mapping[str, tzinfo]:
    found: dict[str, tzinfo] = {}
    for language, own in languages_of(settings.engine_options).items():
        if isinstance(own, dict) and (name := own.get("timezone")):
            with suppress(KeyError, ValueError, OSError):
                found[language] = ZoneInfo(str(name))
    return found


@once_per_site
def slugging(settings: Settings) -> tuple[str, ...]:
    """The dates for which the name of a file is asked only after the page has its address."""
    kinds = ("publishdate", "expirydate")
    return tuple(kind for kind in kinds if ":filename" in handlers(settings)[kind])


@once_per_site
def date_keys(settings: Settings) -> frozenset[str]:
    """The keys of front matter that hold dates."""
    return frozenset().union(*handlers(settings).values())


@once_per_site
def handlers(settings: Settings) -> Mapping[str, Sequence[str]]:
    """The keys that `[frontmatter]` names for each kind of date, in order."""
    given = settings.engine_options.get("dates")
    return {kind: _named(given, kind) for kind in _DEFAULTS}


def names_dates(settings: Settings) -> bool:
    """Whether the site has other keys for dates than Hugo's own."""
    return bool(settings.engine_options.get("dates"))


def _named(given: JSON, kind: str) -> Sequence[str]:
    names = given.get(kind) if isinstance(given, dict) else None
    several = names.split() if isinstance(names, str) else names
    found: dict[str, None] = {}
    for name in map(str.lower, map(str, several if isinstance(several, list) else [":default"])):
        for one in _DEFAULTS[kind] if name == ":default" else (name,):
            # `:git` and `:fileModTime` change by machine
            if one == ":filename" or one[:1] != ":":
                found |= dict.fromkeys((one, *_ALIASES.get(one, ())))
    return tuple(found)
