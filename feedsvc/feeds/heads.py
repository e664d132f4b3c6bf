"""What a feed says of itself, from the configuration: everything but its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from feedsvc.feeds.values import Feed, FeedKey, FeedKind
from feedsvc.posts import fields
from feedsvc.settings import Settings, TermSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_NOTHING = TermSettings()


def term_settings(settings: Settings, key: FeedKey) -> TermSettings:
    """Return what the configuration says of a section, category, tag or author."""
    if key.kind is FeedKind.SITE:
        return _NOTHING
    table: Mapping[str, TermSettings] = getattr(settings, key.kind)
    return table.get(key.slug, _NOTHING)


def name_of(settings: Settings, key: FeedKey) -> str:
    """Return what people read for the term: its configured title, else the name in posts."""
    return term_settings(settings, key).title or key.name


def title_of(settings: Settings, key: FeedKey) -> str:
    """Return the feed's title: the site's, behind the term's own where there is one."""
    site = settings.site.title
    if key.language:
        own = settings.languages.get(key.language, _NOTHING)
        site = own.title or f"{site} ({key.language})".strip()
    name = name_of(settings, key)
    return " – ".join(part for part in (name, site) if part) or settings.site.url


def url_of(settings: Settings, path: str) -> str:
    """Return the absolute URL of a path below the site, percent-encoded."""
    return _address(settings.site.url, path)


def _address(site: str, path: str) -> str:
    return site + quote(path, safe="/:@!$&'()*+,;=~-._")


def _language(settings: Settings, key: FeedKey) -> str:
    """Return the language tag of a feed; the name of a folder (`de2`, `foundation`) may be none."""
    own = settings.languages.get(key.language, _NOTHING)
    return own.language or fields.language(key.language) or settings.site.language


def head(
    settings: Settings, key: FeedKey, updated: datetime, forms: dict[str, str], origin: str = ""
) -> Feed:
    """Return the head of the feed `key`; `forms` are the paths of its formats.

    `origin` is the URL that the site had when it was first published, "" if that is its own.
    """
    site = settings.site
    own = settings.languages.get(key.language, _NOTHING) if key.language else None
    subtitle = site.subtitle if own is None else own.description
    url = url_of(settings, key.folder)
    return Feed(
        key=key,
        id=url,
        url=url,
        title=title_of(settings, key),
        updated=updated,
        formats={name: url_of(settings, path) for name, path in forms.items()},
        subtitle=term_settings(settings, key).description
        or (subtitle if key.kind is FeedKind.SITE else ""),
        language=_language(settings, key),
        author=site.author,
        icon=site.icon,
        logo=site.logo,
        rights=site.rights,
        hub=settings.feeds.hub,
        podcast=settings.podcast,
        origin=_address(origin or site.url, f"{key.folder}feed.rss"),
    )
