"""A publication as a folder of files for a static host."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from feedsvc.errors import ExportError, PostError, StaleError
from feedsvc.export.contract import Progress, Publication, Site, Summary
from feedsvc.export.lock import locked
from feedsvc.export.manifest import (
    close_journal,
    read_journal,
    read_manifest,
    write_journal,
    write_manifest,
)
from feedsvc.export.plan import Plan, plan
from feedsvc.export.record import Record, Row, decode, encode
from feedsvc.export.removal import remove, sweep_all
from feedsvc.export.target import prepare
from feedsvc.export.writing import Fate, Job, Outcome, write_batch
from feedsvc.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

BATCH = 64  # documents; a few milliseconds of work
_TRIES = 5


@dataclass(slots=True)
class _Result:
    """What has become of the target."""

    record: Record
    written: int = 0
    removed: int = 0
    blocked: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def export(
    site: Site,
    target: str | Path,
    *,
    now: datetime,
    strict: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Write everything that `site` publishes at `now` (aware) below the folder `target`.

    Files that need no change are not touched; files that earlier exports wrote and that this
    one does not are removed, others never. Interrupted at any point, every file is whole, and
    the next export finishes the work. `strict` stops before the first file if a post could not
    be read, and makes a document without a file an error. `progress` is told how many of how
    many files have been looked at.

    Raises ExportError for a target that cannot be used or written to, PostError under `strict`.
    """
    started = time.perf_counter()
    root = prepare(target, site.settings)
    with locked(root):
        result = _true(lambda: _exported(site, root, now, strict=strict, progress=progress))
    if result.blocked:
        more = f" (and {len(result.blocked) - 1} more)" if result.blocked[1:] else ""
        raise ExportError(f"{result.blocked[0]}; move it away and export again{more}")
    summary = _summary(str(target), root, result, time.perf_counter() - started)
    if strict and (summary.kept or summary.refused):
        raise ExportError(f"{summary.notices[0]}; --strict wants a file for every document")
    return summary


def _true(work: Callable[[], _Result]) -> _Result:
    """Do the work again where the posts have changed under it."""
    for _ in range(_TRIES - 1):
        with suppress(StaleError):
            return work()
    return work()


def _exported(
    site: Site, root: str, now: datetime, *, strict: bool, progress: Progress | None
) -> _Result:
    name = f"export {root}"
    publication = site.publication(now)
    if strict:
        _refuse_errors(site.findings)
    record = decode(site.recall(name))
    if _is_done(root, publication, record):
        return _Result(record)
    result = _bring_up_to_date(root, publication, record, progress)
    site.remember(name, encode(result.record))
    return result


def _refuse_errors(findings: Iterable[Finding]) -> None:
    for finding in findings:
        if finding.severity is Severity.ERROR:
            raise PostError(str(finding))


def _is_done(root: str, publication: Publication, record: Record) -> bool:
    return (
        read_journal(root) is None
        and read_manifest(root) == record.files()
        and record.holds(root, publication.version)
    )


def _bring_up_to_date(
    root: str, publication: Publication, record: Record, progress: Progress | None
) -> _Result:
    before, journal = read_manifest(root), read_journal(root)
    known = {**(before or {}), **(journal or {})}
    if journal is not None:
        sweep_all(root, known)
    work = plan(root, publication, known, record)
    result = _Result(Record(publication.version, work.rows, work.refused))
    if before is None:
        result.notices.append(
            f"{root}: the list of exported files was damaged and is made anew;"
            " files of vanished documents stay"
        )
    if work.jobs:
        write_journal(root, {**(journal or {}), **{job.file: "" for job in work.jobs}})
    # First away with the old: a folder may have to give way to a file of the same name.
    result.removed, kept = remove(root, work.vanished)
    result.notices += kept
    for outcome in chain.from_iterable(_outcomes(root, publication, work.jobs, progress)):
        _note(result, outcome, work)
    write_manifest(root, result.record.files())
    close_journal(root)
    if result.blocked:
        result.record = Record(rows=result.record.rows)
    return result


def _outcomes(
    root: str, publication: Publication, jobs: Sequence[Job], progress: Progress | None
) -> Iterator[list[Outcome]]:
    for start in range(0, len(jobs), BATCH):
        batch = jobs[start : start + BATCH]
        yield write_batch(publication.get, root, batch)
        if progress:
            progress(start + len(batch), len(jobs))


def _note(result: _Result, outcome: Outcome, work: Plan) -> None:
    if outcome.fate is Fate.BLOCKED:
        result.blocked.append(outcome.reason)
    elif outcome.fate is not Fate.MISSING:
        result.written += outcome.fate is Fate.WRITTEN
        result.record.rows[outcome.file] = Row(
            work.signatures[outcome.file], outcome.digest, outcome.size, outcome.mtime_ns
        )


def _summary(target: str, root: str, result: _Result, seconds: float) -> Summary:
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
