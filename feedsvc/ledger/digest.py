"""The digest of what a post means to its reader.

Two renderings have the same digest when a reader would not call one an edit of the other. The
recipe, version 1, in this order:

- visible text of the title, the author's summary and the content, without any white space (line
  wrapping, indentation and highlighter spans do not matter), in Unicode normalisation form C, with
  typographic quotes, dashes, ellipses and invisible format characters folded to their plain forms;
- text that is struck through (`del`, `s`), since striking out retracts;
- targets of links and media, tag by tag in document order: scheme folded, the site's own address
  cut off, own fragments dropped, cache-busting queries and content hashes in file names folded;
- the entry's image and enclosures, folded likewise.

Tags, classes, ids and every other attribute are style and left out. Case is kept.
"""

from __future__ import annotations

import base64
import re
from hashlib import blake2b
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from feedsvc.ledger.composition import is_composed

if TYPE_CHECKING:
    from collections.abc import Iterable

RECIPE: Final = "1"
"""Version of the recipe: the part of a digest before the dot."""

_PLAIN = (
    *((quote, '"') for quote in "“”„‟«»″"),
    *((quote, "'") for quote in "‘’‚‛‹›′"),
    *((dash, "-") for dash in "‐‑‒–—―−"),
    *((dropped, "") for dropped in "\u00ad\u200b\u2060\ufeff"),
    ("…", "..."),
)
_SPACES = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_FOLDED = {**dict(_PLAIN), **dict.fromkeys(_SPACES, "")}
# In UTF-8, by the byte they begin with: a search for one byte is some times as fast as for a class.
_TYPOGRAPHIC = {
    lead: re.compile(b"|".join(sign for sign in signs))
    for lead, signs in groupby(sorted(map(str.encode, _FOLDED)), key=lambda sign: sign[0])
}
_PLAIN_BYTES = {sign.encode(): plain.encode() for sign, plain in _FOLDED.items()}
_BLANKS = b" \t\n\r\f\v\x1c\x1d\x1e\x1f"
# (as numbers they are searched for in some times less than as bytes)
_LESS, _MORE, _AND, _TICK, _APOSTROPHE, _DASH = b"<>&`'-"
_DASHES = re.compile(b"--+")
_UTF8 = ("utf-8", "surrogatepass")
_LINKS = (b"a", b"area")
# The sanitiser's HTML is regular: tags are balanced, values in double quotes, `<` of text escaped.
_REST = rb'[^>"]*+(?:"[^"]*+"[^>"]*+|(?!))*+'
_TAG = re.compile(b"(</?[a-zA-Z!]%b>)" % _REST)
# (the same where no value holds `>`, in less time)
_PLAIN_TAG = re.compile(b"(</?[a-zA-Z!][^>]*+>)")
_TARGETS = re.compile(b"<(a|area|img|video|audio|source|iframe|embed)( %b)>" % _REST)
_URL = re.compile(b' (?:href|src|poster)="([^"]++)"')
_STRUCK = re.compile(rb"<(del|s)\b[^>]*+>(.*?)</\1>", re.DOTALL)
_SCHEME = re.compile("^https?:", re.IGNORECASE)
_SCHEMES = ("https:", "http:")
_BUSTER = re.compile(r"(?<=[?&])(?:v|ver|version|t|ts|cb|h|hash)=[^&#]*&?")
_HASHED = re.compile(
    r"[._-](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{6,64}(?=(?:\.\w+)+(?:[?#]|$))"
)


def meaning(
    title: str,
    html: bytes,
    site_url: str,
    *,
    summary: str = "",
    image: str | None = None,
    media: Iterable[str] = (),
) -> str:
    """The digest of an entry: `RECIPE`, a dot, 72 bits in base64url.

    `html` is the reader-safe content with absolute links, as the sanitiser writes it, in UTF-8 (a
    search of bytes takes half the time of one of text); `site_url` the site's address including its
    base path; `summary` only what the author wrote as one; `media` URLs of enclosures.
    """
    own = _SCHEME.sub("", site_url.rstrip("/"))
    parts = [
        _visible(title),
        _visible(summary) if summary else b"",
        _target(image, own, media=True).encode(*_UTF8) if image else b"",
    ]
    pieces = _PLAIN_TAG.split(html)
    seen = b"".join(pieces[::2])
    if _MORE in seen:  # a tag went on
        pieces = _TAG.split(html)
        seen = b"".join(pieces[::2])
    tags = b"".join(pieces[1::2])
    if _LESS in seen or tags.count(b"<") > len(pieces) // 2:
        tags = html  # not that regular: a tag may begin where none is
    parts.append(_text(seen))
    if b"</s>" in tags or b"</del>" in tags:
        parts += (b"-" + _text(_TAG.sub(b"", struck)) for _, struck in _STRUCK.findall(html))
    for tag, attributes in _TARGETS.findall(tags):
        for url in _URL.findall(attributes):
            target = _target(unescape(url.decode(*_UTF8)), own, media=tag not in _LINKS)
            parts.append(b"\0%b %b" % (tag, target.encode(*_UTF8)))
    parts.append(b"\0")
    parts += (_target(url, own, media=True).encode(*_UTF8) for url in media)
    data = b"\0".join(parts)
    text = base64.urlsafe_b64encode(blake2b(data, digest_size=9).digest()).decode()
    return f"{RECIPE}.{text}"


def _text(data: bytes) -> bytes:
    """What is seen of text between tags."""
    if _AND in data:
        return _visible(unescape(data.decode(*_UTF8)))
    if data.isascii() or is_composed(data):
        return _folded(data)
    return _visible(data.decode(*_UTF8))


def _visible(text: str) -> bytes:
    return _folded((text if text.isascii() else normalize("NFC", text)).encode(*_UTF8))


def _folded(data: bytes) -> bytes:
    if not data.isascii():
        for lead, signs in _TYPOGRAPHIC.items():
            if lead in data:
                data = signs.sub(_plain, data)
    data = data.translate(None, _BLANKS)
    if _TICK in data or _APOSTROPHE in data:
        data = data.replace(b"``", b'"').replace(b"''", b'"')
    # (a search for one byte is a fast one)
    return _DASHES.sub(b"-", data) if _DASH in data and b"--" in data else data


def _plain(found: re.Match[bytes]) -> bytes:
    return _PLAIN_BYTES[found[0]]


def _target(url: str, own: str, *, media: bool) -> str:
    # (most are written so, and a pattern takes some times as long)
    url = url.partition(":")[2] if url.startswith(_SCHEMES) else _SCHEME.sub("", url)
    ours = url.startswith(own) and url[len(own) : len(own) + 1] in {"", "/", "?", "#"}
    if ours:
        url = url[len(own) :].partition("#")[0]
    if ours or media:
        if "?" in url:
            url = _BUSTER.sub("", url).rstrip("?&")
        if "." in url:
            url = _HASHED.sub("", url)
    return url
