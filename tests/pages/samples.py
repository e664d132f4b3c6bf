"""Values to make pages of, some of them hostile."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feedsvc.feeds.values import Content, Entry, Feed, FeedKey, FeedKind, FeedListing
from feedsvc.model import Post
from feedsvc.settings import Settings, SiteSettings

URL = "https://example.org/blog"
PUBLISHED = datetime(2022, 5, 30, 22, 30, tzinfo=UTC)
HOSTILE = "</title><script>alert(1)</script>\"'&amp;"


def site(**changes: Any) -> Settings:
    given: dict[str, Any] = {"url": URL, "title": "Harbour", **changes}
    return Settings(folder=Path("/nowhere"), site=SiteSettings(**given))


def listing(
    kind: FeedKind = FeedKind.SITE, name: str = "", count: int = 3, **changes: Any
) -> FeedListing:
    key = FeedKey(kind, name, name)
    paths = {form: f"{key.folder}feed.{form}" for form in ("atom", "rss", "json")}
    given: dict[str, Any] = {"title": name or "Harbour", "updated": PUBLISHED, **changes}
    return FeedListing(key=key, size=count, paths=paths, **given)


def entry(
    html: str = "<p>Body</p>", summary: str = "Body", image: str | None = None, **changes: Any
) -> Entry:
    given: dict[str, Any] = {
        "path": "posts/a.md",
        "id": "tag:a",
        "permalink": f"{URL}/2022/05/31/quiet/",
        "title": "A quiet morning",
        "published": PUBLISHED,
        "updated": PUBLISHED,
        "body": "",
        **changes,
    }
    return Entry(Post(**given), Content(html, summary, image))


def feed(kind: FeedKind = FeedKind.TAG, name: str = "tides", **changes: Any) -> Feed:
    one = listing(kind, name)
    given: dict[str, Any] = {
        "key": one.key,
        "id": "tag:feed",
        "url": URL + one.key.folder,
        "title": name,
        "updated": PUBLISHED,
        "formats": {form: URL + path for form, path in one.paths.items()},
        **changes,
    }
    return Feed(**given)
