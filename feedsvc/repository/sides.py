"""The other files that posts are read with: what a folder holds, and what tells of a change."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from xxhash import xxh3_128_hexdigest

from feedsvc.model import is_unicode
from feedsvc.posts.references import TREE
from feedsvc.repository.stamps import identity_of, rests_ns

if TYPE_CHECKING:
    from pathlib import Path

MOST_FILES = 5_000
"""Files and folders that a post may draw in of one folder."""


class Listing(NamedTuple):
    """The regular files below a folder: identities by path (relative to the site), sorted.

    `identity` changes with any of them. `files` is None where there are too many to draw in.
    """

    files: dict[str, str] | None
    identity: str
    rests_ns: int


def listing(folder: str, top: str) -> Listing:
    """List what is below `top`, a folder of the site that is `folder`.

    What cannot be listed holds nothing; links to folders are not followed.
    """
    found: list[tuple[str, os.stat_result]] = []
    waiting = [top]
    for here in waiting:  # which grows meanwhile
        if len(found) + len(waiting) > MOST_FILES:
            return Listing(None, "too many", 0)
        try:
            with os.scandir(f"{folder}/{here}") as items:
                for item in items:
                    path = f"{here}/{item.name}"
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(path)
                    elif is_unicode(item.name) and (status := _status(item)):
                        found.append((path, status))
        except OSError:
            continue
    files = {path: identity_of(status) for path, status in sorted(found)}
    mixed = xxh3_128_hexdigest("\0".join([*files, *files.values()]).encode())
    rests = max((rests_ns(status.st_mtime_ns) for _, status in found), default=0)
    return Listing(files, mixed, rests)


def _status(item: os.DirEntry[str]) -> os.stat_result | None:
    try:
        status = item.stat()
    except OSError:
        return None  # a link that leads nowhere
    return status if S_ISREG(status.st_mode) else None


class Sides:
    """Identities of the other files that posts are read with, each file looked at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._identities: dict[str, str] = {}
        self._rests: dict[str, int] = {}  # when a file could last have changed unseen
        self._sets: dict[tuple[str, ...], tuple[str, int]] = {}  # what is told of the files

    def of(self, files: tuple[str, ...]) -> str:
        """Return one text for the identities of these files (relative to the folder)."""
        return self._told(files)[0]

    def rest_ns(self, files: tuple[str, ...]) -> int:
        """Return from when on (since the epoch) none of these can have changed unseen."""
        return self._told(files)[1]

    def _told(self, files: tuple[str, ...]) -> tuple[str, int]:
        told = self._sets.get(files)
        if told is None:
            text = "".join([f";{file}={self._identity(file)}" for file in sorted(files)])
            rests = max((self._rests.get(file, 0) for file in files), default=0)
            told = self._sets[files] = (text, rests)
        return told

    def _identity(self, file: str) -> str:
        found = self._identities.get(file)
        if found is None and file.endswith(TREE):
            there = listing(self._folder, file.removesuffix(TREE))
            found = self._identities[file] = there.identity
            self._rests[file] = there.rests_ns
        elif found is None:
            try:
                status = os.stat(f"{self._folder}/{file}")  # noqa: PTH116
                found = identity_of(status)
                self._rests[file] = rests_ns(status.st_mtime_ns)
            except (OSError, ValueError):
                found = "absent"
            self._identities[file] = found
        return found
