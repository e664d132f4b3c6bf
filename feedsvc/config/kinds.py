"""Kinds of configuration values: what is accepted, how it is normalised, how text becomes one.

Every check takes a JSON value and returns the normalised one or raises KindError with the half
sentence that says what is expected.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedsvc.posts import fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.model import JSON

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_URL = re.compile(r"https?://[^\s/?#\\\"<>]+(/[^\s?#\\\"<>]*)?", re.IGNORECASE)
_ENDPOINT = re.compile(r"https?://[!#-;=?-\[\]^_`a-z{|}~]+", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_OF_THE_MACHINE = frozenset({"localtime", "local"})  # zones that would make the output depend on it
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class KindError(ValueError):
    """A value that is not of its kind: the half sentence that says what is expected."""


class Kind(NamedTuple):
    """A kind of value: `name` for people, `check` for JSON, `parse` for text of the environment."""

    name: str
    check: Callable[[JSON], object]
    parse: Callable[[str], JSON] = str


def _text(value: JSON) -> str:
    if not isinstance(value, str):
        raise KindError("must be text in quotes")
    return " ".join(_CONTROL.sub(" ", value).split())


def _word(value: JSON) -> str:
    text = _text(value)
    if not text or " " in text:
        raise KindError("must be text without blanks")
    return text


def _url(value: JSON) -> str:
    text = _text(value)
    if not _URL.fullmatch(text):
        raise KindError("must be an absolute address such as https://example.org/blog")
    _check_host(text)
    if not {".", ".."}.isdisjoint(text.lower().replace("%2e", ".").split("/")):
        raise KindError("must be an address without `.` and `..` in its path")
    return text.rstrip("/")


def _check_host(address: str) -> None:
    try:
        urlsplit(address).port  # noqa: B018  (says what is wrong with `http://[` and `:99999`)
    except ValueError as error:
        raise KindError(f"must be an address with a host that can be: {error}") from error


def _link(value: JSON) -> str:
    text = _word(value)
    _check_host(text)
    return text


def _uri(value: JSON) -> str:
    text = _word(value)
    if not _SCHEME.match(text):
        raise KindError("must be an absolute URI such as https://example.org/")
    return text


def _mail(value: JSON) -> str:
    text = _text(value)
    if text and not _MAIL.fullmatch(text):
        raise KindError("must be a mail address such as ada@example.org")
    return text


def _uuid(value: JSON) -> str:
    text = _text(value)
    if text and not _UUID.fullmatch(text):
        raise KindError("must be a UUID such as 917393e3-1b1e-5cef-ace4-edaa54e1f810")
    return text


def _endpoint(value: JSON) -> str:
    """An address that also stands in a header field: ASCII, no angle bracket, no quote."""
    text = _text(value)
    if not _ENDPOINT.fullmatch(text):
        raise KindError("must be an absolute address such as https://hub.example.org/")
    return text


def _zone(value: JSON) -> str:
    from zoneinfo import ZoneInfo

    name = _text(value)
    if name and name.lower() not in _OF_THE_MACHINE:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, LookupError):
            pass
        else:
            return name
    raise KindError(f"is no time zone: {name!r}{_nearest_zone(name)}")


def _nearest_zone(name: str) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    known = {zone.lower(): zone for zone in available_timezones()}
    name = name.lower()
    if name in known.keys() - _OF_THE_MACHINE:
        return f"; did you mean {known[name]!r}?"
    # What is near to an abbreviation has other hours: `EST` to `BST`, `Etc/GMT+8` to `GMT+8`.
    places = sorted(zone for zone in known if "/" in zone and not zone.startswith("etc/"))
    near = get_close_matches(name, places, n=1)
    return f"; did you mean {known[near[0]]!r}?" if near else "; write one such as 'Europe/Berlin'"


def _language(value: JSON) -> str:
    tag = fields.language(_text(value).split(".")[0])
    if tag is None:
        raise KindError("must be a language tag such as en or zh-CN")
    return tag


def _flag(value: JSON) -> bool:
    if not isinstance(value, bool):
        raise KindError("must be true or false")
    return value


def _parse_flag(text: str) -> JSON:
    words: dict[str, JSON] = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    return words.get(text.strip().lower(), text)


def _parse_count(text: str) -> JSON:
    return int(text) if re.fullmatch(r"\s*\d{1,9}\s*", text, re.ASCII) else text


def _inside(value: JSON) -> str:
    """A relative path that stays in the site, POSIX; "" is the site's folder itself."""
    if not isinstance(value, str) or _CONTROL.search(value):
        raise KindError("must be the path of a folder below the site, in quotes")
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts:
        raise KindError(f"must lie inside the site's folder, not at {value!r}")
    return "" if path == PurePosixPath() else str(path)


def _file(value: JSON) -> str:
    path = _inside(value)
    if not path:
        raise KindError("must name a file below the site's folder")
    return path


def _folders(value: JSON) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(_inside(item) for item in items))


def _texts(value: JSON) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(_text(item) for item in items))


def _split(text: str) -> JSON:
    return [part.strip() for part in text.split(",") if part.strip()]


def choice(*allowed: str) -> Kind:
    """One of these words."""

    def check(value: JSON) -> str:
        if value in allowed:
            return str(value)
        raise KindError(f"must be one of {_listed(allowed)}")

    return Kind(" or ".join(f"`{word}`" for word in allowed), check)


def choices(*allowed: str) -> Kind:
    """A list of at least one of these words, without repetition."""

    def check(value: JSON) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        if not items or any(item not in allowed for item in items):
            raise KindError(f"must be a list of {_listed(allowed)}")
        return tuple(dict.fromkeys(str(item) for item in items))

    return Kind("list of " + ", ".join(f"`{word}`" for word in allowed), check, _split)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(repr(word) for word in words)


def count(least: int, most: int) -> Kind:
    """A whole number in these bounds, both included."""

    def check(value: JSON) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise KindError(f"must be a whole number from {least} to {most}")
        return value

    return Kind(f"whole number from {least} to {most}", check, _parse_count)


TEXT = Kind("text", _text)
MAIL = Kind("mail address", _mail)
UUID = Kind("UUID", _uuid)
LINK = Kind("address or path", _link)
URL = Kind("absolute address", _url)
URI = Kind("absolute URI", _uri)
ENDPOINT = Kind("absolute address", _endpoint)
ZONE = Kind("time zone name", _zone)
LANGUAGE = Kind("language tag", _language)
FLAG = Kind("true or false", _flag, _parse_flag)
TEXTS = Kind("text or list of texts", _texts, _split)
FILE = Kind("path", _file)
FOLDERS = Kind("path or list of paths", _folders, _split)
