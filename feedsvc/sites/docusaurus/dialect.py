"""How Docusaurus' blog plugin reads a post (`plugin-content-blog/src/blogUtils.ts`)."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from feedsvc.model import State
from feedsvc.posts import permalinks
from feedsvc.posts.dialect import FileName, FilePath, ReadingContext
from feedsvc.posts.relevance import needs
from feedsvc.posts.undated import UndatedDialect

if TYPE_CHECKING:
    from feedsvc.settings import Settings

_DATED = re.compile(  # the last day in it, whose parts folders may have
    r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)(?:/index)?",
    re.ASCII | re.DOTALL,
)
_INDEX = re.compile(r"(?:^|/)index$")


class DocusaurusDialect(UndatedDialect):
    """Dates without an offset are UTC; a day in a path becomes part of the address."""

    name = "docusaurus"
    fences = ("yaml",)
    yes_is_text = True
    tabs_indent = False
    fold_keys = False
    date_keys = ("date",)
    updated_keys = ()
    end_keys = ()
    hiding_keys = ("unlisted",)
    summary_keys = ("description",)
    suffixes = frozenset({".md", ".mdx"})

    def is_post(self, path: str, settings: Settings) -> bool:  # noqa: ARG002
        """Without underscores before names of files and folders, and no tests."""
        file = FilePath.of(path)
        if any(name[0] == "_" for name in (*file.folders, file.name)):
            return False
        return file.suffix in self.suffixes and "__tests__" not in file.folders

    def timestamp_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC."""
        return UTC

    def text_zone(self, context: ReadingContext) -> tzinfo:  # noqa: ARG002
        """UTC."""
        return UTC

    def complete(self, context: ReadingContext) -> None:
        """Tags and authors by their labels and names."""
        tags = context.fields.get("tags")
        if isinstance(tags, list):
            context.fields["tags"] = [
                one["label"] if isinstance(one, dict) and "label" in one else one for one in tags
            ]
        given = context.fields.get("authors")
        if given:
            known: Any = context.settings.engine_options.get("authors") or {}
            people = given if isinstance(given, list) else [given]
            context.fields["authors"] = [_person(one, known) for one in people]

    def file_name(self, context: ReadingContext) -> FileName:
        """The last day in the path, and what stands behind it."""
        match = _DATED.fullmatch(context.path.bare)
        if match is None:
            return FileName("", _INDEX.sub("", context.path.bare).rpartition("/")[2])
        year, month, day = re.split("[-/]", match["date"])
        day = f"{year}-{month:0>2}-{day:0>2}"
        return FileName(day, match["text"].rpartition("/")[2] or day)

    def permalink(self, context: ReadingContext) -> str:
        """`slug`, else day, folders and name, below the blog's place."""
        if own := context.settings.posts.permalink:
            return permalinks.jekyll(own, self.facts(context))
        given = context.fields.get("slug")
        slug = given if isinstance(given, str) and given else _slug(context.path.bare)
        options = context.settings.engine_options
        path = f"/{options.get('route') or ''}/{slug}"
        if (slash := options.get("slash")) is not None:
            path = path.rstrip("/") + "/" * (slash is True)
        return permalinks.finish(re.sub("/{2,}", "/", path))

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """`tags`."""
        return self.terms(context, "tags")

    def categories(self, context: ReadingContext) -> tuple[str, ...]:  # noqa: ARG002
        """None: Docusaurus has no categories."""
        return ()

    @needs("id", "guid", "uuid")
    def own_id(self, context: ReadingContext) -> str | None:
        """A URI or UUID only: `id` is a document's name in Docusaurus."""
        return self.own_uri(context)

    def mint_id(self, context: ReadingContext) -> str:
        """As its feeds do: the address, not percent-encoded."""
        return unquote(context.permalink)

    def withheld(self, context: ReadingContext) -> State | None:
        """`draft`."""
        return State.DRAFT if self.flag(context, "draft", doubtful=True) else None


def _slug(path: str) -> str:
    match = _DATED.fullmatch(path)
    if match is None:
        return _INDEX.sub("", path)
    return f"{match['date'].replace('-', '/')}/{match['folder']}{match['text']}"


def _person(given: object, known: dict[str, Any]) -> object:
    """Who is meant by a key, or a map with one."""
    if isinstance(given, dict):
        return {**known.get(str(given.get("key")), {}), **given}
    return known.get(str(given), given)
