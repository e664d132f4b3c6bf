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
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RECIPE: Final = "1"
"""Version of the recipe: the part of a digest before the dot."""

_PLAIN = (
    *((quote, '"') for quote in "“”„‟«»″"),
    *((quote, "'") for quote in "‘’‚‛‹›′"),
    *((dash, "-") for dash in "‐‑‒–—―−"),
    *((dropped, "") for dropped in "\u00ad\u200b\u2060\ufeff"),
    ("…", "..."),
)
_DASHES = re.compile("--+")
_LINKS = ("a", "area")
_MEDIA = ("img", "video", "audio", "source", "iframe", "embed")
_STRUCK = ("del", "s")
_SCHEME = re.compile("^https?:", re.IGNORECASE)
_BUSTER = re.compile(r"(?<=[?&])(?:v|ver|version|t|ts|cb|h|hash)=[^&#]*&?")
_HASHED = re.compile(
    r"[._-](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{6,64}(?=(?:\.\w+)+(?:[?#]|$))"
)


def meaning(
    title: str,
    html: str,
    site_url: str,
    *,
    summary: str = "",
    image: str | None = None,
    media: Iterable[str] = (),
) -> str:
    """The digest of an entry: `RECIPE`, a dot, 72 bits in base64url.

    `html` is the reader-safe content with absolute links; `site_url` the site's address including
    its base path; `summary` only what the author wrote as one; `media` URLs of enclosures.
    """
    # Costly to import, and a run that renders nothing needs no digest.
    from selectolax.lexbor import LexborHTMLParser

    own = _SCHEME.sub("", site_url.rstrip("/"))
    tree = LexborHTMLParser(html)
    parts = [_visible(title), _visible(summary), _target(image or "", own, media=True)]
    if tree.body is not None:
        parts.append(_visible(tree.body.text()))
    # A list for each tag: a selector for all of them takes lexbor ten times as long.
    parts += ("-" + _visible(node.text()) for tag in _STRUCK for node in tree.tags(tag))
    for tag in (*_LINKS, *_MEDIA):
        parts.append(f"\0{tag}")
        for node in tree.tags(tag):
            urls = _urls(node.attributes)
            parts += (_target(url, own, media=tag in _MEDIA) for url in urls)
    parts.append("\0")
    parts += (_target(url, own, media=True) for url in media)
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    text = base64.urlsafe_b64encode(blake2b(data, digest_size=9).digest()).decode()
    return f"{RECIPE}.{text}"


def _visible(text: str) -> str:
    text = "".join(text.split())
    if not text.isascii():
        text = normalize("NFC", text)
        for typographic, plain in _PLAIN:
            text = text.replace(typographic, plain)
    return _DASHES.sub("-", text.replace("``", '"').replace("''", '"'))


def _urls(attributes: dict[str, str | None]) -> Iterator[str]:
    for name in ("href", "src", "poster"):
        if url := attributes.get(name):
            yield url


def _target(url: str, own: str, *, media: bool) -> str:
    url = _SCHEME.sub("", url)
    ours = url.startswith(own) and url[len(own) : len(own) + 1] in {"", "/", "?", "#"}
    if ours:
        url = url[len(own) :].partition("#")[0]
    if ours or media:
        if "?" in url:
            url = _BUSTER.sub("", url).rstrip("?&")
        url = _HASHED.sub("", url)
    return url
