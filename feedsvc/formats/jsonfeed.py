"""JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedsvc.formats import fields
from feedsvc.formats.links import MEDIA_TYPES
from feedsvc.formats.skeletons import JSONWriter
from feedsvc.formats.text import clean, json_string
from feedsvc.formats.timestamps import rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedsvc.feeds.values import Feed
    from feedsvc.model import Author, Enclosure

VERSION = "https://jsonfeed.org/version/1.1"
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _item(said: fields.Fields) -> bytes:
    html = said.content.decode()
    item: dict[str, object] = {
        "id": said.id,
        "url": said.link,
        "title": said.title,
        "content_html": html,
        # An item needs some content: where only the summary is to be shown, it is that.
        "content_text": None if html else said.summary,
        "summary": said.summary,
        "image": said.image,
        "banner_image": said.image,
        "date_published": rfc3339(said.published),
        "date_modified": rfc3339(said.updated),
        **_credit(said.authors),
        "tags": said.terms,
        "language": said.language,
        "attachments": [_attachment(file) for file in said.enclosures],
    }
    return _encode(_present(item)).encode()


write_item = JSONWriter("json item", _item)


class JSONFeed:
    """<https://www.jsonfeed.org/version/1.1/>"""

    name = "json"
    filename = "feed.json"
    media_type = MEDIA_TYPES["json"]  # RFC 8259 §11: JSON has no charset parameter
    frame = staticmethod(write_item)  # one object of `items`
    escaped = staticmethod(json_string)

    def document(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Return the feed with these items in this order, one a line."""
        head: dict[str, object] = {
            "version": VERSION,
            "title": clean(feed.title) or clean(feed.url),
            "home_page_url": clean(feed.url),
            "feed_url": clean(feed.formats[self.name]),
            "description": clean(feed.subtitle),
            "next_url": clean(feed.next_url or ""),
            "icon": clean(feed.logo or ""),
            "favicon": clean(feed.icon or ""),
            **_credit([fields.cleaned(feed.author)] if feed.author else []),
            "language": clean(feed.language),
            "hubs": [{"type": "WebSub", "url": clean(feed.hub)}] if feed.hub else [],
        }
        lines = "".join(f"  {_encode(key)}: {_encode(of)},\n" for key, of in _present(head).items())
        start = f'{{\n{lines}  "items": ['.encode()
        if not entries:
            return start + b"]\n}\n"
        return b"".join((start, b"\n", b",\n".join(entries), b"\n  ]\n}\n"))


def _present(members: dict[str, object]) -> dict[str, object]:
    """Leave out what is empty, but for the text of an item that has no other content."""
    return {
        key: value
        for key, value in members.items()
        if value or (key, value) == ("content_text", "")
    }


def _credit(people: Iterable[Author]) -> dict[str, object]:
    """Credit `authors`, and the first again as 1.0 had it: some readers know only that."""
    authors = [
        {"name": person.name, "url": person.uri} if person.uri else {"name": person.name}
        for person in people
    ]
    return {"authors": authors, "author": authors[0]} if authors else {}


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    return _present(
        {
            "url": enclosure.url,
            "mime_type": enclosure.type,
            "title": enclosure.title,
            "size_in_bytes": enclosure.length,
            "duration_in_seconds": enclosure.duration,
        }
    )
