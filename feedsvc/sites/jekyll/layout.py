"""The feeds of jekyll-feed 0.17, and of templates that sites wrote before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.sites.engine import Layout, safe
from feedsvc.sites.jekyll import octopress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.feeds.values import FeedKey
    from feedsvc.settings import Settings

# jekyll-feed makes no feed for other tags
_SIMPLE = re.compile(r"[a-zA-Z0-9_]+")
# RFC 3986, appendix B: whatever is written there has a path, while `urlsplit` raises for `http://[`
_REFERENCE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*)")


class JekyllLayout(Layout):
    """`/feed.xml`, `/feed/CATEGORY.xml`, `/feed/by_tag/TAG.xml` …, all Atom; `/de/feed.xml`."""

    knows_languages = True

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        options = settings.engine_options
        if key.language and not options.get("polyglot"):
            return ()
        own: Any = options.get("feed_files") or ()
        made = [one["path"] for one in own if _is_of(one, key) and one["form"] == form]
        if (
            key.kind == "categories"
            and form == "atom"
            and (folder := options.get("category_feeds"))
        ):
            made.append(octopress.category_feed(str(folder), key.name))
        if form == "atom" and options.get("no_plugin") is not True:
            taken = {one["path"] for one in own}
            made += [path for path in self._plugins(key, settings) if path not in taken]
        return safe(*(f"/{key.language}{path}" for path in made) if key.language else made)

    def _plugins(self, key: FeedKey, settings: Settings) -> tuple[str, ...]:
        options = settings.engine_options
        if key.kind == "site":
            found = _REFERENCE.match(str(options.get("feed_path") or "feed.xml"))
            return ("/" + found[1].lstrip("/"),) if found else ()
        if key.kind == "sections":
            known: Any = options.get("collections") or {}
            return tuple(one["feed"] for one in known.values() if one["name"] == key.name)
        if key.kind == "categories":
            return (f"/feed/{key.name}.xml",) if "/" not in key.name else ()
        if key.kind == "tags" and _SIMPLE.fullmatch(key.name):
            return (f"{options.get('tags_path') or '/feed/by_tag/'}{key.name}.xml",)
        return ()


def _is_of(feed: Mapping[str, Any], key: FeedKey) -> bool:
    return (feed["kind"], feed["name"]) == (key.kind, key.name)
