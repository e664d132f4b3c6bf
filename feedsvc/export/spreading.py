"""Documents built and written by all cores where there are many."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.elsewhere import on_all_cores
from feedsvc.export.departures import Addresses
from feedsvc.export.writing import Job, Outcome, write_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedsvc.elsewhere import Worked
    from feedsvc.export.contract import Publication, Site
    from feedsvc.publication.choices import Discoveries
    from feedsvc.session import Handle

BATCH = 32  # documents; some 40 ms of work, so that no core waits long for the last
FIRST = 4  # documents, of the first batch
_SPREAD_FROM = 8  # batches; fewer are written before another process has started


Signed = tuple[str, Outcome]
"""What became of a file, after the signature of its document."""


class Written(NamedTuple):
    """What became of some files, and what was found out about feeds on the way."""

    outcomes: list[Signed]
    discoveries: Discoveries


class _Documents(NamedTuple):
    """A publication, and what keeps what was rendered for it."""

    rendered: Worked
    publication: Publication
    addresses: Addresses

    def flush(self) -> None:
        self.rendered.flush()


def write(
    root: str, site: Site, publication: Publication, jobs: Sequence[Job]
) -> Iterator[Written]:
    """Yield what became of the files, some at a time.

    Raises ExportError when the disk refuses, StaleError when the posts change meanwhile.
    """
    if not jobs:
        return
    here = _Documents(site, publication, Addresses(publication))
    way = site.way(publication, _reopened)
    work = partial(_written, root)
    yield from on_all_cores(work, here, list(batches_of(jobs)), way, least=_SPREAD_FROM)


def _written(root: str, documents: _Documents, batch: Sequence[Job]) -> Written:
    _, publication, addresses = documents
    outcomes = write_batch(addresses.get, root, batch)
    signatures = [addresses.signature(job.path) for job in batch]
    return Written([*zip(signatures, outcomes, strict=True)], publication.discoveries())


def _reopened(handle: Handle) -> _Documents:
    """Open a publication in a worker process. Raises StaleError when the posts have moved on."""
    from feedsvc.workshop import reopen

    workshop = reopen(handle)
    publication = workshop.at(handle.now)
    documents = _Documents(workshop, publication, Addresses(publication))
    workshop.session.check(handle)  # again: what is published was asked for after the first
    return documents


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
