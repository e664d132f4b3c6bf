"""Bytes of the site's files, never of anything outside its folder."""

from __future__ import annotations

import contextlib
import os
import sys
from errno import ENOENT
from hashlib import file_digest
from io import FileIO
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.model import Tagging, is_unicode
from feedsvc.repository.sides import MOST_FILES
from feedsvc.repository.stamps import identity_of

if TYPE_CHECKING:
    from pathlib import Path

# In the target of every export: the list of files that it wrote.
EXPORTED = ".feedsvc-export.json"

MAX_BYTES = 32 * 1024 * 1024
_BLOCK = 1 << 20
_SMALL = 1 << 18


class Found(NamedTuple):
    """A regular file: its real path and what the system says of it."""

    path: str
    status: os.stat_result


class SiteFiles:
    """Files below one folder, by path relative to it (POSIX), for one look at them.

    What is asked for again (the posts of a folder ask for the same few side files) is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._real = os.path.realpath(folder)
        self._sides: dict[str, bytes | None] = {}
        self._sizes: dict[str, int | None] = {}
        self._folders: dict[str, str] = {}
        self._below: dict[str, list[str]] = {}

    def read(self, path: str) -> tuple[bytes, str]:
        """Return a file's bytes and identity.

        Raises OSError for what cannot be read and ValueError for what is too large.
        """
        descriptor = os.open(f"{self._real}/{path}", _TO_READ)
        try:
            status = os.fstat(descriptor)
            size = status.st_size
            if size > MAX_BYTES:
                raise ValueError(f"larger than {MAX_BYTES >> 20} MB")
            data = os.read(descriptor, size + 1)
            if len(data) != size:  # still being written, or read in parts
                data += b"".join(iter(lambda: os.read(descriptor, _BLOCK), b""))
            return data, identity_of(status)
        finally:
            os.close(descriptor)

    def is_in_memory(self, path: str) -> bool:
        """Whether reading a file would not wait for the disk; false where no system tells (Linux).

        It asks for the first byte with RWF_NOWAIT, preadv2(2).
        """
        if sys.platform == "linux":
            with contextlib.suppress(OSError, ValueError):
                descriptor = os.open(f"{self._real}/{path}", os.O_RDONLY | _NO_WAIT)
                try:
                    return os.preadv(descriptor, [bytearray(1)], 0, os.RWF_NOWAIT) >= 0
                finally:
                    os.close(descriptor)
        return False

    def announce(self, path: str) -> None:
        """Have the disk fetch a file that is read soon, while others are read (Linux)."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError, ValueError):
                descriptor = os.open(f"{self._real}/{path}", os.O_RDONLY | _NO_WAIT)
                try:
                    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)
                finally:
                    os.close(descriptor)

    def side(self, path: str) -> bytes | None:
        """Return the bytes of a file, None where there is none inside the folder."""
        if path in self._sides:
            return self._sides[path]
        found = self._side(path)
        if found is None or len(found) < _SMALL:
            self._sides[path] = found
        return found

    def _side(self, path: str) -> bytes | None:
        if self._inside(path) is None:
            return None
        try:
            return self.read(path)[0]
        except (OSError, ValueError):
            return None

    def below(self, folder: str) -> list[str]:
        """Return the files in a folder of the site and below it, and those folders, sorted.

        Looked up once; not more than a post could draw in; none of a folder outside the site.
        """
        known = self._below.get(folder)
        if known is None:
            known = self._below[folder] = self._listed(folder)
        return known

    def _listed(self, folder: str) -> list[str]:
        found: list[str] = []
        waiting = [folder.strip("/")]
        while waiting and len(found) < MOST_FILES:
            here = waiting.pop()
            found.append(here)
            try:
                with os.scandir(self._folder(here)) as items:
                    for item in items:
                        path = f"{here}/{item.name}" if here else item.name
                        if item.is_dir(follow_symlinks=False):
                            waiting.append(path)
                        elif is_unicode(item.name):
                            found.append(path)
            except (OSError, ValueError):
                continue
        return sorted(found)

    def size(self, path: str) -> int | None:
        """Return the length of a file in bytes, None where there is none inside the folder."""
        if path not in self._sizes:
            found = self.find(path)
            self._sizes[path] = None if found is None else found.status.st_size
        return self._sizes[path]

    def find(self, path: str) -> Found | None:
        """Return where a regular file inside the folder really lies, None where there is none.

        What an export wrote is none of the site's own files.
        """
        real = self._inside(path)
        if real is None:
            return None
        try:
            status = os.stat(real)  # noqa: PTH116
        except OSError:
            return None
        return Found(real, status) if S_ISREG(status.st_mode) else None

    def inner(self, real: str) -> str:
        """Return the path relative to the folder (POSIX) of a real path inside it."""
        return os.path.relpath(real, self._real).replace(os.sep, "/")

    def _inside(self, path: str) -> str | None:
        """Return the real path, None where it leaves the folder or cannot be a path."""
        folder, _, name = path.rpartition("/")
        if "\0" in path or name in ("", ".", ".."):
            return None
        try:
            real = f"{self._folder(folder)}/{name}"
            if os.path.islink(real):  # noqa: PTH114
                real = os.path.realpath(real)
                self._folder(os.path.relpath(os.path.dirname(real), self._real))  # noqa: PTH120
        except (OSError, ValueError):
            return None
        return real

    def _folder(self, path: str) -> str:
        """Return the real path of a folder, looked up once.

        Raises OSError where it leaves the site's folder, and ValueError where it cannot be a path.
        """
        known = self._folders.get(path)
        if known is None:
            known = os.path.realpath(f"{self._real}/{path}")
            inside = known == self._real or known.startswith(self._real + os.sep)
            if not inside or _is_exported(known, self._real):
                raise FileNotFoundError(path)
            self._folders[path] = known
        return known


def _is_exported(folder: str, top: str) -> bool:
    """Whether a real folder is, or lies in, the target of an export below `top`."""
    while folder != top:
        if os.path.exists(f"{folder}/{EXPORTED}"):  # noqa: PTH110
            return True
        folder = os.path.dirname(folder)  # noqa: PTH120
    return False


def is_readable(folder: Path, path: str) -> bool:
    """Whether a file of a folder can be read now."""
    try:
        SiteFiles(folder).read(path)
    except (OSError, ValueError):
        return False
    return True


def opened(file: str) -> FileIO:
    """Open a regular file by its real path for streaming. Raises OSError.

    Never follows a link that has taken its place, nor waits for a named pipe.
    """
    descriptor = os.open(file, _TO_READ | getattr(os, "O_NOFOLLOW", 0))
    if not S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(ENOENT, "it is no file any more", file)
    return FileIO(descriptor)


def entity_tag_of(stream: FileIO) -> str:
    """Return `entity_tag` of all that is left in a stream, without having all in memory."""
    return file_digest(stream, Tagging).hexdigest()


# A named pipe in the folder must not hold us up.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | _NO_WAIT
