"""Work that another process does while this one does something else."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn


def may_fork() -> bool:
    """Whether a process can be forked without harm (Linux, no other threads)."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def aside(work: Callable[[], object]) -> Iterator[None]:
    """Have a forked process do `work` meanwhile; at the end of the block it is done.

    For use where `may_fork`. What fails there is done once more here, so that it raises what it
    has to; it must be something that may be done twice. After an error in the block it is only
    waited for.
    """
    child = os.fork()
    if not child:
        _end_after(work)
    try:
        yield
    except BaseException:
        _ends_well(child)
        raise
    if not _ends_well(child):
        work()


def _end_after(work: Callable[[], object]) -> NoReturn:
    """Do the work and nothing else: no handler and no buffer of the parent is this process's."""
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _ends_well(child: int) -> bool:
    try:
        return os.waitpid(child, 0)[1] == 0
    except ChildProcessError:  # the system does not tell, where SIGCHLD is ignored
        return False
