"""What a Hugo site's `_index` files say of their sections and of the pages below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from feedsvc.posts import encoding, fields, frontmatter, permalinks
from feedsvc.posts.paths import above
from feedsvc.sites.hugo.languages import below_content, language_of, languages_of, stem_of
from feedsvc.sites.hugo.paths import logical_segment, lowered
from feedsvc.sites.hugo.patterns import Facts, made, pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext

_OF_INTEREST = (b"cascade", b"url", b"slug", b"title")


def indexes(context: ReadingContext) -> Iterator[Mapping[str, Any]]:
    """The front matter of the files that may speak for a page, the nearest section's first.

    Only what is of interest is read, keys in lower case.
    """
    for path in _above(context.source.root, context.path.folder, _language(context)):
        if data := context.side(path):
            yield _front(data)


def section_of(context: ReadingContext) -> str:
    """The path, below the site and the language, of the section that lists the page ("": none)."""
    above = list(_sections(context))
    if not above:
        return ""
    section = above[0]
    options = context.settings.engine_options
    own = options.get("keep_case") is True, options.get("no_accents") is True
    if given := fields.text(section.front.get("url")):
        return _path(given, *own)
    path = logical_path(section.folders)
    if pattern := pattern_of(context.settings, "section", language_of(context), path):
        facts = Facts(
            context.local,
            title=_called(section),
            slug=fields.text(section.front.get("slug")) or "",
            base=section.folders[-1],
            section=section.folders[0],
            sections=lambda: path[1:].split("/"),
            section_names=lambda: names_of(context),
        )
        return _clean(made(pattern, facts, options))
    return _path("/".join(_slugged(above)), *own, named=True)


class Section(NamedTuple):
    """The folders, below the content, of a section, and what its `_index` file says ({}: none)."""

    folders: list[str]
    front: Mapping[str, Any]


def current(context: ReadingContext) -> Section:
    """The nearest folder with an `_index` file, or the top one, which needs none."""
    return next(_sections(context), Section([], {}))


def names_of(context: ReadingContext) -> list[str]:
    """The slugs, or titles, of the sections above a page, the top one first."""
    found = [fields.text(one.front.get("slug")) or _called(one) for one in _sections(context)]
    return found[::-1]


def _slugged(above: list[Section]) -> list[str]:
    """The folders of the first of these sections; those whose `_index` has a slug, by that."""
    names = [*above[0].folders]
    for one in above:
        if slug := fields.text(one.front.get("slug")):
            names[len(one.folders) - 1] = slug
    return names


def logical_path(folders: list[str]) -> str:
    """A section's path as Hugo's rules know it."""
    return lowered(f"/{'/'.join(folders)}").replace(" ", "-")


def _called(section: Section) -> str:
    return fields.text(section.front.get("title")) or section.folders[-1]


def _sections(context: ReadingContext) -> Iterator[Section]:
    """The sections that hold a page, the nearest first."""
    page = below_content(context)
    folders = page.folders
    if folders and stem_of(page.stem, context.settings.engine_options) == "index":
        folders.pop()  # the bundle's own
    real = context.source.path.split("/")[: -1 - len(page.folders) + len(folders)]
    language = _language(context)
    while folders:
        front = _index(context, "/".join(real), language)
        if front is not None or len(folders) == 1:
            yield Section([*folders], front or {})
        folders.pop()
        real.pop()


def _index(context: ReadingContext, folder: str, language: str) -> Mapping[str, Any] | None:
    for name in _names(language):
        if (data := context.side(f"{folder}/{name}" if folder else name)) is not None:
            return _front(data)
    return None


@lru_cache(maxsize=256)
def _path(text: str, keep_case: bool, no_accents: bool, *, named: bool = False) -> str:
    """The path that a section's `url` gives, or (`named`) the names of its folders."""
    if named:
        options: dict[str, JSON] = {"keep_case": keep_case, "no_accents": no_accents}
        text = "/".join(logical_segment(name, options) for name in text.split("/"))
    return _clean(text)


def _clean(text: str) -> str:
    """A safe path without outer slashes, and not percent-encoded, since it is a name."""
    return unquote(permalinks.finish(text)).strip("/")


def _language(context: ReadingContext) -> str:
    return language_of(context) if languages_of(context.settings.engine_options) else ""


def _names(language: str) -> tuple[str, ...]:
    return (f"_index.{language}.md", "_index.md") if language else ("_index.md",)


@lru_cache(maxsize=256)
def _above(root: str, folder: str, language: str) -> tuple[str, ...]:
    return tuple(
        "/".join(part for part in (root, section, name) if part)
        for section in above(folder)
        for name in reversed(_names(language))
    )


@lru_cache(maxsize=512)
def _front(data: bytes) -> Mapping[str, Any]:
    if not any(word in data.lower() for word in _OF_INTEREST):
        return {}
    text = encoding.decode(data).text
    if text is None:
        return {}
    front = frontmatter.read(text, ("yaml", "toml", "json"))
    return {key.lower(): value for key, value in front.fields.items()}
