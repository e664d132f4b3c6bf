"""What is deployed: an exported folder, a site on the web, or a revision of the posts."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from feedsvc.errors import FeedError
from feedsvc.export.places import place
from feedsvc.pages.links import url_path
from feedsvc.received import fetching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

_SUFFIXES = frozenset({".xml", ".atom", ".rss", ".rdf", ".json"})
_MARKS = (b"<feed", b"<rss", b"<rdf:RDF", b"jsonfeed.org/version")
_HEAD = 2048  # bytes in which a feed shows that it is one
_AT_ONCE = 4  # requests; a server that hosts a blog must not feel a comparison


class Deployment(Protocol):
    """Documents by site-relative path (leading `/`, not percent-encoded)."""

    at_once: int
    """How many documents may be asked for at a time, by threads."""

    def get(self, path: str) -> bytes | None:
        """The document at a path, None where there is none. Raises FeedError."""
        ...

    def feeds(self) -> Iterable[str]:
        """Paths of the feeds there are, as far as the place can tell."""
        ...


@contextmanager
def deployed(target: str, site: Path, now: datetime) -> Iterator[Deployment]:
    """Open what `target` names: a URL, else a folder, else a git revision of `site`.

    Raises FeedError for anything else.
    """
    if fetching.is_url(target):
        yield Online(target)
    elif Path(target).is_dir():
        yield Folder(Path(target))
    else:
        from feedsvc.comparison.revision import published_at

        with published_at(target, site, now) as revision:
            yield revision


class Folder:
    """An exported folder, be it by feedsvc or another publisher."""

    at_once = 1

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, path: str) -> bytes | None:
        """The file that a static host would answer with."""
        try:
            file = self.root / place(path)
        except ValueError:
            return None
        return fetching.load(str(file)) if file.is_file() else None

    def feeds(self) -> Iterator[str]:
        """Every file whose first lines are those of a feed."""
        for file in sorted(self.root.rglob("*")):
            if file.suffix.lower() in _SUFFIXES and file.is_file() and _is_feed(file):
                yield f"/{file.relative_to(self.root).as_posix()}"


def _is_feed(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return False
    return any(mark in head for mark in _MARKS)


class Online:
    """A site on the web, below its base URL."""

    at_once = _AT_ONCE

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def get(self, path: str) -> bytes | None:
        """The body that the server answers with."""
        try:
            return fetching.fetch(self.url + url_path(path)).body
        except fetching.NotThereError:
            return None

    def feeds(self) -> Iterator[str]:
        """The feeds that the list of feeds names, where there is one."""
        try:
            listed = self.get("/feeds.opml")
        except FeedError:
            return
        base = urlsplit(self.url).path
        for url in _outlines(listed or b""):
            path = unquote(urlsplit(url).path)
            if path.startswith(f"{base}/"):
                yield path.removeprefix(base)


def _outlines(opml: bytes) -> Iterator[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(opml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for outline in root.iter("outline") if root is not None else ():
        url = outline.get("xmlUrl")
        if url:
            yield str(url)
