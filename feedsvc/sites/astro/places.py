"""Walking through the folders of a site, in the same order everywhere, and those of languages."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 4
LOCALE = re.compile(r"\[(?:\.\.\.)?(?:lang|locale|language)\]")
"""A folder of pages that stands for one of each language."""


def walk(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Folders relative to this one, and the names of their files."""
    for here, folders, names in os.walk(folder):
        place = Path(here).relative_to(folder).as_posix()
        place = "" if place == "." else place
        folders[:] = sorted(folders) if place.count("/") < _DEEPEST else []
        yield place, sorted(names)
