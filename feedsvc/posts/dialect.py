"""How one engine reads a post, rule by rule; this base class is feedsvc's own dialect.

An engine subclasses `Dialect` and overrides the rules in which it differs. `read` calls the rules
in the order in which they stand here and hands a `ReadingContext` from one to the next; a rule may
look at what earlier rules found. Rules never raise for what a file holds: they report a finding
and return what the post has without that value.
"""

from __future__ import annotations

import posixpath
import re
from datetime import UTC, date
from typing import TYPE_CHECKING

from feedsvc.model import Author, Enclosure, Finding, Markup, Post, Severity, State
from feedsvc.posts import dates, encoding, fields, ids, media, permalinks
from feedsvc.posts.context import Field, FileName, Reading, ReadingContext, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo
    from pathlib import PurePosixPath

    from feedsvc.settings import Settings

__all__ = ["Dialect", "Field", "FileName", "Reading", "ReadingContext", "Source"]

_DATED = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[-_ ](.*))?", re.DOTALL)
_HEADING = re.compile(r"\s*#[ \t]+([^\n]*)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+$")
_NOT_POSTS = frozenset(
    {"readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security"}
)
_HIDDEN = frozenset({"hidden", "unlisted"})
_HELD_BACK = {
    "draft": State.DRAFT,
    "private": State.UNPUBLISHED,
    "pending": State.UNPUBLISHED,
    "trash": State.UNPUBLISHED,
}
_DATE_HINTS = {
    "date-gap": "Add the UTC offset.",
    "date-fold": "Add the UTC offset.",
    "date-leap-second": "",
}
_DATE_HINT = "Write it as 2026-05-30 19:22:23 +0800."


