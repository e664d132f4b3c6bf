"""The URL of an Eleventy page, permalink templates with simple variables included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.posts import fields, permalinks
from feedsvc.posts.dialect import Dialect

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext

_VARIABLE = re.compile(r"\{\{-?\s*([\w.]+)\s*((?:\|[^{}|]*)*)-?\}\}")
_SLUGIFY = ("slug", "slugify", "slugifiy", "url_encode")
_STRFTIME = re.compile(r"""date:?\s*\(?\s*["']([^"']*)["']\)?""")
_DIRECTIVES = {"%Y": ":year", "%m": ":month", "%d": ":day", "%-m": ":i_month", "%-d": ":i_day"}


def template_url(context: ReadingContext) -> str:
    """A path below the site."""
    field = context.take("permalink")
    given = fields.text(field.value) if field else None
    if given and (made := _filled(given, context)):
        path = permalinks.finish("/" + made.lstrip("/"))
        return path.removesuffix("index.html") if path.endswith("/index.html") else path
    if given:
        context.report(
            "permalink-template",
            "The permalink is a template that feedsvc cannot fill in; the file's path was taken.",
            key=field.key if field else "",
            hint="Write the permalink without template code.",
        )
    if own := context.settings.posts.permalink:
        return permalinks.jekyll(own, Dialect().facts(context)).path
    path = _stem_path(context)
    return permalinks.finish(f"{path}/" if path else "/")


def _stem_path(context: ReadingContext) -> str:
    """`page.filePathStem`, without `index`."""
    return f"/{context.path.bare}".removesuffix("/index")


def _filled(template: str, context: ReadingContext) -> str:
    """The template's text, "" where it holds more than simple variables and known filters."""
    unknown = False

    def value(match: re.Match[str]) -> str:
        nonlocal unknown
        text = _variable(match[1], context)
        for part in match[2].split("|")[1:]:
            text = _filtered(text, part.strip(), context)
        unknown = unknown or not text
        return text

    made = _VARIABLE.sub(value, template)
    return "" if unknown or "{{" in made or "{%" in made or "${" in made else made


def _variable(name: str, context: ReadingContext) -> str:
    if name == "page.fileSlug":
        return context.name.slug
    if name == "page.filePathStem":
        return _stem_path(context) or "/"
    if name in ("page.date", "date"):
        return context.published.date().isoformat()
    return fields.text(context.fields.get(name)) or ""


def _filtered(text: str, name: str, context: ReadingContext) -> str:
    if name in _SLUGIFY:
        return permalinks.jekyll_slug(text)
    if match := _STRFTIME.fullmatch(name):
        facts = permalinks.Facts(context.published, "")
        pattern = re.sub(r"%-?\w", lambda found: _DIRECTIVES.get(found[0], ""), match[1])
        return permalinks.jekyll(pattern, facts).path.lstrip("/")
    return ""
