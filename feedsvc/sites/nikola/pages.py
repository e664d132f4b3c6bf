"""Pages of a Nikola site, which are no posts: what posts that link to them need to know."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.posts import encoding, fields
from feedsvc.posts.paths import FilePath
from feedsvc.sites import files
from feedsvc.sites.nikola import facts, metadata
from feedsvc.sites.nikola.names import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON

_MOST = 500  # pages
_HEAD = 8192  # bytes


def found(folder: Path, options: Mapping[str, JSON]) -> list[JSON]:
    """Path of the file, slug, address and title of each page, sorted by path."""
    site = facts.made(options, "PAGES")
    pages: list[JSON] = []
    for path in _paths(folder, site):
        if site.translated(path):
            continue
        text = _text(folder, path)
        beside = _text(folder, f"{posixpath.splitext(path)[0]}.meta")
        said = {**metadata.read(text, path).fields, **metadata.read(beside, "").fields}
        stem = FilePath.of(path).stem
        slug = fields.text(said.get("slug")) or slugify(stem, options) or stem
        address = site.address(path, site.language, slug, said.get("pretty_url"))
        pages.append([path, slug, address, fields.title(said.get("title")) or stem])
    return pages


def _paths(folder: Path, site: facts.Facts) -> Iterator[str]:
    roots = dict.fromkeys(one.root for one in site.wildcards)
    found = {path for root in roots for path in _walked(folder, root) if site.wildcard(path)}
    yield from sorted(found)[:_MOST]


def _walked(folder: Path, root: str) -> Iterator[str]:
    """The files below a folder, relative to the site."""
    for here, folders, names in os.walk(folder / root):
        folders[:] = [one for one in folders if one[0] != "."]
        place = Path(here).relative_to(folder).as_posix()
        yield from (f"{place}/{name}" for name in names)


def _text(folder: Path, path: str) -> str:
    head = files.beginning(folder / path, _HEAD) or b""
    # the last character may be cut in two
    return encoding.decode(head, replace=True).text or ""
