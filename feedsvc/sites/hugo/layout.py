"""The feeds of Hugo's RSS template, and of output formats that a site adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.sites.engine import Layout, safe

if TYPE_CHECKING:
    from feedsvc.feeds.values import FeedKey
    from feedsvc.settings import Settings

_KINDS = {
    "site": "home", "sections": "section", "categories": "term", "tags": "term", "authors": "term",
}  # fmt: skip
_RSS = {"form": "rss", "path": "*/index.xml", "kinds": ["home", "section", "term"]}


class HugoLayout(Layout):
    """`/index.xml`, `/posts/index.xml`, `/tags/TAG/index.xml`, `/fr/index.xml` …"""

    knows_languages = True
    merges_terms = True

    def same_term(self, name: str, settings: Settings) -> str:
        """Hugo tells terms by their paths, in lower case."""
        from feedsvc.sites.hugo.paths import (  # late: detection has no use for it
            logical_segment,
            lowered,
        )

        return lowered(logical_segment(name, settings.engine_options))

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        kind = _KINDS.get(key.kind)
        given: Any = settings.engine_options.get("feeds") or [_RSS]
        files = [one["path"] for one in given if one["form"] == form and kind in one["kinds"]]
        place = _place(key, settings) if files else None
        return () if place is None else safe(*(_clean(one.replace("*", place)) for one in files))


def _place(key: FeedKey, settings: Settings) -> str | None:
    """The folder of what the feed is of, without outer slashes; None where it has none."""
    options = settings.engine_options
    language = key.language or (options.get("language") if options.get("language_in_path") else "")
    if key.kind == "site":
        return str(language)
    if key.kind == "sections":
        return f"{language}/{key.name}"
    return _term_place(key, str(language), settings)


def _term_place(key: FeedKey, language: str, settings: Settings) -> str | None:
    # late: detection has no use for them
    from feedsvc.posts.undated import UNDATED
    from feedsvc.sites.hugo import paths, patterns, taxonomies

    options = settings.engine_options
    own = key.language or str(options.get("language") or "en")
    folder = paths.logical_segment(taxonomies.taxonomy(key.kind, own, options), options)
    if not folder:
        return None
    term = paths.logical_segment(key.name, options)
    path = paths.lowered(f"/{folder}/{key.name}").replace(" ", "-")
    if pattern := patterns.pattern_of(settings, "term", own, path):
        facts = patterns.Facts(UNDATED, key.name, base=key.name, section=folder)
        return f"{language}/{patterns.made(pattern, facts, options)}"
    return f"{language}/{folder}/{term}" if term else None


def _clean(path: str) -> str:
    return "/".join(part for part in path.split("/") if part)
