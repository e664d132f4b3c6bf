"""An entry comes back from the index as it was rendered, however its content lies in it."""

from __future__ import annotations

import json

import pytest

from feedsvc.feeds.values import Content
from feedsvc.formats import FORMATS
from feedsvc.formats.text import HOLE
from feedsvc.index.database import Database
from feedsvc.index.entries import EntryCache, RenderedEntry

KEY = bytes(range(16))
HTML = "<p>Fish &amp; \"chips\" \\ 'n' tea\r\n\tüber</p>" * 9
BODY = HTML.encode()


FRAMES = dict.fromkeys(FORMATS, b"(" + HOLE + b")")


def told(entry: RenderedEntry | None) -> list[object]:
    names = ("frames", "body", "content", "findings", "meaning", "addresses")
    return [getattr(entry, name) for name in names]


@pytest.mark.parametrize(
    "entry",
    [
        RenderedEntry(FRAMES, BODY),
        RenderedEntry(dict.fromkeys(FORMATS, b"()")),
        RenderedEntry({"json": FRAMES["json"]}, BODY, meaning="1.abc"),
        RenderedEntry(FRAMES, BODY, Content(HTML, "Fish", "https://example.org/fish.png")),
        RenderedEntry(dict.fromkeys(FORMATS, b"()"), b"", Content(HTML, "Only the page shows it")),
    ],
    ids=["content", "none", "one format", "pages", "summaries"],
)
def test_an_entry_is_read_as_it_was_stored(entry: RenderedEntry) -> None:
    database = Database(None)
    cache = EntryCache(database)
    cache.put(KEY, entry)
    cache.flush()
    assert told(cache.get(KEY)) == told(entry)
    assert [told(one) for one in cache.get_all([KEY]).values()] == [told(entry)]


def test_each_format_has_the_content_with_its_own_escapes() -> None:
    entry = RenderedEntry(FRAMES, BODY)
    escaped = b"(&lt;p&gt;Fish &amp;amp; \"chips\" \\ 'n' tea&#13;\n"
    assert entry.fragment("atom").startswith(escaped)
    assert entry.fragment("rss") == entry.fragment("atom")
    assert json.loads(b'"%b"' % entry.fragment("json")) == f"({HTML})"


def test_content_is_stored_once_for_all_formats() -> None:
    database = Database(None)
    cache = EntryCache(database)
    cache.put(KEY, RenderedEntry(FRAMES, BODY, Content(HTML)))
    cache.flush()
    row = database.connection.execute("SELECT * FROM entries").fetchone()
    size = sum(len(value) for value in row if isinstance(value, bytes | str))
    assert size < len(BODY) + 100
