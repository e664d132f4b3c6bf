"""What a post is called and filed under: title, slug, names of terms and people, URL and id."""

from __future__ import annotations

import re
from datetime import UTC, date
from typing import TYPE_CHECKING

from feedsvc.model import Markup, Severity
from feedsvc.posts import fields, ids, media, permalinks
from feedsvc.posts.paths import FileName
from feedsvc.posts.relevance import needs

if TYPE_CHECKING:
    from feedsvc.model import Author
    from feedsvc.posts.context import ReadingContext

_DATED = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[-_ ](.*))?", re.DOTALL)
# `20200203-slug`, and folders `2020/02/03`, `2020-02-03` and `2020-02-03-slug`
_BASIC = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[-_ ](.*))?", re.DOTALL)
_FOLDERS = re.compile(
    r"(?:.*/)?(?:((?:19|20)[0-9]{2})[-/]([0-9]{1,2})[-/]([0-9]{1,2})|((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2}))"
    r"(?:[-_ ][^/]*)?",
    re.DOTALL,
)
_HEADING = re.compile(r"\s*#[ \t]+([^\n]*)")
_CLOSING_HASHES = re.compile(r"(?<![ \t])[ \t]++#+$")


class Naming:
    """The rules of a dialect about names."""

    def file_name(self, context: ReadingContext) -> FileName:
        """`YYYY-MM-DD-slug`, padded or not, or `YYYYMMDD-slug`; of `index` its folder's name.

        Without a day in it, that of the folder (`2020/02/03/slug`, `2020-02-03/slug`). Middleman
        and mdsvex say in it what becomes of the file, too: `slug.html.md`, `slug.svelte.md`.
        """
        stem = context.path.stem.removesuffix(".html").removesuffix(".svelte")
        stem = context.path.called(stem)
        match = _DATED.fullmatch(stem) or _BASIC.fullmatch(stem)
        if match and (day := _day(match[1], match[2], match[3])):
            return FileName(day, match[4] or stem)
        folder = context.path.folder
        match = _FOLDERS.fullmatch(folder) if folder else None
        return FileName(_day(*filter(None, match.groups())) if match else "", stem)

    def slug(self, context: ReadingContext) -> str:
        """`slug` of the front matter, else what the file's name says."""
        field = context.take("slug")
        slug = fields.text(field.value) if field else None
        if field and slug is None:
            context.wrong_kind(field.key, field.value, "text")
        return slug or fields.text(context.name.slug) or "post"

    def title(self, context: ReadingContext) -> str:
        """`title`, else the heading that a Markdown body begins with, else the slug as words."""
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
        heading = None
        if context.markup is Markup.MARKDOWN:
            heading = _HEADING.match(context.body)
        title = fields.title(_CLOSING_HASHES.sub("", heading[1].strip())) if heading else None
        source = "the heading" if title else "the file name"
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


def _day(year: str, month: str, day: str) -> str:
    """The day as ISO 8601 has it, "" where the calendar has none."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _written_out(value: object) -> object:
    if isinstance(value, list):
        return [_written_out(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else value


def _words(slug: str) -> str:
    words = " ".join(slug.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or slug


def _stamp(context: ReadingContext) -> date:
    return context.stamp or context.published.astimezone(UTC).date()
