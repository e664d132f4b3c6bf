"""Front matter that Hugo's sections hand down (https://gohugo.io/configuration/cascade/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.posts.context import once_per_site
from feedsvc.sites.hugo.indexes import chain
from feedsvc.sites.hugo.languages import below_content, language_of, logical
from feedsvc.sites.hugo.matching import Target, fits, targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings


class _Entry(NamedTuple):
    """What is handed down to the pages of any of the targets."""

    targets: tuple[Target, ...]
    values: tuple[tuple[str, Any], ...]


def cascade(context: ReadingContext) -> Iterator[tuple[str, Any]]:
    """Keys and values for a page, the nearest section's first, the configuration's last."""
    language = language_of(context)
    page = logical(below_content(context), context.settings.engine_options)
    for section in chain(context):
        yield from _matching(_entries_of(section.front), page, language)
    yield from _matching(_configured(context.settings), page, language)


def _entries_of(front: Mapping[str, Any]) -> tuple[_Entry, ...]:
    return _entries(front["cascade"]) if "cascade" in front else ()


@once_per_site
def _configured(settings: Settings) -> tuple[_Entry, ...]:
    return _entries(settings.engine_options.get("cascade"))


def _entries(given: Any) -> tuple[_Entry, ...]:
    entries: list[_Entry] = []
    for entry in given if isinstance(given, list) else [given]:
        if not isinstance(entry, dict):
            continue
        values = {str(key).lower(): value for key, value in entry.items()}
        target = values.pop("target", None) or values.pop("_target", None)
        params = values.pop("params", None)
        if isinstance(params, dict):
            values |= {str(key).lower(): value for key, value in params.items()}
        if meant := tuple(targets(target)):
            entries.append(_Entry(meant, tuple(values.items())))
    return tuple(entries)


def _matching(entries: tuple[_Entry, ...], path: str, language: str) -> Iterator[tuple[str, Any]]:
    for entry in entries:
        if any(fits(target, "page", language, path) for target in entry.targets):
            yield from entry.values
