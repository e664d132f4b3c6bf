"""The taxonomies of a Hugo site (https://gohugo.io/content-management/taxonomies/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON

_SINGULAR = {"tags": "tag", "categories": "category"}  # by the kind of feed
_USUAL: Mapping[str, JSON] = {"tags": "tags", "categories": "categories"}


def configured(said: Mapping[str, Any]) -> dict[str, JSON] | None:
    """A kind of feed → what the site, or a language, calls its taxonomy; None if it does not say.

    The usual plural tells, too (`tags: tags`). Kinds without one are absent, and there is none of
    Hugo's own for authors.
    """
    given = said.get("taxonomies")
    if not isinstance(given, dict):
        return None
    names = [name for name in given.values() if isinstance(name, str)]
    found: dict[str, JSON] = {
        kind: files.text(given, one) or (kind if kind in names else "")
        for kind, one in _SINGULAR.items()
    }
    found["authors"] = next((name for name in names if name in ("authors", "author")), "")
    return files.present(**found)


def taxonomy(kind: str, language: str, options: Mapping[str, JSON]) -> str:
    """What a site calls its tags or categories: the key in front matter and the folder.

    "" where there is no such taxonomy.
    """
    found = _of_language(language, options).get(kind)
    return found if isinstance(found, str) else ""


def feedless(options: Mapping[str, JSON]) -> Iterator[str]:
    """The families of feeds that the site makes none of: there is no taxonomy, or no page of it."""
    from feedsvc.feeds.values import FeedKind, family  # late: detection has no use for it

    own = str(options.get("language") or "en")
    languages = options.get("languages")
    for language in {own, *(languages if isinstance(languages, dict) else ())}:
        edition = "" if language == own else language
        off = kinds_off(language, options)
        for kind in _SINGULAR:
            if "term" in off or not taxonomy(kind, language, options):
                yield family(kind, edition)
        if "section" in off:
            yield family(FeedKind.SECTION, edition)


def _of_language(language: str, options: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """Those of the language where it has its own, else the site's, else Hugo's."""
    places = (_said_of(language, options), options)
    given = next((place["taxonomies"] for place in places if "taxonomies" in place), None)
    return given if isinstance(given, dict) else _USUAL


def kinds_off(language: str, options: Mapping[str, JSON]) -> list[JSON]:
    """The kinds of pages that the language, or the site, has not (`disableKinds`)."""
    places = (_said_of(language, options), options)
    given = next((place["off"] for place in places if "off" in place), None)
    return given if isinstance(given, list) else []


def _said_of(language: str, options: Mapping[str, JSON]) -> Mapping[str, JSON]:
    languages = options.get("languages")
    own = languages.get(language) if isinstance(languages, dict) else None
    return own if isinstance(own, dict) else {}
