"""How Eleventy 3 reads a template (`src/Template.js`, `src/Data/TemplateData.js`)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from feedsvc.model import Markup, State
from feedsvc.posts import fields
from feedsvc.posts.dialect import Body, FileName, FilePath, Reading, ReadingContext, Source
from feedsvc.posts.matter import FrontMatter
from feedsvc.posts.relevance import needs
from feedsvc.posts.undated import UndatedDialect
from feedsvc.sites import jsfront
from feedsvc.sites.eleventy.cascade import ASKED_FOR_DRAFTS, complete
from feedsvc.sites.eleventy.urls import template_url, undated
from feedsvc.sites.templates.minting import minted, names

if TYPE_CHECKING:
    from feedsvc.settings import Settings

_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})", re.ASCII)
_JSON_FENCE = re.compile(rb"(\xef\xbb\xbf)?---json[ \t]*\r?\n")
_CLOSING_FENCE = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)
_GLOB = {
    "**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]",
    "{": "(?:", "}": ")", ",": "|",
}  # fmt: skip
_WORDED = ("last modified", "created", "git last modified", "git created")
_NEVER = frozenset(
    {"node_modules", "_site", "_includes", "_layouts", "_data", "_components", "_partials"}
)


class EleventyDialect(UndatedDialect):
    """Naive dates are UTC; folders and sidecar files complete the front matter."""

    name = "eleventy"
    fences = ("yaml", "json")
    yes_is_text = True
    tabs_indent = False
    loose_closing = True
    replaces_invalid = True
    fold_keys = False
    suffixes = frozenset({".md", ".markdown", ".html", ".njk", ".liquid", ".mdx"})
    markups = MappingProxyType(
        {**UndatedDialect.markups, ".njk": Markup.HTML, ".liquid": Markup.HTML}
    )
    date_keys = ("date",)
    hiding_keys = ()
    end_keys = ()
    source_signs = ("{%", "{{")

    def is_post(self, path: str, settings: Settings) -> bool:
        """Templates outside of `_includes` and the like, `node_modules`, and what is ignored."""
        file = FilePath.of(path)
        options = settings.engine_options
        formats = options.get("formats")
        if file.suffix.lower() not in (formats if isinstance(formats, list) else self.suffixes):
            return False
        if file.suffix.lower() not in self.suffixes or file.name[0] == ".":
            return False
        if any(name[0] == "." or name in _NEVER for name in file.folders):
            return False
        ignored = options.get("ignored")
        patterns = [str(one) for one in ignored] if isinstance(ignored, list) else []
        patterns.append(str(options.get("output") or "_site"))
        return not any(_ignores(pattern, path) for pattern in patterns)

    def read(self, source: Source, settings: Settings) -> Reading:
        """`---json` fences are JSON front matter between lines that Eleventy drops."""
        plain = _without_json_fence(source.data)
        if plain is not source.data:
            source = Source(source.path, source.root, plain, source.side, source.size)
        return super().read(source, settings)

    def front_matter(self, text: str, path: str) -> FrontMatter:
        """A text that itself begins with a brace is a template of JSON, without front matter."""
        if text[:1] == "{":
            return FrontMatter("")
        return (jsfront.read(text) if "---j" in text[:5] else None) or super().front_matter(
            text, path
        )

    def body(self, data: bytes, body_start: int) -> Body:
        """As `read` saw it."""
        return super().body(_without_json_fence(data), body_start)

    def encoded_body(self, data: bytes, body: str, body_start: int) -> bytes | None:
        """As `read` saw it."""
        return super().encoded_body(_without_json_fence(data), body, body_start)

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC, whatever the site's zone."""
        return UTC

    def text_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC, whatever the site's zone."""
        return UTC

    def complete(self, context: ReadingContext) -> None:
        """The data cascade: the sidecar file, then the folders' data files, the nearest first."""
        complete(context)

    def markup(self, context: ReadingContext) -> Markup:
        """By the suffix, unless `templateEngineOverride` says by which engines."""
        engines = context.fields.get("templateEngineOverride")
        if engines is None:
            return super().markup(context)
        words = engines.split(",") if isinstance(engines, str) else ()
        return Markup.MARKDOWN if "md" in map(str.strip, words) else Markup.HTML

    def file_name(self, context: ReadingContext) -> FileName:
        """The first date in the path, folders included; `index` is named by its folder."""
        path = context.path
        stem = undated(path.stem)
        if stem == "index" and path.folder:
            stem = undated(path.folder.rpartition("/")[2])
        found = _DATE.search(path.text)
        return FileName(found[1] if found else "", stem)

    def slug(self, context: ReadingContext) -> str:
        """`page.fileSlug`: the file's name without its date; `slug:` means nothing to Eleventy."""
        return context.name.slug

    def title(self, context: ReadingContext) -> str:
        """Front matter and data only."""
        field = context.take("title")
        return (fields.title(field.value) if field else None) or ""

    def published(self, context: ReadingContext) -> datetime | None:
        """`date`, else the path's; else the page is listed and in no feed.

        Eleventy falls back on the file's own time, which differs from machine to machine.
        """
        if str(context.fields.get("date")).strip().lower() in _WORDED:
            context.take("date")
            context.fields["date"] = None
        return super().published(context)

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """Text splits at commas, never at blanks."""
        return self.terms(context, "tags")

    def permalink(self, context: ReadingContext) -> str:
        """`permalink`, else the path of the file."""
        return template_url(context)

    @needs("id", "guid", "uuid")
    def own_id(self, context: ReadingContext) -> str | None:
        """A URI or a UUID, unless the site's own feed makes something of these itself."""
        return None if names(context.settings, "id", "guid", "uuid") else self.own_uri(context)

    def mint_id(self, context: ReadingContext) -> str:
        """As the site's own feed template does, else as the feed plugin: the absolute URL."""
        return minted(context, self.name) or context.permalink

    def withheld(self, context: ReadingContext) -> State | None:
        """`permalink: false` makes no page; `draft` counts where the site's code asks for it."""
        excluded = context.take("eleventyExcludeFromCollections")
        no_page = context.fields.get("permalink") is False
        if no_page or (excluded and excluded.value is True):
            return State.UNPUBLISHED
        asked = context.take(ASKED_FOR_DRAFTS) or context.settings.engine_options.get("drafts")
        draft = context.fields.get("draft") if asked else None
        return State.DRAFT if draft not in (None, False, "") else None

    def in_site_feed(self, context: ReadingContext) -> bool:
        """Whether the collection that the site's feed shows has the post."""
        options = context.settings.engine_options
        tag, globs = options.get("collection"), options.get("globs")
        if isinstance(globs, list):
            return any(_is_like(str(glob), context.source.path) for glob in globs)
        return not isinstance(tag, str) or tag in context.tags


