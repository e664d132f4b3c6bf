"""How Zola reads a page (`components/content/src/page.rs`, `front_matter/page.rs`)."""

from __future__ import annotations

import re
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING, Any

from feedsvc.model import Severity, State
from feedsvc.posts import fields, permalinks
from feedsvc.posts.dialect import FileName, FilePath, Reading, ReadingContext, Source
from feedsvc.posts.references import INTERNAL
from feedsvc.posts.relevance import needs
from feedsvc.posts.undated import UndatedDialect
from feedsvc.sites.templates.minting import minted
from feedsvc.sites.zola import sections
from feedsvc.sites.zola.paths import ignored, segment, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedsvc.model import Author
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

_DAY = re.compile(r"/?(?:[a-z-]+/){0,2}(\d{4})[/-](\d{1,2})[/-](\d{1,2})[/-]", re.ASCII)
_DATED = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(T[\d:.]+(?:Z|[+-]\d\d:\d\d))?"
    r"(?:\s?[_-](.+))?",
    re.ASCII,
)
# What Zola itself reads on top is not to be had from `[extra]`; sites say there, too, when a page
# was changed, and have feed templates that tell so.
_OWN = frozenset({
    "title", "description", "date", "weight", "draft", "render", "slug", "path",
    "aliases", "template", "in_search_index", "taxonomies", "extra",
})  # fmt: skip
_NO_TERMS: dict[str, str] = {}


