"""The WSGI front: answers the plain, common request before Flask sees it.

A GET or HEAD of a published path, without a condition or with the one entity tag that we sent,
is one look-up and a list of header fields made before. Everything else (other methods, lists of
tags, dates, redirects, errors) falls through to the app. The answers are the same to the byte;
one table of cases in the tests runs against both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from feedsvc.clock import present
from feedsvc.errors import FeedsvcError
from feedsvc.web import answers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from feedsvc.model import Document
    from feedsvc.settings import HttpSettings
    from feedsvc.web.source import Clock, Publication, Site

# Bytes of documents whose answers are kept ready; more are made again when asked for.
READY_BYTES = 16 * 1024 * 1024

_METHODS = frozenset({"GET", "HEAD"})
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Ready:
    """A document's two plain answers; right for as long as their `max-age` is: until `until`."""

    etag: str
    body: list[bytes] = field(repr=False)
    headers: answers.Headers
    unmodified: answers.Headers
    until: datetime


def ready(document: Document, http: HttpSettings, now: datetime) -> Ready:
    """Prepare the answers for a document asked for at `now`."""
    seconds = answers.max_age(document, http, now)
    unmodified = answers.unmodified_headers(document, seconds)
    until = _EVER
    if document.valid_until is not None:
        # While the limit is what counts it stays; after that every second has its own value.
        until = document.valid_until - timedelta(seconds=answers.age_limit(document, http))
    if document.last_modified is not None and document.last_modified > now:
        until = min(until, now)  # in a second it will be told
    return Ready(
        etag=dict(unmodified)["ETag"],
        body=[document.body],
        headers=answers.headers(document, seconds, now),
        unmodified=unmodified,
        until=until,
    )


class _Shelf:
    """Ready answers of one publication, by the path as WSGI writes it.

    All are dropped when they have grown past READY_BYTES.
    """

    __slots__ = ("_answers", "_http", "_size", "publication")

    def __init__(self, publication: Publication | None, http: HttpSettings) -> None:
        self.publication = publication
        self._http = http
        self._answers: dict[str, Ready] = {}
        self._size = 0

    def find(self, publication: Publication, raw_path: str, now: datetime) -> Ready | None:
        known = self._answers.get(raw_path)
        if known is not None and now <= known.until:
            return known
        return self._prepare(publication, raw_path, now)

    def _prepare(self, publication: Publication, raw_path: str, now: datetime) -> Ready | None:
        try:
            path = raw_path.encode("latin-1").decode()
        except UnicodeError:
            return None
        document = publication.get(path)
        if document is None:
            return None
        made = ready(document, self._http, now)
        if now <= made.until:
            self._keep(raw_path, made)
        return made

    def _keep(self, raw_path: str, made: Ready) -> None:
        # Threads may race here: the worst is an answer made twice or a bound met a little late.
        self._answers[raw_path] = made
        self._size += len(made.body[0])
        if self._size > READY_BYTES:
            self._answers = {}
            self._size = 0


class Front:
    """WSGI application: `app` with the plain requests for `site` taken off it."""

    def __init__(self, app: WSGIApplication, site: Site, *, clock: Clock = present) -> None:
        self._app = app
        self._site = site
        self._clock = clock
        self._http = site.settings.http
        self._shelf = _Shelf(None, self._http)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if (
            method not in _METHODS
            or "HTTP_IF_MATCH" in environ
            or "HTTP_IF_UNMODIFIED_SINCE" in environ
        ):
            return self._app(environ, start)
        tag = environ.get("HTTP_IF_NONE_MATCH")
        if not tag and "HTTP_IF_MODIFIED_SINCE" in environ:
            return self._app(environ, start)
        found = self._find(environ["PATH_INFO"])
        if found is None:
            return self._app(environ, start)
        # The server may change the list it is given (PEP 3333), so it gets its own.
        if not tag:
            start("200 OK", found.headers.copy())
            return found.body if method == "GET" else []
        if tag == found.etag:
            start("304 NOT MODIFIED", found.unmodified.copy())
            return []
        return self._app(environ, start)

    def _find(self, raw_path: str) -> Ready | None:
        now = self._clock()
        try:
            publication = self._site.current(now)
            shelf = self._shelf
            if shelf.publication is not publication:
                self._shelf = shelf = _Shelf(publication, self._http)
            return shelf.find(publication, raw_path, now)
        except FeedsvcError:
            return None  # the app meets it too, and says so


def create_application(site: str | Path | Site | None = None, *, clock: Clock = present) -> Front:
    """The Flask app of `create_app` behind its front: what a WSGI server should run."""
    from feedsvc.web.app import create_app
    from feedsvc.web.opening import open_source

    opened = open_source(site)
    return Front(create_app(opened, clock=clock), opened, clock=clock)
