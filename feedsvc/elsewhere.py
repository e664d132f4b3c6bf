"""Work on one site done by other processes, too, where there is much of it."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SPREAD_FROM = 4  # batches; fewer are done before another process has started


class Worked(Protocol):
    """A site as those see it who work on it; `jobs` is how many processes may."""

    jobs: int

    def flush(self) -> None: ...


Site = TypeVar("Site", bound=Worked)
Batch = TypeVar("Batch")
Result = TypeVar("Result")


class Reopened(Protocol):
    """What another process gets by a handle."""

    @property
    def site(self) -> Worked: ...


class Way(NamedTuple):
    """How another process gets the site: it can `reopen` it by what `handle` gives.

    That is None where it cannot.
    """

    handle: Callable[[], object | None]
    reopen: Callable[..., Reopened]


def on_all_cores(
    work: Callable[[Site, Batch], Result], site: Site, batches: Sequence[Batch], way: Way
) -> Iterator[Result]:
    """Yield `work(site, batch)` of every batch in order; `work` and all else are picklable."""
    # Forked workers have all that was imported and learned for the first.
    yield from (work(site, batch) for batch in batches[:1])
    others = batches[1:]
    known = way.handle() if site.jobs > 1 and len(others) >= _SPREAD_FROM else None
    if known is None:
        yield from (work(site, batch) for batch in others)
        return
    import pickle

    from feedsvc.repository.workers import spread

    # Pickled once, and unpickled once by each worker, not with every batch.
    yield from spread(partial(_elsewhere, work, way.reopen, pickle.dumps(known)), others, site.jobs)


def _elsewhere(
    work: Callable[[Site, Batch], Result],
    reopen: Callable[..., Reopened],
    handle: bytes,
    batch: Batch,
) -> Result:
    """Do one batch in a worker process; `handle` is pickled."""
    site = cast("Site", _opened(reopen, handle))
    result = work(site, batch)
    site.flush()
    return result


@lru_cache(maxsize=1)
def _opened(reopen: Callable[..., Reopened], handle: bytes) -> Worked:
    """Open the site once a process."""
    import pickle

    return reopen(pickle.loads(handle)).site  # noqa: S301  (made above, by this program)
