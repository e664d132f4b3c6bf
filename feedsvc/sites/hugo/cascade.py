"""Front matter that Hugo's sections hand down (https://gohugo.io/configuration/cascade/)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.posts.context import once_per_site
from feedsvc.sites.hugo.indexes import indexes
from feedsvc.sites.hugo.languages import below_content, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.posts.dialect import FilePath, ReadingContext
    from feedsvc.settings import Settings


class _Target(NamedTuple):
    """Pages that an entry is for: of a language (None: any), below one of the globs (none: all)."""

    language: str | None
    globs: tuple[str, ...]


class _Entry(NamedTuple):
    """What is handed down to the pages of any of the targets."""

    targets: tuple[_Target, ...]
    values: tuple[tuple[str, Any], ...]


_EVERY = _Target(None, ())


def cascade(context: ReadingContext) -> Iterator[tuple[str, Any]]:
    """Keys and values for a page, the nearest section's first, the configuration's last."""
    language = language_of(context)
    page = below_content(context)
    for front in indexes(context):
        yield from _matching(_entries_of(front), page, language)
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
        if targets := tuple(_targets(target)):
            entries.append(_Entry(targets, tuple(values.items())))
    return tuple(entries)


def _targets(target: Any) -> Iterator[_Target]:
    """What `target` says of pages in production; nothing where it is not about those."""
    if isinstance(target, list):
        for one in target:
            yield from _targets(one)
    elif isinstance(target, dict):
        wanted = {str(key).lower(): str(value) for key, value in target.items()}
        kinds = wanted.get("kind", "page").strip("{}").split(",")
        if "page" in kinds and wanted.get("environment", "production") == "production":
            globs = _alternatives(wanted.get("path", "**").lower())
            yield _Target(wanted.get("lang"), () if "**" in globs else tuple(globs))
    else:
        yield _EVERY


def _matching(
    entries: tuple[_Entry, ...], path: FilePath, language: str
) -> Iterator[tuple[str, Any]]:
    for entry in entries:
        if any(_fits(target, path, language) for target in entry.targets):
            yield from entry.values


def _fits(target: _Target, path: FilePath, language: str) -> bool:
    if target.language not in (None, language):
        return False
    if not target.globs:
        return True
    page = f"/{path.bare}".removesuffix("/index").lower()
    return any(fnmatchcase(page, glob) for glob in target.globs)


def _alternatives(glob: str) -> list[str]:
    """`{/a/**,/b/**}` is either; `**` crosses folders, and so does fnmatch's `*`."""
    inner = glob[1:-1] if glob.startswith("{") and glob.endswith("}") else None
    return [part.strip() for part in inner.split(",")] if inner else [glob]
