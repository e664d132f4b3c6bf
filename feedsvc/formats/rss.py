"""RSS 2.0 with the content, dc, atom, media, itunes and podcast vocabularies."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feedsvc.formats import fields, podcast
from feedsvc.formats.links import MEDIA_TYPES, head_links, history
from feedsvc.formats.text import clean, escaped
from feedsvc.formats.timestamps import rfc822, rfc3339
from feedsvc.formats.vocabulary import Node, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedsvc.feeds.values import Entry, Feed
    from feedsvc.model import Enclosure
    from feedsvc.settings import Settings


class RSS:
    """<https://www.rssboard.org/rss-specification> and the RSS Best Practices Profile."""

    name = "rss"
    filename = "feed.rss"
    media_type = f"{MEDIA_TYPES['rss']}; charset=utf-8"

    def entry(self, entry: Entry, settings: Settings) -> bytes:
        """Return an `item` element."""
        from feedsvc.formats import _feedgen

        post, content = entry.post, entry.content
        link = clean(post.permalink)
        enclosure = _enclosure(post.enclosures)
        return _feedgen.rss_item(
            guid=fields.entry_id(post),
            link=link,
            title=clean(post.title) or link,
            # A description is HTML by definition, the summary plain text.
            description=escape(clean(content.summary), quote=False),
            # Without a domain: some clients give a category that has one another form.
            categories=dict.fromkeys(term.name for term in fields.terms(post, settings)),
            enclosure=_attributes(enclosure) if enclosure else None,
            content=escaped(content.html),
            nodes=_item_nodes(entry, enclosure, settings),
        )

    def document(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Return the feed with these items in this order."""
        from feedsvc.formats import _feedgen

        title = clean(feed.title) or clean(feed.url)
        found = prefixes(entries)
        nodes = [
            Node("lastBuildDate", rfc822(feed.updated)),
            *(Node("atom:link", "", link) for link in head_links(feed, self.name)),
            *history(feed),
            *podcast.show(feed, episodes="itunes" in found),
        ]
        return _feedgen.rss_feed(
            title=title,
            link=clean(feed.url),
            description=clean(feed.subtitle) or title,
            language=clean(feed.language),
            image=clean(feed.logo or ""),
            rights=clean(feed.rights or ""),
            nodes=nodes,
            prefixes=sorted({"dc"} | found | prefixes((), nodes)),
            items=entries,
        )


def _enclosure(enclosures: Sequence[Enclosure]) -> Enclosure | None:
    """Choose the one that RSS has room for: the first that a player plays, else the first."""
    return next(filter(fields.is_playable, enclosures), enclosures[0] if enclosures else None)


def _attributes(enclosure: Enclosure) -> dict[str, str]:
    return {
        "url": clean(enclosure.url),
        "length": str(enclosure.length),  # 0 where unknown: RSS demands the attribute
        "type": fields.media_type(enclosure),
    }


def _item_nodes(entry: Entry, enclosure: Enclosure | None, settings: Settings) -> Iterator[Node]:
    post = entry.post
    yield Node("pubDate", rfc822(post.published))
    for author in fields.authors(post, settings):
        yield Node("dc:creator", author.name)
    if language := fields.language(post, settings):
        yield Node("dc:language", language)
    yield Node("atom:updated", rfc3339(post.updated))
    if entry.content.image:
        yield Node("media:thumbnail", "", {"url": clean(entry.content.image)})
    if enclosure and fields.is_playable(enclosure) and podcast.is_episode(post, settings):
        yield from podcast.episode(entry, enclosure)
