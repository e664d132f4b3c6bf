"""XML vocabularies beside Atom's and RSS's own, and elements in them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
}

# What stands behind the last entry.
ATOM_END = b"</feed>\n"
RSS_END = b"  </channel>\n</rss>\n"

_OPTIONAL = ("itunes", "media", "podcast")
_NONE: Mapping[str, str] = MappingProxyType({})


class Node(NamedTuple):
    """An element that feedgen cannot write; `name` has a prefix of NAMESPACES or none."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = _NONE
    children: tuple[Node, ...] = ()


class Link(NamedTuple):
    """A link of a feed's head; `type` is empty where nothing is said of it."""

    rel: str
    href: str
    type: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """The link's attributes, in the order in which they are written."""
        named = {"href": self.href, "rel": self.rel}
        return named | {"type": self.type} if self.type else named


def texts(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield every text and attribute value in `nodes`."""
    for _, text, attributes, children in nodes:
        yield text
        yield from attributes.values()
        yield from texts(children)


def outline(nodes: Iterable[Node]) -> tuple[Hashable, ...]:
    """Return what `texts` leaves out: the names of elements and attributes and what is in what."""
    return tuple((node.name, *node.attributes, outline(node.children)) for node in nodes)


def prefixes(nodes: Iterable[Node]) -> frozenset[str]:
    """Return the prefixes of NAMESPACES that `nodes` have; theirs are their children's."""
    return frozenset([node.name.partition(":")[0] for node in nodes]) & NAMESPACES.keys()


def optional_prefixes(fragments: Iterable[bytes], behind: bytes) -> frozenset[str]:
    """Return which of the prefixes that a format does not declare always the fragments have.

    Elements with such a prefix stand `behind` an element that every fragment has.
    """
    tails = b"".join([part[max(part.rfind(behind), 0) :] for part in fragments])
    return frozenset([name for name in _OPTIONAL if b"<%b:" % name.encode() in tails])
