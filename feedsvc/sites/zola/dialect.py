"""How Zola reads a page (`components/content/src/page.rs`, `front_matter/page.rs`)."""

from __future__ import annotations

import re
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING, Any

from feedsvc.model import Severity, State
from feedsvc.posts import fields, permalinks
from feedsvc.posts.dialect import FileName, FilePath, Reading, ReadingContext, Source
from feedsvc.posts.references import INTERNAL
from feedsvc.posts.undated import UndatedDialect
from feedsvc.sites.templates.minting import minted
from feedsvc.sites.zola.paths import ignored, segment

if TYPE_CHECKING:
    from feedsvc.model import Author
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

_DAY = re.compile(r"/?(?:[a-z-]+/){0,2}(\d{4})[/-](\d{1,2})[/-](\d{1,2})[/-]", re.ASCII)
_DATED = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:T[\d:.]+(?:Z|[+-][\d:]+))?"
    r"(?:\s?[_-](.+))?",
    re.ASCII,
)


class ZolaDialect(UndatedDialect):
    """TOML between `+++` (or YAML); naive dates are UTC; pages without a date are in no feed."""

    name = "zola"
    fences = ("toml", "yaml")
    suffixes = frozenset({".md"})
    date_keys = ("date",)
    updated_keys = ("updated",)
    hiding_keys = ()
    end_keys = ()

    def is_post(self, path: str, settings: Settings) -> bool:
        """Pages; `_index.md` is its section's."""
        file = FilePath.of(path)
        return file.suffix == ".md" and _stem(file.name, settings)[0] != "_index"

    def read(self, source: Source, settings: Settings) -> Reading:
        """Not what `ignored_content` names; a page beside an `index.md` is one like any other."""
        if any(pattern.fullmatch(f"/{source.path}") for pattern in ignored(settings)):
            return Reading(None, ())
        return super().read(source, settings)

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC."""
        return UTC

    def text_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC."""
        return UTC

    def complete(self, context: ReadingContext) -> None:
        """`[taxonomies]` and `[extra]` hold what others keep on top."""
        for table in ("taxonomies", "extra"):
            values = context.fields.get(table)
            for key, value in values.items() if isinstance(values, dict) else ():
                context.default(str(key), value)

    def file_name(self, context: ReadingContext) -> FileName:
        """The day that it begins with, and what is behind `-` or `_`; a folder's for `index`."""
        stem = _stem(context.path.name, context.settings)[0]
        stem = context.path.called(stem)
        match = _DATED.match(stem)
        if match is None:
            return FileName("", stem)
        keeps = context.settings.engine_options.get("keep_dates") is True
        return FileName(match[1], stem if keeps else match[2] or stem)

    def slug(self, context: ReadingContext) -> str:
        """Front matter, else the file's name without its date, made a slug."""
        field = context.take("slug")
        name = (fields.text(field.value) if field else None) or context.name.slug
        return segment(name, context.settings.engine_options.get("slugs_paths"))

    def title(self, context: ReadingContext) -> str:
        """Front matter only."""
        field = context.take("title")
        return (fields.text(field.value) if field else None) or ""

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """`[taxonomies] categories`."""
        return _terms(context, "categories")

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """`[taxonomies] tags`."""
        return _terms(context, "tags")

    def authors(self, context: ReadingContext) -> tuple[Author, ...]:
        """`authors`, wherever it stands."""
        field = context.take("authors", "author")
        return fields.authors(field.value, several=False)[0] if field else ()

    def permalink(self, context: ReadingContext) -> str:
        """`path`, else sections and slug, below the language where it is not the site's."""
        if (field := context.take("path")) and (given := fields.text(field.value)):
            return permalinks.finish(f"/{given.strip('/')}/")
        if own := context.settings.posts.permalink:
            return permalinks.jekyll(own, self.facts(context)).path
        folders = context.path.folders
        stem, language = _stem(context.path.name, context.settings)
        slug = context.slug
        if stem == "index":
            slug = slug if folders else ""
            folders = folders[:-1]
        path = "/".join(filter(None, [language, *folders, slug]))
        return permalinks.finish(f"/{path}/")

    def named_day(self, context: ReadingContext) -> date | None:
        """The file's name, else a `path` that begins with a day.

        Zola itself leaves such a page undated; sites that write their days so have feed templates
        that take them from there.
        """
        day = super().named_day(context)
        match = _DAY.match(str(context.fields.get("path"))) if day is None else None
        if match is None:
            return day
        try:
            day = date(*map(int, match.groups()))
        except ValueError:
            return None
        message = "The page has no date; that of its `path` was taken."
        context.report("date-missing", message, key="path", severity=Severity.NOTE)
        return day

    def section(self, context: ReadingContext) -> str:
        """The nearest section, or the one that it is transparent to, where that has a feed."""
        known: Any = context.settings.engine_options.get("sections") or {}
        for folder in context.path.above:
            said = known.get(folder)
            if said is not None and "feed" in said:
                return folder
            if said is not None and "transparent" not in said:
                return ""
        return ""

    def edition(self, context: ReadingContext) -> str:
        """The language of the file's name: Zola's feeds are of one language each."""
        return _stem(context.path.name, context.settings)[1]

    def mint_id(self, context: ReadingContext) -> str:
        """As the site's own feed templates do, else as Zola's: the permalink."""
        return minted(context, self.name) or context.permalink

    def withheld(self, context: ReadingContext) -> State | None:
        """`draft`, of the page or a section above; `render = false` makes no page."""
        draft, render = context.take("draft"), context.take("render")
        if (draft and draft.value is True) or _in_draft(context):
            return State.DRAFT
        return State.UNPUBLISHED if render and render.value is False else None

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """`@/blog/a.md`: below `content/`; `@/blog/_index.md` is the section itself."""
        if reference.kind != INTERNAL:
            return super().find(reference, path, shelf, settings)
        file = FilePath.of(reference.name[2:])
        stem, language = _stem(file.name, settings)
        if stem == "_index" and _is_section(file.folder, settings):
            below = permalinks.finish(f"/{language}/{file.folder}/")
            return f"{settings.site.url}{below}"
        return shelf.first(f"{root}/{file.text}" for root in settings.posts.path)

    def lang(self, context: ReadingContext) -> str | None:
        """The language of the file's name."""
        language = _stem(context.path.name, context.settings)[1]
        return fields.language(language) or super().lang(context)


def _in_draft(context: ReadingContext) -> bool:
    known: Any = context.settings.engine_options.get("sections") or {}
    return any("draft" in known.get(folder, ()) for folder in context.path.above)


def _is_section(folder: str, settings: Settings) -> bool:
    known: Any = settings.engine_options.get("sections") or {}
    return not folder or folder in known


def _stem(name: str, settings: Settings) -> tuple[str, str]:
    """A file's name without suffix and language, and the language ("" for the site's)."""
    stem = name.removesuffix(".md")
    languages: Any = settings.engine_options.get("languages") or ()
    head, _, language = stem.rpartition(".")
    return (head, language) if head and language in languages else (stem, "")


def _terms(context: ReadingContext, key: str) -> tuple[str, ...]:
    field = context.take(key)
    items = field.value if field and isinstance(field.value, list) else ()
    return tuple(dict.fromkeys(name for item in items if (name := fields.text(item))))
