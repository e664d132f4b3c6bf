"""Front matter that Hugo's sections hand down (https://gohugo.io/configuration/cascade/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.posts.context import once_per_site
from feedsvc.sites.hugo.indexes import chain
from feedsvc.sites.hugo.languages import below_content, language_of, languages_of, logical
from feedsvc.sites.hugo.matching import Target, fits, targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings


class _Entry(NamedTuple):
    """What is handed down to the pages of any of the targets."""

    targets: tuple[Target, ...]
    values: tuple[tuple[str, Any], ...]


def cascade(context: ReadingContext) -> Iterator[tuple[str, Any]]:
    """Keys and values for a page: its own, the nearest section's, at last the configuration's."""
    language = language_of(context)
    page = logical(below_content(context), context.settings.engine_options)
    fronts = (context.fields, *(section.front for section in chain(context)))
    for front in fronts:
        if "cascade" in front:
            entries = _entries(front["cascade"], context.settings.engine_options)
            yield from _matching(entries, page, language)
    configured = _configured(context.settings)
    yield from _matching(configured.get(language, configured[""]), page, language)


@once_per_site
def _configured(settings: Settings) -> Mapping[str, tuple[_Entry, ...]]:
    """The site's under "", and those of languages that have their own instead."""
    options: Any = settings.engine_options
    places: dict[str, Any] = {"": options, **languages_of(options)}
    return {
        name: _entries(said.get("cascade"), options)
        for name, said in places.items()
        if not name or "cascade" in said
    }


def _entries(given: Any, options: Mapping[str, JSON]) -> tuple[_Entry, ...]:
    entries: list[_Entry] = []
    for entry in given if isinstance(given, list) else [given]:
        if not isinstance(entry, dict):
            continue
        values = {str(key).lower(): value for key, value in entry.items()}
        target = values.pop("target", None) or values.pop("_target", None)
        params = values.pop("params", None)
        if isinstance(params, dict):
            values |= {str(key).lower(): value for key, value in params.items()}
        if meant := tuple(targets(target, options)):
            entries.append(_Entry(meant, tuple(values.items())))
    return tuple(entries)


def _matching(entries: tuple[_Entry, ...], path: str, language: str) -> Iterator[tuple[str, Any]]:
    for entry in entries:
        if any(fits(target, "page", language, path) for target in entry.targets):
            yield from entry.values