def _ignores(pattern: str, path: str) -> bool:
    pattern = pattern.strip("/").removeprefix("./")
    return path.startswith(f"{pattern}/") or fnmatchcase(path, pattern)


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """`**` is any folders, `*` part of a name, `{a,b}` either."""
    parts = re.split(r"(\*\*/?|\*|\?|[{},])", pattern)
    return re.compile("".join(_GLOB.get(part, re.escape(part)) for part in parts))


def _is_like(pattern: str, path: str) -> bool:
    try:
        return bool(_glob(pattern[:200]).fullmatch(path))
    except re.error:
        return True  # one that is not understood leaves nothing out


def _without_json_fence(data: bytes) -> bytes:
    """Blanks instead of the fences, so that every offset and line stays."""
    opening = _JSON_FENCE.match(data)
    if opening is None:
        return data
    closing = _CLOSING_FENCE.search(data, opening.end())
    if closing is None:
        return data
    head = data[: opening.start(1) + 3 if opening[1] else 0]
    first = data[len(head) : opening.end()]
    blank = re.sub(rb"[^\r\n]", b" ", first)
    gap = re.sub(rb"[^\r\n]", b" ", closing[0])
    return b"".join(
        (head, blank, data[opening.end() : closing.start()], gap, data[closing.end() :])
    )
