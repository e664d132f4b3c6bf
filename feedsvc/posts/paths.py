"""What a file's place and name say, taken apart once."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

# a stamp of a moment, and what a day's file is called in folders of years and months
_STAMPED = re.compile(
    r"(?:.*/)?(?:((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})T?(?:[01][0-9]|2[0-3])[0-5][0-9]"
    r"(?:[0-5][0-9])?(?![0-9])[^/]*|([0-9]{4})-([0-9]{2})-([0-9]{2})T[0-9][^/]*"
    r"|((?:19|20)[0-9]{2})[-/]([0-9]{2})[-/]([0-9]{2}))",
    re.DOTALL,
)

_HIDDEN = re.compile(r"(?:^|/)(?:[._]|node_modules(?:/|$))").search
_NOT_POSTS = frozenset(
    {"readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security"}
)
_DRAWING = ".excalidraw"  # what a plugin of Obsidian keeps in Markdown
# what Syncthing and Dropbox leave beside the file that stays
_CONFLICT = re.compile(
    r"\.sync-conflict-[0-9]{8}-[0-9]{6}|\([^()]*conflicted copy [0-9]{4}-[0-9]{2}-[0-9]{2}[^()]*\)"
).search


class FileName(NamedTuple):
    """What a file's name says: an ISO date ("" for none) and the rest without the suffix."""

    date: str
    slug: str


class FilePath(NamedTuple):
    """A file's path below its posts folder, taken apart once; as strings, for speed.

    `folder` is "" at the top; `suffix` begins with the last dot and is "" for `.a`, `a.` and `a`.
    """

    text: str
    folder: str
    name: str
    stem: str
    suffix: str

    @classmethod
    def of(cls, text: str) -> FilePath:
        """Take a POSIX path apart."""
        folder, _, name = text.rpartition("/")
        dot = name.rfind(".")
        if 0 < dot < len(name) - 1:
            return cls(text, folder, name, name[:dot], name[dot:])
        return cls(text, folder, name, name, "")

    @property
    def folders(self) -> list[str]:
        """The names of the folders from the top down to the file."""
        return self.folder.split("/") if self.folder else []

    @property
    def bare(self) -> str:
        """The path without the suffix."""
        return self.text[: len(self.text) - len(self.suffix)]

    @property
    def is_something_else(self) -> bool:
        """Whether nobody means it for a post, by what it and its folders are called."""
        if _HIDDEN(self.text) or self.stem.endswith(_DRAWING):
            return True
        if "conflict" in self.stem and _CONFLICT(self.stem):
            return True
        return not self.folder and self.stem.lower() in _NOT_POSTS

    def lies_within(self, names: Collection[str]) -> bool:
        """Whether one of the folders has one of these names, whatever its case."""
        return bool(self.folder and names) and any(
            name in names for name in self.folder.lower().split("/")
        )

    @property
    def stamp(self) -> str:
        """The day of a name that is a stamp (`202002031030 x`), or of a day's file (`2020/02/03`).

        What a stamp says of the time is no date that anybody wrote, and the stamp is what other
        notes call it by: it stays in the slug.
        """
        match = _STAMPED.fullmatch(self.bare)
        return day_of(*filter(None, match.groups())) if match else ""

    @property
    def above(self) -> tuple[str, ...]:
        """The folders that hold the file, the nearest first, the top ("") last."""
        return above(self.folder)

    def called(self, stem: str) -> str:
        """The stem, or where that is `index` the name of the folder that it speaks for."""
        return (self.folder.rpartition("/")[2] or stem) if stem == "index" else stem


@lru_cache(maxsize=256)
def above(folder: str) -> tuple[str, ...]:
    """A folder and those that hold it, the nearest first, the top ("") last."""
    parts = folder.split("/") if folder else []
    return tuple("/".join(parts[:count]) for count in range(len(parts), -1, -1))


def day_of(year: str, month: str, day: str) -> str:
    """The day as ISO 8601 has it, "" where the calendar has none."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
