"""What Jekyll and jekyll-feed know a post by."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from feedsvc.posts import permalinks
from feedsvc.sites.templates.minting import base_path

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext


def of(context: ReadingContext, name: str) -> str:
    """`post.id`, the folder of the URL and the slug, and what `absolute_url` makes of both.

    That puts a slash between the site's `url` and any path, even where `url` ends with one.
    """
    if name not in ("id", "absolute_id", "permalink"):
        return ""
    site = context.settings.site.url
    path = context.permalink.removeprefix(site)
    folder = path.rstrip("/").rpartition("/")[0]
    if name == "id":
        return f"{folder}/{context.slug}"
    if context.settings.engine_options.get("slashed") is True and path != context.permalink:
        own = str(context.settings.engine_options.get("url_path", ""))
        base = base_path(context.settings).removeprefix(own)
        site = f"{site.removesuffix(base)}/{base}"
    return f"{site}{path}" if name == "permalink" else f"{site}{folder}/{_normal(context.slug)}"


def _normal(slug: str) -> str:
    """A slug as `absolute_url` leaves it (Addressable's `normalize`): NFC, encoded once."""
    if slug.isascii() and "%" not in slug:
        return permalinks.quoted(slug)
    return quote(unicodedata.normalize("NFC", unquote(slug)), safe=permalinks.SAFE)
