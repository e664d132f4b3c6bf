"""How Astro's content collections, and most blogs of Next.js and Gatsby, are read.

None of them prescribes front matter or addresses; this is what their official blog templates and
the sites made of them have in common.
"""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from feedsvc.posts import fields, permalinks
from feedsvc.posts.dialect import FileName, FilePath, ReadingContext
from feedsvc.posts.relevance import needs
from feedsvc.posts.timing import CREATED, PUBLISHED
from feedsvc.posts.undated import UndatedDialect
from feedsvc.sites import jsfront
from feedsvc.sites.astro import declared, paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.posts.matter import FrontMatter
    from feedsvc.settings import Settings

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_](.+)", re.ASCII | re.DOTALL)
_OF_COLLECTIONS = frozenset({"", "src/content", "content", "src/pages", "data"})
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_OF_ALL = re.compile(r"\[(?!\.)")  # pages that all languages have below their folder
_SUFFIX = re.compile(r"/[^/]*\.[a-z]+$")
_DROPPED = re.compile(r"[^\w\- ]")


class AstroDialect(UndatedDialect):
    """Dates without an offset are UTC, as JavaScript reads a date alone."""

    name = "astro"
    fences = ("yaml", "toml")
    yes_is_text = True
    tabs_indent = False
    loose_closing = True
    date_keys = (*PUBLISHED, *CREATED)
    suffixes = frozenset({".md", ".mdx", ".markdown"})

    def is_post(self, path: str, settings: Settings) -> bool:
        """Content files; names with an underscore are left out, as Astro does.

        Folders with one are, too, but where a loader looks for the files.
        """
        file = FilePath.of(path)
        signs = "." if settings.engine_options.get("roots") else "._"
        hidden = file.name[0] in "._" or any(name[0] in signs for name in file.folders)
        return file.suffix.lower() in self.suffixes and not hidden

    def front_matter(self, text: str, path: str) -> FrontMatter:
        """Above the text, or in a file of MDX what it exports of itself."""
        front = super().front_matter(text, path)
        if front.kind or not path.endswith(".mdx") or "export" not in text:
            return front
        return jsfront.exported(text) or front

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC."""
        return UTC

    def text_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC."""
        return UTC

    def file_name(self, context: ReadingContext) -> FileName:
        """The name whole; `index` is named by its folder."""
        stem = context.path.called(context.path.stem)
        match = _DATED.fullmatch(stem)
        return FileName(match[1] if match else "", stem)

    def permalink(self, context: ReadingContext) -> str:
        """`slug`, else the path of the file, below the collection's folder.

        `permalink` where the code of the site's feed asks for it.
        """
        if own := context.settings.posts.permalink:
            return permalinks.jekyll(own, self.facts(context))
        options = context.settings.engine_options
        whole = context.fields.get("permalink") if options.get("permalinks") is True else None
        if isinstance(whole, str) and whole.strip():
            return permalinks.finish("/" + whole.strip().lstrip("/"))
        folders, stem = context.path.folders, context.path.stem
        spelling = options.get("by_path")
        if stem == "index" and folders and spelling in (None, "", paths.UNKNOWN):
            folders.pop()
        given = context.fields.get("slug")
        segment: Callable[[str], str] = str if options.get("as_named") is True else _segment
        last = given.strip("/") if isinstance(given, str) else segment(context.name.slug)
        route = _route(folders, context)
        if isinstance(spelling, str) and spelling:
            segment = paths.speller(spelling) or _segment
            folders = [folder for folder in folders if folder[0] != "_"]
            last = last.rpartition("/")[2]
        elif isinstance(given, str) and (
            options.get("whole_slugs") is True or (options.get("bare") is True and given[:1] == "/")
        ):
            folders = []  # it is all of the entry's id, of Gatsby's page its path
        parts = [*route, *map(segment, folders), last]
        if isinstance(pattern := options.get("pattern"), str):
            slug = "/".join(filter(None, [*map(segment, folders), last]))
            parts = declared.filled(pattern, _tokens(context, slug)).split("/")
        end = "" if context.settings.engine_options.get("no_slash") is True else "/"
        return permalinks.finish("/" + "/".join(filter(None, parts)) + end)

    def edition(self, context: ReadingContext) -> str:
        """The language that the post's folder names, where pages have folders of languages."""
        locale = _locale(context) if _section(context)[:1] == "[" else ""
        return "" if locale == _own_locale(context) else locale

    def lang(self, context: ReadingContext) -> str | None:
        """The language that the post's folder names, where pages have folders of languages."""
        locale = _locale(context) if _section(context)[:1] == "[" else ""
        return fields.language(locale) or super().lang(context)

    @needs("id", "guid", "uuid")
    def own_id(self, context: ReadingContext) -> str | None:
        """A URI or a UUID; other words are the site's affair."""
        return self.own_uri(context)

    def mint_id(self, context: ReadingContext) -> str:
        """As `@astrojs/rss` does: the absolute URL, which ends with a slash there."""
        slashed = context.settings.engine_options.get("slashed_ids") is True
        if slashed and not _SUFFIX.search(context.permalink):
            return context.permalink.rstrip("/") + "/"
        return context.permalink

    def in_site_feed(self, context: ReadingContext) -> bool:
        """Whether the code of the site's feed asks for the post's collection."""
        shown = context.settings.engine_options.get("shown")
        return not isinstance(shown, list) or _collection(context) in shown


