"""Pelican's internal links: `{filename}x.md`, `{static}/a.png`.

Source: `pelican/contents.py` (`_link_replacer`), docs.getpelican.com/en/latest/content.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from feedsvc.markup.beside import Sources
from feedsvc.posts.references import Reference
from feedsvc.sites.pelican import pages, urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.beside import Folder
    from feedsvc.markup.context import Context
    from feedsvc.model import Post
    from feedsvc.settings import Settings

_FILENAME = "filename"
_KINDS = (_FILENAME, "static", "attach", "tag", "category", "author", "index")
_WORD = r"[^\s)\"'<>?#]"
# Where something else than a blank ends a path, blanks are parts of it.
_WITHIN = r"(?<=\]\()|(?<=href=[\"'])|(?<=src=[\"'])"
_LINK = re.compile(
    rf"(?:(?:{_WITHIN})(?P<spaced>)|(?<=[(\"'\s<:=]))[{{|](?P<kind>{'|'.join(_KINDS)})[}}|]"
    rf"(?P<path>{_WORD}{{0,500}}(?(spaced)(?:[ ]++(?!\(){_WORD}++){{0,50}}))"
)
# What readers of Pelican and its plugins take; any other file is one to be copied.
_READ = re.compile(
    r"(?:\A|/)[^./]*\Z|\.(?:md|mkd|mdown|markdown|rst|html?|a(?:scii)?doc|ipynb|org)\Z",
    re.IGNORECASE,
)
SIGNS = tuple(opening + kind + closing for kind in _KINDS for opening, closing in ("{}", "||"))


def render(text: str, around: Context) -> str:
    """`text` with internal links made into URLs; queries and fragments stay behind them."""

    def target(match: re.Match[str]) -> str:
        kind, path = _meant(*match.group("kind", "path"))
        if kind == _FILENAME:
            return _address(path, text, match.start(), around)
        if kind == "attach":
            return quote(urls.attached_path(unquote(path), around.post.path, around.settings))
        return around.absolute_url(_path(kind, path, around))

    return _LINK.sub(target, text)


def references(text: str) -> Iterator[Reference]:
    """What `{filename}` names."""
    found = (_meant(*match.group("kind", "path")) for match in _LINK.finditer(text))
    return (_reference(path) for kind, path in found if kind == _FILENAME)


def sources(text: str, post: Post, settings: Settings, _folder: Folder) -> Sources:
    """The pages that `{filename}` names, whose heads say where they are published."""
    files = (pages.page_file(one.name, post.path, settings) for one in references(text))
    return Sources(tuple(dict.fromkeys(filter(None, files))), ())


def _address(path: str, text: str, at: int, around: Context) -> str:
    """Where the article is that `{filename}` names, or the page."""
    reference = _reference(path)
    page = None if around.links.get(reference) else pages.page_url(reference.name, around)
    return page or around.link(reference, path, text, at)


def _meant(kind: str, path: str) -> tuple[str, str]:
    """`{filename}` of a picture or the like is `{static}`, as it was written until Pelican 3.7."""
    return ("static" if kind == _FILENAME and not _READ.search(path) else kind), path


def _reference(path: str) -> Reference:
    return Reference(_FILENAME, unquote(path))


def _path(kind: str, path: str, around: Context) -> str:
    if kind == "static":
        return quote(urls.static_path(unquote(path), around.post.path, around.settings))
    return quote(urls.term_path(kind, unquote(path), around.settings))
