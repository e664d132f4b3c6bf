"""An entry comes back from the index as it was rendered, however its content lies in it."""

from __future__ import annotations

import pytest

from feedsvc.feeds.values import Content
from feedsvc.formats import FORMATS
from feedsvc.index.database import Database
from feedsvc.index.entries import EntryCache, RenderedEntry

KEY = bytes(range(16))
HTML = "<p>Fish &amp; \"chips\" \\ 'n' tea\r\n\tüber</p>" * 9
BODY = HTML.encode()


def written(before: bytes = b"(", body: bytes = BODY) -> dict[str, bytes]:
    return {name: before + form.escaped(body) + b")" for name, form in FORMATS.items()}


@pytest.mark.parametrize(
    "entry",
    [
        RenderedEntry(written(), BODY),
        RenderedEntry(written(before=BODY[:60] + b"only its beginning; "), BODY),
        RenderedEntry(written(body=b"another"), BODY),
        RenderedEntry(written(body=b""), b""),
        RenderedEntry({"json": written()["json"]}, BODY, meaning="1.abc"),
        RenderedEntry(written(), BODY, Content(HTML, "Fish", "https://example.org/fish.png")),
        RenderedEntry(written(body=b""), b"", Content(HTML, "Only the page shows it")),
    ],
    ids=["content", "twice begun", "elsewhere", "none", "one format", "pages", "summaries"],
)
def test_an_entry_is_read_as_it_was_stored(entry: RenderedEntry) -> None:
    database = Database(None)
    cache = EntryCache(database)
    cache.put(KEY, entry)
    cache.flush()
    assert cache.get(KEY) == entry
    assert cache.get_all([KEY]) == {KEY: entry}


def test_content_is_stored_once_for_all_formats() -> None:
    database = Database(None)
    cache = EntryCache(database)
    cache.put(KEY, RenderedEntry(written(), BODY, Content(HTML)))
    cache.flush()
    row = database.connection.execute("SELECT * FROM entries").fetchone()
    size = sum(len(value) for value in row if isinstance(value, bytes | str))
    assert size < len(BODY) + 100
