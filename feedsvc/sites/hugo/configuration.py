"""Hugo's configuration from a file or a folder; keys are folded to lower case, as Hugo does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SUFFIXES = ("toml", "yaml", "yml", "json")
CONFIGS = tuple(f"{stem}.{suffix}" for stem in ("hugo", "config") for suffix in _SUFFIXES)
FOLDER = "config/_default"
_LATER = "config/production"  # what `hugo` builds with unless told otherwise


def read(folder: Path) -> dict[str, Any]:
    """Everything the site configures, lowest first: the file, `_default`, `production`."""
    said: dict[str, Any] = {}
    if name := files.first(folder, *CONFIGS):
        _merge(said, _folded(files.mapping(folder, name)))
    for place in (FOLDER, _LATER):
        for name in _names(folder / place):
            stem = name.rpartition(".")[0].lower()
            values = _folded(files.mapping(folder, f"{place}/{name}"))
            _merge(said, values if stem in ("hugo", "config") else _below(stem, values))
    return said


def default_language(said: Mapping[str, Any]) -> str:
    """The site's own: the one it names, else English, else the first of those it has.

    First are those with a weight, the lightest first, then the others by name.
    """
    if given := files.text(said, "defaultcontentlanguage"):
        return given.lower()
    off = [name.lower() for name in files.texts(said, "disablelanguages")]
    weights = {
        name: files.number(own, "weight")
        for name, own in files.table(said, "languages").items()
        if isinstance(own, dict) and own.get("disabled") is not True and name not in off
    }
    if "en" in weights or not weights:
        return "en"
    return min(weights, key=lambda name: (weights[name] is None, weights[name], name))


def _names(folder: Path) -> list[str]:
    try:
        names = [path.name for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []
    return sorted(name for name in names if name.rpartition(".")[2] in _SUFFIXES)


def _below(stem: str, values: dict[str, Any]) -> dict[str, Any]:
    """`params.toml` holds the table `params`, `params.de.toml` that of one language."""
    table, _, language = stem.partition(".")
    inner = values.get(table) if set(values) == {table} else values
    if not language:
        return {table: inner}
    return {"languages": {language: inner if table == "languages" else {table: inner}}}


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.lower(): _folded(item) for key, item in value.items()}
    return [_folded(item) for item in value] if isinstance(value, list) else value


def _merge(into: dict[str, Any], values: dict[str, Any]) -> None:
    for key, value in values.items():
        known = into.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        else:
            into[key] = value
