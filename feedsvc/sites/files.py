"""Configuration files of other engines, read without trust.

Values come out as a bounded tree of plain values with text keys; what cannot be read as a whole is
a ConfigError that names file and line. Reading single values never raises: a value of another kind
than expected counts as absent.
"""

from __future__ import annotations

import re
from datetime import date
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feedsvc.model import JSON

_SIZE = 1 << 20  # a configuration of more than a mebibyte is none
_HEAVY = 20_000  # characters of one value
_DOTS = 1000  # tomllib needs quadratic time for the parts of a dotted key
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_MARKER = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TABS = re.compile(r"^\t+", re.MULTILINE)
_NUL = re.compile(r"\\(?:0|x00|u0000|U00000000)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_BREAK = re.compile(r"</?(?:br|div|h[1-6]|li|p|ul)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|font|i|img|small|span|strong|su[bp]|u)\b[^<>]*>", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")


def first(folder: Path, *names: str) -> str:
    """The first of these files that is there, "" if none is."""
    return next((name for name in names if (folder / name).is_file()), "")


def beginning(path: Path, size: int) -> bytes | None:
    """The first bytes of a regular file, at most `size`; None where there is none to be read."""
    try:
        if not S_ISREG(path.stat().st_mode):  # a pipe would hold us up
            return None
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return None


def text_of(folder: Path, name: str) -> str:
    """A configuration file's text. Raises ConfigError."""
    path = folder / name
    try:
        if not S_ISREG(path.stat().st_mode):  # a pipe would hold us up
            raise ConfigError(f"{name}: cannot be read: it is no file; put one in its place")
        with path.open("rb") as file:
            data = file.read(_SIZE + 1)
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read: {error.strerror}; mend it") from error
    if len(data) > _SIZE:
        raise ConfigError(f"{name}: is larger than {_SIZE >> 20} MiB; move data elsewhere")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name}:{line}: is not UTF-8; save it as UTF-8") from error
    return text.replace("\r\n", "\n")


def mapping(folder: Path, name: str, *, tabs_indent: bool = False) -> dict[str, Any]:
    """A YAML, TOML or JSON file by its suffix; {} for an empty one. Raises ConfigError.

    `tabs_indent`: a tab that begins a line stands for two blanks.
    """
    text = text_of(folder, name)
    if tabs_indent and "\n\t" in text:
        text = _TABS.sub(lambda tabs: "  " * len(tabs[0]), text)
    read = {"toml": _toml, "json": _json}.get(name.rpartition(".")[2], _yaml)
    try:
        value = read(text, name)
        if _NUL.search(text):
            value = _without_nul(value)
    except RecursionError as error:
        raise ConfigError(f"{name}: is nested too deeply; make it flatter") from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ConfigError(f"{name}: must hold `key: value` settings; mend it")
    return value


def _without_nul(value: Any) -> Any:
    """The value as no system minds it: a path with a NUL in it raises whoever asks for it."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(one) for key, one in value.items()}
    return value


def _yaml(text: str, name: str) -> Any:
    import yaml

    from feedsvc.posts.yamltree import TooMuchError, TreeLoader

    try:
        document = _first_document(_CONTROL.sub("", text))
        return yaml.load(document, Loader=TreeLoader)  # noqa: S506 - makes plain values only
    except TooMuchError as error:
        raise ConfigError(f"{name}:{error.line + 1}: {error}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        problem = " ".join(str(error.problem or error.context).split())
        raise ConfigError(f"{place}: cannot be read as YAML: {problem}; mend it") from error
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise ConfigError(f"{name}: cannot be read as YAML: {problem}; mend it") from error


def _first_document(text: str) -> str:
    """The text up to the marker of a second document, which engines ignore."""
    content = re.search(r"^(?!---|#|\s*$)", text, re.MULTILINE)
    second = _MARKER.search(text, content.start()) if content else None
    return text[: second.start()] if second else text


def refuse_dots(text: str, name: str) -> None:
    """Raise ConfigError for a TOML text that would take the parser for ever."""
    dotted = next((n for n, line in enumerate(text.split("\n"), 1) if line.count(".") > _DOTS), 0)
    if dotted:
        raise ConfigError(f"{name}:{dotted}: has more than {_DOTS} dots in a line; break the line")


def _toml(text: str, name: str) -> Any:
    import tomllib

    refuse_dots(text, name)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also for a number with thousands of digits
        found = _TOML_PLACE.search(str(error))
        place = f"{name}:{found[1]}" if found and found[1] else name
        problem = _TOML_PLACE.sub("", str(error))
        raise ConfigError(f"{place}: cannot be read as TOML: {problem}; mend it") from error


def _json(text: str, name: str) -> Any:
    import json

    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise ConfigError(f"{place}: cannot be read as JSON: {error.msg}; mend it") from error
    except ValueError as error:  # a number with thousands of digits
        raise ConfigError(f"{name}: cannot be read as JSON: {error}; mend it") from error


def text(values: Mapping[str, Any], *names: str) -> str:
    """The first of these keys that holds text (numbers count); "" without one."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
    return ""


def words(text: str) -> str:
    """What themes show as HTML or Markdown, without its markup: feeds have no markup there."""
    plain = _LINK.sub(r"\1", text) if "](" in text else text
    if "<" not in plain and "&" not in plain:
        return plain
    from html import unescape  # late: its table of names is long, and few sites need it

    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", plain))).split())


def table(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A map below this key; {} without one."""
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def texts(values: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a list, or a single text, below this key."""
    value = values.get(name)
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item]


def number(values: Mapping[str, Any], name: str) -> int | None:
    """A whole number above zero below this key."""
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def author(value: object) -> dict[str, JSON]:
    """`[site] author` from a name or a map with `name`, `email`, `uri` or `url`; {} from others."""
    if isinstance(value, str) and value.strip():
        return {"name": value.strip()}
    if not isinstance(value, dict) or not text(value, "name"):
        return {}
    found = {"name": text(value, "name"), "email": text(value, "email")}
    found["uri"] = text(value, "uri", "url", "link")
    return {key: content for key, content in found.items() if content}


def present(**values: JSON) -> dict[str, JSON]:
    """The values that say something: without empty texts, lists and tables, and without None."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def variables(values: Mapping[str, Any]) -> dict[str, JSON]:
    """The short single values among these: what posts may refer to."""
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, (bool, int, float)) or (isinstance(value, str) and len(value) <= 1000)
    }


def values(said: Mapping[str, Any]) -> dict[str, JSON]:
    """All values that are not large: what posts may refer to."""
    held = {str(name): plain(value) for name, value in said.items()}
    return {name: value for name, value in held.items() if _weight(value) <= _HEAVY}


def _weight(value: JSON) -> int:
    """About how many characters a value has."""
    if isinstance(value, dict):
        return sum(len(name) + _weight(one) for name, one in value.items())
    if isinstance(value, list):
        return sum(map(_weight, value))
    return len(value) if isinstance(value, str) else 4


def inner_path(text: str) -> str:
    """A folder's path without dots; "" for one that leaves the site."""
    parts = [part for part in text.split("/") if part not in ("", ".")]
    return "" if ".." in parts else "/".join(parts)


def plain(value: Any) -> JSON:
    """The value as JSON: dates as ISO 8601 text, keys as text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (bool, int, float, str, type(None))) else str(value)
