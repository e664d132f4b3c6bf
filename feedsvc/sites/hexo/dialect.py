"""How Hexo 7 reads a post (`hexo/lib/plugins/processor/post.ts`, `hexo-front-matter`)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from feedsvc.model import State
from feedsvc.posts import permalinks
from feedsvc.posts.dialect import FileName, FilePath, ReadingContext
from feedsvc.posts.references import TITLE
from feedsvc.posts.relevance import needs
from feedsvc.posts.undated import UndatedDialect
from feedsvc.sites.hexo import paths

if TYPE_CHECKING:
    from feedsvc.posts.matter import FrontMatter
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

POST = "post_link"
"""The kind of references by the name of a post's file: `{% post_link name %}`."""

_OPENED = "---\n"
_WITHOUT = re.compile(r"(?!---)[A-Za-z_][\w-]*:.*\n(?:.*\n){0,200}?---+[ \t]*(?:\n|\Z)")
_DAY = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-")
_NAMED_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![0-9A-Za-z])", re.ASCII)
_KEPT = frozenset({"title", "year", "month", "day", "i_month", "i_day", "hash"})


class HexoDialect(UndatedDialect):
    """Dates are in the site's zone; those with an offset, too, which is Hexo's own way."""

    name = "hexo"
    fences = ("yaml",)
    loose_closing = True
    replaces_invalid = True
    yes_is_text = True
    fold_keys = False
    suffixes = frozenset(
        {".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext", ".html", ".htm"}
    )
    date_keys = ("date",)
    updated_keys = ("updated",)
    end_keys = ()
    hiding_keys = ()
    summary_keys = ("description", "intro", "excerpt", "summary")
    reference_signs = "{"

    def is_post(self, path: str, settings: Settings) -> bool:
        """Without dots and underscores before names; of the usual suffix where assets lie near."""
        file = FilePath.of(path)
        hidden = any(name[0] in "._" for name in (*file.folders, file.name))
        if hidden or file.name[-1] in "~%" or file.suffix.lower() not in self.suffixes:
            return False
        usual = FilePath.of(str(settings.engine_options.get("new_post_name") or ".md")).suffix
        return not settings.engine_options.get("assets") or file.suffix == usual

    def front_matter(self, text: str, path: str) -> FrontMatter:
        """YAML, whose first fence may be missing."""
        if text[:3] == "---" or not _WITHOUT.match(text):
            return super().front_matter(text, path)
        front = super().front_matter(_OPENED + text, path)
        front.body -= len(_OPENED)
        front.lines = {key: line - 1 for key, line in front.lines.items()}
        front.problems[:] = [one._replace(line=max(1, one.line - 1)) for one in front.problems]
        return front

    def complete(self, context: ReadingContext) -> None:
        """What the file's name says beside the title; dates with an offset as Hexo reads them."""
        rule = str(context.settings.engine_options.get("new_post_name") or ":title.md")
        for key, said in paths.parts(rule, context.path.bare).items():
            if key not in _KEPT:
                context.fields[key] = said
        for key in ("date", "updated"):
            value = context.fields.get(key)
            if isinstance(value, datetime) and value.tzinfo is not None:
                context.fields[key] = _as_local(context, key, value)

    def file_name(self, context: ReadingContext) -> FileName:
        """What `new_post_name` makes of it."""
        rule = str(context.settings.engine_options.get("new_post_name") or ":title.md")
        said = paths.parts(rule, context.path.bare)
        month, day = said.get("month") or said.get("i_month"), said.get("day") or said.get("i_day")
        if not (said.get("year") and month and day):
            return FileName("", said["title"])
        try:
            made = date(int(said["year"]), int(month), int(day)).isoformat()
        except ValueError:
            made = ""
        return FileName(made, said["title"])

    def named_day(self, context: ReadingContext) -> date | None:
        """The day that `new_post_name` finds in the name, else one that the name begins with.

        Hexo then takes the time of the file, which differs from machine to machine.
        """
        found = super().named_day(context)
        if found is None and (match := _NAMED_DAY.match(context.path.stem)):
            with suppress(ValueError):
                found = date.fromisoformat(match[0])
        return found

    def slug(self, context: ReadingContext) -> str:
        """What the file's name says; `slug` means nothing to Hexo."""
        return context.name.slug

    def split_terms(self, text: str) -> list[str]:
        """Text is one name."""
        return [text]

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """`categories`, else `category`."""
        return self.terms(context, "categories" if context.fields.get("categories") else "category")

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """`tags`, else `tag`."""
        return self.terms(context, "tags" if context.fields.get("tags") else "tag")

    def permalink(self, context: ReadingContext) -> str:
        """`permalink` in the post, else the site's pattern."""
        if (own := context.settings.posts.permalink) and not context.fields.get("permalink"):
            return permalinks.jekyll(own, self.facts(context))
        return paths.path(context)

    @needs("id", "guid", "uuid")
    def own_id(self, context: ReadingContext) -> str | None:
        """Hexo asks for none: `id` is a number that exporters left."""
        return self.own_uri(context)

    def mint_id(self, context: ReadingContext) -> str:
        """As hexo-generator-feed does: the permalink."""
        return context.permalink

    def withheld(self, context: ReadingContext) -> State | None:
        """`published: false`, also as text or number, and what lies in `_drafts`."""
        if context.source.root.endswith("_drafts"):
            return State.DRAFT
        said = context.fields.get("published")
        return State.UNPUBLISHED if said in (False, "", "false", "0") else None

    @needs("draft", "feed", "status", named="hiding_keys")
    def in_feeds(self, context: ReadingContext) -> bool:
        """Not with `draft: true`, which has a page all the same."""
        return super().in_feeds(context) and context.fields.get("draft") is not True

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """`post_link` names a post as its address does."""
        if reference.kind not in (POST, TITLE):
            return super().find(reference, path, shelf, settings)
        return next(iter(shelf.by(_named).get(_last(reference.name), ())), None)


def _named(path: str) -> str:
    """What `post_link` calls the post at a path."""
    return _last(FilePath.of(path).bare)


def _last(name: str) -> str:
    """The last part of a post's name, without its day."""
    return _DAY.sub("", name.rpartition("/")[2])


def _as_local(context: ReadingContext, key: str, value: datetime) -> datetime:
    """A timestamp with an offset: Hexo takes its digits in UTC for those of the site's zone."""
    made = value.astimezone(UTC).replace(tzinfo=None)
    zone = context.settings.site.zone
    if made.replace(tzinfo=zone) != value:
        context.report(
            "date-zone",
            f"`{key}`: Hexo passes over the offset and takes it for {made} in the site's zone "
            f"({zone}); so did feedsvc.",
            key=key,
            hint="Write it in the site's zone, without an offset.",
        )
    return made
