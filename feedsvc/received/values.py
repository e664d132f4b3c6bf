"""What a subscriber has of a feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReceivedEntry:
    """One entry or item as a feed reader keeps it.

    `id` is the text that identifies it: the feed's own, without white space around it, else the
    link. `link` is absolute where a base is known, "" without one. `title` is plain text. Instants
    are aware and in UTC, None where the feed says nothing. `html` is the content, or else the
    summary; `media` are URLs of enclosures and pictures.
    """

    id: str
    link: str = ""
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    html: str = field(default="", repr=False)
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedFeed:
    """One feed document. `home` is its page for people, `own` the address it gives itself.

    `older` is the address of the document with older entries (RFC 5005, JSON Feed `next_url`).
    `deleted` are ids that are told to be taken back (RFC 6721). An id is among `entries` once.
    `nameless` counts the entries that have neither id nor link. `archive` marks a document of older
    entries only (RFC 5005 §4).
    """

    entries: tuple[ReceivedEntry, ...]
    home: str = ""
    own: str = ""
    older: str = ""
    deleted: frozenset[str] = frozenset()
    nameless: int = 0
    archive: bool = False
