"""Where posts may lie that nobody looks for: told of a site that has none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc import sites

if TYPE_CHECKING:
    from feedsvc.site import Site

_MARKUP = frozenset({".htm", ".html"})  # templates, most of them
_MOST = 10_000  # folders
_FEW = 2  # files that are rather something else


def fullest(site: Site) -> tuple[str, int]:
    """The folder with the most files that would be read as posts, and their number; ("", 0)."""
    suffixes = tuple(site.repository.dialect.suffixes - _MARKUP)
    roots = site.settings.posts.path
    best = ("", _FEW)
    for number, (here, folders, names) in enumerate(os.walk(site.settings.folder)):
        if number == _MOST:
            break
        folders[:] = sorted(one for one in folders if one[0] != "." and one != "node_modules")
        if number == 0:  # what is another site is told of where the site is
            folders[:] = [one for one in folders if not sites.detect(Path(here, one))]
        place = Path(here).relative_to(site.settings.folder).as_posix()
        count = sum(name.lower().endswith(suffixes) for name in names)
        if count > best[1] and place != "." and not _is_read(place, roots):
            best = (place, count)
    return best if best[0] else ("", 0)


def _is_read(place: str, roots: tuple[str, ...]) -> bool:
    """Whether a folder lies below one of posts, with no underscore on the way."""
    below = (f"{place}/".removeprefix(f"{root}/") for root in roots if _lies_in(place, root))
    return any("/_" not in f"/{rest}" for rest in below)


def _lies_in(place: str, root: str) -> bool:
    return not root or f"{place}/".startswith(f"{root}/")
