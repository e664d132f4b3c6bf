"""How Nikola 8 reads a post (`nikola/post.py`, `nikola/plugins/misc/scan_posts.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.model import Finding, Markup, Severity, State
from feedsvc.posts import fields
from feedsvc.posts.dialect import FileName, FilePath, Reading, ReadingContext
from feedsvc.posts.references import FILE
from feedsvc.posts.relevance import needs
from feedsvc.sites.nikola import completion, metadata
from feedsvc.sites.nikola.facts import COMPILERS, Facts
from feedsvc.sites.nikola.layout import levels_of
from feedsvc.sites.nikola.names import language_tag, slugify
from feedsvc.sites.nikola.references import find
from feedsvc.sites.pythonic.datetext import DateutilDialect

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.model import Author
    from feedsvc.posts.dialect import Source
    from feedsvc.posts.matter import FrontMatter
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

_MARKUPS = {
    "rest": Markup.RESTRUCTURED,
    "markdown": Markup.MARKDOWN,
    "html": Markup.HTML,
    "wordpress": Markup.HTML,
}
_UNREAD = (".org", ".adoc", ".asciidoc", ".textile", ".t2t", ".bb", ".wiki", ".pandoc", ".php")
_STATES = ("published", "featured", "private", "draft")


class NikolaDialect(DateutilDialect):
    """`.. key: value` lines, YAML or TOML; naive dates are in `TIMEZONE`."""

    name = "nikola"
    suffixes = frozenset({*(one for some in COMPILERS.values() for one in some), *_UNREAD})
    date_keys = ("date",)
    creation_keys = ()
    updated_keys = ("updated",)
    hiding_keys = ()
    end_keys = ()
    summary_keys = ("description",)
    image_keys = ("previewimage",)
    static_folders = ("files", "", "images")
    reference_signs = ("link:", ":doc:", "% doc")
    source_signs = (".. listing::", "{{% listing")

    def is_post(self, path: str, settings: Settings) -> bool:
        """Files that an entry of `POSTS` may have; which has it, `left_out` tells by the folder."""
        if any(part[:1] == "." for part in path.split("/")):
            return False
        name = path.rpartition("/")[2]
        return any(one.name.match(name) for one in Facts.of(settings).wildcards)

    def left_out(self, source: Source, path: FilePath, settings: Settings) -> Reading | None:
        """Files beside the posts, and what is in a markup that feedsvc does not read."""
        facts = Facts.of(settings)
        if facts.wildcard(source.path) is None:
            return Reading(None, ())
        compiler = facts.compilers.get(path.suffix)
        if _markup(compiler, path) is not None:
            return None
        kind = "a notebook" if path.suffix == ".ipynb" else f"in {compiler or path.suffix[1:]}"
        message = f"The post is {kind}, which is not read; it was left out."
        hint = "Write it in Markdown, or put what it becomes there as HTML."
        found = Finding(
            "markup-unknown", message, source.path, severity=Severity.WARNING, hint=hint
        )
        return Reading(None, (found,))

    def front_matter(self, text: str, path: str) -> FrontMatter:
        """Nikola's own lines, YAML, TOML, or what the body's markup has."""
        return metadata.read(text, path)

    def complete(self, context: ReadingContext) -> None:
        """What the file beside it says, its original if it is a translation, and its name."""
        completion.complete(context)

    def markup(self, context: ReadingContext) -> Markup:
        """As `COMPILERS` says of the suffix."""
        compiler = Facts.of(context.settings).compilers.get(context.path.suffix)
        return _markup(compiler, context.path) or Markup.MARKDOWN

    def file_name(self, context: ReadingContext) -> FileName:
        """The bare name of the original: Nikola takes no date from it."""
        return FileName("", FilePath.of(completion.original(context)).stem)

    def slug(self, context: ReadingContext) -> str:
        """The metadata's as it stands, else made of the file's name."""
        field = context.take("slug")
        given = fields.text(field.value) if field else None
        options = context.settings.engine_options
        return given or slugify(context.name.slug, options) or context.name.slug

    def title(self, context: ReadingContext) -> str:
        """The metadata's, else the file's name as it stands."""
        field = context.take("title")
        title = fields.title(field.value) if field else None
        if title is None:
            context.report(
                "title-missing",
                "There is no title; it was taken from the file name.",
                severity=Severity.NOTE,
                hint="Add `.. title:`.",
            )
        return title or context.name.slug

    def undated(self, context: ReadingContext) -> datetime | None:
        """Left out; Nikola ends its build."""
        for told in context.findings:
            if told.code.startswith("date-"):
                return super().undated(context)
        context.report(
            "date-missing",
            "There is no date in the metadata; the file was left out.",
            severity=Severity.ERROR,
            hint="Add `.. date: 2026-05-30 19:22:23 UTC+08:00`.",
        )
        return None

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """One, and those above it where its name has slashes, the nearest first."""
        field = context.take("category", "section")
        name = (fields.text(field.value) or "").strip() if field else ""
        if not name:
            return ()
        if "/" not in name:
            return (name,)
        parts = [part.replace("\\", "\\\\").replace("/", "\\/") for part in levels_of(name)]
        return tuple("/".join(parts[:end]) for end in range(len(parts), 0, -1))

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """Between commas; those that hold a post back are none (`USE_TAG_METADATA`)."""
        found = self.terms(context, "tags")
        if not completion.tags_count(context):
            return found
        return tuple(name for name in found if name not in ("draft", "private"))

    def authors(self, context: ReadingContext) -> tuple[Author, ...]:
        """`author`, several of them only where the site says so; else the site's own."""
        several = context.settings.engine_options.get("MULTIPLE_AUTHORS_PER_POST") is True
        field = context.take("author")
        value = field.value if field else None
        if several and isinstance(value, str):
            value = [part.strip() for part in value.split(",")]
        people, _ = fields.authors(value, several=several)
        return people or completion.site_authors(context)

    def permalink(self, context: ReadingContext) -> str:
        """Folder of the language, folder of the post, slug; `index.html` is not shown."""
        facts = Facts.of(context.settings)
        language = completion.language(context) or facts.language
        pretty = context.value("pretty_url")
        return facts.address(context.source.path, language, context.slug, pretty)

    @needs("guid", "id")
    def own_id(self, context: ReadingContext) -> str | None:
        """`guid` where it is a URI, as feeds ask for; `id` is feedsvc's own."""
        field = context.take("guid", "id")
        uri = fields.uri(value) if field and (value := fields.text(field.value)) else None
        context.named = uri or ""
        return uri

    def mint_id(self, context: ReadingContext) -> str:
        """The permalink, as in both of Nikola's feeds."""
        return context.permalink

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """Posts by their slugs or the names of their files."""
        if reference.kind == FILE:
            return super().find(reference, path, shelf, settings)
        return find(reference, shelf, settings)

    @needs("status", "tags")
    def withheld(self, context: ReadingContext) -> State | None:
        """`status: draft`, or the tag; Nikola publishes under a status that it does not know."""
        status = (fields.text(context.value("status")) or "").strip()
        if status and status not in _STATES:
            context.report(
                "value-kind",
                f"`status` is {status!r}, which Nikola does not know; the post is published.",
                key="status",
                hint="Write published, featured, private or draft.",
            )
        return State.DRAFT if status == "draft" or completion.tagged(context, "draft") else None

    @needs("status", "tags")
    def in_feeds(self, context: ReadingContext) -> bool:
        """A private post has a page, to which nothing leads."""
        status = (fields.text(context.value("status")) or "").strip()
        return status != "private" and not completion.tagged(context, "private")

    def lang(self, context: ReadingContext) -> str | None:
        """The language of a translation."""
        written = completion.written_in(context)
        return fields.language(language_tag(written)) if written else None

    def edition(self, context: ReadingContext) -> str:
        """The language, where the post is a translation."""
        return completion.language(context)


def _markup(compiler: str | None, path: FilePath) -> Markup | None:
    if compiler == "pandoc":  # which tells by the suffix
        compiler = next((name for name, some in COMPILERS.items() if path.suffix in some), None)
    return _MARKUPS.get(compiler or "")
