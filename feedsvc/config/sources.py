"""Where values come from: `feedsvc.toml`, the environment, the command line, an engine.

Each becomes a flat list of `Entry` values under one shape: (table, slug, key).
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.config.schema import TERMS, Key, keys
from feedsvc.errors import ConfigError
from feedsvc.sites.files import refuse_dots, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feedsvc.model import JSON

FILE = "feedsvc.toml"
_PREFIX = "FEEDSVC_"


class Entry(NamedTuple):
    """One value, `slug` only in a table of terms; `origin` says where, for messages."""

    key: Key
    slug: str
    value: JSON
    origin: str


class Origin(NamedTuple):
    """What a message calls the place of a key: `file`, and its text for line numbers."""

    file: str
    text: str = ""

    def at(self, *path: str) -> str:
        """`feedsvc.toml:3: [site] url`."""
        *table, name = path
        line = _line(self.text, path)
        place = f"{self.file}:{line}" if line else self.file
        said = f"{place}: [{'.'.join(table)}] {name}" if table else f"{place}: [{name}]"
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in said)


def _line(text: str, path: tuple[str, ...]) -> int:
    """The line (from 1) of a key in TOML; that of its table where the key is not found; 0: none.

    tomllib tells no lines; this looks for the header and the assignment, which is enough for a
    message.
    """
    found, table = 0, ""
    header = ".".join(path[:-1])
    assignment = re.compile(
        rf"""\s*["']?({re.escape(path[-1])}|{re.escape(".".join(path))})["']?\s*[=.]"""
    )
    for number, line in enumerate(text.splitlines(), start=1):
        if opened := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
            table = re.sub(r"""\s|["']""", "", opened[1])
            if table in {header, ".".join(path)}:
                found = found or number
        elif assignment.match(line) and table in {header, ""}:
            return number
    return found


def _suggest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}"


def _tables() -> list[str]:
    return list(dict.fromkeys(key.table.split(".")[0] for key in keys().values()))


def _homes(name: str, value: JSON) -> str:
    """The tables, in brackets, that have a key which was written above all tables."""
    if isinstance(value, dict):
        return ""
    tables = dict.fromkeys(key.table for key in keys().values() if key.table not in TERMS)
    return " or ".join(f"[{table}]" for table in tables if name in _names(table))


def _names(table: str) -> list[str]:
    own = [key.name for key in keys().values() if key.table == table]
    below = [key.table[len(table) + 1 :] for key in keys().values() if _below(key, table)]
    return own + list(dict.fromkeys(below))


def _below(key: Key, table: str) -> bool:
    return key.table.startswith(f"{table}.")


def entries(values: Mapping[str, JSON], origin: Origin) -> Iterator[Entry]:
    """Flatten values in the shape of `feedsvc.toml`.

    Raises ConfigError for an unknown table or key (with the nearest known one) and for a value
    where a table must stand.
    """
    for table, content in values.items():
        if table not in _tables():
            if homes := _homes(table, content):
                message = f"stands in no table; write it below {homes}"
                raise ConfigError(f"{origin.at(table)} {message}")
            raise ConfigError(f"{origin.at(table)} is unknown; {_suggest(table, _tables())}")
        if not isinstance(content, dict):
            raise ConfigError(f"{origin.at(table)} must be a table: write [{table}] on a line")
        if table not in TERMS:
            yield from _table(table, "", content, origin)
            continue
        for slug, term in content.items():
            if not isinstance(term, dict):
                message = f"must be a table: write [{table}.{slug}] on a line"
                raise ConfigError(f"{origin.at(table, slug)} {message}")
            yield from _table(table, slug, term, origin)


def _table(table: str, slug: str, content: Mapping[str, JSON], origin: Origin) -> Iterator[Entry]:
    path = (table, slug) if slug else (table,)
    for name, value in content.items():
        if key := keys().get((table, name)):
            yield Entry(key, slug, value, origin.at(*path, name))
        elif name not in _names(table):
            known = _names(table)
            raise ConfigError(f"{origin.at(*path, name)} is unknown; {_suggest(name, known)}")
        elif isinstance(value, dict):
            yield from _table(f"{table}.{name}", "", value, origin)
        else:  # `author = "Name"`
            yield Entry(keys()[f"{table}.{name}", "name"], "", value, origin.at(table, name))


def read_file(folder: Path) -> list[Entry]:
    """The entries of `feedsvc.toml`; none without the file. Raises ConfigError."""
    if not os.path.lexists(folder / FILE):
        return []
    text = text_of(folder, FILE)
    refuse_dots(text, FILE)
    import tomllib

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also for a number with thousands of digits
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = f"{FILE}:{found[1]}:{found[2]}" if found else FILE
        reason = re.sub(r"\s*\(at .*\)", "", str(error))
        raise ConfigError(f"{place}: is not TOML: {reason}; mend that line") from error
    return list(entries(values, Origin(FILE, text)))


def read_environment(environ: Mapping[str, str]) -> list[Entry]:
    """The entries of variables such as `FEEDSVC_SITE__URL` and `FEEDSVC_TAGS__NAME__TITLE`.

    A name without the double underscore is not ours (a container may find its service described in
    `FEEDSVC_PORT`), but for one that would be a key's with it. Raises ConfigError for that, and for
    an unknown key.
    """
    found = []
    for variable in sorted(environ):
        name = variable.removeprefix(_PREFIX)
        if name == variable:
            continue
        if "__" not in name:
            if meant := _underscored().get(variable):
                raise ConfigError(f"environment: {variable} is unknown; did you mean {meant!r}?")
            continue
        path = name.lower().split("__")
        table, slug = (path[0], path[1]) if path[0] in TERMS else (".".join(path[:-1]), "")
        key = keys().get((table, path[-1]))
        if key is None or len(path) != len(table.split(".")) + bool(slug) + 1:
            raise ConfigError(f"environment: {variable} is unknown; {_suggest_variable(variable)}")
        value = key.kind.parse(environ[variable])
        found.append(Entry(key, slug, value, f"environment: {variable}"))
    return found


def variable(key: Key) -> str:
    """The environment variable of a key; `NAME` stands for a term's slug."""
    slug = ["NAME"] if key.table in TERMS else []
    return _PREFIX + "__".join([*key.table.split("."), *slug, key.name]).upper()


def _underscored() -> dict[str, str]:
    """The variables of keys by what they are with single underscores."""
    named = [variable(key) for key in keys().values() if key.table not in TERMS]
    return {name.replace("__", "_"): name for name in named}


def _suggest_variable(name: str) -> str:
    return _suggest(name, [variable(key) for key in keys().values()])
