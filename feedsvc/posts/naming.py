"""What a post is called and filed under: title, slug, names of terms and people, URL and id."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from feedsvc.model import Markup, Severity
from feedsvc.posts import fields, ids, media, permalinks
from feedsvc.posts.paths import FileName, day_of
from feedsvc.posts.relevance import needs

if TYPE_CHECKING:
    from datetime import date

    from feedsvc.model import Author
    from feedsvc.posts.context import ReadingContext

_DATED = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[-_ .](.*))?", re.DOTALL)
# `20200203-slug`, `2020_02_03`, `2020.02.03 slug` (`2023.1.2` is a release)
_BASIC = re.compile(
    r"((?:19|20)[0-9]{2})(?P<sign>[_.]?)([0-9]{2})(?P=sign)([0-9]{2})(?:[-_ ](.*))?", re.DOTALL
)
_SIGNS = re.compile(r"([0-9]{4})年(?P<sign>)([0-9]{1,2})月([0-9]{1,2})日[-_ ]?(.*)", re.DOTALL)
# folders `2020/02/03`, `2020-02-03` and `2020-02-03-slug`
_FOLDERS = re.compile(
    r"(?:.*/)?(?:((?:19|20)[0-9]{2})[-/]([0-9]{1,2})[-/]([0-9]{1,2})|((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2}))"
    r"(?:[-_ ][^/]*)?",
    re.DOTALL,
)
_HEADING = re.compile(r"\s*#[ \t]+([^\n]*)")
_TITLE = re.compile(r"<title(?:\s[^<>]*)?>([^<]+)</title", re.IGNORECASE)
_FIRST = re.compile(r"\s*<h1(?:\s[^<>]*)?>([^\n]+?)</h1", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_CLOSING_HASHES = re.compile(r"(?<![ \t])[ \t]++#+$")


class Naming:
    """The rules of a dialect about names."""

    def file_name(self, context: ReadingContext) -> FileName:
        """`YYYY-MM-DD-slug`, padded or not, or `YYYYMMDD-slug`; of `index` its folder's name.

        Logseq's names are `YYYY_MM_DD`, Statamic's `YYYY-MM-DD.slug`. Without a day in it, that of
        the folder (`2020/02/03/slug`, `2020-02-03/slug`). Middleman and mdsvex say in it what
        becomes of the file, too: `slug.html.md`, `slug.svelte.md`.
        """
        stem = context.path.stem.removesuffix(".html").removesuffix(".svelte")
        stem = context.path.called(stem)
        if match := _DATED.fullmatch(stem):
            year, month, day, slug = match.groups()
        elif match := _BASIC.fullmatch(stem) or _SIGNS.fullmatch(stem):
            year, _, month, day, slug = match.groups()
        if match and (date := day_of(year, month, day)):
            return FileName(date, slug or stem)
        folder = context.path.folder
        match = _FOLDERS.fullmatch(folder) if folder else None
        return FileName(day_of(*filter(None, match.groups())) if match else "", stem)

    def slug(self, context: ReadingContext) -> str:
        """`slug` of the front matter, else what the file's name says."""
        field = context.take("slug")
        slug = fields.text(field.value) if field else None
        if field and slug is None:
            context.wrong_kind(field.key, field.value, "text")
        return slug or fields.text(context.name.slug) or "post"

    def title(self, context: ReadingContext) -> str:
        """`title`, else that of an HTML document or the heading that a body begins with.

        Else the slug as words.
        """
        field = context.take("title")
        if field:
            if isinstance(field.value, bool):
                message = "`title` is a yes/no value in YAML; it was written out."
                context.report("title-kind", message, key="title", hint="Put it in quotes.")
                return str(field.value).lower()
            if title := fields.title(field.value):
                return title
            if field.value != "":
                context.wrong_kind(field.key, field.value, "text")
        source, heading = _heading(context)
        title = fields.title(heading)
        source = source if title else "the file name"
        title = title or _words(context.name.slug)
        context.report(
            "title-missing",
            f"There is no title; it was taken from {source}.",
            severity=Severity.NOTE,
            hint="Add `title:`.",
        )
        return title

    def split_terms(self, text: str) -> list[str]:
        """How text that names several categories or tags is split."""
        return fields.commas(text)

    def terms(self, context: ReadingContext, *keys: str) -> tuple[str, ...]:
        """The names under all of these keys, in order, each once."""
        names: list[str] = []
        for key in keys:
            field = context.take(key)
            if field is None:
                continue
            found, wrong = fields.terms(field.value, self.split_terms)
            if any(isinstance(value, bool) for value in wrong):
                message = f"`{key}` holds a yes/no value in YAML; it was written out."
                context.report("value-kind", message, key=key, hint="Put it in quotes.")
                found, wrong = fields.terms(_written_out(field.value), self.split_terms)
            names += found
            for value in wrong:
                context.wrong_kind(key, value, "a name or a list of names")
        return tuple(dict.fromkeys(names))

    def categories(self, context: ReadingContext) -> tuple[str, ...]:
        """`categories` and `category`: text, text with commas, or a list."""
        return self.terms(context, "categories", "category")

    def tags(self, context: ReadingContext) -> tuple[str, ...]:
        """`tags`, `tag` and `topics`: text, text with commas, or a list."""
        return self.terms(context, "tags", "tag", "topics", "topic")

    @needs("authors", "author", "by")
    def authors(self, context: ReadingContext) -> tuple[Author, ...]:
        """`authors`, `author` or `by`; the site's own author is the feed's affair."""
        field = context.take("authors", "author", "by")
        if field is None:
            return ()
        people, problems = fields.authors(field.value, several=field.key == "authors")
        for problem in problems:
            context.report("author", f"`{field.key}`: {problem}; it was ignored.", key=field.key)
        return people

    def permalink(self, context: ReadingContext) -> str:
        """URL path below the site (starts with `/`, percent-encoded) or an absolute URL."""
        field = context.take("permalink", "url")
        pattern = context.settings.posts.permalink
        pattern = permalinks.STYLES.get(pattern, pattern)
        if field and isinstance(field.value, str) and field.value.strip():
            own = field.value.strip()
            if own.lower().startswith(("http://", "https://")):
                url = media.absolute(own, media.Base("", "", ""))
                if url:
                    return url
            pattern = own
        elif field and field.value != "":
            context.wrong_kind(field.key, field.value, "a path")
        return permalinks.jekyll(pattern, self.facts(context))

    def facts(self, context: ReadingContext) -> permalinks.Facts:
        """What the placeholders of a permalink stand for."""
        return permalinks.Facts(
            local=context.local,
            slug=context.slug,
            title=context.title,
            categories=context.categories,
            path=context.path.bare,
        )

    @needs()
    def section(self, context: ReadingContext) -> str:  # noqa: ARG002
        """The path of the part of the site that the post belongs to; "" for none."""
        return ""

    @needs()
    def edition(self, context: ReadingContext) -> str:  # noqa: ARG002
        """The folder of the post's language where the site has feeds of that besides its own."""
        return ""

    @needs("id", "guid", "uuid")
    def own_id(self, context: ReadingContext) -> str | None:
        """The id as front matter gives it, None without one."""
        field = context.take("id", "guid", "uuid")
        value = fields.text(field.value) if field else None
        if field and (value is None or len(value) > ids.LONGEST):
            context.wrong_kind(field.key, field.value, f"an id of {ids.LONGEST} characters at most")
        elif value:
            context.named = value
            return ids.named(value, context.settings.site.url, _stamp(context))
        return None

    def own_uri(self, context: ReadingContext) -> str | None:
        """A URI or a UUID: to engines that ask for no id, other words are the theme's affair."""
        field = context.take("id", "guid")
        value = fields.text(field.value) if field else None
        if value and ":" in value and (uri := fields.uri(value)):
            context.named = value
            return uri
        return Naming.own_id(self, context) if "uuid" in context.fields else None

    def mint_id(self, context: ReadingContext) -> str:
        """The id of a post that names none: a tag: URI of host, date and slug."""
        return ids.tag(context.settings.site.url, _stamp(context), f"/{context.slug}")

    @needs("lang", "language", "locale")
    def lang(self, context: ReadingContext) -> str | None:
        """`lang`, `language` or `locale` as a language tag (RFC 5646)."""
        field = context.take("lang", "language", "locale")
        lang = fields.language(field.value) if field else None
        if field and field.value != "" and lang is None:
            message = f"`{field.key}` is no language tag; it was ignored."
            context.report("lang", message, key=field.key, hint="Write it as `de` or `zh-Hant`.")
        return lang


def _written_out(value: object) -> object:
    if isinstance(value, list):
        return [_written_out(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else value


def _heading(context: ReadingContext) -> tuple[str, str]:
    """Where the body has a title of its own, in words, and that as text; "" for none."""
    body = context.body
    if context.markup is not Markup.HTML:
        heading = _HEADING.match(body) if context.markup is Markup.MARKDOWN else None
        return "the heading", _CLOSING_HASHES.sub("", heading[1].strip()) if heading else ""
    from html import unescape  # late: few posts are HTML without a title

    if (match := _TITLE.search(body)) and "<svg" not in body[: match.start()]:
        return "`<title>`", unescape(match[1]).strip()
    match = _FIRST.match(body)
    return "the heading", unescape(_TAG.sub("", match[1])).strip() if match else ""


def _words(slug: str) -> str:
    words = " ".join(slug.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or slug


def _stamp(context: ReadingContext) -> date:
    return context.stamp or context.published.astimezone(UTC).date()
