"""How Jekyll 4 reads a post (`lib/jekyll/document.rb`, `lib/jekyll/readers/post_reader.rb`)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING

from feedsvc.model import State
from feedsvc.posts import dates, fields, permalinks
from feedsvc.posts.dialect import Dialect, FileName, FilePath, ReadingContext
from feedsvc.posts.relevance import needs
from feedsvc.posts.undated import UNDATED, UndatedDialect
from feedsvc.sites.jekyll import collections, ids, places, polyglot, references
from feedsvc.sites.jekyll.defaults import complete
from feedsvc.sites.jekyll.rubytime import as_ruby, rolled
from feedsvc.sites.jekyll.words import liquid, names_in, words
from feedsvc.sites.templates.minting import minted, names

if TYPE_CHECKING:
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

_DATED = re.compile(r"(\d{2}|\d{4})-(\d{1,2})-(\d{1,2})-(.*)", re.ASCII | re.DOTALL)
_USUAL = len("YYYY-MM-DD-")
_BROKEN = ("front-matter-broken", "front-matter-not-a-map", "front-matter-too-deep")
_HTML = frozenset({".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".html", ".htm"})
# Plugins convert these; here they are read as Markdown.
_TEXT = frozenset({".txt", ".textile", ".adoc", ".asciidoc", ".ad", ".org", ".rst"})


class JekyllDialect(UndatedDialect):
    """Bare naive timestamps are UTC, all other naive dates are in the site's zone."""

    name = "jekyll"
    fences = ("yaml",)
    blank_before_fence = False
    fold_keys = False
    tabs_indent = False
    keeps_broken = True
    suffixes = _HTML | _TEXT
    abbreviations = MappingProxyType({**dates.CERTAIN, **dates.RFC_822})
    date_keys = ("date",)
    creation_keys = ()
    summary_keys = ("description", "excerpt", "summary")
    reference_signs = "{"
    source_signs = ("{%", "{{")
    hiding_keys = ()  # `hidden: true` is a theme's affair
    end_keys = ()  # and nothing expires

    def is_post(self, path: str, settings: Settings) -> bool:  # noqa: ARG002
        """Every file of those kinds below `_posts` or `_drafts`; a name without a date is told."""
        file = FilePath.of(path)
        return file.suffix.lower() in self.suffixes and file.name[0] not in "._#~"

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """Ruby's YAML makes UTC of a timestamp without an offset."""
        return UTC

    def complete(self, context: ReadingContext) -> None:
        """The `defaults` of the configuration, the most specific scope first."""
        collection = places.collection_of(context)
        path = places.relative(context.source.path, places.roots(context.settings))
        complete(context, path, collection["name"] if collection else "posts")

    def file_name(self, context: ReadingContext) -> FileName:
        """`YYYY-MM-DD-slug`, padded or not; years of two digits as Ruby reads them."""
        stem = context.path.stem
        match = _DATED.fullmatch(stem)
        if match is None:
            return FileName("", stem.rstrip("."))
        day = stem[:10]
        if match.start(4) != _USUAL:
            year = int(match[1])
            if len(match[1]) == 2:
                year += 2000 if year < 69 else 1900
            day = f"{year:04d}-{int(match[2]):02d}-{int(match[3]):02d}"
        if context.fields.get("date") is None:
            day = rolled(context, "The file's name", day)
        return FileName(day, match[4].rstrip("."))

    def slug(self, context: ReadingContext) -> str:
        """Front matter as it stands, else the file's name with its case."""
        slug = context.value("slug")
        return context.name.slug if slug is None else liquid(slug)

    def title(self, context: ReadingContext) -> str:
        """Missing or null: the slug of the file's name, split at `-`, each word capitalised.

        None at all where the front matter cannot be read.
        """
        if context.findings and any(told.code in _BROKEN for told in context.findings):
            return ""
        if (title := context.value("title")) is not None:
            return fields.title(liquid(title)) or ""
        return " ".join(word.capitalize() for word in context.name.slug.split("-")).strip()

    def published(self, context: ReadingContext) -> datetime | None:
        """Front matter beats the file's name, which must have a date all the same."""
        if places.is_draft(context):
            dated = context.fields.get("date") or context.name.date
            return super().published(context) if dated else UNDATED
        if places.collection_of(context):
            # Where a file without front matter is none of Jekyll's documents.
            return super().published(context) if context.kind else self.undated(context)
        if not context.name.date:
            context.report(
                "name-without-date",
                "Jekyll leaves out what has no date in its file name; so did feedsvc.",
                hint="Rename it to YYYY-MM-DD-slug.md, or move it to _drafts.",
            )
            return None
        if "date" in context.fields and context.fields["date"] is None:
            context.report(
                "date-empty",
                "`date` is empty, which stops Jekyll; the file name's date was taken.",
                key="date",
                hint="Write a date or remove the key.",
            )
        return super().published(context)

    def _date(self, context: ReadingContext, *keys: str) -> dates.DateReading | None:
        """Text as Ruby reads it where others would read it otherwise, or not at all.

        Of a second Jekyll prints no fraction anywhere.
        """
        for key in keys:
            value = context.fields.get(key)
            if isinstance(value, str) and not dates.certain(value):
                as_ruby(context, key, value)
        reading = super()._date(context, *keys)
        if reading and reading.instant and reading.instant.microsecond:
            reading = reading._replace(instant=reading.instant.replace(microsecond=0))
        return reading

    def undated(self, context: ReadingContext) -> datetime | None:
        """A document of a collection is listed; Jekyll would date it by the time of the build."""
        if places.collection_of(context) and context.kind:
            return super().undated(context)
        return Dialect.undated(self, context)

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """Folders above `_posts`, then `categories`, then `category`, which is never split."""
        folder = context.source.path.rpartition("/")[0]
        names = list(places.folders_above(folder, *places.roots(context.settings)))
        for key in ("categories", "category"):
            value = context.value(key)
            whole = key == "category" or not isinstance(value, str)
            names += names_in(value) if whole else words(str(value))
        return tuple(dict.fromkeys(filter(None, names)))

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """`tag` beats `tags`; a string of `tags` splits on white space; a number is no tag."""
        one, several = context.value("tag"), context.value("tags")
        if one is not None:
            names = names_in(one)
        elif isinstance(several, str):
            names = words(several)
        else:
            names = names_in(several) if isinstance(several, list) else []
        return tuple(dict.fromkeys(filter(None, names)))

    def permalink(self, context: ReadingContext) -> str:
        """The post's own `permalink` is literal but for placeholders; the site's may be a style."""
        own = context.value("permalink")
        site = context.settings.posts.permalink
        collection = places.collection_of(context)
        pattern = collection["permalink"] if collection else permalinks.STYLES.get(site, site)
        if own is not None:
            pattern = liquid(own)
        suffix = context.path.suffix.lower()
        facts = self.facts(context)
        if collection:
            facts = facts._replace(collection=collection["name"])
        if suffix not in _HTML:
            facts = facts._replace(output_ext=suffix)
        path = permalinks.jekyll(pattern, facts)
        language = polyglot.language(context)
        return f"/{language}{path}" if language else path

    @needs("id", "guid", "uuid")
    def own_id(self, context: ReadingContext) -> str | None:
        """A URI or a UUID: other words there are the theme's affair, and `page.id` is Jekyll's."""
        if names(context.settings, "id", "guid", "uuid"):  # as the site's own feed has them
            return None
        return self.own_uri(context)

    def mint_id(self, context: ReadingContext) -> str:
        """As the site's own feed template does, else as jekyll-feed: the absolute URL of `id`."""
        made = minted(context, self.name, lambda name: ids.of(context, name))
        return made or ids.of(context, "absolute_id")

    def withheld(self, context: ReadingContext) -> State | None:
        """`published: false` (or nothing) holds back; `draft` in a post means nothing to Jekyll."""
        if places.is_draft(context):
            return State.DRAFT
        says = "published" in context.fields and context.fields["published"] in (False, None)
        context.value("published")
        kept = says and context.settings.engine_options.get("unpublished") is not True
        return State.UNPUBLISHED if kept else None

    @needs(unless=polyglot.known)
    def edition(self, context: ReadingContext) -> str:
        """The post's language where the site has several and it is not the site's own."""
        return polyglot.language(context)

    @needs(unless=collections.known)
    def section(self, context: ReadingContext) -> str:
        """The collection, unless it is that of the posts."""
        collection = places.collection_of(context)
        return collection["name"] if collection else ""

    @needs(unless=collections.known)
    def in_site_feed(self, context: ReadingContext) -> bool:
        """Documents of other collections are in the feed of theirs."""
        return places.collection_of(context) is None

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """`post_url` and `link`."""
        if reference.kind == "post_url":
            return references.post_url(reference.name, shelf)
        if reference.kind == "link":
            return references.link(reference.name, shelf, settings)
        return super().find(reference, path, shelf, settings)

    @needs("draft", "feed", "status", named="hiding_keys")
    def in_feeds(self, context: ReadingContext) -> bool:
        """jekyll-feed skips `draft: true`."""
        draft = context.value("draft")
        return super().in_feeds(context) and draft is not True
