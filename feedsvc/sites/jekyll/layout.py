"""The feeds of jekyll-feed 0.17, and of templates that sites wrote before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedsvc.sites.engine import Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.settings import Settings

_TEMPLATES = ("atom.xml", "rss.xml", "feed.xml", "index.xml", "feed.atom", "feed.rss")
# jekyll-feed makes no feed for other tags
_SIMPLE = re.compile(r"[a-zA-Z0-9_]+")


class JekyllLayout(Layout):
    """`/feed.xml`, `/feed/CATEGORY.xml`, `/feed/by_tag/TAG.xml` …, all Atom."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        options = settings.engine_options
        if key.kind == "site":
            own = options.get("feed_files")
            templates = own if isinstance(own, dict) else {}
            plugins = "/" + urlsplit(str(options.get("feed_path") or "feed.xml")).path.lstrip("/")
            return safe(*(p for p, kind in {plugins: "atom", **templates}.items() if kind == form))
        if form != "atom":
            return ()
        if key.kind == "sections":
            known: Any = options.get("collections") or {}
            return safe(*(one["feed"] for one in known.values() if one["name"] == key.name))
        if key.kind == "categories":
            return safe(f"/feed/{key.name}.xml") if "/" not in key.name else ()
        if key.kind == "tags" and _SIMPLE.fullmatch(key.name):
            return safe(f"{options.get('tags_path') or '/feed/by_tag/'}{key.name}.xml")
        return ()


def feed_files(source: Path) -> dict[str, str]:
    """Feeds that the site makes from a template of its own: path → format."""
    found = {}
    for name in _TEMPLATES:
        try:
            with (source / name).open("rb") as file:
                head = file.read(4096)
        except OSError:
            continue
        if head.startswith(b"---"):  # only then does Jekyll fill it in
            found[f"/{name}"] = "rss" if b"<rss" in head else "atom"
    return found
