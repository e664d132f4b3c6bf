"""Front matter that Hugo's sections hand down (https://gohugo.io/configuration/cascade/)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from feedsvc.posts.context import once_per_site
from feedsvc.sites.hugo.languages import languages_of
from feedsvc.sites.hugo.matching import Meant, Target, meant, targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feedsvc.model import JSON
    from feedsvc.settings import Settings

Handed: TypeAlias = "Meant[tuple[tuple[str, Any], ...]]"
"""Keys and values for some pages."""


class _Entry(NamedTuple):
    """What is handed down to the pages of any of the targets."""

    targets: tuple[Target, ...]
    values: tuple[tuple[str, Any], ...]


def handed_down(
    fronts: Iterable[Mapping[str, Any]], language: str, settings: Settings
) -> tuple[Handed, ...]:
    """What front matter of sections, the nearest first, and the configuration hand down to pages.

    `language` is that of the pages.
    """
    configured = _configured(settings)
    last = configured.get(language, configured[""])
    return meant(chain(_stated(fronts, settings.engine_options), last), "page", language)


def own(front: Mapping[str, Any], language: str, options: Mapping[str, JSON]) -> tuple[Handed, ...]:
    """What a page hands down to itself."""
    return meant(_stated([front], options), "page", language)


def _stated(fronts: Iterable[Mapping[str, Any]], options: Mapping[str, JSON]) -> Iterator[_Entry]:
    for front in fronts:
        if "cascade" in front:
            yield from _entries(front["cascade"], options)


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
