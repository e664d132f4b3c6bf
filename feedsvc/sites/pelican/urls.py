"""The URL and the feed id of a Pelican article, and the paths that its links lead to."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feedsvc.posts import fields, media, permalinks, references
from feedsvc.posts.dialect import Dialect
from feedsvc.sites.pelican.slugs import term_slug

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings

URLS = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
}
"""Where Pelican puts articles and pages unless told otherwise."""
_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
# strftime's directives as Jekyll's placeholders, which are English whatever the locale
_DIRECTIVES = {
    "%Y": ":year",
    "%y": ":short_year",
    "%m": ":month",
    "%-m": ":i_month",
    "%d": ":day",
    "%-d": ":i_day",
    "%b": ":short_month",
    "%B": ":long_month",
    "%a": ":short_day",
    "%A": ":long_day",
    "%j": ":y_day",
    "%H": ":hour",
    "%M": ":minute",
    "%S": ":second",
}
_DAY = re.compile(r"\A\d{4}-\d{1,2}-\d{1,2}[-_]")
_DIRECTIVE = re.compile(r"%-?[A-Za-z]")


def article_url(context: ReadingContext) -> str:
    """The path below the site; str.format on a site's text would hand out Python's insides."""
    given = fields.text(field.value) if (field := context.take("url")) else None
    if given is not None:
        absolute = media.absolute(given, media.Base("", "", "")) if "://" in given else None
        return absolute or _rooted(given)
    options = context.settings.engine_options
    own = context.fields.get("lang")
    translated = isinstance(own, str) and own != _default_language(context)
    pattern = context.settings.posts.permalink
    if translated:
        pattern = str(options.get("ARTICLE_LANG_URL") or URLS["ARTICLE_LANG_URL"])
    if "{" not in pattern:  # feedsvc.toml's, with the placeholders that it documents
        return permalinks.jekyll(pattern, Dialect().facts(context))
    values = _values(context)

    def value(match: re.Match[str]) -> str:
        if match[1] == "date":
            return _date(context.local, match[2] or "%Y-%m-%d %H:%M:%S")
        if match[1] in values:
            return values[match[1]]
        own = fields.text(context.fields.get(match[1].lower()))
        return own or _made_elsewhere(match[1], context)

    return _rooted(_FIELD.sub(value, pattern))


def _made_elsewhere(name: str, context: ReadingContext) -> str:
    """What a plugin makes, of the file's name mostly: neither article nor Pelican knows it."""
    context.report(
        "permalink-template",
        f"`ARTICLE_URL` has {{{name}}}, which the article lacks; the file's name was taken.",
        hint="Set `[posts] permalink` to the pattern of the addresses.",
    )
    return _DAY.sub("", context.path.stem)


def _rooted(path: str) -> str:
    return permalinks.finish("/" + path.lstrip("/"))


def _default_language(context: ReadingContext) -> str:
    return str(context.settings.engine_options.get("DEFAULT_LANG") or "en").lower()


def _values(context: ReadingContext) -> dict[str, str]:
    options = context.settings.engine_options
    category = context.categories[0] if context.categories else ""
    author = fields.text(context.fields.get("author")) or fields.text(options.get("AUTHOR")) or ""
    return {
        "slug": context.slug,
        "lang": fields.text(context.fields.get("lang")) or _default_language(context),
        "category": term_slug("categories", category, options),
        "author": term_slug("authors", author, options),
        "path": fields.text(context.fields.get("path")) or _below_content(context),
    }


def _below_content(context: ReadingContext) -> str:
    folder = content_folder(context.settings)
    return context.source.path.removeprefix(f"{folder}/" if folder else "")


def _date(local: datetime, form: str) -> str:
    def part(match: re.Match[str]) -> str:
        name = _DIRECTIVES.get(match[0])
        return permalinks.jekyll(name, permalinks.Facts(local, ""))[1:] if name else match[0]

    return _DIRECTIVE.sub(part, form)


def content_folder(settings: Settings) -> str:
    """`PATH`, relative to the site: what internal links that begin with a slash start from."""
    folder = settings.posts.path[0] if settings.posts.path else ""
    below = settings.engine_options.get("ARTICLE_PATHS")
    first = str(below[0] if isinstance(below, list) and below else below or "").strip("/")
    return folder.removesuffix(first).rstrip("/") if first else folder


def named_file(name: str, path: str, settings: Settings) -> str:
    """The file that `{filename}` names: from the article, or with a slash from the content."""
    if not name.startswith("/"):
        return references.beside(name, path)
    folder = content_folder(settings)
    return references.beside(name[1:], f"{folder}/" if folder else "")


def static_path(name: str, path: str, settings: Settings) -> str:
    """Where the file that the article at `path` names is published: as it lies in the content."""
    folder = content_folder(settings)
    below = f"/{path.removeprefix(f'{folder}/' if folder else '')}"
    return references.beside(name, below).lstrip("/")  # an absolute path never leaves its top


def attached_path(name: str, path: str, settings: Settings) -> str:
    """Where a file that is put beside the page of the article at `path` is, from that page.

    What lies below the article's folder stays so; any other file becomes a neighbour.
    """
    file, folder = named_file(name, path, settings), posixpath.dirname(path)
    below = f"{folder}/" if folder else ""
    return file.removeprefix(below) if file.startswith(below) else posixpath.basename(file)


def term_path(kind: str, name: str, settings: Settings) -> str:
    """Where a "tag", "category" or "author" has its page, or the site its own ("index")."""
    options = settings.engine_options
    if kind == "index":
        return str(options.get("INDEX_SAVE_AS") or "index.html")
    feeds = {"tag": "tags", "category": "categories", "author": "authors"}[kind]
    pattern = str(options.get(f"{kind.upper()}_URL") or f"{kind}/{{slug}}.html")
    return pattern.replace("{slug}", term_slug(feeds, name, options))


def tag_uri(context: ReadingContext) -> str:
    """`feedgenerator.get_tag_uri`: host, day in the site's zone, path."""
    parts = urlsplit(context.permalink)
    return f"tag:{parts.hostname},{context.local.date().isoformat()}:{unquote(parts.path)}"
