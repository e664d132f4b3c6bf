"""Work that has to end, in a process of its own that the system ends after much computing.

Where a regular expression goes back, or a parser of others, nothing but the processor's time can
tell. No busy machine decides: what is linear takes a tenth of the bound at most, and what is not
misses it by far.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

SECONDS = 10
Result = TypeVar("Result")
# Not forked from the tests' process, which has threads; what most work needs is imported once.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["feedsvc.content.rendering", "feedsvc.posts.dialect"])


def limit(works: int = 1) -> None:
    """Bound the computing of this process, which does as many works."""
    resource.setrlimit(resource.RLIMIT_CPU, (works * SECONDS, works * SECONDS + 1))


def bounded(work: Callable[..., Result], *arguments: Any, **named: Any) -> Result:
    """Return what the work returns; work, arguments and result are picklable."""
    here, there = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_answer, args=(there, work, arguments, named))
    process.start()
    there.close()
    with here:
        try:
            result, error = here.recv()
        except EOFError:
            process.join()
            too_long = process.exitcode == -signal.SIGXCPU
            raise AssertionError(
                f"{SECONDS} s did not do" if too_long else f"ended by {process.exitcode}"
            ) from None
    process.join()
    process.close()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _answer(
    there: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    limit()
    try:
        there.send((work(*arguments, **named), None))
    except Exception as error:
        there.send((None, error))
