"""What RFC 4287 says of a document: the grammar, and what no grammar can say.

<https://www.rfc-editor.org/rfc/rfc4287>
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRAMMAR = Path(__file__).parent.parent / "data" / "formats" / "atom.rng"
_ATOM = {"a": "http://www.w3.org/2005/Atom"}
_RULES = {
    "§4.1.1: an author of the feed or of every entry": (
        "/a:feed[not(a:author)]/a:entry[not(a:author or a:source/a:author)]"
    ),
    "§4.1.2: an alternate link or content": (
        "//a:entry[not(a:content or a:link[not(@rel) or @rel='alternate'])]"
    ),
    "§4.1.2: a summary where the content is elsewhere": (
        "//a:entry[a:content/@src and not(a:summary)]"
    ),
    "§4.1.1: the feed links to itself (should)": "/a:feed[not(a:link[@rel='self'])]",
    "§4.1.3.3: elements inside text": "//a:*[@type='text' or @type='html']/*",
}


@cache
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(_GRAMMAR))


def objections(document: bytes) -> list[str]:
    """Return what is wrong with an Atom document; nothing if it is valid."""
    root = etree.fromstring(document)
    schema = _grammar()
    found = [] if schema.validate(root) else [str(schema.error_log.last_error)]
    found += [rule for rule, path in _RULES.items() if root.xpath(path, namespaces=_ATOM)]
    return [*found, *_doubles(root), *_relatives(root)]


def _doubles(root: etree._Element) -> Iterator[str]:
    for holder in root.iter("{*}feed", "{*}entry"):
        links = Counter(
            (link.get("type"), link.get("hreflang"))
            for link in holder.iterfind("a:link", _ATOM)
            if link.get("rel", "alternate") == "alternate"
        )
        if links and max(links.values()) > 1:
            yield "§4.1.1, §4.1.2: two alternate links of one type and language"
    ids = Counter(root.xpath("//a:entry/a:id/text()", namespaces=_ATOM))
    if ids and max(ids.values()) > 1:
        yield "§4.1.1: two entries of one id (allowed, but readers merge them)"


def _relatives(root: etree._Element) -> Iterator[str]:
    for link in root.iter("{*}link"):
        if not urlsplit(link.get("href", "")).scheme:
            yield "§4.2.7.1: a link that is relative (allowed, but readers disagree on its base)"
