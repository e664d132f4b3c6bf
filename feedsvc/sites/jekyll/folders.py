"""Where a Jekyll site's posts lie: in `_posts` and `_drafts` folders anywhere below the source."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files
from feedsvc.sites.jekyll import collections

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feedsvc.model import JSON
    from feedsvc.settings import Settings

_NO_SOURCE = frozenset({"_site", "node_modules", "vendor", "gemfiles", "tmp"})
_FOLDERS = 20_000  # a site with more folders is looked through no further
OPTION = "walk"


def walk(root: str, said: dict[str, Any]) -> dict[str, JSON]:
    """What tells where to look: the folder of all collections, and what is excluded below it."""
    start = "/".join(part for part in (root, collections.above(said)) if part)
    prefix = f"{root}/" if root else ""
    excluded = sorted(prefix + name.strip("/") for name in files.texts(said, "exclude"))
    return {"start": start, "excluded": [*excluded]}


def found(folder: Path, start: str, excluded: Sequence[str]) -> list[JSON]:
    """Every `_posts` and `_drafts` folder that Jekyll would read, relative to the site."""
    places: list[JSON] = []
    waiting, seen, kept_out = [start], 0, frozenset(excluded)
    while waiting and seen < _FOLDERS:
        here = waiting.pop()
        for name in _subfolders(folder / here):
            seen += 1
            path = f"{here}/{name}" if here else name
            if name in ("_posts", "_drafts"):
                places.append(path)
            elif name[0] not in "._#" and name not in _NO_SOURCE and path not in kept_out:
                waiting.append(path)
    return sorted(places, key=str) or ["/".join(part for part in (start, "_posts") if part)]


def present(settings: Settings) -> tuple[str, ...]:
    """The site's posts folders as they are now: one may be made while the site is served.

    Those of the settings where the engine's own were overridden.
    """
    known: Any = settings.engine_options.get(OPTION)
    if not known or known["found"] != list(settings.posts.path):
        return settings.posts.path
    others = [path for path in settings.posts.path if collections.of(path, settings)]
    now: list[Any] = found(settings.folder, known["start"], known["excluded"])
    return (*now, *others)


def _subfolders(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []  # the scan of the posts reports what it cannot read
