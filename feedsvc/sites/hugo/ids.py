"""The ids of a Hugo site's entries: front matter's, a feed template's, or the permalink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts import fields
from feedsvc.sites.hugo.urls import as_written
from feedsvc.sites.templates import minting

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.sites.hugo.places import Page


def own(context: ReadingContext) -> str | None:
    """A URI under `id` or `guid`, unless the site's feed makes something of these itself."""
    if context.lacks("id", "guid") or minting.names(context.settings, "id", "guid"):
        return None
    field = context.take("id", "guid")
    value = fields.text(field.value) if field else None
    uri = fields.uri(value) if value and ":" in value else None
    context.named = value if value and uri else ""
    return uri


def minted(context: ReadingContext) -> str:
    """The guid of the site's own RSS template, else of Hugo's: the permalink."""
    made = minting.minted(context, "hugo", lambda name: _value(context, name))
    return made or context.permalink


def _value(context: ReadingContext, name: str) -> str | datetime:
    """`.Date` as written, `.File.UniqueID`: the digest of the file's path below the content."""
    if name == "date":
        return as_written(context)
    if name != "unique_id":
        return ""
    from hashlib import md5

    page: Page = context.page
    return md5(page.file.text.encode(), usedforsecurity=False).hexdigest()
