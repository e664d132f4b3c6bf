"""feedgen, and lxml for what feedgen has no words for. No business logic.

Its traps, mended here through its extension interface: entry links lose `rel`, `type` and
`length`; RSS gets no Atom link but `self`; formatRFC2822 switches the locale of the whole
process; constructors take the wall clock. And it is slow, so it writes one element a shape (see
`skeletons`), which a test compares with what it would write of each.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feedsvc.formats.text import hexadecimal
from feedsvc.formats.timestamps import rfc822, rfc3339
from feedsvc.formats.vocabulary import ATOM_END, NAMESPACES, RSS_END, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from feedsvc.formats.fields import Fields
    from feedsvc.formats.heads import Head
    from feedsvc.model import Author, Enclosure

GENERATOR = "feedsvc"  # without a version: a new release must not change a byte
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What fragments may hold; the document declares what they do hold.
_ENTRY_NAMESPACES = {"media": NAMESPACES["media"]}
_ITEM_NAMESPACES = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix != "fh"}


class _Additions(BaseEntryExtension):  # type: ignore[misc]  # feedgen is not typed
    """Appends nodes, declares namespaces, mends links, sets the language."""

    def __init__(
        self,
        nodes: Iterable[Node],
        *,
        prefixes: Iterable[str] = (),
        links: Sequence[Mapping[str, str]] = (),
        language: str | None = None,
    ) -> None:
        self.nodes, self.prefixes, self.links = nodes, prefixes, links
        self.language = language

    def extend_ns(self) -> dict[str, str]:
        return {prefix: NAMESPACES[prefix] for prefix in self.prefixes}

    def extend_atom(self, element: etree._Element) -> etree._Element:
        for link, attributes in zip(element.iterchildren("link"), self.links, strict=False):
            for name, value in attributes.items():
                link.set(name, value)
        if self.language:
            element.set(_XML_LANG, self.language)
        _append(element, self.nodes)
        return element

    def extend_rss(self, element: etree._Element) -> etree._Element:
        _append(element[0] if element.tag == "rss" else element, self.nodes)
        return element


@cache
def _tag(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def _append(parent: etree._Element, nodes: Iterable[Node]) -> None:
    for name, text, attributes, children in nodes:
        element = etree.SubElement(parent, _tag(name))
        for key, value in attributes.items():
            element.set(key, value)
        if text:
            element.text = text
        if children:
            _append(element, children)


def _people(authors: Iterable[Author]) -> list[dict[str, str | None]]:
    return [{"name": one.name, "email": one.email, "uri": one.uri} for one in authors]


def _serialised(element: etree._Element) -> bytes:
    # Pretty printing puts an element on each line; it never touches text.
    return etree.tostring(element, encoding="UTF-8", xml_declaration=False, pretty_print=True)


def atom_entry(said: Fields) -> bytes:
    """Return an `entry` element (RFC 4287 §4.1.2) without namespace declarations.

    Without content the entry has only its summary.
    """
    links = [{"href": said.link, "rel": "alternate", "type": "text/html"}]
    links += map(_enclosure_link, said.enclosures)
    entry = FeedEntry()
    entry.id(said.id)
    entry.title(said.title or said.link)
    entry.published(said.published.replace(microsecond=0))
    entry.updated(said.updated.replace(microsecond=0))
    entry.author(_people(said.authors))
    entry.link(links)
    entry.category([{"term": name, "scheme": said.category_scheme} for name in said.categories])
    entry.category([{"term": name, "scheme": said.tag_scheme} for name in said.tags])
    if said.summary:
        entry.summary(said.summary, type="text")
    if said.content:
        entry.content(said.content.decode(), type="html")
    nodes = (_thumbnail(said.image),) if said.image else ()
    additions = _Additions(nodes, links=links, language=said.language)
    entry.register_extension("feedsvc", lambda: additions)
    feed = etree.Element("feed", nsmap=_ENTRY_NAMESPACES)
    feed.append(entry.atom_entry())
    data = _serialised(feed)
    return data[data.index(b"\n") + 1 : -len(ATOM_END)]


def _enclosure_link(enclosure: Enclosure) -> dict[str, str]:
    link = {"href": enclosure.url, "rel": "enclosure", "type": enclosure.type}
    if enclosure.title:
        link["title"] = enclosure.title
    if enclosure.length:
        link["length"] = str(enclosure.length)
    return link


def _thumbnail(image: str) -> Node:
    return Node("media:thumbnail", "", {"url": image})


def atom_head(head: Head) -> bytes:
    """Return an Atom document (RFC 4287 §4.1.1) up to its first entry."""
    feed = FeedGenerator()
    feed.id(head.id)
    feed.title(head.title)
    feed.updated(head.updated.replace(microsecond=0))
    feed.language(head.language)
    feed.generator(GENERATOR)
    feed.link([link.attributes for link in head.links])
    if head.author:
        feed.author(_people([head.author]))
    # feedgen leaves out what is empty.
    feed.subtitle(head.subtitle)
    feed.icon(head.icon)
    feed.logo(head.logo)
    feed.rights(head.rights)
    additions = _Additions(head.nodes, prefixes=sorted(head.prefixes))
    feed.register_extension("feedsvc", lambda: additions)
    data: bytes = feed.atom_str(pretty=True)
    return data[: -len(ATOM_END)]


def rss_item(said: Fields) -> bytes:
    """Return an RSS `item` without namespace declarations.

    Without content the item has only its description.
    """
    item = FeedEntry()
    item.guid(said.id, permalink=said.permanent)
    item.title(said.title or said.link)
    item.link(href=said.link, rel="alternate")
    # Without a domain: some clients give a category that has one another form.
    item.category([{"term": name} for name in said.terms])
    if said.description:
        item.description(said.description)
    if file := said.enclosure:
        # 0 where unknown: RSS demands the attribute.
        item.enclosure(url=file.url, length=str(file.length), type=file.type)
    additions = _Additions(tuple(_item_nodes(said)))
    item.register_extension("feedsvc", lambda: additions)
    root = etree.Element("rss", nsmap=_ITEM_NAMESPACES)
    etree.SubElement(root, "channel").append(item.rss_entry())
    data = _with_hexadecimal(_serialised(root), b"title", b"category")
    start = data.index(b"\n", data.index(b"\n") + 1) + 1
    return data[start : -len(RSS_END)]


def _item_nodes(said: Fields) -> Iterator[Node]:
    if not said.description:  # readers and validators look for it before the content
        yield Node("description")
    if said.content:
        yield Node("content:encoded", said.content.decode())
    yield Node("pubDate", rfc822(said.published))
    for author in said.authors:
        yield Node("dc:creator", author.name)
    if said.language:
        yield Node("dc:language", said.language)
    yield Node("atom:updated", rfc3339(said.updated))
    if said.image:
        yield _thumbnail(said.image)
    yield from said.episode


def rss_head(head: Head) -> bytes:
    """Return an RSS 2.0 document up to its first item."""
    feed = FeedGenerator()
    feed.title(head.title)
    feed.link(href=head.url, rel="alternate")
    feed.description(head.subtitle or head.title)
    feed.language(head.language)
    feed.generator(GENERATOR)
    feed.copyright(head.rights)
    if head.logo:
        feed.image(url=head.logo, title=head.title, link=head.url)
    # It holds the wall clock, and writing it would switch the locale.
    feed._FeedGenerator__rss_lastBuildDate = None
    nodes = (
        Node("lastBuildDate", rfc822(head.updated)),
        *(Node("atom:link", "", link.attributes) for link in head.links),
        *head.nodes,
    )
    additions = _Additions(nodes, prefixes=sorted({"atom", "dc"} | head.prefixes))
    feed.register_extension("feedsvc", lambda: additions)
    data: bytes = feed.rss_str(pretty=True)
    return _with_hexadecimal(data[: -len(RSS_END)], b"title", b"description", b"copyright")


def _with_hexadecimal(data: bytes, *elements: bytes) -> bytes:
    pattern = b"(?<=<%b>)[^<]+" % b">)[^<]+|(?<=<".join(elements)
    return re.sub(pattern, lambda found: hexadecimal(found[0]), data)
