"""XML vocabularies beside Atom's and RSS's own, and elements in them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
}

_OPTIONAL = ("itunes", "media", "podcast")
_NONE: Mapping[str, str] = MappingProxyType({})


class Node(NamedTuple):
    """An element that feedgen cannot write; `name` has a prefix of NAMESPACES or none."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = _NONE
    children: tuple[Node, ...] = ()


def prefixes(fragments: Sequence[bytes], nodes: Iterable[Node] = ()) -> frozenset[str]:
    """Return the prefixes of NAMESPACES in which fragments and nodes have elements.

    Of fragments only those that a format does not declare always.
    """
    # Fragments are searched behind their content only: that is where such elements stand.
    tails = b"".join(part[max(part.rfind(b"</content"), 0) :] for part in fragments)
    found = {name for name in _OPTIONAL if b"<%b:" % name.encode() in tails}
    return frozenset(found | {node.name.partition(":")[0] for node in nodes} & NAMESPACES.keys())
