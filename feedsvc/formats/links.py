"""A feed's links: to itself, its page, its other forms, its hub and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.formats.text import clean
from feedsvc.formats.vocabulary import Link, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.feeds.values import Feed

MEDIA_TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}


def head_links(feed: Feed, form: str) -> tuple[Link, ...]:
    """Return every link in the head of `feed` in the format named `form`."""
    own = MEDIA_TYPES[form]
    links = [
        Link("self", clean(feed.formats[form]), own),
        Link("alternate", clean(feed.url), "text/html"),
    ]
    links += [
        Link("alternate", clean(url), MEDIA_TYPES[name])
        for name, url in feed.formats.items()
        if name != form
    ]
    # RFC 5005 §4: how a subscriber walks from document to document.
    history = (
        ("current", feed.current),
        ("prev-archive", feed.prev_archive),
        ("next-archive", feed.next_archive),
    )
    links += [Link(rel, clean(url), own) for rel, url in history if url]
    if feed.hub:
        links.append(Link("hub", clean(feed.hub)))
    return tuple(links)


def history(feed: Feed) -> Iterator[Node]:
    """Yield the marks of a document that never changes, or that holds all there is (RFC 5005)."""
    if feed.archive:
        yield Node("fh:archive")
    if feed.complete:
        yield Node("fh:complete")
