"""The feeds of Nikola's index, tags, categories and authors (`taxonomies_classifier.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.sites.engine import Layout, safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.feeds.values import FeedKey
    from feedsvc.model import JSON
    from feedsvc.settings import Settings
    from feedsvc.sites.nikola.facts import Facts

FEEDS = (
    *("GENERATE_RSS", "RSS_PATH", "RSS_FILENAME_BASE", "RSS_EXTENSION", "DISABLE_MAIN_RSS_FEED"),
    *("GENERATE_ATOM", "ATOM_PATH", "ATOM_FILENAME_BASE", "ATOM_EXTENSION", "INDEX_PATH"),
    *("DISABLE_MAIN_ATOM_FEED", "TAG_PATH", "SLUG_TAG_PATH", "CATEGORY_PATH", "CATEGORY_PREFIX"),
    *("CATEGORY_OUTPUT_FLAT_HIERARCHY", "CATEGORY_PAGES_FOLLOW_DESTPATH"),
    *("AUTHOR_PATH", "SLUG_AUTHOR_PATH", "ENABLE_AUTHOR_PAGES"),
)
"""The settings that say where feeds are."""


class NikolaLayout(Layout):
    """`/rss.xml`, `/categories/TAG.xml`, `/categories/cat_CATEGORY.xml`, `/authors/NAME.xml`.

    Each also as Atom where the site has that, and below the folders of its other languages.
    """

    knows_languages = True

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        from feedsvc.sites.nikola.facts import Facts  # late: detection has no use for it

        options = settings.engine_options
        if form not in ("rss", "atom") or not options.get(
            f"GENERATE_{form.upper()}", form == "rss"
        ):
            return ()
        facts = Facts.of(settings)
        language = key.language or facts.language
        if key.kind == "site":
            place = _index(form, language, facts)
        else:
            place = place_of(key.kind, key.name, language, facts)
        if place is None:
            return ()
        usual = ".xml" if form == "rss" else ".atom"
        end = options.get(f"{form.upper()}_EXTENSION", usual)
        whole = "/".join(filter(None, (facts.prefixes.get(language, language), *place)))
        return safe("/".join(part for part in whole.split("/") if part != ".") + str(end))


def _index(form: str, language: str, facts: Facts) -> tuple[str, ...] | None:
    if facts.options.get(f"DISABLE_MAIN_{form.upper()}_FEED") is True:
        return None
    if form == "rss":
        return facts.told("RSS_PATH", language), facts.told("RSS_FILENAME_BASE", language, "rss")
    folder = facts.told("ATOM_PATH", language) or facts.told("INDEX_PATH", language)
    return folder, facts.told("ATOM_FILENAME_BASE", language, "index")


def place_of(kind: str, name: str, language: str, facts: Facts) -> tuple[str, ...] | None:
    """The parts of a term's path without its suffix; None where Nikola has no such page."""
    said = facts.options
    if kind == "tags":
        return facts.told("TAG_PATH", language, "categories"), _slug(name, "SLUG_TAG_PATH", said)
    if kind == "authors" and said.get("ENABLE_AUTHOR_PAGES") is not False:
        return facts.told("AUTHOR_PATH", language, "authors"), _slug(name, "SLUG_AUTHOR_PATH", said)
    return _category(name, language, facts) if kind == "categories" else None


def _category(name: str, language: str, facts: Facts) -> tuple[str, ...]:
    said = facts.options
    levels = [_slug(part, "SLUG_TAG_PATH", said) for part in levels_of(name)]
    if said.get("CATEGORY_PAGES_FOLLOW_DESTPATH") is True:
        trimmed = facts.wildcards and said.get("CATEGORY_DESTPATH_TRIM_PREFIX") is True
        return (*((facts.wildcards[0].folder(language),) if trimmed else ()), *levels)
    if said.get("CATEGORY_OUTPUT_FLAT_HIERARCHY") is True:
        levels = levels[-1:]
    levels[0] = f"{said.get('CATEGORY_PREFIX', 'cat_')}{levels[0]}"
    if not facts.pretty:
        levels = ["-".join(levels)]
    top = facts.told("CATEGORY_PATH", language, facts.told("TAG_PATH", language, "categories"))
    return top, *levels


def levels_of(category: str) -> list[str]:
    r"""The names of which a category's is made: `a/b`, where `\/` is a slash."""
    whole = category.replace("\\\\", "\0").replace("\\/", "\1")
    parts = [part.replace("\0", "\\").replace("\1", "/") for part in whole.split("/")]
    return [part for part in parts if part] or [category]


def _slug(name: str, setting: str, options: Mapping[str, JSON]) -> str:
    from feedsvc.sites.nikola.names import slugify  # late: detection has no use for it

    return name if options.get(setting) is False else slugify(name, options)
