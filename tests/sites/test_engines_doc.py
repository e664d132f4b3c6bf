"""docs/engines.md: its worked example works, and it names every engine."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feedsvc import sites
from feedsvc.config import schema
from feedsvc.content import render
from feedsvc.feeds.values import FeedKey, FeedKind
from tests.sites.reading import read_site, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.sites.engine import Engine

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"


def test_every_engine_stands_in_the_table() -> None:
    text = PAGE.read_text("utf-8").lower()
    assert [name for name in sites.engines() if name not in text] == []


@pytest.fixture
def scroll(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The worked example as one file among our modules, with nothing else that knows of it."""
    found = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    write(tmp_path, {"modules/scroll.py": found[1]})
    monkeypatch.setattr(sites, "__path__", [*sites.__path__, str(tmp_path / "modules")])
    _forget()
    yield sites.engines()["scroll"]
    sys.modules.pop("feedsvc.sites.scroll")
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    sites.engines.cache_clear()
    schema.keys.cache_clear()


FILES = {
    "scroll.json": '{"home": "https://e.org", "name": "Scrolls"}',
    "scrolls/a.md": "Title: T\nWhen: 2020-02-03\n\n[[key Esc]] {{ x }}[^a]\n\n[^a]: N",
}


def test_worked_example_reads_a_site(tmp_path: Path, scroll: Engine) -> None:
    site = read_site(write(tmp_path / "site", FILES))
    assert site.configuration.detection == "Scroll site (scroll.json), posts in scrolls/"
    settings = site.configuration.settings
    assert (settings.site.url, settings.site.title) == ("https://e.org", "Scrolls")
    assert (settings.posts.dialect, settings.feeds.urls) == ("scroll", "scroll")
    post = site.posts["scrolls/a.md"]
    assert (post.title, post.published.isoformat()) == ("T", "2020-02-03T00:00:00+00:00")
    assert scroll.layout
    key = FeedKey(FeedKind.SITE)
    assert scroll.layout.feed_paths(key, "rss", settings) == ("/scroll.rss",)


@pytest.mark.usefixtures("scroll")
def test_an_engine_in_one_file_has_its_own_syntax_and_footnotes(tmp_path: Path) -> None:
    site = read_site(write(tmp_path / "site", FILES))
    post = site.posts["scrolls/a.md"]
    made = render(post, site.configuration.settings).content.html
    assert made.startswith("<p><kbd>Esc</kbd> {{ x }}<sup ")
    assert re.findall(r'href="([^"]*)"', made) == [
        f"{post.permalink}#note-1",
        f"{post.permalink}#noted-1",
    ]
