"""A feed with all its older entries: RFC 5005 archives and pages, JSON Feed's `next_url`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from feedsvc.errors import FeedError
from feedsvc.received import fetching, reading

if TYPE_CHECKING:
    from feedsvc.received.values import ReceivedEntry, ReceivedFeed

LONGEST: Final = 500
"""Documents of one feed that are followed at most."""


class History(NamedTuple):
    """All entries of one source, newest document first, an id once; `notices` tell what is not.

    `hosts` are those of the feed and its page, without `www.`; empty where a file tells none.
    """

    source: str
    entries: tuple[ReceivedEntry, ...]
    home: str
    hosts: frozenset[str]
    documents: int = 1
    notices: tuple[str, ...] = ()


def whole(source: str) -> History:
    """Read the feed at a URL or in a file, with all its archives on the same host.

    The archives of a file are not followed: what was saved is read without the network. Raises
    FeedError where the feed itself cannot be read; an archive that fails is a notice.
    """
    notices: list[str] = []
    if fetching.is_url(source):
        body, url = fetching.fetch(source)
        feed = reading.read(body, source, url)
        documents = [feed, *_archives(feed, url, notices)]
    else:
        url = ""
        feed = reading.read(fetching.load(source), source)
        documents = [feed]
        if feed.older:
            notices.append(f"{source}: older entries are at {feed.older}; name that, too")
    entries: dict[str, ReceivedEntry] = {}
    for document in documents:
        for entry in document.entries:
            entries.setdefault(entry.id, entry)
    nameless = sum(document.nameless for document in documents)
    if nameless:
        notices.append(f"{source}: {nameless} entries have neither id nor link")
    hosts = frozenset(filter(None, map(host, (url, feed.home, feed.own))))
    return History(
        source, tuple(entries.values()), feed.home, hosts, len(documents), tuple(notices)
    )


def host(url: str) -> str:
    """Return the host of a URL, in lower case and without `www.`, "" where there is none."""
    try:
        found = urlsplit(url).hostname
    except ValueError:
        return ""
    return (found or "").removeprefix("www.")


def _archives(feed: ReceivedFeed, url: str, notices: list[str]) -> list[ReceivedFeed]:
    """Follow the links to older documents. Somebody else's server is not asked unbidden."""
    found: list[ReceivedFeed] = []
    seen = {url}
    origin, older = host(url), feed.older
    while older and older not in seen:
        if host(older) != origin:
            notices.append(f"{url}: older entries are at {older}, another host; name that, too")
            break
        if len(seen) >= LONGEST:
            notices.append(f"{url}: more than {LONGEST} documents; the oldest were not read")
            break
        seen.add(older)
        try:
            body, final = fetching.fetch(older)
            document = reading.read(body, older, final)
        except FeedError as error:
            notices.append(f"older entries are missing: {error}")
            break
        found.append(document)
        older = document.older
    return found