class ZolaDialect(UndatedDialect):
    """TOML between `+++` (or YAML); naive dates are UTC; pages without a date are in no feed."""

    name = "zola"
    fences = ("toml", "yaml")
    yes_is_text = True
    tabs_indent = False
    suffixes = frozenset({".md"})
    date_keys = ("date",)
    updated_keys = ("updated",)
    hiding_keys = ("hide_from_feed",)  # in `[extra]`, as themes have it
    end_keys = ()
    source_signs = ("{{", "{%")

    def is_post(self, path: str, settings: Settings) -> bool:  # noqa: ARG002
        """Pages; `_index.md` is its section's, and what begins with a dot is hidden."""
        name = path.rpartition("/")[2]
        return name.endswith(".md") and not name.startswith((".", "_index."))

    def left_out(self, source: Source, path: FilePath, settings: Settings) -> Reading | None:  # noqa: ARG002
        """What `ignored_content` names; a page beside an `index.md` is one like any other."""
        if any(pattern.fullmatch(f"/{source.path}") for pattern in ignored(settings)):
            return Reading(None, ())
        return None

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
                if key not in _OWN:
                    context.default(str(key), value)

    def file_name(self, context: ReadingContext) -> FileName:
        """The day that it begins with, and what is behind `-` or `_`; a folder's for `index`."""
        name = context.path.called(stem(context.path.name, context.settings)[0])
        match = _DATED.match(name)
        if match is None:
            return FileName("", name)
        if match[2]:  # with a time
            context.default("date", f"{match[1]}{match[2]}")
        keeps = context.settings.engine_options.get("keep_dates") is True
        return FileName(match[1], name if keeps else match[3] or name)

    def slug(self, context: ReadingContext) -> str:
        """Front matter, else the file's name without its date, made a slug."""
        field = context.take("slug")
        name = (fields.text(field.value) if field else None) or context.name.slug
        return segment(name, context.settings.engine_options.get("slugs_paths"))

    def title(self, context: ReadingContext) -> str:
        """Front matter only."""
        field = context.take("title")
        if field is None:
            return ""
        word = isinstance(field.value, bool)  # text to Zola, whose YAML is 1.2
        return fields.title(str(field.value).lower() if word else field.value) or ""

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """`[taxonomies] categories`, or what the site calls them."""
        return _terms(context, "categories")

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """`[taxonomies] tags`, or what the site calls them."""
        return _terms(context, "tags")

    @needs("authors", "author")
    def authors(self, context: ReadingContext) -> tuple[Author, ...]:
        """`authors`, wherever it stands."""
        field = context.take("authors", "author")
        return fields.authors(field.value, several=False)[0] if field else ()

    def permalink(self, context: ReadingContext) -> str:
        """`path`, else sections and slug, below the language where it is not the site's."""
        if (field := context.take("path")) and (given := fields.text(field.value)):
            return permalinks.finish(f"/{given.strip('/')}/")
        if own := context.settings.posts.permalink:
            return permalinks.jekyll(own, self.facts(context))
        folders = context.path.folders
        name, language = stem(context.path.name, context.settings)
        slug = context.slug
        if name == "index" and not folders:
            slug = ""
        elif name.partition(".")[0] == "index":
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
        """The folder's section, or the one that it is transparent to, where that has a feed.

        A page in a folder that is no section is in none.
        """
        return next((folder for folder, said in _within(context) if "feed" in said), "")

    def in_feeds(self, context: ReadingContext) -> bool:
        """Not what its front matter or its section's hides."""
        shown = not any("hide_from_feed" in said for _, said in _within(context))
        return shown and super().in_feeds(context)

    def in_site_feed(self, context: ReadingContext) -> bool:
        """Not where the site's own feed template shows the pages of another section alone."""
        shown: Any = context.settings.engine_options.get("site_sections")
        return not shown or any(folder in shown for folder, _ in _within(context))

    def edition(self, context: ReadingContext) -> str:
        """The language of the file's name: Zola's feeds are of one language each."""
        return stem(context.path.name, context.settings)[1]

    def mint_id(self, context: ReadingContext) -> str:
        """As the site's own feed templates do, else as Zola's: the permalink."""
        return minted(context, self.name) or context.permalink

    def withheld(self, context: ReadingContext) -> State | None:
        """`draft`, of the page or a section above; `render = false` makes no page."""
        draft, render = context.take("draft"), context.take("render")
        known = context.settings.engine_options.get("sections")
        if (draft and draft.value is True) or sections.is_draft(context.path.above, known):
            return State.DRAFT
        return State.UNPUBLISHED if render and render.value is False else None

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """`@/blog/a.md`: below `content/`; `@/blog/_index.md` is the section itself."""
        if reference.kind != INTERNAL:
            return super().find(reference, path, shelf, settings)
        file = FilePath.of(reference.name[2:])
        name, language = stem(file.name, settings)
        known = settings.engine_options.get("sections")
        if name == "_index" and (
            not file.folder or sections.of(file.folder, language, known) is not None
        ):
            below = permalinks.finish(f"/{language}/{file.folder}/")
            return f"{settings.site.url}{below}"
        return shelf.first(f"{root}/{file.text}" for root in settings.posts.path)

    def lang(self, context: ReadingContext) -> str | None:
        """The language of the file's name."""
        language = stem(context.path.name, context.settings)[1]
        return fields.language(language) or super().lang(context)


def _within(context: ReadingContext) -> Iterator[tuple[str, Collection[str]]]:
    """The section that a page is in, then those that it is transparent to, with their switches."""
    known = context.settings.engine_options.get("sections")
    name, language = stem(context.path.name, context.settings)
    beside = name.partition(".")[0] == "index" and bool(context.path.folder)
    for folder in context.path.above[beside:]:
        said = sections.of(folder, language, known)
        if said is None:
            return
        yield folder, said
        if "transparent" not in said:
            return


def _terms(context: ReadingContext, kind: str) -> tuple[str, ...]:
    """Those of the taxonomy of a kind: what else is called so is nothing to Zola."""
    known: Any = context.settings.engine_options.get("taxonomies")
    if not isinstance(known, dict):
        known = {}
    named = known.get(stem(context.path.name, context.settings)[1]) or known.get("") or _NO_TERMS
    given = context.fields.get("taxonomies")
    items = given.get(named.get(kind, kind)) if isinstance(given, dict) else None
    names = map(fields.text, items) if isinstance(items, list) else ()
    return tuple(dict.fromkeys(filter(None, names)))
