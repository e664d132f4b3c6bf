"""Atom (RFC 4287, 0.3) and RSS (0.9x, 1.0, 2.0) as a subscriber reads them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from feedsvc.errors import FeedError
from feedsvc.received.identity import collected
from feedsvc.received.instants import instant
from feedsvc.received.values import ReceivedEntry, ReceivedFeed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

_PREFIXES: Final = {
    "": "",
    "http://backend.userland.com/rss2": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",  # Atom 0.3
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://purl.org/atompub/tombstones/1.0": "at:",
    "http://purl.org/syndication/history/1.0": "fh:",
    "http://search.yahoo.com/mrss/": "media:",
}
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PUBLISHED: Final = ("atom:published", "atom:issued", "pubDate", "dc:date", "dcterms:issued")
_UPDATED: Final = ("atom:updated", "atom:modified", "dcterms:modified")
_OLDER: Final = ("prev-archive", "next")
_Children = dict[str, list["Element"]]


def read(data: bytes, name: str, base: str) -> ReceivedFeed:
    """Read an Atom or RSS document; what is broken in it is passed over, as readers do.

    Raises FeedError for anything else. No entity is expanded and nothing is loaded for it.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser, base_url=base)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    # What `recover` lets through may be no name at all, which QName refuses.
    kind = "" if root is None else str(root.tag).rpartition("}")[2]
    if root is None or kind not in {"feed", "rss", "RDF"}:
        raise FeedError(f"{name}: no feed: neither Atom nor RSS nor JSON Feed")
    children = _children(root)
    if kind == "feed":
        head = children
        found = map(_atom_entry, children.get("atom:entry", []))
    else:
        channel = children.get("channel", [])
        head = _children(channel[0]) if channel else {}
        found = map(_rss_item, [*head.get("item", []), *children.get("item", [])])
    entries, nameless = collected(found)
    links = dict(_links(head.get("atom:link", [])))
    own = links.get("self", "")
    deleted = (element.get("ref", "").strip() for element in head.get("at:deleted-entry", []))
    return ReceivedFeed(
        entries,
        home=_link(head, "link") or links.get("alternate", ""),
        own=own,
        older=next((links[rel] for rel in _OLDER if rel in links), ""),
        deleted=frozenset(filter(None, deleted)),
        nameless=nameless,
        # An archive that is still being filled says so only by this (RFC 5005 §4).
        archive="fh:archive" in head or links.get("current", own) != own,
    )


def _children(element: Element) -> _Children:
    """Return the children by name, with the prefix that the specifications give a namespace."""
    found: _Children = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue  # an entity that was not expanded
        namespace, brace, local = child.tag.rpartition("}")
        prefix = _PREFIXES.get(namespace[1:] if brace else "")
        if prefix is not None:
            found.setdefault(prefix + local, []).append(child)
    return found


def _atom_entry(entry: Element) -> ReceivedEntry:
    children = _children(entry)
    links = dict(_links(children.get("atom:link", [])))
    link = _link(children, "feedburner:origLink") or links.get("alternate", "")
    return ReceivedEntry(
        id=_first(children, "atom:id") or link,
        link=link,
        title=_plain(children.get("atom:title", [])),
        published=instant(_first(children, *_PUBLISHED)),
        updated=instant(_first(children, *_UPDATED)),
        html=_markup([*children.get("atom:content", []), *children.get("atom:summary", [])]),
        media=_media(children),
    )


def _rss_item(item: Element) -> ReceivedEntry:
    children = _children(item)
    guid = _first(children, "guid")
    link = _link(children, "feedburner:origLink") or _link(children, "link")
    link = link or dict(_links(children.get("atom:link", []))).get("alternate", "")
    if not link and guid.lower().startswith(("http://", "https://")):
        link = guid
    return ReceivedEntry(
        id=guid or item.get(_ABOUT, "").strip() or link,
        link=link,
        title=_first(children, "title"),
        published=instant(_first(children, *_PUBLISHED)),
        updated=instant(_first(children, *_UPDATED)),
        html=_first(children, "content:encoded", "description"),
        media=_media(children),
    )


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext(with_tail=False))).strip()


def _first(children: _Children, *names: str) -> str:
    """Return the first text that is there under one of the names."""
    texts = (_text(element) for name in names for element in children.get(name, ()))
    return next(filter(None, texts), "")


def _link(children: _Children, name: str) -> str:
    element = next(iter(children.get(name, ())), None)
    return "" if element is None else _absolute(element, _text(element))


def _links(elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
    """Yield relation and address of Atom links, for each relation the one that counts last.

    Of several alternates that is the first page for people.
    """
    backwards = list(elements)[::-1]
    for element in sorted(backwards, key=_is_page):
        href = element.get("href", "").strip()
        if href:
            yield element.get("rel", "alternate"), _absolute(element, href)


def _is_page(element: Element) -> bool:
    return element.get("type", "text/html") in {"text/html", "application/xhtml+xml"}


def _absolute(element: Element, reference: str) -> str:
    """Resolve against `xml:base` and the address of the document (RFC 4287 §2)."""
    try:
        return urljoin(element.base or "", reference) if reference else ""
    except ValueError:
        return reference


def _plain(elements: list[Element]) -> str:
    """Return a text construct (RFC 4287 §3.1) as plain text."""
    if not elements:
        return ""
    text = _text(elements[0])
    if elements[0].get("type") not in {"html", "text/html"}:
        return text
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(text).body
    return "" if body is None else body.text().strip()


def _markup(elements: list[Element]) -> str:
    """Return the first text construct or content that is there as HTML (RFC 4287 §4.1.3)."""
    for element in elements:
        found = _html(element)
        if found:
            return found
    return ""


def _html(element: Element) -> str:
    kind = element.get("type", "text")
    if kind in {"xhtml", "application/xhtml+xml"}:
        from lxml import etree

        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    text = _text(element)
    return html.escape(text, quote=False) if kind in {"text", "text/plain"} else text


def _media(children: _Children) -> tuple[str, ...]:
    """Return the URLs of enclosures and pictures."""
    found = [
        _absolute(element, element.get("href", "").strip())
        for element in children.get("atom:link", ())
        if element.get("rel") == "enclosure"
    ]
    for name in ("enclosure", "media:thumbnail"):
        found += (_absolute(each, each.get("url", "").strip()) for each in children.get(name, ()))
    return tuple(filter(None, found))
