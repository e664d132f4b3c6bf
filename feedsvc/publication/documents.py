"""Documents that were built, kept for as long as they are true and fit."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from feedsvc.model import Document, entity_tag

if TYPE_CHECKING:
    from datetime import datetime


class DocumentCache:
    """Documents by path and signature, the longest unused dropped first, bounded in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._held: OrderedDict[tuple[str, str], Document] = OrderedDict()
        self._bytes = 0

    def get(self, path: str, signature: str) -> Document | None:
        """Return the document if it is held."""
        found = self._held.get((path, signature))
        if found is not None:
            self._held.move_to_end((path, signature))
        return found

    def put(self, signature: str, document: Document) -> None:
        """Hold a document, at the cost of others."""
        previous = self._held.pop((document.path, signature), None)
        self._bytes += len(document.body) - (len(previous.body) if previous else 0)
        self._held[document.path, signature] = document
        while self._bytes > self.limit and len(self._held) > 1:
            _, dropped = self._held.popitem(last=False)
            self._bytes -= len(dropped.body)


def make_document(
    path: str,
    body: bytes,
    media_type: str,
    modified: datetime | None,
    valid_until: datetime | None,
    *,
    settled: bool = False,
    links: tuple[tuple[str, str], ...] = (),
) -> Document:
    """Make a document with its validators.

    The ETag comes from the body alone, so that every process and machine gives the same one.
    `modified` is in whole seconds, as Last-Modified has them (RFC 9110 §5.6.7).
    """
    return Document(
        path=path,
        body=body,
        media_type=media_type,
        etag=entity_tag(body),
        last_modified=modified,
        valid_until=valid_until,
        settled=settled,
        links=links,
    )