def _tokens(context: ReadingContext, slug: str) -> dict[str, str]:
    """What a declared pattern may name of a post (`generatePermalink` in AstroWind)."""
    category = _segment(context.categories[0]) if context.categories else ""
    names = ("year", "month", "day", "hour", "minute", "second")
    date = dict(zip(names, context.local.strftime("%Y/%m/%d/%H/%M/%S").split("/"), strict=True))
    return {"slug": slug, "id": slug, "category": category, **date}


def _route(folders: list[str], context: ReadingContext) -> list[str]:
    """Where pages of the file's collection are; takes its folder out of `folders`."""
    options = context.settings.engine_options
    if options.get("bare") is True:
        if f"{context.source.root}/pages" == "src/pages" and folders[:1] == ["pages"]:
            del folders[:1]  # Gatsby's pages lie there, whichever folder is its source
        return []
    name = _collection(context)
    if not name:
        return []
    if context.source.root in _OF_COLLECTIONS:
        if not folders:
            return []  # a page's own folder is none of a collection: `src/pages/a/index.mdx`
        del folders[:1]
    first, _, rest = (route := _section(context)).partition("/")
    if first[:1] != "[":
        return route.split("/")
    locale = _locale(context)
    if locale and folders:
        del folders[0]
    if first.startswith("[...") and locale == _own_locale(context):
        locale = ""
    return [locale, *rest.split("/")]


def _section(context: ReadingContext) -> str:
    """The folder of the pages that are made of the file's collection."""
    name = _collection(context)
    routes = context.settings.engine_options.get("routes")
    route = routes.get(name) if isinstance(routes, dict) else None
    if not isinstance(route, str) or (_OF_ALL.match(route) and not _locale(context)):
        return _segment(name)
    return route


def _own_locale(context: ReadingContext) -> str:
    """The language of pages that are below no folder of a language."""
    settings = context.settings
    return str(settings.engine_options.get("language") or settings.site.language.partition("-")[0])


def _locale(context: ReadingContext) -> str:
    """The language that the file's folder within its collection is called by, "" for none."""
    folders = context.path.folders[context.source.root in _OF_COLLECTIONS :][:1]
    return folders[0] if folders and _LANGUAGE.fullmatch(folders[0]) else ""


def _collection(context: ReadingContext) -> str:
    """The collection that the file is in, "" for none."""
    root = context.source.root
    roots = context.settings.engine_options.get("roots")
    if isinstance(roots, dict):
        path, whole = context.source.path, f"{root}/" if root else ""
        for above in (root, *(f"{whole}{folder}" for folder in context.path.folders[:1])):
            if (name := roots.get(above)) and path.startswith(f"{above}/"):
                return str(name)
    if root in _OF_COLLECTIONS:
        return context.path.folders[0] if context.path.folders else ""
    return root.rpartition("/")[2].removeprefix("_")  # the folder of one collection alone


def _segment(name: str) -> str:
    """`github-slugger`, which makes the ids of content entries."""
    return _DROPPED.sub("", fields.text(name) or "").lower().replace(" ", "-")
