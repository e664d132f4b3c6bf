"""The URL of a Hugo page (`resources/page/page_paths.go`, `permalinks.go`)."""

from __future__ import annotations

import posixpath
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from feedsvc.posts import media, permalinks
from feedsvc.posts.dialect import Dialect
from feedsvc.sites.hugo import patterns, values
from feedsvc.sites.hugo.dates import handlers, zone_of
from feedsvc.sites.hugo.indexes import current, logical_path, named, names_of
from feedsvc.sites.hugo.languages import (
    below_content,
    host,
    language_of,
    logical,
    prefix,
    stem_of,
)
from feedsvc.sites.hugo.paths import logical_segment, lowered, path_segment, resolved
from feedsvc.sites.hugo.patterns import pattern_of

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext


_INDEX = re.compile(r"/index\.html\Z")  # a folder's own page
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
    if bundle := stem == "index" and bool(folders):
        stem = folders.pop()
    section = folders[0] if folders else ""
    language = language_of(context)
    if pattern := pattern_of(context.settings, "page", language, logical(path, options)):
        end = patterns.made(pattern, _facts(context, section, stem), options).rstrip("/")
    else:
        slug = _slug(context)
        last = path_segment(slug, options) if slug else logical_segment(stem, options)
        end = "/".join([*named(context, folders), last.strip("/")]).rstrip("/")
    ugly = options.get("ugly")
    if isinstance(ugly, dict):
        ugly = ugly.get(section.lower())
    if context.slug == "index" and not bundle:  # Hugo takes it for the folder's own page
        end = end.removesuffix("index")
        ugly = False
    suffix = ".html" if ugly is True else "/"
    return host(context) + resolved(f"{prefix(context)}/{end.strip('/')}{suffix}")


def _given(context: ReadingContext) -> str:
    field = context.take("url")
    given = values.text(field.value) if field else ""
    if not given:
        return ""
    if given.startswith(("http://", "https://")):
        return media.absolute(given, media.Base("", "", "")) or ""
    if ":" in given:
        file = below_content(context)
        options = context.settings.engine_options
        stem = file.called(stem_of(file.stem, options))
        section = file.folder.partition("/")[0]
        given = patterns.expanded(given, _facts(context, section, stem), options)
    # one that begins with a slash is below the site, any other below its language
    below = "" if given.startswith("/") else prefix(context)
    if ".." in given:
        given = posixpath.normpath(f"/{given}")
    file_like = "." in given and not given.endswith("/")
    path = f"{below}/{given}{'' if file_like else '/'}"
    return host(context) + permalinks.finish(_INDEX.sub("/", path))


def _facts(context: ReadingContext, section: str, stem: str) -> patterns.Facts:
    return patterns.Facts(
        date=as_written(context),
        title=context.title,
        slug=_slug(context),
        base=stem,
        section=lowered(section).replace(" ", "-"),
        sections=lambda: logical_path(current(context).folders)[1:].split("/"),
        section_names=lambda: names_of(context),
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
    return context.local.astimezone(zone_of(context))


def _zone(offset: re.Match[str]) -> timezone:
    if offset[0].upper() == "Z":
        return UTC
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))


def own_slug(context: ReadingContext) -> str:
    """The slug that front matter gives, "" for none."""
    field = context.take("slug")
    return values.text(field.value).strip("-") if field else ""


def _slug(context: ReadingContext) -> str:
    """The slug that front matter gives, or the file's name below its date (`:filename`)."""
    if "slug" in context.fields:
        return own_slug(context)
    return context.name.slug if context.name.date else ""
