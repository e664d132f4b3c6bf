"""Front matter values of any kind → the kinds that posts are made of.

Each function takes what YAML, TOML or JSON may give and returns the value with what was wrong with
it in a few words ("" when nothing was); none raises and none knows of files or findings.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from feedsvc.model import JSON, Author
from feedsvc.posts.encoding import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0", ""})
_NAME_MAIL = re.compile(r"([^<>]*)<\s*+([^<>\s]*+)\s*+>\s*")
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_WEB = re.compile(r"https?://[^\s/?#][^\s]*", re.IGNORECASE)
# (RFC 5646: four letters are reserved for the future, and no longer ones were ever registered)
_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[^\s\"<>\\^`{|}]+")
_LINES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CLOCK = re.compile(r"(?:(?:(\d{1,6}):)?(\d{1,6}):)?(\d{1,9}(?:\.\d{0,9})?)", re.ASCII)
# ISO 8601 in hours, minutes and seconds, and what people write.
_UNITS = re.compile(
    r"(?:PT)?(?:(\d{1,6}(?:\.\d{1,9})?)\s?h(?:(?:ou)?rs?)?)?,?\s?"
    r"(?:(\d{1,6}(?:\.\d{1,9})?)\s?m(?:in(?:ute)?s?)?)?,?\s?"
    r"(?:(\d{1,9}(?:\.\d{1,9})?)\s?s(?:ec(?:ond)?s?)?)?",
    re.ASCII | re.IGNORECASE,
)
_KINDS = (
    (bool, "a yes/no value"),
    (int, "a number"),
    (float, "a number"),
    (str, "text"),
    (date, "a date"),
    (list, "a list"),
    (dict, "a map"),
)


def kind_of(value: object) -> str:
    """What a value is, in words for people."""
    return next((word for kind, word in _KINDS if isinstance(value, kind)), "nothing")


def text(value: object) -> str | None:
    """Text on one line, numbers and dates written out; None for yes/no, lists, maps, nothing."""
    if isinstance(value, str):
        if value.isprintable() and "  " not in value and value == value.strip():
            return value  # most is on one line: of blanks, only U+0020 is printable
        return " ".join(clean(value).split())
    if isinstance(value, bool) or not isinstance(value, (int, float, date)):
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def title(value: object) -> str | None:
    """Like `text`, keeping blanks that somebody meant: U+3000 in Japanese, no-break ones in French.

    What is only a name, such as a tag's, is one and the same with any of them.
    """
    if isinstance(value, str) and not value.isprintable():
        return _LINES.sub(" ", clean(value)).strip()
    return text(value)


def prose(value: object) -> str | None:
    """Like `text`, keeping the lines."""
    return clean(value).strip() if isinstance(value, str) else text(value)


def truth(value: object) -> bool | None:
    """Yes or no, also as text or as 0 and 1; None for anything else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (str, int)):
        word = str(value).strip().lower()
        return True if word in _TRUE else False if word in _FALSE else None
    return None


def commas(value: str) -> list[str]:
    """Split text at commas."""
    return value.split(",")


def terms(
    value: object, split: Callable[[str], list[str]] = commas
) -> tuple[tuple[str, ...], list[object]]:
    """Names in order without repetition, and the values that are none.

    Text is split as `split` says, the items of a list are not; lists in lists are flattened by one
    level. Nothing and empty text name nothing.
    """
    if isinstance(value, str):
        return tuple(dict.fromkeys(filter(None, map(text, split(value))))), []
    items: list[object] = []
    for item in value if isinstance(value, list) else [value]:
        items += item if isinstance(item, list) else [item]
    names, wrong = [], []
    for item in items:
        name = text(item)
        if name:
            names.append(name)
        elif name is None and item is not None:
            wrong.append(item)
    return tuple(dict.fromkeys(names)), wrong


def author(value: object) -> tuple[Author | None, str]:
    """One person: a name, `Name <mail>`, or a map of name, email and uri (or url)."""
    if isinstance(value, dict):
        return _author_map(value)
    name = text(value)
    if name is None:
        return None, f"{kind_of(value)} is no author"
    if match := _NAME_MAIL.fullmatch(name):
        mail, rest = match[2], match[1].strip(" \"'")
        if _MAIL.fullmatch(mail):
            return Author(rest or mail, email=mail), ""
        if _WEB.fullmatch(mail):
            return Author(rest or mail, uri=mail), ""
    return (Author(name), "") if name else (None, "")


def _author_map(value: Mapping[str, object]) -> tuple[Author | None, str]:
    found = {str(key).lower(): text(item) or "" for key, item in value.items()}
    mail, problem = found.get("email") or found.get("mail") or "", ""
    uri = next(filter(None, map(found.get, ("uri", "url", "link", "website", "homepage"))), "")
    if mail and not _MAIL.fullmatch(mail):
        mail, problem = "", "the e-mail address is none"
    if uri and not _WEB.fullmatch(uri):
        uri, problem = "", "the address is no http or https URL"
    name = found.get("name") or mail or uri
    if not name:
        return None, problem or "an author without a name"
    return Author(name, email=mail or None, uri=uri or None), problem


def authors(value: object, *, several: bool) -> tuple[tuple[Author, ...], list[str]]:
    """People in order without repetition and what was wrong; `several`: commas separate names."""
    items: list[object]
    if isinstance(value, list):
        items = list(value)
    elif several and isinstance(value, str):
        items = list(commas(value))
    else:
        items = [value]
    people, problems = [], []
    for item in items:
        person, problem = author(item)
        if person:
            people.append(person)
        if problem:
            problems.append(problem)
    return tuple(dict.fromkeys(people)), problems


def language(value: object) -> str | None:
    """A language tag (RFC 5646) with hyphens, None for what cannot be one."""
    tag = text(value) or ""
    return tag.replace("_", "-") if _LANG.fullmatch(tag) else None


def uri(value: str) -> str | None:
    """An identifier that is a URI by its syntax (RFC 3986), a bare UUID as a URN; else None."""
    if _URI.fullmatch(value):
        return value
    if len(value) in (32, 36):
        from uuid import UUID  # late: it imports much, and few ids are bare

        try:
            return UUID(value).urn
        except ValueError:
            return None
    return None


def seconds(value: object) -> int | None:
    """A duration: a number of seconds, `[hours:]minutes:seconds`, `1h 2m 3s` or `PT1H2M3S`.

    Parts of a second are dropped, units may be spelt out; None for anything else.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value) if 0 <= value < 1e9 else None
    if not isinstance(value, str):
        return None
    found = _CLOCK.fullmatch(value.strip()) or _UNITS.fullmatch(value.strip())
    if found is None or not any(found.groups()):
        return None
    hours, minutes, rest = (float(part or 0) for part in found.groups())
    return int(hours * 3600 + minutes * 60 + rest)


def length(value: object) -> int | None:
    """A number of bytes, also as text with separators of thousands."""
    if isinstance(value, str):
        digits = re.sub(r"[,_. ](?=[0-9]{3}(?![0-9]))", "", value.strip())
        value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63:
        return value
    return None


def as_json(value: object) -> JSON:
    """Any front matter value as JSON: dates as ISO 8601 text, what JSON cannot say as text."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (bool, int, float)) else None
