"""Atom 1.0 (RFC 4287), with Media RSS thumbnails and RFC 5005 history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.formats import fields, heads
from feedsvc.formats.links import MEDIA_TYPES
from feedsvc.formats.skeletons import Leaves, XMLWriter
from feedsvc.formats.text import character_data, clean
from feedsvc.formats.timestamps import rfc3339
from feedsvc.formats.vocabulary import ATOM_END, Node, optional_prefixes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.feeds.values import Feed


def _entry(said: fields.Fields) -> bytes:
    from feedsvc.formats import _feedgen

    return _feedgen.atom_entry(said)


def _head(head: heads.Head) -> bytes:
    from feedsvc.formats import _feedgen

    return _feedgen.atom_head(head)


def tombstones(feed: Feed) -> list[Node]:
    """Tell which entries were taken back (RFC 6721)."""
    return [
        Node("at:deleted-entry", "", {"ref": clean(ref), "when": rfc3339(when)})
        for ref, when in feed.deleted
    ]


write_entry = XMLWriter("atom entry", _entry)
write_head = XMLWriter("atom head", _head)


class Atom:
    """<https://www.rfc-editor.org/rfc/rfc4287>"""

    name = "atom"
    filename = "feed.atom"
    media_type = f"{MEDIA_TYPES['atom']}; charset=utf-8"
    frame = staticmethod(write_entry)  # an `entry` element
    escaped = staticmethod(character_data)

    def document(self, feed: Feed, entries: Sequence[bytes]) -> bytes:
        """Return the feed with these entries in this order."""
        head = heads.of(
            feed, self.name, optional_prefixes(entries, b"</published>"), tombstones(feed)
        )
        return b"".join((write_head(head, Leaves(head)), *entries, ATOM_END))
