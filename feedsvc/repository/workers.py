"""Work spread over all cores where there is enough of it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

# What a host answers that lets nobody start a process, or has no semaphores for them.
_REFUSED = (OSError, NotImplementedError)

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Up to `jobs` processes that do work for this one.

    Once started they stay as long as somebody holds the crew (`with crew:`), so that what they have
    imported and opened for one part of the work serves the next. Each thread has processes of its
    own.
    """

    def __init__(
        self, jobs: int, release: Callable[[], None] = lambda: None, ahead: Sequence[str] = ()
    ) -> None:
        """`release` lets go of what must not be inherited by what is forked.

        `ahead` are modules that all of them import first, while this one finds out what to do.
        """
        self.jobs = jobs
        self._release = release
        self._ahead = ahead
        self._local = _Local()

    @property
    def is_there(self) -> bool:
        """Whether processes have been started that will be there for more."""
        return self._local.pool is not None

    def __enter__(self) -> Self:
        self._local.holders += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._local.holders -= 1
        if not self._local.holders:
            self._dismiss()

    def start(self) -> None:
        """Start the processes, where somebody holds the crew and the host lets us."""
        if self.jobs > 1 and self._local.holders and not self.is_there and _can_start():
            if _may_fork():
                self._release()
            with suppress(*_REFUSED), undisturbed():
                pool = self._local.pool = _started(self.jobs)
                for _ in range(self.jobs if self._ahead else 0):
                    pool.submit(_import, self._ahead)

    def spread(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield `work(item)` of every item in order, done by all processes.

        Those that were not started before are for this work only. `work` and the items must be
        picklable; it is pickled once, and unpickled once by each process. Where none can be started
        (a host that forbids it), this one does all the work.
        """
        if self.jobs < 2 or len(items) < 2 or not _can_start():
            yield from map(work, items)
            return
        # Costly to import, and most runs find little to do.
        from concurrent.futures.process import BrokenProcessPool

        done = 0
        try:
            for result in self._spread(work, items):
                yield result
                done += 1
        except (BrokenProcessPool, *_REFUSED):
            self._dismiss()
            yield from map(work, items[done:])

    def _spread(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        import pickle

        given = pickle.dumps(work)
        tasks = (_Task(given, item) for item in items)
        with ExitStack() as own:
            with undisturbed():
                pool = self._local.pool
                if pool is None:
                    pool = own.enter_context(_started(min(self.jobs, len(items))))
                found = pool.map(_work, tasks)
            yield from found

    def _dismiss(self) -> None:
        pool, self._local.pool = self._local.pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Have Ctrl-C wait for the end of this.

    Processes that are half started hear of no end, and would be waited for when this one ends.
    """
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or handler is None:
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def _started(jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(jobs, _context(), _begin)
    pool.submit(int)  # with which it starts them all where they are forked
    return pool


class _Local(threading.local):
    """What one thread knows of its processes."""

    pool: ProcessPoolExecutor | None = None
    holders = 0


def _import(names: Sequence[str]) -> None:
    for name in names:
        import_module(name)


class _Task(NamedTuple):
    """One item, and the pickled work to be done with it."""

    work: bytes
    item: Any


def _work(task: _Task) -> Any:
    return _unpickled(task.work)(task.item)


@lru_cache(maxsize=1)
def _unpickled(work: bytes) -> Callable[[Any], Any]:
    import pickle

    made: Callable[[Any], Any] = pickle.loads(work)  # noqa: S301  (made above, by this program)
    return made


def _begin() -> None:
    # Ctrl-C reaches all processes of a terminal: the one that has others work decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


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
    if _may_fork():
        from multiprocessing import get_context

        return get_context("fork")
    from feedsvc.repository.spawning import Context

    return Context()


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


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
