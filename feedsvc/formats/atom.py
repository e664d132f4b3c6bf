"""Atom 1.0 (RFC 4287), with Media RSS thumbnails and RFC 5005 history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.formats import fields
from feedsvc.formats.links import MEDIA_TYPES, head_links, history
from feedsvc.formats.text import clean, escaped
from feedsvc.formats.vocabulary import Node, prefixes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.feeds.values import Entry, Feed
    from feedsvc.model import Enclosure
    from feedsvc.settings import Settings


class Atom:
    """<https://www.rfc-editor.org/rfc/rfc4287>"""

    name = "atom"
    filename = "feed.atom"
    media_type = f"{MEDIA_TYPES['atom']}; charset=utf-8"

    def entry(self, entry: Entry, settings: Settings) -> bytes:
        """Return an `entry` element."""
        from feedsvc.formats import _feedgen

        post, content = entry.post, entry.content
        link = clean(post.permalink)
        image = clean(content.image or "")
        return _feedgen.atom_entry(
            id=fields.entry_id(post),
            title=clean(post.title) or link,
            published=post.published.replace(microsecond=0),
            updated=post.updated.replace(microsecond=0),
            authors=fields.authors(post, settings),
            links=[
                {"href": link, "rel": "alternate", "type": "text/html"},
                *map(_enclosure, post.enclosures),
            ],
            terms=fields.terms(post, settings),
            summary=clean(content.summary),
            content=escaped(content.html),
            language=fields.language(post, settings),
            nodes=(Node("media:thumbnail", "", {"url": image}),) if image else (),
        )

    def document(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Return the feed with these entries in this order."""
        from feedsvc.formats import _feedgen

        nodes = tuple(history(feed))
        return _feedgen.atom_feed(
            id=clean(feed.id),
            title=clean(feed.title) or clean(feed.url),
            subtitle=clean(feed.subtitle),
            updated=feed.updated.replace(microsecond=0),
            language=clean(feed.language),
            author=fields.cleaned(feed.author) if feed.author else None,
            links=head_links(feed, self.name),
            icon=clean(feed.icon or ""),
            logo=clean(feed.logo or ""),
            rights=clean(feed.rights or ""),
            nodes=nodes,
            prefixes=sorted(prefixes(entries, nodes)),
            entries=entries,
        )


def _enclosure(enclosure: Enclosure) -> dict[str, str]:
    link = {
        "href": clean(enclosure.url),
        "rel": "enclosure",
        "type": fields.media_type(enclosure),
    }
    if enclosure.title:
        link["title"] = clean(enclosure.title)
    if enclosure.length:
        link["length"] = str(enclosure.length)
    return link
