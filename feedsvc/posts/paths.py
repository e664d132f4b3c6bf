"""What a file's place and name say, taken apart once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


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
