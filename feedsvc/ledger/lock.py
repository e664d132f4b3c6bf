"""One writer of the ledger at a time, by filelock.

Importing that costs more than reading and writing the ledger together, and as a rule nobody else
writes. So what filelock would do first is done without it: make the file, and lock it with `flock`.
Where that does not do at once (somebody has the lock, or the system has none of the kind), filelock
takes over.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO


@contextlib.contextmanager
def locked(path: Path, patience: float) -> Iterator[None]:
    """Be the only one who writes. Raises OSError, TimeoutError after `patience` seconds."""
    place = path.with_name(f".{path.name}.writing")
    with _taken_at_once(place) or _waited_for(place, patience):
        try:
            yield
        finally:
            # While the lock is held: a waiter that has the file open finds it unlinked and
            # begins anew. Windows refuses, and the lock removes the file itself there.
            with contextlib.suppress(OSError):
                place.unlink()


def _taken_at_once(place: Path) -> IO[bytes] | None:
    """The file, locked until it is closed; None where that takes more than making it."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        file = place.open("xb")
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(file.fileno()).st_nlink:
            return file
    except (BlockingIOError, PermissionError):
        pass  # another was quicker, and so he was where the file is unlinked by now
    except OSError:
        place.unlink()  # left there, it would be taken for somebody's: no `flock` here
    file.close()
    return None


@contextlib.contextmanager
def _waited_for(place: Path, patience: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(place, timeout=patience):
            yield
    except Timeout as error:
        raise TimeoutError(
            f"another process has been writing it for {patience:.0f} s; "
            f"if there is none, delete {place.name}"
        ) from error
