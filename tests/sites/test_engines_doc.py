"""docs/engines.md: its worked example works, and it names every engine."""

from __future__ import annotations

import re
import sys
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc import sites
from feedsvc.config import schema
from feedsvc.feeds.values import FeedKey, FeedKind
from tests.sites.reading import read_site, write

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"


def test_every_engine_stands_in_the_table() -> None:
    text = PAGE.read_text("utf-8").lower()
    assert [name for name in sites.engines() if name not in text] == []


def test_worked_example_reads_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    schema.keys()  # what it knows of engines is kept: not of this one
    module = module_from_spec(spec_from_loader("feedsvc.sites.scroll", None))  # type: ignore[arg-type]
    exec(compile(found[1], str(PAGE), "exec"), module.__dict__)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(sites.engines(), "scroll", module.ENGINE)
    files = {
        "scroll.json": '{"home": "https://e.org", "name": "Scrolls"}',
        "scrolls/a.md": "Title: T\nWhen: 2020-02-03\n\nBody",
    }
    site = read_site(write(tmp_path, files), {"posts": {"dialect": "feedsvc"}})
    assert site.configuration.detection == "Scroll site (scroll.json), posts in scrolls/"
    settings = site.configuration.settings
    assert (settings.site.url, settings.site.title) == ("https://e.org", "Scrolls")
    dialect = module.ENGINE.dialect
    from feedsvc.posts.dialect import Source

    path = "scrolls/a.md"
    post = dialect.read(Source(path, "scrolls", (tmp_path / path).read_bytes()), settings).post
    assert (post.title, post.published.isoformat()) == ("T", "2020-02-03T00:00:00+00:00")
    key = FeedKey(FeedKind.SITE)
    assert module.ENGINE.layout.feed_paths(key, "rss", settings) == ("/scroll.rss",)
