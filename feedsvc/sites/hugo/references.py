"""What `ref` and `relref` mean (`hugolib/pagecollections.go`, `getContentNodeForRef`)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.posts.context import once_per_site
from feedsvc.posts.paths import FilePath
from feedsvc.posts.reading import Source
from feedsvc.posts.references import beside
from feedsvc.sites.hugo.languages import below_content, language_of, logical, stem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.references import Shelf
    from feedsvc.settings import Settings


class _Place(NamedTuple):
    """A file of the site, as far as its path tells."""

    settings: Settings
    source: Source
    path: FilePath


class _Page(NamedTuple):
    """A page's language and logical path: `/posts/a`, that of its folder for a bundle."""

    language: str
    path: str


def find(name: str, language: str, path: str, shelf: Shelf, settings: Settings) -> str | None:
    """A path from the page's folder, else from the top, else a name that only one page has.

    `language` is that of the page wanted, "" for that of the page at `path`.
    """
    identify = _identified(settings)
    own = identify(path)
    language = language or own.language
    pages = shelf.by(identify)
    name = name.rstrip("/") or "/"
    suffixed = bool(posixpath.splitext(name)[1])

    def at(wanted: str) -> str | None:
        # `v1.2` has no suffix, but looks as if it had
        for file in (wanted, f"{wanted}.md")[not suffixed :]:
            page = _Page(language, _logical(file, settings.engine_options))
            if page in pages:
                return pages[page][0]
        return None

    if not name.startswith("/"):
        above = posixpath.dirname(own.path)
        # with a suffix it is a file's name, which is relative to a bundle's own folder
        folder = own.path if suffixed and name.startswith("../") and _is_bundle(path) else above
        file = beside(name, path)
        if found := at(posixpath.join(folder, name)):
            return found
        if suffixed and file in shelf.paths and identify(file).language == language:
            return file
        if name.startswith("."):
            return None
    if found := at(f"/{name.lstrip('/')}"):
        return found
    if "/" in name:
        return None
    base = _logical(f"/{name}" if suffixed else f"/{name}.md", settings.engine_options)
    called = shelf.by(_named(settings)).get(_Page(language, base[1:]), ())
    return called[0] if len(called) == 1 else None


def owner(path: str, shelf: Shelf, settings: Settings) -> str | None:
    """The page that files without a language in the folder of a bundle are published with."""
    identify = _identified(settings)
    language = str(settings.engine_options.get("language") or "en")
    there = shelf.by(identify).get(_Page(language, identify(path).path), ())
    folder = posixpath.dirname(path)
    return next((one for one in there if posixpath.dirname(one) == folder), None)


def _logical(path: str, options: Mapping[str, JSON]) -> str:
    file = FilePath.of(posixpath.normpath(path).lstrip("/"))
    return logical(file.folder, stem_of(file.stem, options))


def _is_bundle(path: str) -> bool:
    return posixpath.basename(path).startswith("index.")


@once_per_site
def _identified(settings: Settings) -> Callable[[str], _Page]:
    """What gives the page of a file by its path."""
    roots = sorted((root for root in settings.posts.path if root), key=len, reverse=True)

    def identify(path: str) -> _Page:
        root = next((one for one in roots if path.startswith(f"{one}/")), "")
        below = FilePath.of(path[len(root) + 1 :] if root else path)
        place = _Place(settings, Source(path, root, b""), below)
        logical = _logical(f"/{below_content(place).text}", settings.engine_options)
        return _Page(language_of(place), logical)

    return identify


@once_per_site
def _named(settings: Settings) -> Callable[[str], _Page]:
    """What gives the last part of a page's path, which often is enough to tell it."""
    identify = _identified(settings)

    def named(path: str) -> _Page:
        page = identify(path)
        return page._replace(path=posixpath.basename(page.path))

    return named
