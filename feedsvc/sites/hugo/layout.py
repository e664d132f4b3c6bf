"""The feeds of Hugo's embedded RSS template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.sites.engine import Layout, safe

if TYPE_CHECKING:
    from feedsvc.feeds.values import FeedKey
    from feedsvc.settings import Settings


class HugoLayout(Layout):
    """`/index.xml`, `/tags/TAG/index.xml`, `/categories/NAME/index.xml`, all RSS."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        if form != "rss":
            return ()
        options = settings.engine_options
        name = f"{options.get('feed_name') or 'index'}.xml"
        if key.kind == "site":
            section = options.get("section")
            return safe(name, *([f"{section}/{name}"] if section else []))
        if key.kind == "authors" or "/" in key.name:
            return ()
        from feedsvc.sites.hugo.paths import path_segment  # late: detection has no use for it

        taxonomy = options.get(key.kind) or str(key.kind)
        term = path_segment(key.name, options)
        return safe(f"{taxonomy}/{term}/{name}") if term else ()
