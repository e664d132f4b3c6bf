"""What the folder of a post says of it: draft, collection, categories."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from feedsvc.sites.jekyll import collections

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings


def is_draft(context: ReadingContext) -> bool:
    """Whether the post is below a `_drafts`."""
    path = context.source.path
    return "_drafts" in path and "_drafts" in path.split("/")[:-1]


def relative(path: str, roots: tuple[str, str]) -> str:
    """The path below the source, and below the folder of all collections if there is one."""
    for folder in filter(None, roots):
        path = path.removeprefix(f"{folder}/")
    return path


def roots(settings: Settings) -> tuple[str, str]:
    """The folder of the site's source, and that of all collections; "" without one."""
    options = settings.engine_options
    return str(options.get("source") or ""), str(options.get("collections_dir") or "")


def collection_of(context: ReadingContext) -> dict[str, str] | None:
    """The collection that the post is a document of, None for one of `_posts` and `_drafts`."""
    return collections.of(context.source.root, context.settings)


@lru_cache(maxsize=64)
def folders_above(folder: str, source: str, collections_dir: str) -> tuple[str, ...]:
    """The folders that hold the `_posts` or `_drafts` that a folder is in."""
    parts = relative(f"{folder}/", (source, collections_dir)).split("/")[:-1]
    for name in ("_posts", "_drafts"):
        if name in parts:
            return tuple(parts[: parts.index(name)])
    return ()
