"""How Pelican 4 reads an article (`pelican/readers.py`, `pelican/contents.py`)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from html import escape, unescape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from feedsvc.model import Author, Markup, Severity, State
from feedsvc.posts import fields
from feedsvc.posts.context import once_per_site
from feedsvc.posts.dialect import Dialect, FileName, FilePath, ReadingContext
from feedsvc.posts.references import FILE
from feedsvc.sites.pelican.metadata import from_path
from feedsvc.sites.pelican.slugs import title_slug
from feedsvc.sites.pelican.urls import article_url, named_file, tag_uri
from feedsvc.sites.pythonic import docinfo, htmlhead
from feedsvc.sites.pythonic.datetext import DateutilDialect

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.posts.matter import FrontMatter
    from feedsvc.posts.references import Reference, Shelf
    from feedsvc.settings import Settings

# of headers with further lines, of which Pelican takes the first for these
_SINGLE = frozenset(
    {
        "tags",
        "date",
        "modified",
        "status",
        "category",
        "author",
        "save_as",
        "url",
        "authors",
        "slug",
    }
)
_NEVER_EMPTY = frozenset({"tags", "status", "category", "author", "authors", "slug"})
_WITHHELD = {"draft": State.DRAFT, "skip": State.UNPUBLISHED}
_HTML = (".html", ".htm")
_LEFT_OUT = "Pelican leaves out an article without {}; so did feedsvc."


class PelicanDialect(DateutilDialect):
    """`Key: value` headers with or without fences; naive dates are in `TIMEZONE`."""

    name = "pelican"
    fences = ("headers",)
    suffixes = frozenset({".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm"})
    date_keys = ("date",)
    creation_keys = ()
    updated_keys = ("modified",)
    hiding_keys = ()
    end_keys = ()
    markups = MappingProxyType({**Dialect.markups, ".rst": Markup.RESTRUCTURED})
    reference_signs = "{|"
    source_signs = ("{filename}", "|filename|")

    def is_post(self, path: str, settings: Settings) -> bool:
        """Articles: not below `PAGE_PATHS` and `ARTICLE_EXCLUDES`, none of `IGNORE_FILES`."""
        file = FilePath.of(path)
        if file.suffix.lower() not in self.suffixes or file.name[0] == ".":
            return False
        suffixes, folders, patterns = _left_out(settings)
        if file.suffix.lower() in suffixes or path.startswith(folders):
            return False
        return not any(fnmatchcase(name, one) for one in patterns for name in path.split("/"))

    def front_matter(self, text: str, path: str) -> FrontMatter:
        """Headers, the field list of reStructuredText, or the head of HTML."""
        suffix = path[path.rfind(".") :].lower()
        if suffix == ".rst":
            return docinfo.read(text)
        return htmlhead.read(text) if suffix in _HTML else super().front_matter(text, path)

    def complete(self, context: ReadingContext) -> None:
        """What path and settings say, the path first; an empty header is none."""
        for key in _SINGLE.intersection(context.fields):
            value = context.fields[key]
            if context.kind == "headers" and isinstance(value, str) and "\n" in value:
                value = context.fields[key] = value.partition("\n")[0]
                message = f"`{key}` has more lines; Pelican takes the first, and so did feedsvc."
                context.report("value-kind", message, key=key, hint="Write it on one line.")
            if value == "" and key in _NEVER_EMPTY:
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
        title = fields.text(context.fields.get("title")) or ""
        if context.kind == "fields":
            title = escape(title)  # a heading's words; other titles are HTML
        return title_slug(title, options) or context.name.slug

    def title(self, context: ReadingContext) -> str:
        """The header, which is HTML; an article needs one."""
        field = context.take("title")
        title = (fields.title(field.value) if field else None) or ""
        return unescape(title) if "&" in title and context.kind == "headers" else title

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
            given = field.value if isinstance(field.value, list) else _items(str(field.value))
            people, _ = fields.authors(given, several=False)
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

    def find(self, reference: Reference, path: str, shelf: Shelf, settings: Settings) -> str | None:
        """What `{filename}` names is looked for in one place."""
        if reference.kind == FILE:
            return super().find(reference, path, shelf, settings)
        return shelf.first([named_file(reference.name, path, settings)])

    def withheld(self, context: ReadingContext) -> State | None:
        """`Status: draft`; `skip` is left alone altogether, as is what Pelican does not know."""
        status = self.status(context)
        if status in ("", "published", "hidden"):
            return None
        if status not in _WITHHELD:
            context.report(
                "value-kind",
                f"`status` is {status!r}; Pelican leaves out such an article, and so did feedsvc.",
                key="status",
                hint="Write published, hidden, draft or skip.",
            )
        return _WITHHELD.get(status, State.UNPUBLISHED)


def _items(value: str) -> list[str]:
    joined = value.replace("\n", ";" if ";" in value else ",")
    return joined.split(";" if ";" in joined else ",")


@once_per_site
def _left_out(settings: Settings) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Suffixes without a reader, folders that hold no articles, patterns of names to ignore."""
    options = settings.engine_options
    readers = options.get("READERS")
    readers = readers if isinstance(readers, dict) else {}
    folders = [
        *_texts(options.get("PAGE_PATHS", ["pages"])),
        *_texts(options.get("ARTICLE_EXCLUDES")),
    ]
    roots = [f"{root.strip('/')}/" for root in _texts(options.get("ARTICLE_PATHS"))] or [""]
    below = [f"{name.strip('/')}/".removeprefix("./") for name in folders if name.strip("/")]
    return (
        frozenset(f".{suffix}" for suffix, reader in readers.items() if not reader),
        tuple(name[len(root) :] for name in below for root in roots if name.startswith(root)),
        tuple(_texts(options.get("IGNORE_FILES"))),
    )


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
