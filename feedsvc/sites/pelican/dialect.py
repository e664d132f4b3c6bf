"""How Pelican 4 reads an article (`pelican/readers.py`, `pelican/contents.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.model import Author, Markup, Severity, State
from feedsvc.posts import fields
from feedsvc.posts.dialect import Dialect, FileName, FilePath, ReadingContext
from feedsvc.sites.pelican import docinfo, htmlhead
from feedsvc.sites.pelican.metadata import from_path
from feedsvc.sites.pelican.slugs import title_slug
from feedsvc.sites.pelican.urls import article_url, tag_uri

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.posts.matter import FrontMatter
    from feedsvc.settings import Settings

_NEVER_EMPTY = frozenset({"tags", "status", "category", "author", "authors", "slug"})
_HTML = (".html", ".htm")
_LEFT_OUT = "Pelican leaves out an article without {}; so did feedsvc."


class PelicanDialect(Dialect):
    """`Key: value` headers with or without fences; naive dates are in `TIMEZONE`."""

    name = "pelican"
    fences = ("headers",)
    suffixes = frozenset({".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm"})
    date_keys = ("date",)
    updated_keys = ("modified",)
    hiding_keys = ()
    end_keys = ()

    def is_post(self, path: str, settings: Settings) -> bool:
        """Articles: not below `PAGE_PATHS` and `ARTICLE_EXCLUDES`."""
        file = FilePath.of(path)
        if file.suffix.lower() not in self.suffixes or file.name[0] == ".":
            return False
        options = settings.engine_options
        readers = options.get("READERS")
        if isinstance(readers, dict) and not readers.get(file.suffix[1:].lower(), True):
            return False
        pages, excluded = options.get("PAGE_PATHS", ["pages"]), options.get("ARTICLE_EXCLUDES")
        folders = [*(pages if isinstance(pages, list) else []), *_list(excluded)]
        return not any(path.startswith(f"{str(name).strip('/')}/") for name in folders if name)

    def front_matter(self, text: str, path: str) -> FrontMatter:
        """Headers, the field list of reStructuredText, or the head of HTML."""
        suffix = path[path.rfind(".") :].lower()
        if suffix == ".rst":
            return docinfo.read(text)
        return htmlhead.read(text) if suffix in _HTML else super().front_matter(text, path)

    def markup(self, context: ReadingContext) -> Markup:
        """By the file's suffix."""
        if context.path.suffix.lower() == ".rst":
            return Markup.RESTRUCTURED
        return super().markup(context)

    def complete(self, context: ReadingContext) -> None:
        """What path and settings say, the path first; an empty header is none."""
        for key in _NEVER_EMPTY.intersection(context.fields):
            if context.fields[key] == "":
                del context.fields[key]
        for key, value in from_path(context.source.path, context.settings.engine_options):
            context.default(key, value)

    def file_name(self, context: ReadingContext) -> FileName:
        """The bare name: a date in it is metadata, and `FILENAME_METADATA` says where it stands."""
        return FileName("", context.path.stem)

    def slug(self, context: ReadingContext) -> str:
        """The header, else made of the title (or the file's name)."""
        if (field := context.take("slug")) and (given := fields.text(field.value)):
            return given
        options = context.settings.engine_options
        if options.get("SLUGIFY_SOURCE") == "basename":
            return title_slug(context.name.slug, options)
        title = context.fields.get("title")
        return title_slug(fields.text(title) or "", options) or context.name.slug

    def title(self, context: ReadingContext) -> str:
        """The header; an article needs one."""
        field = context.take("title")
        return (fields.text(field.value) if field else None) or ""

    def published(self, context: ReadingContext) -> datetime | None:
        """`Date`; an article needs one, and a title."""
        if not context.title:
            context.report("title-missing", _LEFT_OUT.format("a title"), hint="Add `Title:`.")
            return None
        for key in ("date", "modified"):
            if isinstance(value := context.fields.get(key), str):
                context.fields[key] = value.replace("_", " ")
        return super().published(context)

    def undated(self, context: ReadingContext) -> datetime | None:
        """Left out, as Pelican does."""
        context.report(
            "date-missing",
            _LEFT_OUT.format("a date"),
            severity=Severity.ERROR,
            hint="Add `Date:`.",
        )
        return None

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """One: the header, else the folder, else `DEFAULT_CATEGORY` if the site sets one."""
        field = context.take("category")
        name = fields.text(field.value) if field else None
        return (name,) if name else ()

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """Between commas, or between semicolons where there is one."""
        field = context.take("tags")
        return fields.terms(field.value, _items)[0] if field else ()

    def authors(self, context: ReadingContext) -> tuple[Author, ...]:
        """`Authors` is a list, `Author` one name."""
        if field := context.take("authors"):
            people, _ = fields.authors(_items(str(field.value)), several=False)
            return people
        field = context.take("author")
        if people := fields.authors(field.value, several=False)[0] if field else ():
            return people
        own, name = context.settings.site.author, context.settings.engine_options.get("AUTHOR")
        if not isinstance(name, str) or not name.strip():
            return ()
        return (own if own and own.name == name.strip() else Author(name.strip()),)

    def permalink(self, context: ReadingContext) -> str:
        """`Url`, else `ARTICLE_URL` (`ARTICLE_LANG_URL` for a translation)."""
        return article_url(context)

    def mint_id(self, context: ReadingContext) -> str:
        """As Pelican's feed generator does: a tag URI of host, day and path."""
        return tag_uri(context)

    def withheld(self, context: ReadingContext) -> State | None:
        """`Status: draft`; `skip` is left alone altogether."""
        return {"draft": State.DRAFT, "skip": State.UNPUBLISHED}.get(self.status(context))


def _items(value: str) -> list[str]:
    joined = value.replace("\n", ";" if ";" in value else ",")
    return joined.split(";" if ";" in joined else ",")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
