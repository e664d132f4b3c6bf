"""The file system below an export's target: whole files, and never a way out of the target."""
# ruff: noqa: PTH102, PTH105, PTH106, PTH108, PTH112
# (a call of os costs a third of what pathlib does, and these run for every file)

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.errors import ExportError
from feedsvc.model import Tagging
from feedsvc.repository.files import entity_tag_of, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_NEW_FILE |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 20
_TEMPORARY = ".feedsvc-"
_TEMPORARY_END = ".tmp"


class BlockedError(Exception):
    """Something that is not ours stands where a file or a folder has to go."""


def replace(folder: str, name: str, data: bytes) -> os.stat_result:
    """Put `data` into `folder/name` so that a reader sees the old or the new file, whole.

    No fsync: what a crash of the machine can lose is a cache of the posts, and the next export
    sees by size and time what is not as it left it. Raises OSError; then nothing has changed.
    """
    with _replacing(folder, name) as handle:
        _write(handle, data)
        return os.fstat(handle)


def copy(folder: str, name: str, source: FileIO) -> tuple[os.stat_result, str]:
    """Put the bytes of `source` into `folder/name` as `replace` does, a block at a time.

    The copy has the time of its source. Returns what was written, and its entity tag.
    """
    tagging = Tagging()
    with _replacing(folder, name) as handle:
        while block := source.read(_BLOCK):
            tagging.update(block)
            _write(handle, block)
    path, changed = f"{folder}/{name}", os.fstat(source.fileno()).st_mtime_ns
    os.utime(path, ns=(changed, changed))
    return os.lstat(path), tagging.hexdigest()


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


@contextmanager
def _replacing(folder: str, name: str) -> Iterator[int]:
    """Give a new file to write, which takes the place of `folder/name` once it is whole."""
    # The process in the name keeps two workers apart; the length does not depend on `name`,
    # which may be as long as names can be.
    temporary = f"{folder}/{_TEMPORARY}{os.getpid()}{_TEMPORARY_END}"
    try:
        handle = os.open(temporary, _NEW_FILE, 0o666)
    except FileExistsError:  # left by a killed process that had the same number
        os.unlink(temporary)
        handle = os.open(temporary, _NEW_FILE, 0o666)
    try:
        try:
            yield handle
        finally:
            os.close(handle)
        os.replace(temporary, f"{folder}/{name}")
    except BaseException as error:
        if isinstance(error, OSError) and error.filename is None:
            error.filename = temporary  # writing does not know it
        # (a Ctrl-C may come when it has taken its place)
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def status(path: str) -> os.stat_result | None:
    """Return what lies at `path` itself (a link is not followed), None if nothing does."""
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def read_regular(path: str, found: os.stat_result | None) -> bytes | None:
    """Return the bytes of a regular file; None for what is absent, a link, a device or a pipe."""
    if found is None or not stat.S_ISREG(found.st_mode):
        return None
    return Path(path).read_bytes()


def tag_of(path: str, found: os.stat_result | None) -> str:
    """Return the entity tag of a regular file, however long; "" for anything else."""
    if found is None or not stat.S_ISREG(found.st_mode):
        return ""
    with opened(path) as stream:
        return entity_tag_of(stream)


class Folders:
    """The folders of one target, each looked at once."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._inside = root.rstrip("/") + "/"
        self._known: dict[str, str] = {"": root}
        self._made: set[str] = set()

    def is_new(self, real: str) -> bool:
        """Tell whether `find` made the folder with this real path: nothing lay in it then."""
        return real in self._made

    def find(self, folder: str, *, create: bool) -> str:
        """Return the real path of `folder` (relative, POSIX); with `create`, make what is missing.

        Raises BlockedError where a file, or a symbolic link that leads out of the target, is in
        the way, FileNotFoundError for a missing folder without `create`.
        """
        known = self._known.get(folder)
        if known is None:
            above, _, name = folder.rpartition("/")
            known = self._enter(f"{self.find(above, create=create)}/{name}", create=create)
            self._known[folder] = known
        return known

    def _enter(self, path: str, *, create: bool) -> str:
        if create:
            try:
                os.mkdir(path)
            except FileExistsError:
                pass
            else:
                self._made.add(path)
                return path
        mode = os.lstat(path).st_mode
        if stat.S_ISDIR(mode):
            return path
        if not stat.S_ISLNK(mode):
            raise BlockedError(f"{path}: a file is in the way of a folder")
        real = os.path.realpath(path)
        if not real.startswith(self._inside) or not os.path.isdir(real):
            raise BlockedError(f"{path}: a symbolic link leads out of the target")
        return real


def sweep(folder: str) -> None:
    """Remove the temporary files that killed exports left in `folder`."""
    try:
        entries = [entry.path for entry in os.scandir(folder) if _is_temporary(entry.name)]
    except OSError:
        return
    for path in entries:
        os.unlink(path)


def _is_temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY) and name.endswith(_TEMPORARY_END)


def prune(root: str, folder: str) -> None:
    """Remove `folder` (relative) and the folders above it, up to the target, while empty."""
    while folder:
        try:
            os.rmdir(f"{root}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def told(error: OSError, file: str) -> ExportError:
    """Put an error of the disk into one line that says what to do."""
    what = error.strerror or str(error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ExportError(f"{file}: {what}; make room and export again")
    return ExportError(f"{file}: {what}; mend that and export again")


def folds_names(folder: str) -> bool:
    """Tell whether the disk takes names that differ in case only for the same."""
    probe = f"{_TEMPORARY}probe{_TEMPORARY_END}"
    replace(folder, probe, b"")
    folded = status(f"{folder}/{probe.upper()}") is not None
    os.unlink(f"{folder}/{probe}")
    return folded
