"""The bytes of any feed → what a subscriber has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from feedsvc.errors import FeedError
from feedsvc.received import jsonfeed, xmlfeed

if TYPE_CHECKING:
    from feedsvc.received.values import ReceivedFeed

_TYPES: Final = {"application/atom+xml", "application/rss+xml", "application/feed+json"}
_HEAD: Final = 1 << 18  # bytes of a page in which its feeds are looked for
_MOST: Final = 3  # that are named


def read(data: bytes, name: str, base: str = "") -> ReceivedFeed:
    """Read a feed; `name` is what errors call it, `base` the URL it was fetched from.

    Raises FeedError for anything that is no feed.
    """
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return jsonfeed.read(start, name, base)
    try:
        return xmlfeed.read(start, name, base)
    except FeedError:
        if named := _named(start, base):
            raise FeedError(f"{name}: no feed but a page, which names {named}") from None
        raise


def _named(page: bytes, base: str) -> str:
    """The addresses of the feeds that a page for people names, "" without any."""
    from selectolax.lexbor import LexborHTMLParser

    head = LexborHTMLParser(page[:_HEAD].decode("utf-8", "replace"))
    found = []
    for link in head.css("link[rel~=alternate][href]"):
        given = link.attributes
        address = "".join((given.get("href") or "").split())
        if address and (given.get("type") or "").lower() in _TYPES:
            try:
                found.append(urljoin(base, address))
            except ValueError:
                continue
    return ", ".join(list(dict.fromkeys(found))[:_MOST])
