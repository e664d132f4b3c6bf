"""Where posts may lie that nobody looks for, and which of a plain folder nobody reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc import sites
from feedsvc.model import is_unicode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.site import Site

_MARKUP = frozenset({".htm", ".html"})  # templates, most of them
# what people write posts in besides; `.txt` is rather something else
_UNREAD = frozenset(
    {".rst", ".org", ".adoc", ".asciidoc", ".textile", ".wiki", ".lr", ".rmd", ".qmd", ".ipynb"}
)
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


def unread(site: Site) -> Mapping[str, list[str]]:
    """The files of a plain folder's posts in a markup that is not read, by their suffixes."""
    settings = site.settings
    found: dict[str, list[str]] = {}
    if settings.engine or settings.posts.dialect != sites.OWN:
        return found
    is_post = site.repository.dialect.is_post
    for root in settings.posts.path:
        for number, (here, folders, names) in enumerate(os.walk(settings.folder / root)):
            if number == _MOST:
                break
            folders[:] = sorted(one for one in folders if one[0] not in "._")
            folders[:] = [one for one in folders if one != "node_modules"]
            for name in sorted(names):
                stem, suffix = os.path.splitext(name)  # noqa: PTH122
                if suffix.lower() not in _UNREAD or not is_unicode(f"{here}{name}"):
                    continue
                top = settings.folder / root
                if is_post(Path(here, f"{stem}.md").relative_to(top).as_posix(), settings):
                    path = Path(here, name).relative_to(settings.folder).as_posix()
                    found.setdefault(suffix.lower(), []).append(path)
    return found


def _is_read(place: str, roots: tuple[str, ...]) -> bool:
    """Whether a folder lies below one of posts, with no underscore on the way."""
    below = (f"{place}/".removeprefix(f"{root}/") for root in roots if _lies_in(place, root))
    return any("/_" not in f"/{rest}" for rest in below)


def _lies_in(place: str, root: str) -> bool:
    return not root or f"{place}/".startswith(f"{root}/")
