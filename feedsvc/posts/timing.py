"""When a post was published and changed, and from when to when it is to be seen."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from feedsvc.model import Severity
from feedsvc.posts import dates, fields
from feedsvc.posts.relevance import needs

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import tzinfo

    from feedsvc.posts.context import ReadingContext
    from feedsvc.posts.reading import Field

# What those call it that no engine tells how: blogs of their own making, vaults of notes, exports
# of other systems.
PUBLISHED = (
    *("date", "published", "pubdate", "publishdate", "published_at", "pubdatetime", "publishedat"),
    *("pub_date", "publish_date", "published_date", "publisheddate", "date_published"),
    *("datepublished", "published_on", "publishedon", "post_date", "postdate"),
)
CREATED = (
    *("created", "created_at", "createdat", "created_time", "created_on", "createdon"),
    *("date_created", "datecreated", "date created", "creation_date", "added", "date_added"),
    "timestamp",
)
UPDATED = (
    *("updated", "last_modified_at", "lastmod", "modified", "last_modified", "updated_at"),
    *("updatedat", "updateddate", "updated_date", "updated_on", "moddatetime", "modifieddate"),
    *("date_modified", "datemodified", "date modified", "date_updated", "last_updated"),
    *("lastupdated", "last_edited_time", "modified_time"),
)

_HINT = "Write it as 2026-05-30 19:22:23 +0800."
_IGNORED = " It was ignored."
_LEFT_OUT = " The file was left out."
_FORMS = ("template", "templates")  # that are filled in for posts
_HINTS = {
    "date-gap": "Add the UTC offset.",
    "date-fold": "Add the UTC offset.",
    "date-leap-second": "",
}


class Timing:
    """The rules of a dialect about instants; all that they return are aware.

    The `…_keys` are looked up in their order. `abbreviations` are names of UTC offsets (in
    minutes) besides those of the site's own zone.
    """

    name: str
    draft_folders: Collection[str]
    abbreviations: Mapping[str, int] = dates.CERTAIN
    date_keys: tuple[str, ...] = PUBLISHED
    creation_keys: tuple[str, ...] = CREATED
    updated_keys: tuple[str, ...] = UPDATED
    end_keys: tuple[str, ...] = (
        *("expires", "expirydate", "expiry_date", "unpublishdate", "unpublish_date"),
    )

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:
        """Zone of a bare naive timestamp (a typed value in YAML or TOML)."""
        return context.settings.site.zone

    def text_zone(self, context: ReadingContext) -> tzinfo:
        """Zone of naive text and of a date alone."""
        return context.settings.site.zone

    def instant(self, context: ReadingContext, *keys: str) -> datetime | None:
        """The first of these keys as an aware instant, None without one; doubts are reported."""
        reading = self._date(context, *keys)
        return reading.instant if reading else None

    def _date(self, context: ReadingContext, *keys: str) -> dates.DateReading | None:
        field = context.take(*keys)
        if field is None or field.value == "":
            return None
        if certain := dates.certain(field.value):
            context.written = field.value
            return dates.DateReading(certain)
        return self._doubtful(context, field)

    def _doubtful(self, context: ReadingContext, field: Field) -> dates.DateReading:
        """What a value is that is not certain to be a date, let alone an instant."""
        zones = self.text_zone(context), self.timestamp_zone(context)
        reading = dates.read(field.value, dates.DateRules(*zones, self.abbreviations))
        if reading.instant:
            context.written = field.value
        if reading.code:
            ignored = "" if reading.instant else _IGNORED
            message = f"`{field.key}`: {reading.message}{ignored}"
            hint = _HINTS.get(reading.code, _HINT)
            context.report(reading.code, message, key=field.key, hint=hint)
        elif reading.naive and not isinstance(field.value, str) and zones[0] != zones[1]:
            self._report_naive(context, field, zones)
        return reading

    def _report_naive(
        self, context: ReadingContext, field: Field, zones: tuple[tzinfo, tzinfo]
    ) -> None:
        if not isinstance(field.value, datetime):
            return
        offsets = {field.value.replace(tzinfo=zone).utcoffset() for zone in zones}
        if len(offsets) > 1:  # a zone may have two names, or the other's time at that instant
            context.report(
                "date-naive",
                f"`{field.key}` has no UTC offset; {self.name} reads it in {zones[1]}, "
                f"not in {zones[0]}.",
                key=field.key,
                severity=Severity.NOTE,
                hint=_HINTS["date-gap"],
            )

    def published(self, context: ReadingContext) -> datetime | None:
        """The instant of publication; None leaves the post out (the rule reports why)."""
        keys = self.date_keys
        if "published" in context.fields and fields.truth(context.fields["published"]) is not None:
            keys = tuple(key for key in keys if key != "published")
        reading = self._date(context, *keys)
        if reading and reading.instant:
            if reading.naive:
                context.stamp = reading.instant.astimezone(self.text_zone(context)).date()
            return reading.instant
        if day := self.named_day(context):
            context.stamp = day
            return dates.first_instant(day, self.text_zone(context)).instant
        if not self.creation_keys:
            return self.undated(context)
        # notes say when they were written; a post may have been long before it was published
        made = self._date(context, *self.creation_keys)
        if made and made.instant:
            return made.instant
        if stamp := context.path.stamp:
            context.written = stamp
            context.stamp = date.fromisoformat(stamp)
            return dates.first_instant(context.stamp, self.text_zone(context)).instant
        return self.undated(context)

    def named_day(self, context: ReadingContext) -> date | None:
        """The day in the file's name; None without one, and where the calendar has no such day."""
        if not context.name.date:
            return None
        try:
            return date.fromisoformat(context.name.date)
        except ValueError:
            message = f"The file's name has {context.name.date}, which is no day.{_IGNORED}"
            context.report("date-invalid", message, hint="Rename the file.")
            return None

    def undated(self, context: ReadingContext) -> datetime | None:
        """What becomes of a file without any date: it is left out, and the reason reported."""
        severity = Severity.ERROR if context.kind else Severity.WARNING
        if context.path.lies_within((*self.draft_folders, *_FORMS)):
            severity = Severity.NOTE  # they have none yet
        for at, told in enumerate(context.findings):
            if told.code.startswith("date-"):  # one trouble is one finding
                message = told.message.removesuffix(_IGNORED) + _LEFT_OUT
                context.findings[at] = told._replace(message=message, severity=severity)
                return None
        context.report(
            "date-missing",
            "There is no date in the front matter or the file name; the file was left out.",
            key=next((key for key in self.date_keys if key in context.fields), ""),
            severity=severity,
            hint="Add `date: 2026-05-30 19:22:23 +0800`.",
        )
        return None

    @needs(named="updated_keys")
    def updated(self, context: ReadingContext) -> datetime | None:
        """The last change that the author names; None, or before publication: as published."""
        instant = self.instant(context, *self.updated_keys)
        if instant is None or instant >= context.published:
            return instant
        if (context.published - instant).days >= 1:  # a date alone may be the same day
            context.report(
                "updated-before-published",
                "The update is older than the publication, whose date was taken.",
                key=next(key for key in self.updated_keys if context.fields.get(key) is not None),
            )
        return context.published

    @needs()
    def starts(self, context: ReadingContext) -> datetime | None:  # noqa: ARG002
        """When the post becomes visible; None: when it was published."""
        return None

    @needs(named="end_keys")
    def ends(self, context: ReadingContext) -> datetime | None:
        """When it vanishes, exclusive; None: never."""
        return self.instant(context, *self.end_keys)
