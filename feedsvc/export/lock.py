"""One export at a time into a target."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from feedsvc.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60.0  # seconds; longer than an export of a large site takes
_PAUSE = 0.05


@contextmanager
def locked(root: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the target `root` for this export; wait up to `patience` seconds for another one.

    The system lets go of the lock when the process ends, however it ends. Raises ExportError
    when the other export does not finish.
    """
    handle = _open(root)
    try:
        end = time.monotonic() + patience
        while not _take(handle):
            if time.monotonic() >= end:
                raise ExportError(
                    f"{root}: another export is writing here; wait until it is done and try again"
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _open(root: str) -> int:
        # Windows cannot open a folder as a file, so here the lock needs a file of its own.
        return os.open(f"{root}/.feedsvc-export.lock", os.O_RDWR | os.O_CREAT)

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open(root: str) -> int:
        return os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
