"""feedgen, and lxml for what feedgen has no words for. No business logic.

Its traps, mended here through its extension interface: entry links lose `rel`, `type` and
`length`; RSS gets no Atom link but `self`; formatRFC2822 switches the locale of the whole
process; constructors take the wall clock. Strings that come in must be clean (see `text`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feedsvc.formats.vocabulary import NAMESPACES, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feedsvc.formats.fields import Term
    from feedsvc.model import Author

GENERATOR = "feedsvc"  # without a version: a new release must not change a byte
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What fragments may hold; the document declares what they do hold.
_ENTRY_NAMESPACES = {"media": NAMESPACES["media"]}
_ITEM_NAMESPACES = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix != "fh"}
_ATOM_END = b"</feed>\n"
_RSS_END = b"  </channel>\n</rss>\n"


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


def atom_entry(
    *,
    id: str,  # noqa: A002  # RFC 4287's name
    title: str,
    published: datetime,
    updated: datetime,
    authors: Iterable[Author],
    links: list[dict[str, str]],
    terms: Iterable[Term],
    summary: str,
    content: bytes,
    language: str | None,
    nodes: Iterable[Node],
) -> bytes:
    """Return an `entry` element (RFC 4287 §4.1.2) without namespace declarations.

    `content` is character data, escaped already; empty: the entry has only its summary.
    """
    entry = FeedEntry()
    entry.id(id)
    entry.title(title)
    entry.published(published)
    entry.updated(updated)
    entry.author(_people(authors))
    entry.link(links)
    entry.category([{"term": term.name, "scheme": term.scheme} for term in terms])
    if summary:
        entry.summary(summary, type="text")
    if content:
        entry.content("", type="html")
    additions = _Additions(nodes, links=links, language=language)
    entry.register_extension("feedsvc", lambda: additions)
    feed = etree.Element("feed", nsmap=_ENTRY_NAMESPACES)
    feed.append(entry.atom_entry())
    data = _serialised(feed)
    # "<" is always escaped inside text and attributes, so this is the element and nothing else.
    data = data.replace(
        b'<content type="html"/>', b'<content type="html">%b</content>' % content, 1
    )
    return data[data.index(b"\n") + 1 : -len(_ATOM_END)]


def atom_feed(
    *,
    id: str,  # noqa: A002
    title: str,
    subtitle: str,
    updated: datetime,
    language: str,
    author: Author | None,
    links: list[dict[str, str]],
    icon: str,
    logo: str,
    rights: str,
    nodes: Iterable[Node],
    prefixes: Iterable[str],
    entries: Iterable[bytes],
) -> bytes:
    """Return an Atom document (RFC 4287 §4.1.1) with these entries in this order."""
    feed = FeedGenerator()
    feed.id(id)
    feed.title(title)
    feed.updated(updated)
    feed.language(language)
    feed.generator(GENERATOR)
    feed.link(links)
    if author:
        feed.author(_people([author]))
    # feedgen leaves out what is empty.
    feed.subtitle(subtitle)
    feed.icon(icon)
    feed.logo(logo)
    feed.rights(rights)
    additions = _Additions(nodes, prefixes=prefixes)
    feed.register_extension("feedsvc", lambda: additions)
    head: bytes = feed.atom_str(pretty=True)
    return b"".join((head[: -len(_ATOM_END)], *entries, _ATOM_END))


def rss_item(
    *,
    guid: str,
    link: str,
    title: str,
    description: str,
    categories: Iterable[str],
    enclosure: Mapping[str, str] | None,
    content: bytes,
    nodes: Iterable[Node],
) -> bytes:
    """Return an RSS `item` without namespace declarations.

    `content` is character data, escaped already; empty: the item has only its description.
    """
    item = FeedEntry()
    item.guid(guid, permalink=guid == link)
    item.title(title)
    item.link(href=link, rel="alternate")
    item.category([{"term": name} for name in categories])
    if description:
        item.description(description)
    if enclosure:
        item.enclosure(**enclosure)
    body = (Node("content:encoded"),) if content else ()
    if not description:  # readers and validators look for it before the content
        body = (Node("description"), *body)
    additions = _Additions((*body, *nodes))
    item.register_extension("feedsvc", lambda: additions)
    rss = etree.Element("rss", nsmap=_ITEM_NAMESPACES)
    etree.SubElement(rss, "channel").append(item.rss_entry())
    data = _hexadecimal(_serialised(rss), b"title")
    data = data.replace(
        b"<content:encoded/>", b"<content:encoded>%b</content:encoded>" % content, 1
    )
    start = data.index(b"\n", data.index(b"\n") + 1) + 1
    return data[start : -len(_RSS_END)]


def rss_feed(
    *,
    title: str,
    link: str,
    description: str,
    language: str,
    image: str,
    rights: str,
    nodes: Iterable[Node],
    prefixes: Iterable[str],
    items: Iterable[bytes],
) -> bytes:
    """Return an RSS 2.0 document with these items in this order."""
    feed = FeedGenerator()
    feed.title(title)
    feed.link(href=link, rel="alternate")
    feed.description(description)
    feed.language(language)
    feed.generator(GENERATOR)
    feed.copyright(rights)
    if image:
        feed.image(url=image, title=title, link=link)
    # It holds the wall clock, and writing it would switch the locale; `nodes` has the true one.
    feed._FeedGenerator__rss_lastBuildDate = None
    additions = _Additions(nodes, prefixes=prefixes)
    feed.register_extension("feedsvc", lambda: additions)
    head = _hexadecimal(_hexadecimal(feed.rss_str(pretty=True), b"title"), b"description")
    return b"".join((head[: -len(_RSS_END)], *items, _RSS_END))


def _hexadecimal(data: bytes, element: bytes) -> bytes:
    """Write `&` and `<` in these elements as the RSS Best Practices Profile wants them (§2.1.4).

    Readers disagree whether such text is HTML; with these references most take it as text.
    """
    start, end = b"<%b>" % element, b"</%b>" % element
    parts = data.split(start)
    for number, part in enumerate(parts[1:], 1):
        text, tag, rest = part.partition(end)
        text = text.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
        parts[number] = text + tag + rest
    return start.join(parts)
