"""Bytes of the site's files, never of anything outside its folder."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING

from feedsvc.repository.scan import identity_of

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 32 * 1024 * 1024
_BLOCK = 1 << 20
_SMALL = 1 << 16


class SiteFiles:
    """Files below one folder, by path relative to it (POSIX), for one look at them.

    What is asked for again (the posts of a folder ask for the same few side files) is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._real = os.path.realpath(folder)
        self._sides: dict[str, bytes | None] = {}
        self._sizes: dict[str, int | None] = {}

    def read(self, path: str) -> tuple[bytes, str]:
        """Return a file's bytes and identity.

        Raises OSError for what cannot be read and ValueError for what is too large.
        """
        descriptor = os.open(
            f"{self._real}/{path}", os.O_RDONLY | getattr(os, "O_BINARY", 0) | _NO_WAIT
        )
        try:
            status = os.fstat(descriptor)
            if status.st_size > MAX_BYTES:
                raise ValueError(f"larger than {MAX_BYTES >> 20} MB")
            data = os.read(descriptor, status.st_size + 1)
            if len(data) != status.st_size:  # still being written, or read in parts
                data += b"".join(iter(lambda: os.read(descriptor, _BLOCK), b""))
            return data, identity_of(status)
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

    def size(self, path: str) -> int | None:
        """Return the length of a file in bytes, None where there is none inside the folder."""
        if path not in self._sizes:
            self._sizes[path] = self._size(path)
        return self._sizes[path]

    def _size(self, path: str) -> int | None:
        inside = self._inside(path)
        if inside is None:
            return None
        try:
            status = os.stat(inside)  # noqa: PTH116
        except OSError:
            return None
        return status.st_size if S_ISREG(status.st_mode) else None

    def _inside(self, path: str) -> str | None:
        """Return the real path, None where it leaves the folder or cannot be a path."""
        if "\0" in path:
            return None
        try:
            real = os.path.realpath(f"{self._real}/{path}")
        except (OSError, ValueError):
            return None
        return real if real.startswith(self._real + os.sep) else None


# A named pipe in the folder must not hold us up.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
