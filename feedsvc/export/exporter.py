"""A publication as a folder of files for a static host."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.clock import present
from feedsvc.errors import ExportError, PostError, StaleError
from feedsvc.export.lock import locked
from feedsvc.export.manifest import read_journal, read_manifest
from feedsvc.export.record import Record, Result, decode, encode
from feedsvc.export.summary import Summary
from feedsvc.export.target import prepare
from feedsvc.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from feedsvc.export.contract import Progress, Publication, Site

_TRIES = 5


class _Wishes(NamedTuple):
    """What is asked of one export."""

    now: datetime
    strict: bool
    frozen: bool


def export(
    site: Site | Path | str,
    target: Path | str,
    *,
    now: datetime | None = None,
    strict: bool = False,
    frozen: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Write everything that `site` publishes at `now` below the folder `target`.

    `site` is an opened site or its folder; `now` is aware, None means the present instant.

    Files that need no change are not touched; files that earlier exports wrote and that this
    one does not are removed, others never. Interrupted at any point, every file is whole, and
    the next export finishes the work. `strict` stops before the first file if a post could not
    be read, and makes a document without a file an error; `frozen` does so where the ledger would
    have to be written. `progress` is told how many of how
    many files have been looked at.

    Raises ExportError for a target that cannot be used or written to, PostError under `strict`,
    LedgerError for a ledger that cannot be read or, under `frozen`, is out of date.
    """
    started = time.perf_counter()
    opened = _opened(site)
    instant = now or present()
    root = prepare(target, opened.settings)
    with locked(root), opened.crew:
        wishes = _Wishes(instant, strict=strict, frozen=frozen)
        result = _true(lambda: _exported(opened, root, wishes, progress))
    if result.blocked:
        more = f" (and {len(result.blocked) - 1} more)" if result.blocked[1:] else ""
        raise ExportError(f"{result.blocked[0]}; move it away and export again{more}")
    summary = _summary(str(target), root, result, time.perf_counter() - started)
    if strict and (summary.kept or summary.refused):
        raise ExportError(f"{summary.notices[0]}; --strict wants a file for every document")
    return summary


def _opened(site: Site | Path | str) -> Site:
    if isinstance(site, str | Path):
        from feedsvc.site import open_site

        return open_site(site)
    return site


def _true(work: Callable[[], Result]) -> Result:
    """Do the work again where the posts have changed under it."""
    for _ in range(_TRIES - 1):
        with suppress(StaleError):
            return work()
    return work()


def _exported(site: Site, root: str, wishes: _Wishes, progress: Progress | None) -> Result:
    name = f"export {root}"
    publication = site.publication(wishes.now, keep=True, frozen=wishes.frozen)
    if wishes.strict:
        _refuse_errors(site.findings)
    record = decode(site.session.recall(name))
    if _is_done(root, publication, record):
        return Result(record)
    # Nothing of what follows is imported when there is nothing to do.
    from feedsvc.export.update import bring_up_to_date

    result = bring_up_to_date(root, site, publication, record, progress)
    site.session.remember(name, encode(result.record))
    publication.keep()
    return result


def _refuse_errors(findings: Iterable[Finding]) -> None:
    for finding in findings:
        if finding.severity is Severity.ERROR:
            raise PostError(str(finding))


def _is_done(root: str, publication: Publication, record: Record) -> bool:
    return (
        bool(record.version)
        and record.version == publication.version
        and read_journal(root) is None
        and read_manifest(root) == record.files()
        and record.holds(root)
    )


def _summary(target: str, root: str, result: Result, seconds: float) -> Summary:
    rows, refused = result.record.rows, result.record.refused
    foreign = [file for file, row in rows.items() if not row.digest]
    notices = [f"{root}/{file}: left alone: feedsvc did not write this page" for file in foreign]
    return Summary(
        target=target,
        written=result.written,
        unchanged=len(rows) - len(foreign) - result.written,
        removed=result.removed,
        kept=len(foreign),
        refused=len(refused),
        seconds=seconds,
        notices=(*notices, *refused, *result.notices),
    )
