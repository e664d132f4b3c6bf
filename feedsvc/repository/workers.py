"""Work spread over all cores where there is enough of it."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.context import BaseContext

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """Yield `work(item)` of every item in order, done by up to `jobs` processes.

    `work` and the items must be picklable; it is handed to each process once, them one by one.
    Where no process can be started (a host that forbids it), this process does all the work.
    """
    if jobs < 2 or len(items) < 2 or not _can_start():
        yield from map(work, items)
        return
    # Costly to import, and most runs find little to do.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    try:
        with ProcessPoolExecutor(min(jobs, len(items)), _context(), _begin, (work,)) as pool:
            for result in pool.map(_work, items):
                yield result
                done += 1
    except (BrokenProcessPool, OSError):
        yield from map(work, items[done:])


class _Given:
    """What this process was started for."""

    work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    end_with_parent()
    _Given.work = work


def _work(item: Any) -> Any:
    return _Given.work(item)


def end_with_parent() -> None:
    """Have this worker end when the process that started it is gone.

    One that was killed tells its workers nothing: they would wait for work for ever, and hold the
    locks that they have inherited.
    """
    from multiprocessing import parent_process

    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


def _context() -> BaseContext:
    """Fork where that is safe (Linux, no other threads): it costs 10 ms instead of 150."""
    import multiprocessing

    safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if safe else "spawn")


def _can_start() -> bool:
    """Whether `sys.executable` is a Python that can be started again (below uWSGI it is not)."""
    import multiprocessing

    return (
        not multiprocessing.current_process().daemon
        and "python"
        in os.path.basename(  # noqa: PTH119
            sys.executable or ""
        ).lower()
    )
