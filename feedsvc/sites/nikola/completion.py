"""What a Nikola post has from elsewhere: the file beside it, its original, its name, the site."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.model import Author
from feedsvc.posts import encoding, fields
from feedsvc.sites.nikola import metadata
from feedsvc.sites.nikola.facts import Facts
from feedsvc.sites.patterns import safe_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.context import ReadingContext
    from feedsvc.posts.matter import FrontMatter

_MAPPED = {
    "nikola": "nikola", "yaml": "yaml", "toml": "toml", "fields": "rest_docinfo",
    "headers": "markdown_metadata", "meta": "html_metadata",
}  # fmt: skip
_SHARED = ("date", "updated")  # of which Nikola asks the original alone


class Page(NamedTuple):
    """The languages of a post's feed ("" for the site's own) and text, and its original's path."""

    edition: str
    written: str
    original: str


def complete(context: ReadingContext) -> None:
    """Add what the file itself does not say, the strongest first."""
    facts = Facts.of(context.settings)
    path = context.source.path
    _mapped(context.fields, context.kind, facts.options)
    if context.kind in ("", "meta"):  # a look for each other post would be for nothing
        _from_file(context, _beside(path), over=True)
    context.page = Page("", "", path)
    if translated := facts.translated(path):
        own = _existing(context, translated.original, translated.named)
        shown = facts.options.get("SHOW_UNTRANSLATED_POSTS") is not False
        edition = translated.language if own or not shown else ""
        context.page = Page(edition, translated.language, own or path)
        if own:
            for key in _SHARED:
                context.fields.pop(key, None)
            _from_file(context, _beside(own), over=False)
            _from_text(context, own)
    for key, value in _from_name(context.page.original, facts.options):
        context.default(key, value)
    if facts.options.get("CATEGORY_DESTPATH_AS_DEFAULT") is True:
        _from_destination(context, facts)
    context.default("length", context.fields.pop("enclosure_length", None))
    context.default("previewimage", facts.options.get("DEFAULT_PREVIEW_IMAGE"))


def original(context: ReadingContext) -> str:
    """The path of the file that the post translates, else its own."""
    page: Page = context.page
    return page.original


def language(context: ReadingContext) -> str:
    """The language in whose feed a post is; "" for the site's own."""
    page: Page = context.page
    return page.edition


def written_in(context: ReadingContext) -> str:
    """The language of a translation's text; "" for the site's own."""
    page: Page = context.page
    return page.written


def site_authors(context: ReadingContext) -> tuple[Author, ...]:
    """Who writes where a post does not say; may be called otherwise in another language."""
    own = context.settings.site.author
    facts = Facts.of(context.settings)
    name = facts.told("BLOG_AUTHOR", language(context) or facts.language).strip()
    if own and name in ("", own.name):
        return (own,)
    return (Author(name),) if name else ()


def tags_count(context: ReadingContext) -> bool:
    """Whether tags tell of drafts: Nikola's own default, which new sites turn off."""
    return context.settings.engine_options.get("USE_TAG_METADATA") is not False


def tagged(context: ReadingContext, name: str) -> bool:
    """Whether a tag holds the post back."""
    if not tags_count(context):
        return False
    found, _ = fields.terms(context.fields.get("tags"), fields.commas)
    return name in map(str.lower, found)


def _beside(path: str) -> str:
    return f"{posixpath.splitext(path)[0]}.meta"


def _existing(context: ReadingContext, *paths: str) -> str:
    return next((one for one in paths if context.size(one) is not None), "")


def _from_file(context: ReadingContext, path: str, *, over: bool) -> None:
    """The fields of a file of metadata; `over` those of the post itself."""
    data = context.side(path)
    text = encoding.decode(data).text if data else None
    if not text:
        return
    front = metadata.read(text, path)
    _mapped(front.fields, front.kind, context.settings.engine_options)
    for key, value in front.fields.items():
        if over:
            context.fields[key.lower()] = value
        else:
            context.default(key.lower(), value)
    context.kind = context.kind or front.kind


def _from_text(context: ReadingContext, path: str) -> None:
    data = context.side(path)
    text = encoding.decode(data).text if data else None
    if text:
        front: FrontMatter = metadata.read(text, path)
        _mapped(front.fields, front.kind, context.settings.engine_options)
        for key, value in front.fields.items():
            context.default(key.lower(), value)


def _mapped(values: dict[str, object], kind: str, options: Mapping[str, JSON]) -> None:
    """Give fields that other programs call otherwise Nikola's names (`METADATA_MAPPING`)."""
    tables: Any = options.get("METADATA_MAPPING")
    table = tables.get(_MAPPED.get(kind, "")) if isinstance(tables, dict) else None
    for theirs, ours in (table if isinstance(table, dict) else {}).items():
        # fields of the post itself are in lower case by now
        value = values.get(theirs, values.get(theirs.lower()))
        if value is not None and isinstance(ours, str):
            values[ours.lower()] = value


def _from_name(path: str, options: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
    given = options.get("FILE_METADATA_REGEXP")
    pattern = safe_pattern(given, ignore_case=False) if isinstance(given, str) else None
    match = pattern.match(path) if pattern else None
    for key, value in (match.groupdict() if match else {}).items():
        if value is None:
            continue
        if key.lower() == "title" and options.get("FILE_METADATA_UNSLUGIFY_TITLES") is not False:
            yield "title", value.translate(str.maketrans("_-.", "   ")).strip().capitalize()
        else:
            yield key.lower().strip(), value


def _from_destination(context: ReadingContext, facts: Facts) -> None:
    options = facts.options
    path = context.source.path
    wildcard = facts.wildcard(path)
    if wildcard is None or "category" in context.fields or "section" in context.fields:
        return
    own = language(context) or facts.language
    beneath = wildcard.beneath(path)
    trimmed = options.get("CATEGORY_DESTPATH_TRIM_PREFIX") is True and beneath
    name = beneath if trimmed else facts.below(path, wildcard, own)
    if options.get("CATEGORY_DESTPATH_FIRST_DIRECTORY_ONLY") is not False:
        name = name.partition("/")[0]
    names: Any = options.get("CATEGORY_DESTPATH_NAMES")
    if isinstance(names, dict):
        names = names.get(own, names)
        name = names.get(name, name) if isinstance(names, dict) else name
    context.default("category", name)
