"""A feed's bytes from the web or from a file, within bounds."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from feedsvc.errors import FeedError

if TYPE_CHECKING:
    from http.client import HTTPResponse

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a document that are taken at most."""

PATIENCE: Final = 20.0
"""Seconds to wait for a sign of life from a server."""

DEADLINE: Final = 120.0
"""Seconds that a whole document may take."""

_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9,"
    " application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)


class Fetched(NamedTuple):
    """A document, and the URL it came from in the end, after redirects."""

    body: bytes
    url: str


class NotThereError(FeedError):
    """The server says that there is nothing at the address (404, 410)."""


def is_url(source: str) -> bool:
    """Whether a source is an address on the web and no file."""
    return source.lower().startswith(("http://", "https://"))


def fetch(url: str) -> Fetched:
    """Fetch a document over HTTP. Raises NotThereError, and FeedError for all else that fails."""
    if not is_url(url):
        raise FeedError(f"{url}: only http and https are fetched")
    try:
        headers = {"Accept": _ACCEPT, "User-Agent": "feedsvc"}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - looked at above
        with opener(urllib.request.HTTPRedirectHandler).open(request, timeout=PATIENCE) as answer:
            body = _body(answer)
            final: str = answer.url
    except urllib.error.HTTPError as error:
        error.close()
        kind = NotThereError if error.code in {404, 410} else FeedError
        reason = " ".join(str(error.reason).split())
        raise kind(f"{url}: the server answers {error.code} {reason}") from None
    except urllib.error.URLError as error:
        raise FeedError(f"{url}: cannot be fetched: {told(error.reason)}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise FeedError(f"{url}: cannot be fetched: {told(error)}") from None
    return Fetched(_bounded(body, url), final)


def _body(answer: HTTPResponse) -> bytes:
    """Read what the server sends.

    Raises TimeoutError for one that sends it in driblets, ConnectionError where it breaks off: half
    a feed would be taken for one from which entries are missing.
    """
    end = time.monotonic() + DEADLINE
    announced = answer.length or 0  # (Python 3.11 does not count it down)
    body = bytearray()
    while len(body) <= LARGEST and (part := answer.read1(1 << 16)):
        body += part
        if time.monotonic() > end:
            raise TimeoutError(f"not sent within {DEADLINE:.0f} s")
    if len(body) < min(announced, LARGEST):
        raise ConnectionError(f"the answer ends after {len(body)} of {announced} bytes")
    return bytes(body)


def load(path: str) -> bytes:
    """Read a saved feed. Raises FeedError."""
    try:
        with Path(path).open("rb") as file:
            body = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise FeedError(f"{path}: cannot be read: {told(error)}") from None
    return _bounded(body, path)


def _bounded(body: bytes, name: str) -> bytes:
    if len(body) > LARGEST:
        raise FeedError(f"{name}: larger than {LARGEST >> 20} MiB: no feed")
    return body


def told(reason: object) -> str:
    """Return in one line why a connection failed."""
    text = (reason.strerror if isinstance(reason, OSError) else None) or str(reason)
    return " ".join(text.split()) or type(reason).__name__


def opener(*more: type[urllib.request.BaseHandler]) -> urllib.request.OpenerDirector:
    """Return what opens http and https only: a redirect must not lead to a file or to FTP."""
    director = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        *more,
    ):
        director.add_handler(handler())
    return director
