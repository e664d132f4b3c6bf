"""The URL of a Hugo page (`resources/page/page_paths.go`, `permalinks.go`)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from feedsvc.posts import fields, media, permalinks
from feedsvc.posts.dialect import Dialect
from feedsvc.sites.hugo.dates import handlers
from feedsvc.sites.hugo.languages import below_content, prefix, stem_of
from feedsvc.sites.hugo.paths import path_segment

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext


_OFFSET = re.compile(r"(?<=\d)(?: ?([+-])([01]\d):?([0-5]\d)|[Zz])$", re.ASCII)


def page_url(context: ReadingContext) -> str:
    """A path below the site, or the absolute address that the page itself gives."""
    if given := _given(context):
        return given
    options = context.settings.engine_options
    path = below_content(context)
    if own := context.settings.posts.permalink:  # feedsvc.toml's: Hugo's patterns are by section
        return permalinks.jekyll(own, Dialect().facts(context)).path
    stem = stem_of(path.stem, options)
    folders = path.folders
    if stem == "index" and folders:
        stem = folders.pop()
    section = folders[0] if folders else ""
    if pattern := _pattern(context, section or stem):
        made = permalinks.hugo(pattern, _facts(context, folders, stem)).path.rstrip("/")
    else:
        last = _own_slug(context) or stem
        made = "/" + "/".join(path_segment(part, options) for part in [*folders, last])
    ugly = options.get("ugly")
    if isinstance(ugly, dict):
        ugly = ugly.get(section.lower())
    return permalinks.finish(prefix(context) + made + (".html" if ugly is True else "/"))


def _given(context: ReadingContext) -> str:
    field = context.take("url")
    given = fields.text(field.value) if field else None
    if not given:
        return ""
    if given.startswith(("http://", "https://")):
        return media.absolute(given, media.Base("", "", "")) or ""
    if ":" in given:
        given = permalinks.hugo(given, _facts(context, context.path.folders, "")).path
    # one that begins with a slash is below the site, any other below its language
    path = given if given.startswith("/") else f"{prefix(context)}/{given}"
    last = path.rpartition("/")[2]
    return permalinks.finish(path if not last or "." in last else f"{path}/")


def _facts(context: ReadingContext, folders: list[str], stem: str) -> permalinks.Facts:
    return permalinks.Facts(
        local=as_written(context),
        slug=context.slug,
        title=context.title,
        own_slug=_own_slug(context),
        keep_case=context.settings.engine_options.get("keep_case") is True,
        path="/".join([*folders, stem or context.name.slug]),
    )


def as_written(context: ReadingContext) -> datetime:
    """The date in the offset in which it is written, which Hugo makes URLs of."""
    for name in handlers(context, "date"):
        value = context.fields.get(name)
        if isinstance(value, datetime) and value.tzinfo:
            return context.published.astimezone(value.tzinfo)
        if isinstance(value, str) and (offset := _OFFSET.search(value)):
            return context.published.astimezone(_zone(offset))
        if value:
            break
    return context.local


def _zone(offset: re.Match[str]) -> timezone:
    if offset[0].upper() == "Z":
        return UTC
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))


def _own_slug(context: ReadingContext) -> str:
    """The slug that front matter gives, or the file's name below its date (`:filename`)."""
    return context.slug if "slug" in context.fields or context.name.date else ""


def _pattern(context: ReadingContext, section: str) -> str:
    """The `permalinks` pattern for regular pages of a section, in either form."""
    patterns = context.settings.engine_options.get("permalinks")
    if not isinstance(patterns, dict):
        return ""
    pages = patterns.get("page")
    for table in (pages if isinstance(pages, dict) else {}, patterns):
        pattern = table.get(section.lower())
        if isinstance(pattern, str) and pattern:
            return pattern
    return ""
