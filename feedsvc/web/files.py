"""How a file is answered: all of it, a part of it, or that it is as the client has it.

RFC 9110 §13.2.2 says in which order conditions count, §14 what a range is. One range is answered
with 206; several at once are ignored, as a server may, and nobody who plays sound asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from werkzeug.http import http_date, parse_range_header, quote_etag

from feedsvc.web.answers import CORS, SNIFF, UNCACHED, Answer, date_of, unmet
from feedsvc.web.sending import Sender

if TYPE_CHECKING:
    from feedsvc.attachments.opening import OpenFile
    from feedsvc.web.answers import Conditions, Headers

_EMPTY = ("Content-Length", "0")
# Somebody else's markup must not act in the name of the site: it is shown as from nowhere.
_SANDBOX = ("Content-Security-Policy", "sandbox allow-scripts allow-popups allow-forms")


class _Range(NamedTuple):
    """Bytes from `start` up to, not including, `end`; none where the file has nothing of it."""

    start: int
    end: int


def answer(file: OpenFile, conditions: Conditions, seconds: int) -> Answer:
    """200, 206, 304, 412 or 416 for a file that may be kept for `seconds`.

    The file is closed unless the answer has its sender.
    """
    found = _answer(file, conditions, seconds)
    if found.sender is None:
        file.stream.close()
    return found


def _answer(file: OpenFile, conditions: Conditions, seconds: int) -> Answer:
    kept = [
        ("ETag", quote_etag(file.etag)),
        ("Cache-Control", f"public, max-age={seconds}"),
        CORS,
    ]
    status = unmet(conditions, file.etag, file.last_modified)
    if status == 412:
        return Answer(412, [UNCACHED, _EMPTY])
    if status == 304:
        return Answer(304, kept)
    wanted = _range(file, conditions)
    if wanted is None:
        sender = Sender(file.stream, 0, file.size, whole=True)
        return Answer(200, [*_headers(file, file.size), *kept], sender=sender)
    start, end = wanted
    if start >= end:
        return Answer(416, [UNCACHED, ("Content-Range", f"bytes */{file.size}"), _EMPTY])
    place = ("Content-Range", f"bytes {start}-{end - 1}/{file.size}")
    fields = [*_headers(file, end - start), place, *kept]
    return Answer(206, fields, sender=Sender(file.stream, start, end - start))


def _headers(file: OpenFile, length: int) -> Headers:
    fields = [
        ("Content-Type", file.media_type),
        ("Content-Length", str(length)),
        ("Last-Modified", http_date(file.last_modified)),
        ("Accept-Ranges", "bytes"),
        SNIFF,
    ]
    active = any(sign in file.media_type for sign in ("html", "xml"))
    return [*fields, _SANDBOX] if active else fields


def _range(file: OpenFile, conditions: Conditions) -> _Range | None:
    """The one range that is asked for; None: all, or what is not understood, or is out of date."""
    wanted = parse_range_header(conditions.range)
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not file.size:
        return None
    if conditions.if_range is not None and not _is_same(file, conditions.if_range):
        return None
    start, end = wanted.ranges[0]
    first = max(0, file.size + start) if start < 0 else start
    return _Range(first, file.size if end is None else min(end, file.size))


def _is_same(file: OpenFile, if_range: str) -> bool:
    """Whether the client's part is of these very bytes: a weak tag does not tell (§13.1.5)."""
    return if_range == quote_etag(file.etag) or date_of(if_range) == file.last_modified
