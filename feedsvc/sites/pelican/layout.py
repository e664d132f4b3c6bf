"""The feeds of Pelican's `FEED_*`, `CATEGORY_FEED_*`, `TAG_FEED_*` and `AUTHOR_FEED_*` settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.sites.engine import Layout, safe

if TYPE_CHECKING:
    from feedsvc.feeds.values import FeedKey
    from feedsvc.settings import Settings

# Setting → (kind of feed, format, Pelican's default)
_TABLE = {
    "FEED_ALL_ATOM": ("site", "atom", "feeds/all.atom.xml"),
    "FEED_ALL_RSS": ("site", "rss", ""),
    "FEED_ATOM": ("site", "atom", ""),
    "FEED_RSS": ("site", "rss", ""),
    # of the site's own language; the feed of all has the translations, too
    "TRANSLATION_FEED_ATOM": ("site", "atom", "feeds/all-{lang}.atom.xml"),
    "TRANSLATION_FEED_RSS": ("site", "rss", ""),
    "CATEGORY_FEED_ATOM": ("categories", "atom", "feeds/{slug}.atom.xml"),
    "CATEGORY_FEED_RSS": ("categories", "rss", ""),
    "TAG_FEED_ATOM": ("tags", "atom", ""),
    "TAG_FEED_RSS": ("tags", "rss", ""),
    "AUTHOR_FEED_ATOM": ("authors", "atom", "feeds/{slug}.atom.xml"),
    "AUTHOR_FEED_RSS": ("authors", "rss", "feeds/{slug}.rss.xml"),
}
_FIELD = re.compile(r"\{(?:slug|lang)\}|%s")
FEEDS = tuple(name for setting in _TABLE for name in (setting, f"{setting}_URL"))


class PelicanLayout(Layout):
    """`/feeds/all.atom.xml`, `/feeds/CATEGORY.atom.xml` and whatever the settings say."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        from feedsvc.sites.pelican.slugs import term_slug  # late: detection has no use for it

        options = settings.engine_options
        language = str(options.get("DEFAULT_LANG") or "en").lower()
        paths: list[str] = []
        for setting, (kind, made, default) in _TABLE.items():
            if (kind, made) != (key.kind, form):
                continue
            slug = term_slug(kind, key.name, options) if key.name else language
            given = options.get(setting, default), options.get(f"{setting}_URL")
            if slug and given[0]:
                texts = [text for text in given if isinstance(text, str) and "://" not in text]
                paths += [_FIELD.sub(slug.replace("\\", ""), text) for text in texts]
        return safe(*paths)
