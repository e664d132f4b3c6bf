"""The files of a site's `_data` folder as values. Source: `jekyll/readers/data_reader.rb`."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from feedsvc.markup.liquid.values import Deferred

if TYPE_CHECKING:
    from feedsvc.markup.beside import Beside

SUFFIXES = frozenset({"yml", "yaml", "json", "csv", "tsv"})
_VALUES = 200_000  # values of one file
_SIZE = 4 << 20
_SIGNS = re.compile(r"[^\w\s-]+")


@lru_cache(8192)
def names(path: str, folder: str) -> tuple[str, ...]:
    """The names by which templates find the file, or folder, at `path` below `folder`."""
    parts = path.removeprefix(folder).strip("/").split("/")
    stem, _, suffix = parts[-1].rpartition(".")
    if suffix.lower() in SUFFIXES:
        parts[-1] = stem
    return tuple(map(_key, parts)) if parts[0] else ()


def tree(folder: str, beside: Beside) -> dict[str, object]:
    """The files below `folder` by the names that templates have for them, read when asked for."""
    found: dict[str, object] = {}
    for path in sorted(beside.paths):
        suffix = path.rpartition(".")[2].lower()
        data = beside.read(path) if path.startswith(f"{folder}/") else None
        if data is None or suffix not in SUFFIXES:
            continue
        *above, name = names(path, folder)
        here = found
        for part in above:
            inner = here.setdefault(part, {})
            here = inner if isinstance(inner, dict) else {}
        here[name] = Deferred(partial(value, suffix, data))
    return found


def _key(name: str) -> str:
    return "_".join(_SIGNS.sub("", name).split())


@lru_cache(16)
def value(suffix: str, data: bytes) -> object:
    """What a file holds; None for one that cannot be read or is too large."""
    if len(data) > _SIZE:
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        if suffix in ("csv", "tsv"):
            return _rows(text, "," if suffix == "csv" else "\t")
        return _plain(json.loads(text) if suffix == "json" else _yaml(text))
    except (ValueError, RecursionError, csv.Error):
        return None


def _rows(text: str, separator: str) -> list[object]:
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    return [dict(zip(rows[0], row, strict=False)) for row in rows[1:] if row]


def _yaml(text: str) -> Any:
    import yaml

    from feedsvc.posts.yamltree import TooMuchError, TreeLoader

    class Loader(TreeLoader):
        most = _VALUES

    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 - makes plain values only
    except (yaml.YAMLError, TooMuchError) as error:
        raise ValueError(str(error)) from error


def _plain(held: Any) -> object:
    """Keys as text, dates as Ruby prints them."""
    if isinstance(held, dict):
        return {str(key): _plain(one) for key, one in held.items()}
    if isinstance(held, list):
        return [_plain(one) for one in held]
    if isinstance(held, datetime):
        aware = held if held.tzinfo else held.replace(tzinfo=UTC)
        return aware.strftime("%Y-%m-%d %H:%M:%S %z")
    return held.isoformat() if isinstance(held, date) else held
