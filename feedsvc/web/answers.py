"""What is answered: a document, a publication and a request's header values -> an answer.

No Flask, no environ, no clock. RFC 9110 and RFC 9111 stand behind every header; whether a
condition holds is for Werkzeug's `is_resource_modified` alone to say. See docs/http.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.http import http_date, parse_etags, quote_etag
from werkzeug.sansio.http import is_resource_modified

from feedsvc.pages import MEDIA_TYPE, policy
from feedsvc.pages.renderer import Pages

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.model import Document
    from feedsvc.settings import HttpSettings, Settings
    from feedsvc.web.source import Publication

Headers = list[tuple[str, str]]

# A page that is not there now may be there after the next edit.
_UNCACHED = ("Cache-Control", "no-store")
_SNIFF = ("X-Content-Type-Options", "nosniff")
_REFERRER = ("Referrer-Policy", "strict-origin-when-cross-origin")
_RANGES = ("Accept-Ranges", "none")
_CORS = ("Access-Control-Allow-Origin", "*")


class Conditions(NamedTuple):
    """The values of a request's conditional headers, None where absent (RFC 9110 §13.1)."""

    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_match: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, whole: what HEAD leaves out is for the caller to leave out."""

    status: int
    headers: Headers
    body: bytes = field(default=b"", repr=False)


def age_limit(document: Document, http: HttpSettings) -> int:
    """Seconds that a cache may keep such a document if nothing is due."""
    return http.archive_max_age if document.settled else http.max_age


def max_age(document: Document, http: HttpSettings, now: datetime) -> int:
    """Seconds that a cache may keep a document: never past its `valid_until`."""
    limit = age_limit(document, http)
    if document.valid_until is None:
        return limit
    return max(0, min(limit, int((document.valid_until - now).total_seconds())))


def modified(document: Document, now: datetime) -> datetime | None:
    """What Last-Modified may say at `now`: never a later instant (RFC 9110 §8.8.2.1).

    Of two states within one second the second one is told as changed a second later.
    """
    at = document.last_modified
    return None if at is None or at > now else at


def headers(document: Document, seconds: int, now: datetime) -> Headers:
    """The header fields, at `now`, of a 200 that may be kept for `seconds`."""
    at = modified(document, now)
    fields = [
        ("Content-Type", document.media_type),
        ("Content-Length", str(len(document.body))),
        *([] if at is None else [("Last-Modified", http_date(at))]),
        _RANGES,
        _SNIFF,
        _REFERRER,
    ]
    if _is_page(document):
        fields.append(("Content-Security-Policy", policy.policy()))
    if document.links:
        links = (f'<{url}>; rel="{relation}"' for relation, url in document.links)
        fields.append(("Link", ", ".join(links)))
    return fields + unmodified_headers(document, seconds)


def unmodified_headers(document: Document, seconds: int) -> Headers:
    """The header fields of a 304: those that a cache updates (RFC 9110 §15.4.5), and CORS."""
    fields = [
        ("ETag", quote_etag(document.etag)),
        ("Cache-Control", f"public, max-age={seconds}"),
    ]
    return fields if _is_page(document) else [*fields, _CORS]


def conditional(
    document: Document, conditions: Conditions, http: HttpSettings, now: datetime
) -> Answer:
    """200, 304 or 412 for a published document."""
    seconds = max_age(document, http, now)
    changed = is_resource_modified(
        http_if_none_match=conditions.if_none_match,
        http_if_modified_since=conditions.if_modified_since,
        http_if_match=conditions.if_match,
        etag=document.etag,
        last_modified=document.last_modified,
    )
    if changed:
        return Answer(200, headers(document, seconds, now), document.body)
    if parse_etags(conditions.if_match):
        return Answer(412, [_UNCACHED, ("Content-Length", "0")])
    return Answer(304, unmodified_headers(document, seconds))


class Responder:
    """The answers of a site under one configuration, whatever is published at the moment."""

    def __init__(self, settings: Settings) -> None:
        self._http = settings.http
        pages = Pages(settings)
        self._missing = _error(404, pages.not_found())
        self._gone = _error(410, pages.gone())
        self.unavailable = _error(503, pages.unavailable(), ("Retry-After", "5"))

    def answer(
        self, publication: Publication, path: str, conditions: Conditions, now: datetime
    ) -> Answer:
        """The answer to GET and, without its body, HEAD; `path` is decoded and starts with `/`."""
        found = publication.get(path)
        if found is not None:
            return conditional(found, conditions, self._http, now)
        target = publication.redirect(path)
        if target is not None:
            return self.moved(target)
        return self._gone if publication.gone(path) else self._missing

    def moved(self, location: str) -> Answer:
        """301: every client understands it, and only GET and HEAD come here."""
        fields = [
            ("Location", location),
            ("Content-Length", "0"),
            ("Cache-Control", f"public, max-age={self._http.max_age}"),
            _CORS,
        ]
        return Answer(301, fields)


def _error(status: int, page: bytes, *more: tuple[str, str]) -> Answer:
    fields = [
        ("Content-Type", MEDIA_TYPE),
        ("Content-Length", str(len(page))),
        ("Content-Security-Policy", policy.policy()),
        _UNCACHED,
        _SNIFF,
        _REFERRER,
        *more,
    ]
    return Answer(status, fields, page)


def _is_page(document: Document) -> bool:
    return document.media_type.startswith("text/html")
