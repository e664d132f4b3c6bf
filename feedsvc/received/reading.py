"""The bytes of any feed → what a subscriber has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.received import jsonfeed, xmlfeed

if TYPE_CHECKING:
    from feedsvc.received.values import ReceivedFeed


def read(data: bytes, name: str, base: str = "") -> ReceivedFeed:
    """Read a feed; `name` is what errors call it, `base` the URL it was fetched from.

    Raises FeedError for anything that is no feed.
    """
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    reader = jsonfeed.read if start.startswith(b"{") else xmlfeed.read
    return reader(start, name, base)
