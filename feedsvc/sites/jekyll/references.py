"""What `post_url` and `link` mean (`lib/jekyll/tags/post_url.rb`, `link.rb`)."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from feedsvc.posts.references import beside

if TYPE_CHECKING:
    from feedsvc.posts.references import Shelf
    from feedsvc.settings import Settings

_NAME = re.compile(r"(.+/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)", re.ASCII)
_DATED = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)", re.ASCII | re.DOTALL)


def post_url(name: str, shelf: Shelf) -> str | None:
    """`[FOLDER/]YYYY-MM-DD-slug`: the folder is one above or below `_posts`.

    Where that folder has none, date and slug are enough, as until Jekyll 3.
    """
    match = _NAME.fullmatch(name.removeprefix("/"))
    if match is None:
        return None
    folder, stem = match[1] or "", f"{match[2]}-{match[3]}"
    known = shelf.by(_day_and_slug).get(_key(stem), ())
    meant = (f"/_posts/{folder}{stem}", f"/{folder}_posts/{stem}")
    for path in known:
        if f"/{path}".rpartition(".")[0].endswith(meant):
            return path
    return known[0] if known else None


def link(name: str, shelf: Shelf, settings: Settings) -> str | None:
    """A path that is relative to the source, or to the folder of the collections."""
    source = str(settings.engine_options.get("source") or "")
    collections = sorted({posixpath.dirname(folder) for folder in settings.posts.path}, key=len)
    folders = dict.fromkeys((source, *collections))
    bases = [f"{folder}/" if folder else "" for folder in folders]
    return shelf.first(beside(name.removeprefix("/"), base) for base in bases)


def _day_and_slug(path: str) -> tuple[int, int, int, str] | str:
    return _key(posixpath.basename(path).rpartition(".")[0])


def _key(stem: str) -> tuple[int, int, int, str] | str:
    """What two writings of one date and slug have in common."""
    match = _DATED.fullmatch(stem)
    return (int(match[1]), int(match[2]), int(match[3]), match[4]) if match else stem
