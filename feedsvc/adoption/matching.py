"""Which of our posts is this entry?

Evidence, strongest first: the same id; the same address (`received.addresses`), former ones in
front matter included; the same path below the site, for a site that has moved; the same title and
date. It counts only where one entry and one post have it in common; who is left over by several
kinds of evidence stays unmatched, for a wrong id is worse than none.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from feedsvc.adoption.values import Match
from feedsvc.received.addresses import address, paths
from feedsvc.received.history import host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from feedsvc.model import Post
    from feedsvc.received import ReceivedEntry
    from feedsvc.received.history import History

ZONES: Final = timedelta(hours=14)
"""How far two readings of one local time lie apart, where one of them is in UTC."""

_TAG = re.compile("<[^<>]*>")
_FORMER = ("aliases", "redirect_from")


class Matches(NamedTuple):
    """What became of the entries of one source; `ambiguous` with the posts that they may be."""

    certain: list[Match]
    ambiguous: list[tuple[ReceivedEntry, list[Post]]]
    unmatched: list[ReceivedEntry]


def match(history: History, posts: Sequence[Post], site_url: str) -> Matches:
    """Match the entries of one source with the posts of the site at `site_url`."""
    return _Matcher(history, posts, site_url).match()


class _Matcher:
    def __init__(self, history: History, posts: Sequence[Post], site_url: str) -> None:
        self.history = history
        self.posts = posts
        self.site_url = site_url
        self.certain: dict[int, Match] = {}  # by number of the entry
        self.taken: set[int] = set()  # numbers of posts
        self.candidates: dict[int, set[int]] = {}  # posts that an entry may be

    def match(self) -> Matches:
        self._pair("id", lambda entry: [entry.id], lambda post: [post.id])
        self._pair("link", lambda entry: [address(entry.link)], self._addresses)
        self._pair("path", self._entry_paths, self._post_paths)
        self._pair("title and date", _entry_titles, _post_titles, _same_time)
        ambiguous, unmatched = [], []
        for number, entry in enumerate(self.history.entries):
            if number in self.certain:
                continue
            free = sorted(self.candidates.get(number, set()) - self.taken)
            if free:
                ambiguous.append((entry, [self.posts[post] for post in free]))
            else:
                unmatched.append(entry)
        return Matches(list(self.certain.values()), ambiguous, unmatched)

    def _pair(
        self,
        by: str,
        of_entry: Callable[[ReceivedEntry], Iterable[str]],
        of_post: Callable[[Post], Iterable[str]],
        fits: Callable[[ReceivedEntry, Post], bool] = lambda _entry, _post: True,
    ) -> None:
        """Pair where one entry and one post have a value in common."""
        index: defaultdict[str, list[int]] = defaultdict(list)
        for number, post in enumerate(self.posts):
            if number not in self.taken:
                for value in of_post(post):
                    index[value].append(number)
        claims: defaultdict[int, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.history.entries):
            if number in self.certain:
                continue
            found = {
                other
                for value in filter(None, of_entry(entry))
                for other in index.get(value, ())
                if fits(entry, self.posts[other])
            }
            # What weaker evidence says counts among those that stronger evidence left.
            found = found & self.candidates.get(number, found) or found
            if found:
                self.candidates[number] = found
            for other in found:
                claims[other].append(number)
        for claimed, entries in claims.items():
            if len(entries) == 1 and self.candidates[entries[0]] == {claimed}:
                self.taken.add(claimed)
                entry = self.history.entries[entries[0]]
                self.certain[entries[0]] = Match(entry, self.posts[claimed], by)

    def _addresses(self, post: Post) -> set[str]:
        former = (f"{self.site_url}/{path}" for path in _former(post))
        return {address(post.permalink), *map(address, former)}

    def _entry_paths(self, entry: ReceivedEntry) -> tuple[str, ...]:
        hosts = self.history.hosts
        # A link to elsewhere, as link blogs have them, is no page of the old site.
        own = not hosts or host(entry.link) in hosts
        return paths(entry.link, self.history.home) if own else ()

    def _post_paths(self, post: Post) -> set[str]:
        former = (f"/{path}" for path in _former(post))
        links = [post.permalink, *former] if _is_ours(post.permalink, self.site_url) else former
        return {path for link in links for path in paths(link, self.site_url)}


def _former(post: Post) -> list[str]:
    """Paths where the post once was, as its front matter tells (Hugo, Jekyll), without the `/`."""
    given = [post.extra.get(name) for name in _FORMER]
    names = [name for one in given for name in (one if isinstance(one, list) else [one])]
    return [name.strip().lstrip("/") for name in names if isinstance(name, str)]


def _is_ours(link: str, site_url: str) -> bool:
    return host(link) == host(site_url)


def _entry_titles(entry: ReceivedEntry) -> list[str]:
    return [_folded(entry.title)]


def _post_titles(post: Post) -> list[str]:
    return [_folded(post.title)]


def _folded(title: str) -> str:
    """A title without what publishers write differently: markup, escaping, white space, case."""
    text = html.unescape(_TAG.sub("", html.unescape(title)))
    return " ".join(normalize("NFC", text).casefold().split())


def _same_time(entry: ReceivedEntry, post: Post) -> bool:
    told = entry.published or entry.updated
    return told is not None and abs(told - post.published) <= ZONES
