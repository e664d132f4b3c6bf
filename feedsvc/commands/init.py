"""`feedsvc init`: a `feedsvc.toml` that says what was found and what can be set."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.commands.opening import create
from feedsvc.commands.terminal import notice, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from feedsvc.config.schema import Key
    from feedsvc.settings import Settings

NAME = "feedsvc.toml"
_HEAD = """\
# What feedsvc publishes from this folder. Every line is optional.
# Found here: {detection}.
# What differs from feedsvc's defaults is written out; it now holds even if it changes where it
# was found, so delete a line to have it follow again. Lines behind a # show the defaults.
"""


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:  # noqa: ARG001
    """Write the file, never over another one, and print its path."""
    from feedsvc.config import load_settings

    found = load_settings(Path(args.site))
    notice(found.detection)
    path = Path(args.site, NAME)
    create(path, "\n".join(_lines(found.settings, found.detection)) + "\n")
    say(str(path))
    return 0


def _lines(settings: Settings, detection: str) -> Iterator[str]:
    from feedsvc.config.schema import TERMS, keys

    yield _HEAD.format(detection=detection).rstrip()
    defaults = type(settings)(settings.folder)
    for table, group in groupby(keys().values(), key=lambda key: key.table):
        if table in TERMS:
            yield from _term_lines(table, group)
            continue
        yield f"\n[{table}]"
        for key in group:
            value = _value(settings, key)
            default = _value(defaults, key)
            yield f"# {key.meaning}"
            yield f"{'# ' if value in (default, None) else ''}{key.name} = {toml(value)}"


def _term_lines(table: str, keys: Iterator[Key]) -> Iterator[str]:
    yield f"\n# [{table}.SLUG]"
    for key in keys:
        yield f'# {key.name} = ""  # {key.meaning}'


def _value(settings: Settings, key: Key) -> object:
    """Return what a key is set to, in the form in which one would write it."""
    from feedsvc.config import kinds

    value: object = settings
    for name in (*key.table.split("."), key.name):
        value = getattr(value, name, None)
    if key.kind is kinds.FOLDERS and isinstance(value, tuple):
        folders = [folder or "." for folder in value]
        return folders[0] if len(folders) == 1 else folders
    return bool(value) if key.kind is kinds.FLAG else value


def toml(value: object) -> str:
    """Return text, a number, a flag, a sequence of texts or nothing ("") as TOML."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(toml, value))}]"
    if value is None:
        value = ""
    # JSON's escapes are TOML's as well; only DEL is free in the one and not in the other.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
