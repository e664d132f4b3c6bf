"""A site's answers: a publication and a request's header values -> an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.pages import MEDIA_TYPE, policy
from feedsvc.pages.renderer import Pages
from feedsvc.web import files
from feedsvc.web.answers import (
    CORS,
    REFERRER,
    SNIFF,
    UNCACHED,
    Answer,
    conditional,
    seconds_until,
)

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.model import LocalFile
    from feedsvc.web.answers import Conditions
    from feedsvc.web.source import Publication, Site

ALLOWED = "GET, HEAD, OPTIONS"
"""The methods that every path knows (RFC 9110 §9)."""


class Responder:
    """The answers of a site under one configuration, whatever is published at the moment."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._http = site.settings.http
        pages = Pages(site.settings)
        self.missing = _error(404, pages.not_found())
        self._gone = _error(410, pages.gone())
        nothing = [("Content-Type", MEDIA_TYPE), ("Content-Length", "0"), SNIFF]
        self.options = Answer(200, [("Allow", ALLOWED), *nothing])
        self.unavailable = _error(503, pages.unavailable(), ("Retry-After", "5"))

    def answer(
        self, publication: Publication, path: str, conditions: Conditions, now: datetime
    ) -> Answer:
        """The answer to GET and, without its body, HEAD; `path` is decoded and starts with `/`."""
        found = publication.get(path)
        if found is not None:
            return conditional(found, conditions, self._http, now)
        file = publication.file(path)
        if file is not None:
            return self._file(file, conditions, self._age(publication, now))
        target = publication.redirect(path)
        if target is not None:
            return self.moved(target, publication, now)
        return self._gone if publication.gone(path) else self.missing

    def _age(self, publication: Publication, now: datetime) -> int:
        """Seconds that hold for what is no document: posts come and go when something is due."""
        return seconds_until(publication.valid_until, self._http.max_age, now)

    def _file(self, file: LocalFile, conditions: Conditions, age: int) -> Answer:
        opened = self._site.open_file(file)
        return self.missing if opened is None else files.answer(opened, conditions, age)

    def moved(self, location: str, publication: Publication, now: datetime) -> Answer:
        """301: every client understands it, and only GET and HEAD come here."""
        fields = [
            ("Location", location),
            ("Content-Length", "0"),
            ("Cache-Control", f"public, max-age={self._age(publication, now)}"),
            CORS,
        ]
        return Answer(301, fields)


def _error(status: int, page: bytes, *more: tuple[str, str]) -> Answer:
    fields = [
        ("Content-Type", MEDIA_TYPE),
        ("Content-Length", str(len(page))),
        ("Content-Security-Policy", policy.policy()),
        UNCACHED,
        SNIFF,
        REFERRER,
        *more,
    ]
    return Answer(status, fields, page)
