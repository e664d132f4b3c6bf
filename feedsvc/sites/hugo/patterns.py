"""Hugo's `permalinks`: which pattern is a page's, and what it makes.

Sources: https://gohugo.io/configuration/permalinks/, `resources/page/permalinks.go`.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_plus

from feedsvc.posts.context import once_per_site
from feedsvc.sites.hugo.matching import KINDS, Meant, Target, meant, targets
from feedsvc.sites.hugo.paths import lowered, path_segment
from feedsvc.sites.hugo.times import laid_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from feedsvc.model import JSON
    from feedsvc.settings import Settings

_TOKEN = re.compile(r":(\w+)(?:\[([^\]]+)\])?", re.ASCII)
_UNCLEAN = re.compile(r"//|/\.")
_COLON = "\0"  # stands for `\:` until all tokens are replaced


class _Rule(NamedTuple):
    """The pattern for pages of any of the targets."""

    targets: tuple[Target, ...]
    pattern: str


class Facts(NamedTuple):
    """What tokens stand for.

    `date` is in the offset in which it is written; `slug` is the front matter's ("" for none);
    `base` is the name of the file, or of the folder of a bundle. `sections` are the folders of
    the section that lists the page, from the top, `section_names` their slugs or titles.
    """

    date: datetime
    title: str = ""
    slug: str = ""
    base: str = ""
    section: str = ""
    sections: Callable[[], list[str]] = list
    section_names: Callable[[], list[str]] = list


def pattern_of(settings: Settings, kind: str, language: str, path: str) -> str:
    """The pattern for a page of a kind and a language at its logical path, "" for none."""
    found = patterns_of(settings, kind, language)
    return next((one.said for one in found if one.fits(path)), "")


def patterns_of(settings: Settings, kind: str, language: str) -> tuple[Meant[str], ...]:
    """The patterns for pages of a kind and a language, of which the first that fits counts."""
    rules = _rules(settings)
    return meant(rules.get(language, rules[""]), kind, language)


@once_per_site
def _rules(settings: Settings) -> Mapping[str, tuple[_Rule, ...]]:
    """The site's under "", and those of languages that have their own instead."""
    options: Any = settings.engine_options
    found = {"": tuple(_read(options.get("permalinks"), options))}
    languages = options.get("languages")
    for name, own in languages.items() if isinstance(languages, dict) else ():
        if "permalinks" in own:
            found[name] = tuple(_read(own["permalinks"], options))
    return found


def _read(given: Any, options: Mapping[str, JSON]) -> Iterator[_Rule]:
    """The rules in order; where a table gives none (Hugo's is chance), the longest paths first."""
    if isinstance(given, list):
        for one in given:
            if isinstance(one, dict) and isinstance(one.get("pattern"), str):
                yield _Rule(tuple(targets(one.get("target"), options)), one["pattern"])
    elif isinstance(given, dict):
        tables = [(kind, given[kind]) for kind in KINDS if isinstance(given.get(kind), dict)]
        for kind, table in (*tables, ("page", given), ("term", given)):
            for section in sorted(table, key=len, reverse=True):
                if isinstance(table[section], str) and table[section]:
                    yield _Rule((Target(frozenset([kind]), None, _glob(section)),), table[section])


def _glob(section: str) -> str:
    section = lowered(section.strip(" /"))
    return f"/{{{section},{section}/**}}" if section else "/*"


def made(pattern: str, facts: Facts, options: Mapping[str, JSON]) -> str:
    """The path that a pattern makes, sanitised as a whole, as the site writes its paths."""
    path = f"/{expanded(pattern, facts, options).strip('/')}"
    return path_segment(posixpath.normpath(path) if _UNCLEAN.search(path) else path, options)


def expanded(pattern: str, facts: Facts, options: Mapping[str, JSON]) -> str:
    """The path that a pattern makes; what is no token stands as it is."""

    def value(match: re.Match[str]) -> str:
        name, index = match.groups()
        if index is not None:
            several = _SEVERAL.get(name)
            return match[0] if several is None else _joined(_slice(several(facts), index), options)
        if name in _SEVERAL:
            return _joined(_SEVERAL[name](facts), options)
        if name in _SINGLE:
            segment = path_segment(_SINGLE[name](facts), options)
            # a sign that begins an empty fragment is lost on Go's way through URLs
            return segment[:-1] if segment.find("#") == len(segment) - 1 >= 0 else segment
        if name in _DATES:
            return _DATES[name](facts.date)
        return laid_out(facts.date, name) or match[0]

    text = _TOKEN.sub(value, pattern.replace("\\:", _COLON)).replace(_COLON, ":")
    return unquote_plus(text) if "%" in text or "+" in text else text


def _joined(names: list[str], options: Mapping[str, JSON]) -> str:
    return "/".join(path_segment(name, options) for name in names)


def _slice(parts: list[str], index: str) -> list[str]:
    """Hugo's slice syntax: `0`, `last`, `1:`, `:last`, `1:2`."""
    start, colon, stop = index.replace("last", str(max(len(parts) - 1, 0))).partition(":")
    first = int(start) if start.isdigit() else 0
    if not colon:
        return parts[first : first + 1]
    return parts[first : int(stop) if stop.isdigit() else None]


def _titled(facts: Facts) -> str:
    """A slash in a title makes no folder, but one in a slug does."""
    return facts.title.replace("/", "-")


_SEVERAL: dict[str, Callable[[Facts], list[str]]] = {
    "sections": lambda f: f.sections(),
    "sectionslugs": lambda f: f.section_names(),
}

_DATES: dict[str, Callable[[datetime], str]] = {
    "year": lambda at: str(at.year),
    "month": lambda at: f"{at.month:02d}",
    "monthname": lambda at: laid_out(at, "January"),
    "day": lambda at: f"{at.day:02d}",
    "weekday": lambda at: str(at.isoweekday() % 7),
    "weekdayname": lambda at: laid_out(at, "Monday"),
    "yearday": lambda at: str(at.timetuple().tm_yday),
}

_SINGLE: dict[str, Callable[[Facts], str]] = {
    "section": lambda f: f.section,
    "sectionslug": lambda f: "".join(f.section_names()[:1]),
    "title": _titled,
    "slug": lambda f: f.slug or _titled(f),
    "slugorfilename": lambda f: f.slug or f.base,
    "slugorcontentbasename": lambda f: f.slug or f.base,
    "filename": lambda f: f.base,
    "contentbasename": lambda f: f.base,
}
