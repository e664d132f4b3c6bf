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
from feedsvc.posts.undated import UndatedDialect

if TYPE_CHECKING:
    from feedsvc.settings import Settings

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_](.+)", re.ASCII | re.DOTALL)
_OF_COLLECTIONS = frozenset({"", "src/content", "content", "src/pages", "data"})
_DROPPED = re.compile(r"[^\w\- ]")


class AstroDialect(UndatedDialect):
    """Dates without an offset are UTC, as JavaScript reads a date alone."""

    name = "astro"
    fences = ("yaml", "toml")
    loose_closing = True
    date_keys = (
        *("date", "pubdate", "publishdate", "pubdatetime", "publishedat", "publisheddate"),
        *("published", "datepublished", "publishedon", "createdat"),
    )
    updated_keys = ("updateddate", "updated", "moddatetime", "updatedat", "lastmod", "modifieddate")
    suffixes = frozenset({".md", ".mdx", ".markdown"})

    def is_post(self, path: str, settings: Settings) -> bool:  # noqa: ARG002
        """Content files; names with an underscore are left out, as Astro does."""
        hidden = any(part[0] in "._" for part in path.split("/"))
        return FilePath.of(path).suffix.lower() in self.suffixes and not hidden

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
        """`slug`, else the path of the file, below the collection's folder."""
        if own := context.settings.posts.permalink:
            return permalinks.jekyll(own, self.facts(context)).path
        folders, stem = context.path.folders, context.path.stem
        if stem == "index" and folders:
            folders.pop()
        given = context.fields.get("slug")
        last = given.strip("/") if isinstance(given, str) else _segment(context.name.slug)
        parts = [*_route(folders, context), *map(_segment, folders), last]
        end = "" if context.settings.engine_options.get("no_slash") is True else "/"
        return permalinks.finish("/" + "/".join(filter(None, parts)) + end)

    def mint_id(self, context: ReadingContext) -> str:
        """As `@astrojs/rss` does: the absolute URL."""
        return context.permalink


def _route(folders: list[str], context: ReadingContext) -> list[str]:
    """Where pages of the file's collection are; takes its folder out of `folders`."""
    options = context.settings.engine_options
    if options.get("bare") is True:
        return []
    root = context.source.root
    if root not in _OF_COLLECTIONS:  # the folder of one collection alone
        name = root.rpartition("/")[2].removeprefix("_")
    elif folders:
        name = folders.pop(0)
    else:
        return []
    routes = options.get("routes")
    route = routes.get(name) if isinstance(routes, dict) else None
    return route.split("/") if isinstance(route, str) else [_segment(name)]


def _segment(name: str) -> str:
    """`github-slugger`, which makes the ids of content entries."""
    return _DROPPED.sub("", fields.text(name) or "").lower().replace(" ", "-")
