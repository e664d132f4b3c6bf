"""OPML 2.0: the list of all feeds, for a reader to import at once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from feedsvc.feeds.heads import url_of
from feedsvc.feeds.values import FeedKind
from feedsvc.formats.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.feeds.values import FeedListing
    from feedsvc.settings import Settings

FILENAME = "feeds.opml"
MEDIA_TYPE = "text/x-opml; charset=utf-8"
_GROUPS = {
    FeedKind.SECTION: "Sections",
    FeedKind.CATEGORY: "Categories",
    FeedKind.TAG: "Tags",
    FeedKind.AUTHOR: "Authors",
}
_ORDER = tuple(FeedKind)


def document(feeds: Sequence[FeedListing], settings: Settings) -> bytes:
    """Return the list (<http://opml.org/spec2.opml>) grouped by kind, each in the order given.

    Each feed is named once, in its preferred format: a reader shall not subscribe thrice.
    """
    from lxml import etree

    opml = etree.Element("opml", version="2.0")
    head = etree.SubElement(opml, "head")
    etree.SubElement(head, "title").text = clean(settings.site.title) or clean(settings.site.url)
    body = etree.SubElement(opml, "body")
    ranked = sorted(feeds, key=lambda feed: (feed.key.language, _ORDER.index(feed.key.kind)))
    for (language, kind), group in groupby(ranked, key=lambda f: (f.key.language, f.key.kind)):
        name = _GROUPS.get(kind, "")
        if name and language:
            name = f"{name} ({language})"
        parent = etree.SubElement(body, "outline", text=name) if name else body
        for feed in group:
            etree.SubElement(parent, "outline", _attributes(feed, settings))
    return etree.tostring(opml, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _attributes(feed: FeedListing, settings: Settings) -> dict[str, str]:
    title = clean(feed.title) or clean(feed.key.name)
    return {
        "text": title,
        "title": title,
        "type": "rss",  # OPML's word for any feed
        "xmlUrl": clean(url_of(settings, next(iter(feed.paths.values())))),
        "htmlUrl": clean(url_of(settings, feed.key.folder)),
    }
