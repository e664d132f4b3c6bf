"""Hugo's configuration from a file or a folder; keys are folded to lower case, as Hugo does."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SUFFIXES = ("toml", "yaml", "yml", "json")
CONFIGS = tuple(f"{stem}.{suffix}" for stem in ("hugo", "config") for suffix in _SUFFIXES)
FOLDER = "config/_default"
_TAKEN = {"params": "deep", "mediatypes": "shallow", "outputformats": "shallow"}
_LATER = "config/production"  # what `hugo` builds with unless told otherwise


def read(folder: Path) -> dict[str, Any]:
    """Everything the site configures: the file, `_default`, `production`, and what themes add."""
    said = _own(folder)
    root = files.inner_path(files.text(said, "themesdir") or "themes")
    imports = files.table(said, "module").get("imports")
    named = files.texts(said, "theme")
    for one in imports if isinstance(imports, list) else ():
        named += files.texts(one, "path") if isinstance(one, dict) else []
    for name in dict.fromkeys(map(files.inner_path, named)):
        if root and name:
            with suppress(ConfigError):  # the theme's affair
                _add(said, _own(folder / root / name))
    for table in (said, *said.values()):
        if isinstance(table, dict):
            table.pop("_merge", None)
    return said


def _own(folder: Path) -> dict[str, Any]:
    """What a site or theme configures itself, the environment's above the rest."""
    said: dict[str, Any] = {}
    if name := files.first(folder, *CONFIGS):
        _merge(said, _folded(files.mapping(folder, name)))
    for place in (FOLDER, _LATER):
        for name in _names(folder / place):
            stem = name.rpartition(".")[0].lower()
            values = _folded(files.mapping(folder, f"{place}/{name}"))
            _merge(said, values if stem in ("hugo", "config") else _below(stem, values))
    return said


def _add(said: dict[str, Any], theme: dict[str, Any]) -> None:
    """Take over what a theme configures and the site does not, as `_merge` or Hugo's usage has it.

    Source: https://gohugo.io/configuration/introduction/#merge-configuration-settings.
    """
    for key, value in theme.items():
        known = said.get(key)
        own = known.get("_merge") if isinstance(known, dict) else None
        how = own or said.get("_merge") or _TAKEN.get(key)
        if how not in ("deep", "shallow"):
            continue
        if known is None:
            said[key] = value
        elif isinstance(known, dict) and isinstance(value, dict):
            _fill(known, value, deep=how == "deep")


def _fill(known: dict[str, Any], values: dict[str, Any], *, deep: bool) -> None:
    for key, value in values.items():
        own = known.setdefault(key, value)
        if deep and own is not value and isinstance(own, dict) and isinstance(value, dict):
            _fill(own, value, deep=True)


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
