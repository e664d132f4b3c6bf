"""A hub is told which feeds changed, so that it tells their subscribers.

WebSub leaves how to publisher and hub (<https://www.w3.org/TR/websub/#publishing>); hubs take what
PubSubHubbub 0.3 §7.1 says: `hub.mode=publish`, and the feed's address as `hub.url`.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from urllib.parse import urlencode

from feedsvc.errors import HubError, HubRefusal
from feedsvc.feeds.heads import url_of
from feedsvc.received.fetching import PATIENCE, opener, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.publication import Publication

FRESH: Final = timedelta(days=1)
"""Where nothing is remembered, feeds that changed longer ago than this are taken for told."""

_REASON = 200  # bytes of a hub's answer that are shown
Memory: TypeAlias = dict[str, list[str]]
"""What a hub was told of each feed, by its URL: the signature of the document, and its ETag."""


class News(NamedTuple):
    """A feed that changed, and what is to be remembered once the hub knows."""

    url: str
    state: list[str]


def news(publication: Publication, known: Memory) -> tuple[list[News], Memory]:
    """Return the feeds that changed since the hub was told, and what is true of the others.

    One that is not `known` is new. Where nothing at all is known, as the first time or on another
    machine, those are new that changed within a day; nobody waited for the older at the hub.
    """
    changed: list[News] = []
    same: Memory = {}
    for one, is_fresh in _states(publication, known):
        if known.get(one.url, ["", ""])[1] == one.state[1] or not (known or is_fresh):
            same[one.url] = one.state
        else:
            changed.append(one)
    return changed, same


def _states(publication: Publication, known: Memory) -> Iterator[tuple[News, bool]]:
    """Yield each feed as it is, and whether it changed within a day, as far as anyone knows."""
    for path in publication.topics():
        url, signature = url_of(publication.settings, path), publication.signature(path)
        held = known.get(url)
        if held is not None and held[0] == signature:
            yield News(url, held), False  # the bytes are the same, and need not be made
        elif document := publication.get(path):
            at = document.last_modified
            is_fresh = at is None or publication.now - at <= FRESH
            yield News(url, [signature, document.etag]), is_fresh


def tell(hub: str, url: str) -> None:
    """Tell a hub that the feed at `url` changed.

    Raises HubRefusal where it answers that it does not take it, HubError where it cannot be asked.
    """
    fields = urlencode({"hub.mode": "publish", "hub.url": url, "hub.topic": url}).encode()
    request = urllib.request.Request(hub, fields, {"User-Agent": "feedsvc"})  # noqa: S310 - kind
    try:
        with opener().open(request, timeout=PATIENCE) as answer:
            answer.read(_REASON)
    except urllib.error.HTTPError as error:
        raise HubRefusal(f"{hub}: {_refusal(error)}") from None
    except urllib.error.URLError as error:
        raise HubError(f"{hub}: cannot be told: {told(error.reason)}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise HubError(f"{hub}: cannot be told: {told(error)}") from None


def _refusal(error: urllib.error.HTTPError) -> str:
    """Return what a hub answers; one that has moved says where to, others tell why in the body."""
    with error:
        try:
            more = error.headers.get("Location") or error.read(_REASON).decode(errors="replace")
        except (OSError, HTTPException):
            more = ""
    reason = " ".join(f"{error.code} {error.reason}: {more}".split())
    return f"the hub answers {reason.rstrip(': ')}"
