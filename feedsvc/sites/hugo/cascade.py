"""Front matter that Hugo's sections hand down (https://gohugo.io/configuration/cascade/)."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.posts.context import once_per_site
from feedsvc.sites import files
from feedsvc.sites.hugo.indexes import indexes
from feedsvc.sites.hugo.languages import below_content, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.posts.dialect import FilePath, ReadingContext
    from feedsvc.settings import Settings


_LONGEST, _STARS = 200, 12  # a pattern with more would take long where it does not match
_PART = re.compile(r"\*\*|[\s\S]")
_GLOB = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")", ",": "|"}


class _Target(NamedTuple):
    """Pages that an entry is for: of a language (None: any), of these paths ("": all)."""

    language: str | None
    glob: str


class _Entry(NamedTuple):
    """What is handed down to the pages of any of the targets."""

    targets: tuple[_Target, ...]
    values: tuple[tuple[str, Any], ...]


_EVERY = _Target(None, "")


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
            glob = wanted.get("path", "**").lower()
            languages: list[str | None] = [*_languages(target)] or [wanted.get("lang")]
            for language in languages:
                yield _Target(language, "" if glob in ("**", "/**") else glob)
    else:
        yield _EVERY


def _languages(target: dict[Any, Any]) -> list[str]:
    """Those that `sites.matrix.languages` names; keys are in lower case."""
    matrix = files.table(files.table(target, "sites"), "matrix")
    return [name.lower() for name in files.texts(matrix, "languages")]


def _matching(
    entries: tuple[_Entry, ...], path: FilePath, language: str
) -> Iterator[tuple[str, Any]]:
    for entry in entries:
        if any(_fits(target, path, language) for target in entry.targets):
            yield from entry.values


def _fits(target: _Target, path: FilePath, language: str) -> bool:
    if target.language not in (None, language):
        return False
    if not target.glob:
        return True
    page = f"/{path.bare}".removesuffix("/index").lower()
    return _glob(target.glob).fullmatch(page) is not None


@lru_cache(maxsize=256)
def _glob(text: str) -> re.Pattern[str]:
    """A pattern of paths: `*` stays within a folder, `**` does not, `{a,b}` is either."""
    made = "".join(_GLOB.get(part, re.escape(part)) for part in _PART.findall(text))
    if len(text) <= _LONGEST and made.count("*") <= _STARS:
        with suppress(re.error):
            return re.compile(made)
    return re.compile(re.escape(text[:_LONGEST]))
