"""Names of categories, tags and authors → slugs that are safe in URLs and as names of folders.

A slug keeps what people wrote as far as it can be a path segment on every file system: letters,
marks, numbers and pictures of any script, in lower case and NFC. Names that meet in one slug get
distinct ones, and a name's slug does not change when later names join.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 100
"""The longest slug in bytes of UTF-8; file systems allow 255 a name."""

_KEPT = frozenset("+#._~-")
_PLAIN = re.compile(r"[a-z0-9_~#](?:[a-z0-9+#._~]|-(?=[a-z0-9+#._~])){0,60}(?<!\.)")
_HYPHENS = re.compile(r"-{2,}")
# Windows' device names, with any suffix; `index.html` is a file beside the folders of feeds.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?|index\.html"
)


class Assignment(NamedTuple):
    """`slugs` maps each name to its slug; `met` lists the names that would have shared one."""

    slugs: dict[str, str]
    met: tuple[tuple[str, ...], ...]


def slugify(name: str) -> str:
    """The slug of a name by itself: never empty, no separator, no device name, 100 bytes at most.

    Different names may have the same slug; `assign` tells them apart.
    """
    if _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())
    slug = "".join(map(_kept, lowered))
    slug = _trim(_HYPHENS.sub("-", slug))
    if not slug:
        return digest(name)
    if _RESERVED.fullmatch(slug):
        return f"{digest(name)}-{slug}"
    return slug if len(slug.encode()) <= LONGEST else with_digest(slug, name)


def assign(names: Iterable[str]) -> Assignment:
    """Give every name a slug of its own.

    `names` come in the order in which they had a feed: the first of those that meet keeps the
    plain slug, later ones get the digest of their exact name behind it. Slugs count as the same
    where a file system may take them so (letter case, composed or decomposed).
    """
    slugs: dict[str, str] = {}
    owners: dict[str, str] = {}
    met: dict[str, list[str]] = {}
    for name in names:
        if name in slugs:
            continue
        slug = plain = slugify(name)
        digits = 6
        while _key(slug) in owners:
            if slug == plain:
                met.setdefault(_key(plain), [owners[_key(plain)]]).append(name)
            slug, digits = with_digest(plain, name, digits), digits + 2
        owners[_key(slug)] = name
        slugs[name] = slug
    return Assignment(slugs, tuple(map(tuple, met.values())))


def digest(name: str, digits: int = 6) -> str:
    """Hexadecimal digits that stand for an exact name."""
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def with_digest(slug: str, name: str, digits: int = 6, longest: int = LONGEST) -> str:
    """A slug, shortened where needed, with the digest of the exact name behind it."""
    room = longest - digits - 1
    head = _trim(slug.encode()[:room].decode("utf-8", "ignore"))
    return f"{head}-{digest(name, digits)}"


def _kept(char: str) -> str:
    if char.isalnum() or char in _KEPT:
        return char
    category = unicodedata.category(char)
    return char if category[0] in "LMN" or category == "So" else "-"


def _trim(slug: str) -> str:
    """Without hyphens and dots at the ends: `..` is no folder, `.git` a hidden one."""
    return slug.strip("-.")


def _key(slug: str) -> str:
    return unicodedata.normalize("NFC", slug.casefold())
