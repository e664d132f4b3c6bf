"""What is answered: a document, a publication and a request's header values -> an answer.

No Flask, no environ, no clock. RFC 9110 and RFC 9111 stand behind every header; whether a client
has what there is, is for Werkzeug's `is_resource_modified` alone to say. See docs/http.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.http import http_date, parse_date, parse_etags, quote_etag
from werkzeug.sansio.http import is_resource_modified

from feedsvc.pages import policy

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.model import Document
    from feedsvc.settings import HttpSettings
    from feedsvc.web.sending import Sender

Headers = list[tuple[str, str]]

# A page that is not there now may be there after the next edit.
UNCACHED = ("Cache-Control", "no-store")
SNIFF = ("X-Content-Type-Options", "nosniff")
REFERRER = ("Referrer-Policy", "strict-origin-when-cross-origin")
_RANGES = ("Accept-Ranges", "none")
CORS = ("Access-Control-Allow-Origin", "*")


class Conditions(NamedTuple):
    """The values of a request's conditional headers, None where absent (RFC 9110 §13.1, §14.2)."""

    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_match: str | None = None
    if_unmodified_since: str | None = None
    range: str | None = None
    if_range: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, whole: what HEAD leaves out is for the caller to leave out.

    `sender` gives the body where it is that of a file; whoever has the answer closes it.
    """

    status: int
    headers: Headers
    body: bytes = field(default=b"", repr=False)
    sender: Sender | None = None


def age_limit(document: Document, http: HttpSettings) -> int:
    """Seconds that a cache may keep such a document if nothing is due."""
    return http.archive_max_age if document.settled else http.max_age


def max_age(document: Document, http: HttpSettings, now: datetime) -> int:
    """Seconds that a cache may keep a document: never past its `valid_until`."""
    return seconds_until(document.valid_until, age_limit(document, http), now)


def seconds_until(end: datetime | None, limit: int, now: datetime) -> int:
    """Whole seconds from `now` to `end` (None: never), at most `limit`."""
    return limit if end is None else max(0, min(limit, int((end - now).total_seconds())))


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
        SNIFF,
        REFERRER,
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
    return fields if _is_page(document) else [*fields, CORS]


def unmet(conditions: Conditions, etag: str, last_modified: datetime | None) -> int | None:
    """The status that a request's conditions ask for (RFC 9110 §13.2.2), None for the content.

    304: the client has what there is; 412: it wants only something else than that.
    """
    if _is_other_than_wanted(conditions, etag, last_modified):
        return 412
    since = conditions.if_modified_since
    changed = is_resource_modified(
        http_if_none_match=conditions.if_none_match,
        http_if_modified_since=None if date_of(since) is None else since,
        etag=etag,
        last_modified=last_modified,
    )
    return None if changed else 304


def date_of(value: str | None) -> datetime | None:
    """The instant that a header field names, None for what is no date."""
    try:
        return parse_date(value)
    except OverflowError:  # a zone of twenty digits, which Werkzeug lets through
        return None


def _is_other_than_wanted(
    conditions: Conditions, etag: str, last_modified: datetime | None
) -> bool:
    """What Werkzeug leaves out: `If-Match: *`, its coming first, and If-Unmodified-Since."""
    if tags := parse_etags(conditions.if_match):
        return not (tags.star_tag or tags.is_strong(etag))
    since = date_of(conditions.if_unmodified_since)
    return since is not None and last_modified is not None and last_modified > since


def conditional(
    document: Document, conditions: Conditions, http: HttpSettings, now: datetime
) -> Answer:
    """200, 304 or 412 for a published document."""
    seconds = max_age(document, http, now)
    status = unmet(conditions, document.etag, document.last_modified)
    if status is None:
        return Answer(200, headers(document, seconds, now), document.body)
    if status == 412:
        return Answer(412, [UNCACHED, ("Content-Length", "0")])
    return Answer(304, unmodified_headers(document, seconds))


def _is_page(document: Document) -> bool:
    return document.media_type.startswith("text/html")
