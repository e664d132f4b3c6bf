"""`feedsvc feeds`: which feeds a site has."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feedsvc.commands.opening import opened
from feedsvc.commands.records import feed_record
from feedsvc.commands.terminal import say, say_list, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from feedsvc.feeds.values import FeedListing
    from feedsvc.settings import Settings

_HEAD = ("kind", "title", "posts", "updated", "feed")


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """List the feeds, for people, for programs or for the head of a page."""
    with opened(args) as site:
        listings = site.publication(clock()).feeds()
    if args.json:
        say_list(feed_record(listing, site.settings) for listing in listings)
    elif args.html:
        for line in _links(listings, site.settings):
            say(line)
    else:
        rows = (_row(listing, site.settings) for listing in listings)
        for line in table(_HEAD, rows, right="posts"):
            say(line)
    return 0


def _row(listing: FeedListing, settings: Settings) -> tuple[str, ...]:
    updated = listing.updated
    return (
        listing.key.family,
        listing.title,
        f"{listing.size:,}",
        "" if updated is None else f"{updated.astimezone(settings.site.zone):%Y-%m-%d %H:%M}",
        next(iter(listing.paths.values()), ""),
    )


def _links(listings: Sequence[FeedListing], settings: Settings) -> Iterator[str]:
    """Yield what makes a page lead to the feeds (RSS autodiscovery, HTML `rel=alternate`)."""
    from feedsvc.feeds.heads import title_of, url_of
    from feedsvc.formats.links import MEDIA_TYPES

    for listing in listings:
        title = escape(title_of(settings, listing.key))
        for form, path in listing.paths.items():
            href = escape(url_of(settings, path))
            yield (
                f'<link rel="alternate" type="{MEDIA_TYPES[form]}" title="{title}" href="{href}">'
            )
