"""Small odd sites, and what Hugo 0.168 made of them.

`probes/hugo.json` holds them: `files` beside those of a `set` that several share, and `pages`, all
that Hugo lists: path below the host, seconds since 1970 (null: no date), title, and the addresses
of the RSS feeds that they are in (null: another page has the same address).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

import pytest

from feedsvc.feeds.values import FeedKey
from feedsvc.model import Post, State
from feedsvc.posts.undated import UNDATED
from feedsvc.sites.hugo.layout import HugoLayout
from tests.sites.reading import path, read_site, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.settings import Settings

NOW = datetime(2026, 11, 28, tzinfo=UTC)
PROBES = json.loads((Path(__file__).parent / "probes/hugo.json").read_text("utf-8"))


def feeds(post: Post, settings: Settings) -> Iterator[str]:
    """The RSS feeds of Hugo's that a post is in."""
    if not post.in_feeds:
        return
    keys = [FeedKey("sections", post.section, language=post.edition)] if post.section else []
    keys += [FeedKey("tags", name, language=post.edition) for name in post.tags]
    keys += [FeedKey("categories", name, language=post.edition) for name in post.categories]
    if post.in_site_feed:
        keys.append(FeedKey("site", language=post.edition))
    for key in keys:
        yield from HugoLayout().feed_paths(key, "rss", settings)


def shown(post: Post) -> bool:
    return post.state(NOW) is State.PUBLISHED


def told(post: Post, settings: Settings) -> list[Any]:
    dated = post.published != UNDATED
    instant = int(post.published.timestamp() // 1) if dated else None
    return [unquote(path(post)), instant, post.title, sorted(feeds(post, settings))]


def led(address: str) -> str:
    """Where `..` in an address leads."""
    return urljoin("https://e.org/", address).removeprefix("https://e.org")


@pytest.mark.parametrize("one", PROBES["items"], ids=lambda one: one["name"])
def test_hugo_sites_are_what_hugo_makes_of_them(tmp_path: Path, one: dict[str, Any]) -> None:
    files = {**PROBES["sets"].get(one["set"], {}), **one["files"]}
    site = read_site(write(tmp_path, files))
    settings = site.configuration.settings
    mine = {name: told(post, settings) for name, post in site.posts.items() if shown(post)}
    assert {name: row[:3] for name, row in mine.items()} == {
        name: [led(row[0]), *row[1:3]] for name, row in one["pages"].items()
    }
    for name, (_, instant, _, where) in one["pages"].items():
        if where is not None:
            # a page without a date is in no feed here
            assert mine[name][3] == (where if instant is not None else []), name
