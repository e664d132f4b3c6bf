"""What a Hugo site's `_index` files say of their sections and of the pages below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feedsvc.posts import encoding, fields, frontmatter, permalinks
from feedsvc.posts.paths import above
from feedsvc.sites.hugo.languages import below_content, language_of, languages_of, stem_of
from feedsvc.sites.hugo.paths import path_segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext

_OF_INTEREST = (b"cascade", b"url")


def indexes(context: ReadingContext) -> Iterator[Mapping[str, Any]]:
    """The front matter of the files that may speak for a page, the nearest section's first.

    Only what is of interest is read: `cascade` and `url`, keys in lower case.
    """
    for path in _above(context.source.root, context.path.folder, _language(context)):
        if data := context.side(path):
            yield _front(data)


def section_of(context: ReadingContext) -> str:
    """The path, below the site and the language, of the section that lists the page; "" for none.

    That is the nearest folder with an `_index` file, or the top one, which needs none.
    """
    page = below_content(context)
    folders = page.folders
    if folders and stem_of(page.stem, context.settings.engine_options) == "index":
        folders.pop()  # the bundle's own
    real = context.source.path.split("/")[: -1 - len(page.folders) + len(folders)]
    language = _language(context)
    while folders:
        front = _index(context, "/".join(real), language)
        if front is not None or len(folders) == 1:
            given = fields.text(front["url"]) if front and "url" in front else None
            options = context.settings.engine_options
            own = options.get("keep_case") is True, options.get("no_accents") is True
            return _path(given, *own) if given else _path("/".join(folders), *own, named=True)
        folders.pop()
        real.pop()
    return ""


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
        text = "/".join(path_segment(name, options) for name in text.split("/"))
    return permalinks.finish(text).strip("/")


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
