"""Metadata that Pelican takes from a path and from its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts.paths import FilePath
from feedsvc.sites.patterns import safe_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON

_DATE_IN_NAME = r"(?P<date>\d{4}-\d{2}-\d{2}).*"


def from_path(path: str, options: Mapping[str, JSON]) -> Iterator[tuple[str, JSON]]:
    """Keys and values, the strongest first; `path` is relative to the site."""
    below = _below_content(path, options)
    yield from _matches(options.get("FILENAME_METADATA", _DATE_IN_NAME), below.stem)
    yield from _matches(options.get("PATH_METADATA"), below.text)
    folder = below.folder.rpartition("/")[2]
    has_categories = options.get("CATEGORY_SAVE_AS", True)  # without pages, there are none
    if has_categories and options.get("USE_FOLDER_AS_CATEGORY") is not False and folder:
        yield "category", folder
    extra = options.get("EXTRA_PATH_METADATA")
    if isinstance(extra, dict) and extra:
        for place in filter(None, (below.text, *below.above)):
            own = extra.get(place) or extra.get(f"{place}/")
            if isinstance(own, dict):
                yield from _lowered(own)
    yield from _defaults(options, has_category=bool(has_categories))


def _below_content(path: str, options: Mapping[str, JSON]) -> FilePath:
    content = str(options.get("PATH") or "content").strip("/").removeprefix("./")
    return FilePath.of(path.removeprefix(f"{content}/"))


def _matches(pattern: object, text: str) -> Iterator[tuple[str, JSON]]:
    compiled = safe_pattern(pattern, ignore_case=False) if isinstance(pattern, str) else None
    match = compiled.match(text) if compiled else None
    if match:
        found = match.groupdict().items()
        yield from ((key.lower(), value) for key, value in found if value is not None)


def _defaults(options: Mapping[str, JSON], *, has_category: bool) -> Iterator[tuple[str, JSON]]:
    given = options.get("DEFAULT_METADATA")
    if isinstance(given, dict):
        yield from _lowered(given)
    category = options.get("DEFAULT_CATEGORY", "misc")
    if has_category and isinstance(category, str) and category:
        yield "category", category
    date = options.get("DEFAULT_DATE")
    if isinstance(date, list) and len(date) >= 3 and all(isinstance(n, int) for n in date):
        year, month, day, hour, minute, second = (*date, 0, 0, 0)[:6]
        yield "date", f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
    elif isinstance(date, str) and date != "fs":
        yield "date", date


def _lowered(values: Mapping[str, JSON]) -> Iterator[tuple[str, JSON]]:
    return ((key.lower(), value) for key, value in values.items())
