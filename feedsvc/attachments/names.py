"""Files that a post names without their folder, wherever they lie: as vaults of notes keep them.

Obsidian puts what is pasted into a folder of its own and writes its name alone, whether
`![[picture.png]]` or `![](picture.png)`. A name that several files have names none of them.
"""

from __future__ import annotations

import os
import time
from itertools import starmap
from typing import TYPE_CHECKING

from feedsvc.model import is_unicode
from feedsvc.posts import media
from feedsvc.repository.files import EXPORTED
from feedsvc.repository.stamps import rests_ns

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 100_000  # files and folders that are looked at
_REST = 50.0  # times what a look took: 2 % of the time, however many names are asked for
_LONGEST_REST = 5.0
_OTHERS = frozenset({"node_modules", "__pycache__"})
_SHOWN = ("image/", "audio/", "video/")


class Names:
    """The site's pictures, sound and film by their names.

    They are looked up anew, now and then, when a folder has changed.
    """

    def __init__(self, folder: Path) -> None:
        self._top = str(folder)
        self._folders: dict[str, int] = {}
        self._places: dict[str, str | None] = {}
        self._next_look = 0.0

    def place(self, name: str) -> str | None:
        """Return where the only file of this name lies, relative to the site; None without one."""
        if not media.type_of_file(name).startswith(_SHOWN):
            return None
        started = time.monotonic()
        if started >= self._next_look:
            if not self._folders or any(starmap(_is_changed, self._folders.items())):
                self._look()
            ended = time.monotonic()
            self._next_look = ended + min(_REST * (ended - started), _LONGEST_REST)
        return self._places.get(name)

    def _look(self) -> None:
        folders: dict[str, int] = {}
        places: dict[str, str | None] = {}
        waiting = [""]
        while waiting and len(folders) + len(waiting) + len(places) < _MOST:
            below = waiting.pop()
            folder = f"{self._top}/{below}"
            try:
                changed = os.stat(folder).st_mtime_ns  # noqa: PTH116
                with os.scandir(folder) as items:
                    found = [one for one in items if is_unicode(one.name)]
            except OSError:
                continue
            folders[folder] = changed
            if below and any(one.name == EXPORTED for one in found):
                continue
            for one in found:
                if one.name[0] == "." or one.name in _OTHERS:
                    continue
                path = f"{below}{one.name}"
                if one.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif media.type_of_file(one.name).startswith(_SHOWN):
                    places[one.name] = None if one.name in places else path
        self._places = places
        rests = max(map(rests_ns, folders.values()), default=0) < time.time_ns()
        self._folders = folders if rests else {}


def _is_changed(folder: str, known: int) -> bool:
    try:
        return os.stat(folder).st_mtime_ns != known  # noqa: PTH116
    except OSError:
        return True
