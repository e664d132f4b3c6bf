"""What Atom and RSS say of a feed before its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.formats import fields
from feedsvc.formats.links import head_links, history
from feedsvc.formats.text import clean
from feedsvc.formats.timestamps import date_time, rfc822
from feedsvc.formats.vocabulary import outline, prefixes, texts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import datetime

    from feedsvc.feeds.values import Feed
    from feedsvc.formats.vocabulary import Link, Node
    from feedsvc.model import Author


class Head(NamedTuple):
    """A feed's head in clean values, "" for what it lacks; `updated` is aware and in UTC.

    `nodes` is what feedgen has no words for; `prefixes` are of the namespaces to declare.
    """

    id: str
    url: str
    title: str
    subtitle: str
    updated: datetime
    language: str
    author: Author | None
    links: tuple[Link, ...]
    icon: str
    logo: str
    rights: str
    nodes: tuple[Node, ...]
    prefixes: frozenset[str]

    @property
    def content(self) -> bytes:
        """Nothing: a head has only short values."""
        return b""

    def values(self) -> list[str]:
        """Return all values."""
        author = self.author
        return [
            self.id,
            self.url,
            self.title,
            self.subtitle,
            date_time(self.updated),
            rfc822(self.updated),
            self.language,
            *((author.name, author.email or "", author.uri or "") if author else ("", "", "")),
            *[link.href for link in self.links],
            self.icon,
            self.logo,
            self.rights,
            *texts(self.nodes),
        ]

    def structure(self) -> Hashable:
        """Return which links and nodes there are."""
        links = tuple([(link.rel, link.type) for link in self.links])
        return links, outline(self.nodes), tuple(sorted(self.prefixes))


def of(feed: Feed, form: str, found: frozenset[str], described: Iterable[Node] = ()) -> Head:
    """Return the head of `feed` in the format named `form`.

    `found` are the prefixes that entries have, `described` is what to say beside its history.
    """
    nodes = (*history(feed), *described)
    return Head(
        id=clean(feed.id),
        url=clean(feed.url),
        title=clean(feed.title) or clean(feed.url),
        subtitle=clean(feed.subtitle),
        updated=feed.updated,
        language=clean(feed.language),
        author=fields.cleaned(feed.author) if feed.author else None,
        links=head_links(feed, form),
        icon=clean(feed.icon) if feed.icon else "",
        logo=clean(feed.logo) if feed.logo else "",
        rights=clean(feed.rights) if feed.rights else "",
        nodes=nodes,
        prefixes=found | prefixes(nodes),
    )
