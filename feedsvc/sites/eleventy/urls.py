"""The URL of an Eleventy page, permalink templates with simple variables included."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from feedsvc.model import Severity
from feedsvc.posts import fields, permalinks
from feedsvc.posts.dialect import Dialect
from feedsvc.posts.undated import UNDATED
from feedsvc.sites.eleventy.cascade import MADE_BY_CODE
from feedsvc.sites.eleventy.slugs import slug, slugify
from feedsvc.sites.templates.values import worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.posts.dialect import ReadingContext

_VARIABLE = re.compile(r"\{\{-?\s*([\w.]+)\s*((?:\|[^{}|]*)*)-?\}\}")
_NAMED: dict[str, Callable[[str], str]] = {
    "slug": slug,
    "slugify": slugify,
    **dict.fromkeys(("downcase", "lower"), str.lower),
    **dict.fromkeys(("upcase", "upper"), str.upper),
    **dict.fromkeys(("strip", "trim"), str.strip),
    "url_encode": lambda text: text,
    "htmlDateString": lambda text: text,  # of the official starter
}
_STRFTIME = re.compile(r"""date:?\s*+\(?\s*+["']([^"'%]*%[^"']*)["']\)?""")
_DATED_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-(.*)", re.ASCII | re.DOTALL)
# `date("yyyy/MM/dd")` and its like: Luxon's and Moment's letters
_TOKENS = re.compile(r"""\w+:?\s*+\(?\s*+["']([yYMLdDHms/._ -]{1,40})["']\s*\)?""")
_CHANGING = re.compile(
    r"""(replace|replace_first|remove|remove_first|append|prepend)\s*[:(]\s*"""
    r"""(["'])((?:(?!\2).|(?!))*+)\2(?:\s*,\s*(["'])((?:(?!\4).|(?!))*+)\4)?\s*\)?"""
)
_TOKEN = re.compile(r"([yYMLdDHms])\1*")
_PLACES = {
    **dict.fromkeys(("yyyy", "YYYY", "y", "Y"), ":year"),
    **dict.fromkeys(("MM", "LL"), ":month"),
    **dict.fromkeys(("M", "L"), ":i_month"),
    **dict.fromkeys(("dd", "DD"), ":day"),
    **dict.fromkeys(("d", "D"), ":i_day"),
    "HH": ":hour",
    "mm": ":minute",
    "ss": ":second",
}
_DATE_PATH = re.compile(r"(?=\w*path)\w*date\w*", re.IGNORECASE)


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
            severity=Severity.NOTE if context.published == UNDATED else Severity.WARNING,
            hint="Write the permalink without template code.",
        )
    by_code = context.take(MADE_BY_CODE)
    if own := context.settings.posts.permalink:
        return permalinks.jekyll(own, Dialect().facts(context))
    if by_code and not given:
        context.report(
            "permalink-template",
            "Code in a data file makes the permalink, which is not run; the file's path was taken.",
            severity=Severity.NOTE if context.published == UNDATED else Severity.WARNING,
            hint="Set `[posts] permalink` to the pattern of the addresses.",
        )
    folder, stem = context.path.folder, context.path.stem
    alone = stem in ("index", folder.rpartition("/")[2])  # named like its folder: as good as index
    path = "/".join(filter(None, [folder, "" if alone else stem]))
    return permalinks.finish(f"/{path}/" if path else "/")


def undated(stem: str) -> str:
    """A file's name without the date that it begins with."""
    match = _DATED_NAME.fullmatch(stem)
    return match[1] if match and match[1] else stem


def _stem_path(context: ReadingContext) -> str:
    """`page.filePathStem`, without `index`."""
    folder = context.path.folder
    return f"/{folder}/{undated(context.path.stem)}".replace("//", "/").removesuffix("/index")


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
    if named := _own_slug(name, context) or _NAMED.get(name):
        return named(text)
    if match := _STRFTIME.fullmatch(name):
        return worded(context.published, match[1])
    if form := _form(name, context):
        pattern = _TOKEN.sub(lambda found: _PLACES.get(found[0], "{{"), form)
        facts = permalinks.Facts(context.published, "")
        return permalinks.jekyll(pattern, facts).lstrip("/")
    if match := _CHANGING.fullmatch(name):
        return _changed(text, match[1], match[3], match[5] or "")
    if _DATE_PATH.fullmatch(name):
        context.report(
            "permalink-template",
            f"`{name}` is a filter of the site's own; it was taken for year/month/day.",
            key="permalink",
            severity=Severity.NOTE,
            hint="Set `[posts] permalink` where that is wrong.",
        )
        return text.replace("-", "/")
    return ""


def _own_slug(name: str, context: ReadingContext) -> Callable[[str], str] | None:
    """The site's own filter of this name that calls the package slugify; None without one."""
    known = context.settings.engine_options.get("own_slugs")
    how = known.get(name) if isinstance(known, dict) else None
    if not isinstance(how, dict):
        return None
    removed = how.get("removed")
    signs = removed if isinstance(removed, str) else None
    return partial(slug, removed=signs, strict=how.get("strict") is True)


def _form(name: str, context: ReadingContext) -> str:
    """The letters of a date filter: given with it, or where the site's code defines it."""
    if match := _TOKENS.fullmatch(name):
        return match[1]
    known = context.settings.engine_options.get("date_filters")
    return str(known.get(name, "")) if isinstance(known, dict) else ""


def _changed(text: str, how: str, given: str, other: str) -> str:
    if how in ("append", "prepend"):
        return text + given if how == "append" else given + text
    return text.replace(given, other, 1 if how.endswith("first") else -1)
