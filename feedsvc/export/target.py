"""Where an export may write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.errors import ExportError

if TYPE_CHECKING:
    from feedsvc.settings import Settings


def prepare(target: str | Path, settings: Settings) -> str:
    """Make the target folder and return its real path.

    Raises ExportError where an export would mix with its own sources: in the site's folder or
    one above it, or inside a folder of posts; and for a target that is not a folder.
    """
    root = Path(target).resolve()
    site = settings.folder.resolve()
    if site.is_relative_to(root):
        raise ExportError(
            f"{target}: holds the site itself; choose a folder of its own, such as public"
        )
    for folder in settings.posts.path:
        posts = (site / folder).resolve()
        if root.is_relative_to(posts):
            raise ExportError(
                f"{target}: lies inside the posts folder {posts}; choose a folder outside of it"
            )
    try:
        root.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ExportError(f"{target}: is not a folder; choose another target") from None
    return str(root)
