"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) as a subscriber reads it."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from feedsvc.errors import FeedError
from feedsvc.received.identity import collected
from feedsvc.received.instants import instant
from feedsvc.received.values import ReceivedEntry, ReceivedFeed

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(data: bytes, name: str, base: str) -> ReceivedFeed:
    """Read a JSON Feed. Raises FeedError for anything else."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise FeedError(f"{name}: no feed: broken JSON") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedError(f"{name}: no feed: JSON without a list of items")
    entries, nameless = collected(
        _entry(item, base) for item in document["items"] if isinstance(item, dict)
    )
    return ReceivedFeed(
        entries,
        home=_url(document, "home_page_url", base),
        own=_url(document, "feed_url", base),
        older=_url(document, "next_url", base),
        nameless=nameless,
    )


def _entry(item: dict[str, Any], base: str) -> ReceivedEntry:
    link = _url(item, "url", base) or _url(item, "external_url", base)
    return ReceivedEntry(
        id=_text(item, "id").strip() or link,
        link=link,
        title=_text(item, "title").strip(),
        published=instant(_text(item, "date_published").strip()),
        updated=instant(_text(item, "date_modified").strip()),
        html=_text(item, "content_html")
        or html.escape(_text(item, "content_text") or _text(item, "summary"), quote=False),
        media=tuple(url for url in _media(item, base) if url),
    )


def _media(item: dict[str, Any], base: str) -> Iterator[str]:
    yield _url(item, "image", base)
    attachments = item.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else ():
        if isinstance(attachment, dict):
            yield _url(attachment, "url", base)


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    # "If an id is presented as a number, a JSON Feed reader must coerce it to a string."
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if number or isinstance(value, str) else ""


def _url(item: dict[str, Any], key: str, base: str) -> str:
    url = _text(item, key).strip()
    try:
        return urljoin(base, url) if url and base else url
    except ValueError:
        return url
