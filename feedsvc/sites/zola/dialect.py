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
from feedsvc.sites.zola.paths import segment

if TYPE_CHECKING:
    from feedsvc.model import Author
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

_DAY = re.compile(r"/?(?:[a-z-]+/){0,2}(\d{4})[/-](\d{1,2})[/-](\d{1,2})[/-]", re.ASCII)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:]+(?:Z|[+-][\d:]+)?)?\s?[_-]\s?(.+)", re.ASCII)


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
        """A file beside an `index.md` is that page's asset."""
        below = FilePath.of(source.path[len(source.root) + 1 if source.root else 0 :])
        bundle = _stem(below.name, settings)[0] == "index"
        own = below.above[1:-1] if bundle else below.above[:-1]
        prefix = f"{source.root}/" if source.root else ""
        if any(source.size(f"{prefix}{folder}/index.md") is not None for folder in own):
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
        """`YYYY-MM-DD-slug` or `YYYY-MM-DD_slug`; `index` is named by its folder."""
        stem = _stem(context.path.name, context.settings)[0]
        stem = context.path.called(stem)
        match = _DATED.fullmatch(stem)
        if match is None:
            return FileName("", stem)
        keeps = context.settings.engine_options.get("keep_dates") is True
        return FileName(match[1], stem if keeps else match[2])

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
        options = context.settings.engine_options
        folders = context.path.folders
        stem, language = _stem(context.path.name, context.settings)
        if stem == "index" and folders:
            folders.pop()
        parts = [segment(name, options.get("slugs_paths")) for name in folders]
        path = "/".join(filter(None, [language, *parts, context.slug]))
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
        """The nearest section, where that has a feed (`generate_feeds`)."""
        sections = context.settings.engine_options.get("sections")
        if not isinstance(sections, dict):
            return ""
        nearest = next((folder for folder in context.path.above if folder in sections), "")
        return nearest if sections.get(nearest) is True else ""

    def edition(self, context: ReadingContext) -> str:
        """The language of the file's name: Zola's feeds are of one language each."""
        return _stem(context.path.name, context.settings)[1]

    def mint_id(self, context: ReadingContext) -> str:
        """As the site's own feed templates do, else as Zola's: the permalink."""
        return minted(context, self.name) or context.permalink

    def withheld(self, context: ReadingContext) -> State | None:
        """`draft`; `render = false` makes no page."""
        draft, render = context.take("draft"), context.take("render")
        if draft and draft.value is True:
            return State.DRAFT
        return State.UNPUBLISHED if render and render.value is False else None

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """`@/blog/a.md`: below `content/`."""
        if reference.kind != INTERNAL:
            return super().find(reference, path, shelf, settings)
        return shelf.first(f"{root}/{reference.name[2:]}" for root in settings.posts.path)

    def lang(self, context: ReadingContext) -> str | None:
        """The language of the file's name."""
        language = _stem(context.path.name, context.settings)[1]
        return fields.language(language) or super().lang(context)


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
