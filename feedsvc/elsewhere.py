"""Work on one site done by other processes, too, where there is much of it."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feedsvc.repository.workers import Crew

_SPREAD_FROM = 4  # batches; fewer are done before another process has started


class Worked(Protocol):
    """What is worked on: a site, or something of one."""

    def flush(self) -> None:
        """Have others see what was done."""


Part = TypeVar("Part", bound=Worked)
Batch = TypeVar("Batch")
Result = TypeVar("Result")


class Way(NamedTuple):
    """How the processes of a `crew` get what is worked on: they `reopen` it by what `handle` gives.

    That is None where they cannot.
    """

    crew: Crew
    handle: Callable[[], object | None]
    reopen: Callable[..., Worked]


def on_all_cores(
    work: Callable[[Part, Batch], Result],
    here: Part,
    batches: Sequence[Batch],
    way: Way,
    *,
    least: int = _SPREAD_FROM,
) -> Iterator[Result]:
    """Yield `work(here, batch)` of every batch in order; `work` and all else are picklable.

    Processes are started for at least so many batches.
    """
    with way.crew as crew:
        if not crew.is_there:
            # Forked workers have all that was imported and learned for the first.
            yield from (work(here, batch) for batch in batches[:1])
            batches = batches[1:]
            if len(batches) >= least:
                crew.start()
        known = way.handle() if crew.is_there else None
        if known is None:
            yield from (work(here, batch) for batch in batches)
            return
        import pickle

        # Pickled once, and unpickled once by each worker, not with every batch.
        yield from crew.spread(partial(_elsewhere, work, way.reopen, pickle.dumps(known)), batches)


def _elsewhere(
    work: Callable[[Part, Batch], Result],
    reopen: Callable[..., Worked],
    handle: bytes,
    batch: Batch,
) -> Result:
    """Do one batch in a worker process; `handle` is pickled."""
    part = cast("Part", _opened(reopen, handle))
    result = work(part, batch)
    part.flush()
    return result


@lru_cache(maxsize=1)
def _opened(reopen: Callable[..., Worked], handle: bytes) -> Worked:
    """Open what is worked on once a process."""
    import pickle

    return reopen(pickle.loads(handle))  # noqa: S301  (made above, by this program)
