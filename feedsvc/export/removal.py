"""Taking away what earlier exports wrote and this one does not."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from feedsvc.export.disk import (
    BlockedError,
    Folders,
    prune,
    read_regular,
    status,
    sweep,
    tag_of,
    told,
)
from feedsvc.export.ownership import is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable


def remove(root: str, files: dict[str, str]) -> tuple[int, list[str]]:
    """Remove files (→ their digests) of earlier exports; return how many, and what was kept.

    A file that is no longer as an export left it belongs to somebody else and stays.
    """
    folders = Folders(root)
    removed = 0
    kept: list[str] = []
    for file, known in files.items():
        above, _, name = file.rpartition("/")
        try:
            path = f"{folders.find(above, create=False)}/{name}"
            found = status(path)
            if found is None or not stat.S_ISREG(found.st_mode):
                continue
            if _is_as_left(path, found, known):
                os.unlink(path)  # noqa: PTH108
                prune(root, above)
                removed += 1
            else:
                kept.append(f"{path}: left alone: changed since feedsvc wrote it")
        except (BlockedError, FileNotFoundError):
            continue
        except OSError as error:
            raise told(error, f"{root}/{file}") from error
    return removed, kept


def sweep_all(root: str, files: Iterable[str]) -> None:
    """Remove what killed exports left beside `files`."""
    folders = Folders(root)
    for above in {file.rpartition("/")[0] for file in files} | {""}:
        try:
            sweep(folders.find(above, create=False))
        except (BlockedError, OSError):
            continue


def _is_as_left(path: str, found: os.stat_result, known: str) -> bool:
    """Tell whether a regular file is what an export wrote; `known` is its digest then."""
    if path.endswith(".html"):
        return is_ours(read_regular(path, found), known)
    # Without a digest the file comes from an interrupted export, which replaced what was there.
    return not known or tag_of(path, found) == known
