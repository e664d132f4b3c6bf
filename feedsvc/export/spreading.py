"""Documents built and written by all cores where there are many."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, cast

from feedsvc.export.departures import Addresses
from feedsvc.export.writing import Job, Outcome, write_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedsvc.export.contract import Publication, Site
    from feedsvc.session import Handle
    from feedsvc.site import Site as RealSite

BATCH = 32  # documents; some 40 ms of work, so that no core waits long for the last
FIRST = 4  # documents, of the first batch
_SPREAD_FROM = 8  # batches; fewer are written before another process has started


class _Opened(NamedTuple):
    """A publication in this process, and the site it is of."""

    site: RealSite
    addresses: Addresses


def write(
    root: str, site: Site, publication: Publication, jobs: Sequence[Job]
) -> Iterator[list[Outcome]]:
    """Yield what became of the files, some at a time.

    Raises ExportError when the disk refuses, StaleError when the posts change meanwhile.
    """
    if not jobs:
        return
    here = Addresses(publication)
    first, *batches = batches_of(jobs)
    # Forked workers have all that was imported and learned for the first few.
    yield write_batch(here.get, root, first)
    handle = site.handle(publication) if len(batches) >= _SPREAD_FROM and site.jobs > 1 else None
    if handle is None:
        for batch in batches:
            yield write_batch(here.get, root, batch)
        return
    import pickle

    from feedsvc.repository.workers import spread

    # Pickled once, and unpickled once by each worker, not with every batch.
    known = pickle.dumps(handle)
    # A forked worker has it already, with all that planning has found out.
    _inherited[known] = _Opened(cast("RealSite", site), here)
    try:
        yield from spread(partial(_write_elsewhere, known, root), batches, site.jobs)
    finally:
        del _inherited[known]


def batches_of(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    """Yield all jobs, some at a time, first a few.

    Documents in one folder stay together: a feed's formats show the same entries.
    """
    batch: list[Job] = []
    folder, size = "", FIRST
    for job in jobs:
        above = job.file.rpartition("/")[0]
        if len(batch) >= size and (above != folder or len(batch) >= 2 * size):
            yield batch
            batch, size = [], BATCH
        folder = above
        batch.append(job)
    yield batch


_inherited: dict[bytes, _Opened] = {}


def _write_elsewhere(handle: bytes, root: str, batch: Sequence[Job]) -> list[Outcome]:
    """Write a batch in a worker process."""
    opened = _opened(handle)
    outcomes = write_batch(opened.addresses.get, root, batch)
    opened.site.flush()
    return outcomes


@lru_cache(maxsize=1)
def _opened(handle: bytes) -> _Opened:
    """Open the publication once a process; `handle` is a pickled `Handle`.

    Raises StaleError when the posts have moved on.
    """
    import pickle

    here = _inherited.get(handle)
    wanted: Handle = pickle.loads(handle)  # noqa: S301  (made above, by this program)
    if here is not None:
        here.site.session.check(wanted)
        return here
    from feedsvc.site import reopen

    site, publication = reopen(wanted)
    return _Opened(site, Addresses(publication))
