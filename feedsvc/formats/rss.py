"""RSS 2.0 with the content, dc, atom, media, itunes and podcast vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.formats import fields, heads, podcast
from feedsvc.formats.links import MEDIA_TYPES
from feedsvc.formats.skeletons import Leaves, XMLWriter
from feedsvc.formats.text import character_data
from feedsvc.formats.vocabulary import RSS_END, optional_prefixes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.feeds.values import Feed


def _item(said: fields.Fields) -> bytes:
    from feedsvc.formats import _feedgen

    return _feedgen.rss_item(said)


def _head(head: heads.Head) -> bytes:
    from feedsvc.formats import _feedgen

    return _feedgen.rss_head(head)


_TITLES = (b"<title>", b"<description>", b"<copyright>")
# (The W3C validator asks for the references in categories, too.)
write_item = XMLWriter("rss item", _item, titles=(b"<title>", b"<category>"))
write_head = XMLWriter("rss head", _head, titles=_TITLES)


class RSS:
    """<https://www.rssboard.org/rss-specification> and the RSS Best Practices Profile."""

    name = "rss"
    filename = "feed.rss"
    media_type = f"{MEDIA_TYPES['rss']}; charset=utf-8"
    frame = staticmethod(write_item)  # an `item` element
    escaped = staticmethod(character_data)

    def document(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Return the feed with these items in this order."""
        found = optional_prefixes(entries, b"</atom:updated>")
        head = heads.of(feed, self.name, found, podcast.show(feed, episodes="itunes" in found))
        return b"".join((write_head(head, Leaves(head)), *entries, RSS_END))
