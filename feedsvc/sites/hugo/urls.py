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
from feedsvc.sites.hugo.indexes import logical_path, names_of
from feedsvc.sites.hugo.paths import logical_segment, lowered, path_segment, resolved

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.sites.hugo.places import Page, Place


_INDEX = re.compile(r"/index\.html\Z")  # a folder's own page
_OFFSET = re.compile(r"(?<=\d)(?: ?([+-])([01]\d):?([0-5]\d)|[Zz])$", re.ASCII)


def page_url(context: ReadingContext) -> str:
    """A path below the site, or the absolute address that the page itself gives."""
    if "url" in context.fields and (given := _given(context)):
        return given
    if own := context.settings.posts.permalink:  # feedsvc.toml's: Hugo's patterns are by section
        return permalinks.jekyll(own, Dialect().facts(context))
    page: Page = context.page
    place = page.place
    if place.patterns and (pattern := _pattern(page)):
        section = place.folders[0] if place.folders else ""
        facts = _facts(context, section, page.base)
        end = patterns.made(pattern, facts, place.options).rstrip("/")
    else:
        slug = _slug(context)
        make = path_segment if slug else logical_segment
        last = make(slug or page.base, place.options).strip("/")
        end = "/".join([*place.names, last]).rstrip("/")
    suffix = place.suffix
    if context.slug == "index" and not page.bundle:  # Hugo takes it for the folder's own page
        end = end.removesuffix("index")
        suffix = "/"
    return place.host + resolved(f"{place.prefix}/{end.strip('/')}{suffix}")


def _pattern(page: Page) -> str:
    path = page.path
    return next((one.said for one in page.place.patterns if one.fits(path)), "")


def _given(context: ReadingContext) -> str:
    given = values.address(context.value("url"))
    if not given:
        return ""
    if given.startswith(("http://", "https://")):
        return media.absolute(given, media.Base("", "", "")) or ""
    page: Page = context.page
    place = page.place
    if ":" in given:
        facts = _facts(context, page.file.folder.partition("/")[0], page.base)
        given = patterns.expanded(given, facts, place.options)
    # one that begins with a slash is below the site, any other below its language
    below = "" if given.startswith("/") else place.prefix
    if ".." in given:
        given = posixpath.normpath(f"/{given}")
    file_like = "." in given and not given.endswith("/")
    path = f"{below}/{given}{'' if file_like else '/'}"
    return place.host + permalinks.finish(_INDEX.sub("/", path))


def _facts(context: ReadingContext, section: str, stem: str) -> patterns.Facts:
    place: Place = context.page.place
    sections = place.sections
    return patterns.Facts(
        date=as_written(context),
        title=context.title,
        slug=_slug(context),
        base=stem,
        section=lowered(section).replace(" ", "-"),
        sections=lambda: logical_path(sections[0].folders)[1:].split("/"),
        section_names=lambda: names_of(sections),
    )


def as_written(context: ReadingContext) -> datetime:
    """The date in the offset in which it is written, which Hugo makes URLs of."""
    for name in handlers(context.settings)["date"]:
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
    return values.text(context.value("slug")).strip("-")


def _slug(context: ReadingContext) -> str:
    """The slug that front matter gives, or the file's name below its date (`:filename`)."""
    if "slug" in context.fields:
        return own_slug(context)
    return context.name.slug if context.name.date else ""