class Dialect:
    """feedsvc's own dialect and the base of every other.

    `fences` says which front matter is understood: "yaml", "toml", "json", "headers" (`Key: value`
    lines until the first blank one). `blank_before_fence`: blank lines may precede it.
    `fold_keys`: `Date:` is `date:`. `suffixes`: names that are posts, lower case.
    `keeps_broken`: a file whose front matter cannot be read is a post without it, not left out.
    `replaces_invalid`: bytes that are no text become U+FFFD; otherwise the file is left out.
    `abbreviations`: names of UTC offsets (in minutes) besides those of the site's own zone.
    The `…_keys` are looked up in their order; `static_folders` are where `/file` may lie.
    """

    name = "feedsvc"
    fences: tuple[str, ...] = ("yaml", "toml", "json")
    blank_before_fence = True
    fold_keys = True
    suffixes = frozenset({".md", ".markdown", ".mdown", ".mkd", ".html", ".htm"})
    keeps_broken = False
    replaces_invalid = False
    abbreviations: Mapping[str, int] = dates.CERTAIN
    static_folders: tuple[str, ...] = ("", "static", "public", "assets")

    date_keys: tuple[str, ...] = ("date", "published", "pubdate", "publishdate", "published_at")
    updated_keys: tuple[str, ...] = (
        "updated", "last_modified_at", "lastmod", "modified", "last_modified", "updated_at",
    )  # fmt: skip
    hiding_keys: tuple[str, ...] = ("hidden", "unlisted")
    end_keys: tuple[str, ...] = ("expires", "expirydate", "expiry_date", "unpublishdate")
    summary_keys: tuple[str, ...] = ("summary", "description", "excerpt", "deck")
    image_keys: tuple[str, ...] = (
        "image", "cover_image", "featured_image", "og_image", "cover", "thumbnail",
    )  # fmt: skip

    def is_post(self, path: PurePosixPath, settings: Settings) -> bool:  # noqa: ARG002
        """Whether the file is to be read; `path` is relative to the posts folder.

        Files and folders that begin with a dot or an underscore are none, nor are a folder's
        README and its like.
        """
        if path.suffix.lower() not in self.suffixes:
            return False
        parts = path.parts
        if any(part[0] in "._" or part == "node_modules" for part in parts):
            return False
        return len(parts) > 1 or path.stem.lower() not in _NOT_POSTS

    def read(self, source: Source, settings: Settings) -> Reading:
        """Read one file. Never raises for what the file holds."""
        from feedsvc.posts import frontmatter

        decoded = encoding.decode(source.data, replace=self.replaces_invalid)
        if decoded.text is None:
            return Reading(None, (_not_text(source, decoded),))
        text = decoded.text
        front = frontmatter.read(text, self.fences, blank_before=self.blank_before_fence)
        context = ReadingContext(source, settings, front, text[front.body :])
        if decoded.line:
            context.findings.insert(0, _not_text(source, decoded))
        post = None
        if self.keeps_broken or not front.broken:
            if self.fold_keys:
                context.fold()
            post = self._post(context)
        return Reading(post, tuple(context.findings), tuple(context.depends), front.body)

    def body(self, data: bytes, body_start: int, post: Post) -> str:  # noqa: ARG002
        """The body again, without reading the front matter."""
        text = encoding.decode(data, replace=self.replaces_invalid).text or ""
        return text[body_start:]

    def _post(self, context: ReadingContext) -> Post | None:
        settings = context.settings
        self.complete(context)
        context.markup = self.markup(context)
        context.name = self.file_name(context)
        context.slug = self.slug(context)
        context.title = self.title(context)
        published = self.published(context)
        if published is None:
            return None
        context.published = published
        context.updated = self.updated(context) or published
        context.categories = self.categories(context)
        context.tags = self.tags(context)
        authors = self.authors(context)
        permalink = self.permalink(context)
        root = settings.site.url if permalink.startswith("/") else ""
        context.permalink = f"{root}{permalink}"
        entry_id = self.entry_id(context)
        withheld = self.withheld(context)
        starts = self.starts(context)
        return Post(
            path=context.source.path,
            id=entry_id,
            permalink=context.permalink,
            title=context.title,
            published=published,
            updated=context.updated,
            body=context.body,
            markup=context.markup,
            summary=self.summary(context),
            authors=authors,
            categories=context.categories,
            tags=context.tags,
            lang=self.lang(context),
            slug=context.slug,
            enclosures=self.enclosures(context),
            image=self.image(context),
            starts=dates.EARLIEST if settings.posts.future else starts or published,
            ends=self.ends(context),
            withheld=None if settings.posts.drafts and withheld is State.DRAFT else withheld,
            in_feeds=self.in_feeds(context),
            content=self.content(context),
            extra=context.rest(),
            findings=tuple(context.findings),
        )

    # -- how dates are meant ------------------------------------------------------------------

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
        zones = self.text_zone(context), self.timestamp_zone(context)
        reading = dates.read(field.value, dates.DateRules(*zones, self.abbreviations))
        if reading.code:
            ignored = "" if reading.instant else " It was ignored."
            message = f"`{field.key}`: {reading.message}{ignored}"
            hint = _DATE_HINTS.get(reading.code, _DATE_HINT)
            context.report(reading.code, message, key=field.key, hint=hint)
        elif reading.naive and not isinstance(field.value, str) and zones[0] != zones[1]:
            self._report_naive(context, field, zones)
        return reading

    def _report_naive(
        self, context: ReadingContext, field: Field, zones: tuple[tzinfo, tzinfo]
    ) -> None:
        if isinstance(field.value, date) and hasattr(field.value, "hour"):
            context.report(
                "date-naive",
                f"`{field.key}` has no UTC offset; {self.name} reads it in {zones[1]}, "
                f"not in {zones[0]}.",
                key=field.key,
                severity=Severity.NOTE,
                hint=_DATE_HINTS["date-gap"],
            )

    # -- rules, in the order in which they run ------------------------------------------------

    def complete(self, context: ReadingContext) -> None:
        """Add what the file does not say itself: `context.default(key, value)`."""

    def markup(self, context: ReadingContext) -> Markup:
        """What the body is written in, by the file's suffix."""
        return Markup.HTML if context.path.suffix.lower() in (".html", ".htm") else Markup.MARKDOWN

    def file_name(self, context: ReadingContext) -> FileName:
        """`YYYY-MM-DD-slug`, padded or not; of an `index` file its folder's name."""
        path = context.path
        stem = path.stem
        if stem == "index" and path.parent.name:
            stem = path.parent.name
        match = _DATED.fullmatch(stem)
        if match is None:
            return FileName("", stem)
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return FileName("", stem)
        return FileName(day.isoformat(), match[4] or stem)

    def slug(self, context: ReadingContext) -> str:
        """`slug` of the front matter, else what the file's name says."""
        field = context.take("slug")
        slug = fields.text(field.value) if field else None
        if field and slug is None:
            context.wrong_kind(field.key, field.value, "text")
        return slug or fields.text(context.name.slug) or "post"

    def title(self, context: ReadingContext) -> str:
        """`title`, else the heading that a Markdown body begins with, else the slug as words."""
        field = context.take("title")
        if field:
            if isinstance(field.value, bool):
                message = "`title` is a yes/no value in YAML; it was written out."
                context.report("title-kind", message, key="title", hint="Put it in quotes.")
                return str(field.value).lower()
            if title := fields.text(field.value):
                return title
            if field.value != "":
                context.wrong_kind(field.key, field.value, "text")
        heading = None
        if context.markup is Markup.MARKDOWN:
            heading = _HEADING.match(context.body)
        title = fields.text(_CLOSING_HASHES.sub("", heading[1].strip())) if heading else None
        source = "the heading" if title else "the file name"
        title = title or _words(context.name.slug)
        context.report(
            "title-missing",
            f"There is no title; it was taken from {source}.",
            severity=Severity.NOTE,
            hint="Add `title:`.",
        )
        return title

    def published(self, context: ReadingContext) -> datetime | None:
        """The instant of publication; None leaves the post out (the rule reports why)."""
        keys = self.date_keys
        if fields.truth(context.fields.get("published")) is not None:
            keys = tuple(key for key in keys if key != "published")
        reading = self._date(context, *keys)
        if reading and reading.instant:
            if reading.naive:
                context.stamp = reading.instant.astimezone(self.text_zone(context)).date()
            return reading.instant
        if context.name.date:
            context.stamp = date.fromisoformat(context.name.date)
            return dates.first_instant(context.stamp, self.text_zone(context)).instant
        return self.undated(context)

    def undated(self, context: ReadingContext) -> datetime | None:
        """What becomes of a file without any date: it is left out, and the reason reported."""
        context.report(
            "date-missing",
            "There is no date in the front matter or the file name; the file was left out.",
            key=next((key for key in self.date_keys if key in context.fields), ""),
            severity=Severity.ERROR if context.kind else Severity.WARNING,
            hint="Add `date: 2026-05-30 19:22:23 +0800`.",
        )
        return None

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

    def split_terms(self, text: str) -> list[str]:
        """How text that names several categories or tags is split."""
        return fields.commas(text)

    def terms(self, context: ReadingContext, *keys: str) -> tuple[str, ...]:
        """The names under all of these keys, in order, each once."""
        names: list[str] = []
        for key in keys:
            field = context.take(key)
            if field is None:
                continue
            found, wrong = fields.terms(field.value, self.split_terms)
            names += found
            for value in wrong:
                context.wrong_kind(key, value, "a name or a list of names")
        return tuple(dict.fromkeys(names))

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """`categories` and `category`: text, text with commas, or a list."""
        return self.terms(context, "categories", "category")

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """`tags`, `tag` and `topics`: text, text with commas, or a list."""
        return self.terms(context, "tags", "tag", "topics", "topic")

    def authors(self, context: ReadingContext) -> tuple[Author, ...]:
        """`authors`, `author` or `by`; the site's own author is the feed's affair."""
        field = context.take("authors", "author", "by")
        if field is None:
            return ()
        people, problems = fields.authors(field.value, several=field.key == "authors")
        for problem in problems:
            context.report("author", f"`{field.key}`: {problem}; it was ignored.", key=field.key)
        return people

    def permalink(self, context: ReadingContext) -> str:
        """URL path below the site (starts with `/`, percent-encoded) or an absolute URL."""
        field = context.take("permalink", "url")
        pattern = context.settings.posts.permalink
        pattern = permalinks.STYLES.get(pattern, pattern)
        if field and isinstance(field.value, str) and field.value.strip():
            own = field.value.strip()
            if own.lower().startswith(("http://", "https://")):
                url = media.absolute(own, media.Base("", "", ""))
                if url:
                    return url
            pattern = own
        elif field and field.value != "":
            context.wrong_kind(field.key, field.value, "a path")
        return permalinks.jekyll(pattern, self.facts(context)).path

    def facts(self, context: ReadingContext) -> permalinks.Facts:
        """What the placeholders of a permalink stand for."""
        own = context.fields.get("slug")
        return permalinks.Facts(
            local=context.local,
            slug=context.slug,
            title=context.title,
            own_slug=context.slug if own else "",
            categories=context.categories,
            path=posixpath.splitext(str(context.path))[0],
        )

    def entry_id(self, context: ReadingContext) -> str:
        """The id as front matter gives it, else `mint_id`."""
        field = context.take("id", "guid", "uuid")
        value = fields.text(field.value) if field else None
        if field and (value is None or len(value) > ids.LONGEST):
            context.wrong_kind(field.key, field.value, f"an id of {ids.LONGEST} characters at most")
        elif value:
            return ids.named(value, context.settings.site.url, _stamp(context))
        return self.mint_id(context)

    def mint_id(self, context: ReadingContext) -> str:
        """The id of a post that names none: a tag: URI of host, date and slug."""
        return ids.tag(context.settings.site.url, _stamp(context), f"/{context.slug}")

    def flag(self, context: ReadingContext, key: str, *, doubtful: bool) -> bool | None:
        """A yes/no field; None without one, `doubtful` (and a finding) for any other kind."""
        field = context.take(key)
        if field is None:
            return None
        answer = fields.truth(field.value)
        if answer is None:
            kind = fields.kind_of(field.value)
            message = f"`{key}` holds {kind} where yes or no is expected; read as {_yes(doubtful)}."
            context.report("value-kind", message, key=key, hint="Write true or false.")
            return doubtful
        return answer

    def status(self, context: ReadingContext) -> str:
        """The word under `status`, in lower case."""
        field = context.take("status")
        return (fields.text(field.value) or "").lower() if field else ""

    def withheld(self, context: ReadingContext) -> State | None:
        """DRAFT or UNPUBLISHED where the author holds the post back; in doubt it is held back."""
        if self.flag(context, "draft", doubtful=True) or "_drafts" in context.source.path.split(
            "/"
        ):
            return State.DRAFT
        if status := _HELD_BACK.get(self.status(context)):
            return status
        field = context.take("published")
        if field and fields.truth(field.value) is False:
            return State.UNPUBLISHED
        public = self.flag(context, "public", doubtful=False)
        private = self.flag(context, "private", doubtful=True)
        return State.UNPUBLISHED if private or public is False else None

    def starts(self, context: ReadingContext) -> datetime | None:  # noqa: ARG002
        """When the post becomes visible; None: when it was published."""
        return None

    def ends(self, context: ReadingContext) -> datetime | None:
        """When it vanishes, exclusive; None: never."""
        return self.instant(context, *self.end_keys)

    def in_feeds(self, context: ReadingContext) -> bool:
        """False where the post has a page but is to be in no feed."""
        hidden = True in [self.flag(context, key, doubtful=True) for key in self.hiding_keys]
        field = context.take("feed")
        exclude = field.value.get("exclude") if field and isinstance(field.value, dict) else None
        switched_off = field is not None and fields.truth(field.value) is False
        return not (
            hidden
            or switched_off
            or (exclude is not None and fields.truth(exclude) is not False)
            or self.status(context) in _HIDDEN
        )

    def content(self, context: ReadingContext) -> str | None:
        """ "full" or "summary" where the post says so."""
        field = context.take("feed")
        if field is None or fields.truth(field.value) is not None:
            return None
        if not isinstance(field.value, dict):
            context.wrong_kind("feed", field.value, "a map of `content` and `exclude`")
            return None
        wanted = field.value.get("content")
        if wanted in (None, "full", "summary"):
            return wanted
        message = "`feed.content` is neither `full` nor `summary`; it was ignored."
        context.report("value-kind", message, key="feed")
        return None

    def summary(self, context: ReadingContext) -> str | None:
        """The author's own words in short."""
        field = context.take(*self.summary_keys)
        if field is None:
            return None
        summary = fields.prose(field.value)
        if summary is None:
            context.wrong_kind(field.key, field.value, "text")
        return summary or None

    def lang(self, context: ReadingContext) -> str | None:
        """`lang`, `language` or `locale` as a language tag (RFC 5646)."""
        field = context.take("lang", "language", "locale")
        lang = fields.language(field.value) if field else None
        if field and field.value != "" and lang is None:
            message = f"`{field.key}` is no language tag; it was ignored."
            context.report("lang", message, key=field.key, hint="Write it as `de` or `zh-Hant`.")
        return lang

    def enclosures(self, context: ReadingContext) -> tuple[Enclosure, ...]:
        """`enclosure(s)`, `audio`, `video`, `media` or a media `file`; lengths from local files."""
        keys = ["enclosure", "enclosures", "audio", "video", "media"]
        if media.is_media(context.fields.get("file")):
            keys.append("file")
        field = context.take(*keys)
        if field is None or field.value in ("", [], False):
            return ()
        base = self._base(context)
        items = field.value if isinstance(field.value, list) else [field.value]
        beside = {
            key: given.value for key in ("length", "duration") if (given := context.take(key))
        }
        found: dict[str, Enclosure] = {}
        for number, item in enumerate(items):
            enclosure, problem = media.enclosure(
                item, {} if number else beside, base, self.static_folders, context.size
            )
            if enclosure:
                found.setdefault(enclosure.url, enclosure)
            if problem:
                code = "enclosure-missing" if enclosure else "enclosure"
                ignored = "" if enclosure else "; it was ignored"
                context.report(code, f"`{field.key}`: {problem}{ignored}.", key=field.key)
        return tuple(found.values())

    def image(self, context: ReadingContext) -> str | None:
        """The absolute URL of the post's picture."""
        field = context.take(*self.image_keys)
        if field is None or field.value in ("", [], False):
            return None
        value = field.value[0] if isinstance(field.value, list) else field.value
        reference = media.reference_of(value)
        url = media.absolute(reference, self._base(context)) if reference else None
        if url is None:
            message = f"`{field.key}` names no http or https URL and no file; it was ignored."
            context.report("image", message, key=field.key)
        return url

    @staticmethod
    def _base(context: ReadingContext) -> media.Base:
        return media.Base(context.settings.site.url, context.permalink, context.source.path)


def _not_text(source: Source, decoded: encoding.Decoded) -> Finding:
    kept = "replacement characters were put there" if decoded.text else "the file was left out"
    return Finding(
        "encoding",
        f"The file is not valid {decoded.encoding.upper()}; {kept}.",
        source.path,
        decoded.line,
        decoded.column,
        Severity.WARNING if decoded.text else Severity.ERROR,
        "Save it as UTF-8.",
    )


def _words(slug: str) -> str:
    words = " ".join(slug.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or slug


def _stamp(context: ReadingContext) -> date:
    return context.stamp or context.published.astimezone(UTC).date()


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
