"""Names and addresses as Hexo makes them (`hexo-util`: `permalink`, `slugize`)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import sha1
from typing import TYPE_CHECKING, Any
from zlib import crc32

from feedsvc.posts import fields, permalinks

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.posts.context import ReadingContext

_PLACE = re.compile(r":(\w*[^_\W])", re.ASCII)
_SEGMENTS = {
    "year": r"(\d{4})",
    "month": r"(\d{2})",
    "day": r"(\d{2})",
    "i_month": r"(\d{1,2})",
    "i_day": r"(\d{1,2})",
    "hash": r"([0-9a-f]{12})",
}
_MOST = 3  # parts of a name that may be anything: matching takes their power
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_CONTROL = re.compile(r"[\x00-\x1f]")
_LETTERS = {
    "Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ł": "L",
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ß": "s", "ı": "i",
}  # fmt: skip
_LOWER, _UPPER = 1, 2  # `filename_case`


@lru_cache(maxsize=16)
def _name_pattern(rule: str) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
    """What `new_post_name` says of names, without its suffix, and what its parts are called."""
    bare = re.sub(r"\.[^./]*$", "", rule)
    names = tuple(_PLACE.findall(bare))
    if sum(name not in _SEGMENTS for name in names) > _MOST:
        return None, ()
    parts = _PLACE.split(bare)
    parts[::2] = map(re.escape, parts[::2])
    parts[1::2] = [_SEGMENTS.get(name, "(.+?)") for name in names]
    return re.compile("".join(parts), re.DOTALL), names


def parts(rule: str, path: str) -> dict[str, str]:
    """What the path of a post (without suffix) says where `new_post_name` is `rule`."""
    pattern, names = _name_pattern(rule)
    match = pattern.fullmatch(path) if pattern else None
    found = dict(zip(names, match.groups(), strict=True)) if match else {}
    return found if "title" in found else {**found, "title": slugize(path)}


def slugize(text: str, case: int = 0) -> str:
    """Letters without their marks, signs and blanks as hyphens."""
    plain = text if text.isascii() else "".join(map(_plain, text))
    slug = _SPECIAL.sub("-", _CONTROL.sub("", plain)).strip("-")
    return {_LOWER: slug.lower(), _UPPER: slug.upper()}.get(case, slug)


def _plain(char: str) -> str:
    """A Latin letter without its marks, any other sign as it is."""
    if char.isascii():
        return char
    base = unicodedata.normalize("NFKD", char)
    latin = base[0].isascii() and base[0].isalpha()
    alone = latin and all(unicodedata.combining(mark) for mark in base[1:])
    return base[0] if alone else _LETTERS.get(char, char)


def path(context: ReadingContext) -> str:
    """The path of a post's page."""
    options: Any = context.settings.engine_options
    given = context.fields.get("permalink")
    made = given.strip() if isinstance(given, str) else ""
    if not made:
        made = _PLACE.sub(lambda match: _meaning(match[1], context), options.get("pattern") or "")
    if options.get("assets") and not made.endswith(("/", ".html")):
        made += "/"
    if options.get("no_index"):
        made = re.sub(r"(?:^|(?<=/))index\.html$", "", made)
    if options.get("no_suffix") and not made.endswith("/index.html"):
        made = made.removesuffix(".html")
    return permalinks.finish("/" + made.lstrip("/"))


def _meaning(name: str, context: ReadingContext) -> str:
    """What a placeholder stands for: its own meaning, a field of the post, a default."""
    if rule := _MEANINGS.get(name):
        return permalinks.quoted(rule(context))
    options: Any = context.settings.engine_options
    value = context.fields.get(name, (options.get("defaults") or {}).get(name))
    if name == "abbrlink" and (numbers := options.get("abbrlinks")):
        value = _abbrlink(context, numbers)
    return permalinks.quoted(fields.text(value) or "undefined")


def _abbrlink(context: ReadingContext, numbers: dict[str, Any]) -> Any:
    """The number that hexo-abbrlink makes of a title, and writes into the post when it builds."""
    if (own := context.fields.get("abbrlink")) and not numbers.get("force"):
        return own
    given = context.fields.get("title")  # with all of its blanks
    said = given if isinstance(given, str) else fields.text(given) or ""
    title = said.encode(errors="replace")
    number = crc32(title) if numbers.get("alg") == "crc32" else _crc16(title)
    return f"{number:x}" if numbers.get("rep") == "hex" else str(number)


def _crc16(data: bytes) -> int:
    """CRC-16/ARC."""
    table, crc = _crc16_table(), 0
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc


@cache
def _crc16_table() -> tuple[int, ...]:
    def shifted(crc: int) -> int:
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
        return crc

    return tuple(map(shifted, range(256)))


def _category(context: ReadingContext) -> str:
    """The path of the post's last category, which lies below those before it in its list."""
    options: Any = context.settings.engine_options
    given = context.fields.get("categories") or context.fields.get("category")
    names = given if isinstance(given, list) else [given]
    if any(isinstance(name, list) for name in names):
        names = names[-1] if isinstance(names[-1], list) else names[-1:]
    known, case = options.get("category_map") or {}, options.get("filename_case") or 0
    called = [name for name in map(fields.text, names) if name]
    slugs = [slugize(str(known.get(name, name)), case) for name in called]
    return "/".join(slugs) or str(options.get("default_category") or "")


def _hash(context: ReadingContext) -> str:
    stamp = int(context.published.timestamp())
    return sha1(f"{context.slug}{stamp}".encode(), usedforsecurity=False).hexdigest()[:12]


_MEANINGS: dict[str, Callable[[ReadingContext], str]] = {
    "title": lambda context: context.slug,
    "name": lambda context: context.slug.rpartition("/")[2],
    "post_title": lambda context: slugize(context.title, _LOWER),
    "year": lambda context: f"{context.local.year:04d}",
    "month": lambda context: f"{context.local.month:02d}",
    "day": lambda context: f"{context.local.day:02d}",
    "i_month": lambda context: str(context.local.month),
    "i_day": lambda context: str(context.local.day),
    "hour": lambda context: f"{context.local.hour:02d}",
    "minute": lambda context: f"{context.local.minute:02d}",
    "second": lambda context: f"{context.local.second:02d}",
    "timestamp": lambda context: str(int(context.published.timestamp())),
    "hash": _hash,
    "category": _category,
}
