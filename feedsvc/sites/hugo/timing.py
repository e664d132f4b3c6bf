"""Dates of a Hugo page: `resources/page/pagemeta/page_frontmatter.go`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.posts import dates
from feedsvc.posts.dialect import Field, FileName, ReadingContext
from feedsvc.posts.relevance import needs
from feedsvc.posts.undated import UNDATED, UndatedDialect
from feedsvc.sites.hugo import listing
from feedsvc.sites.hugo.dates import (
    handlers,
    is_parsable,
    named,
    names_dates,
    slugging,
    zone_of,
)
from feedsvc.sites.hugo.urls import own_slug

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


_HINT = "Write it as 2026-05-30T19:22:23+08:00."
_NAMED_ZONE = re.compile(
    r"(.*[+-]\d\d:?\d\d) +\(?[A-Z]{1,5}\)?|(.*\d) *\(?(?!UTC|Z\b)[A-Z]{3,5}\)?"
)


class HugoTiming(UndatedDialect):
    """Rules about dates, which come from whatever keys the site names, or from the file's name."""

    def file_name(self, context: ReadingContext) -> FileName:
        """The file's name as it stands, until `:filename` finds a date in it."""
        return FileName("", _called(context))

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:
        """The site's, or that of the page's language."""
        return zone_of(context)

    def text_zone(self, context: ReadingContext) -> tzinfo:
        """The site's, or that of the page's language."""
        return zone_of(context)

    def published(self, context: ReadingContext) -> datetime | None:
        """The first of the `frontmatter.date` keys that holds a date; a page may have none."""
        instant = self._first(context, "date")
        for kind in slugging(context.settings):
            self._first(context, kind)  # gives the page a slug
        return instant or self.undated(context)

    @needs("lastmod", "modified", unless=names_dates)
    def updated(self, context: ReadingContext) -> datetime | None:
        """`lastmod`, `modified`."""
        return self._first(context, "lastmod")

    def starts(self, context: ReadingContext) -> datetime | None:
        """`publishDate` in the future withholds, `date` alone where there is none.

        Where there is no `date` either, what the page is dated by stands for it.
        """
        return self._first(context, "publishdate") or dates.EARLIEST

    @needs("expirydate", "unpublishdate", unless=names_dates)
    def ends(self, context: ReadingContext) -> datetime | None:
        """`expiryDate`."""
        expires = self._first(context, "expirydate")
        return None if context.settings.engine_options.get("expired") is True else expires

    def _first(self, context: ReadingContext, kind: str) -> datetime | None:
        for name in handlers(context.settings)[kind]:
            if name == ":filename":
                instant = self._of_name(context)
            elif name in context.fields:
                instant = self._of_key(context, name)
            elif name == "date" and kind == "publishdate" and context.published != UNDATED:
                instant = context.published
            else:
                continue
            if instant:
                return instant
        return None

    def _of_key(self, context: ReadingContext, name: str) -> datetime | None:
        value = context.value(name)
        known: dict[str, datetime] = context.page.dates
        if certain := known.get(name) or dates.certain(value):  # of another kind, too
            context.written = value
            known[name] = certain
            return certain
        if name == "published" and listing.switch(value) is not None:
            return None  # an author's switch that Hugo would stumble over
        text = value if isinstance(value, str) else ""
        if text:
            value = context.fields[name] = _without_zone_name(text)
        if value in (None, ""):
            return None
        told = len(context.findings)
        instant = self._doubtful(context, Field(name, value)).instant
        if instant and len(context.findings) == told:
            known[name] = instant
            if text and not is_parsable(text):
                message = f"`{name}`: Hugo takes `{text}` for no date and stops; it was read."
                context.report("date-refused", message, key=name, hint=_HINT)
        return instant

    def _of_name(self, context: ReadingContext) -> datetime | None:
        """The date in the file's name, from which on the rest of that is the page's slug."""
        stem = _called(context)
        before, found = context.name, named(stem)
        if found is None:
            return None
        context.name = found
        zone = self.text_zone(context)
        if "T" in found.date:
            instant = dates.read(found.date, dates.DateRules(zone, zone)).instant
        elif day := self.named_day(context):
            instant = dates.first_instant(day, zone).instant
        else:
            context.name = before
            return None
        context.slug = own_slug(context) or found.slug or stem
        return instant


def _called(context: ReadingContext) -> str:
    """The file's name, or that of the folder that an `index` speaks for."""
    return context.path.called(context.page.stem)


def _without_zone_name(text: str) -> str:
    """Hugo ignores the name of a zone and takes the offset before it, else the site's zone."""
    match = _NAMED_ZONE.fullmatch(text.strip())
    return match[1] or match[2] if match else text
