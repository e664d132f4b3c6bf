"""Bringing a target to what a publication says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.export.departures import Addresses
from feedsvc.export.manifest import (
    close_journal,
    read_journal,
    read_manifest,
    write_journal,
    write_manifest,
)
from feedsvc.export.plan import plan
from feedsvc.export.record import Record, Result, Row
from feedsvc.export.removal import remove, sweep_all
from feedsvc.export.spreading import Signed, write
from feedsvc.export.writing import Fate, Job

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedsvc.export.contract import Progress, Publication, Site
    from feedsvc.export.writing import Outcome


def bring_up_to_date(
    root: str, site: Site, publication: Publication, record: Record, progress: Progress | None
) -> Result:
    """Write what differs, remove what vanished, note what is there now.

    `record` is what is remembered of the last time. Raises ExportError when the disk refuses,
    StaleError when the posts change meanwhile; the next time then finishes the work.
    """
    before, journal = read_manifest(root), read_journal(root)
    known = {**(before or {}), **(journal or {})}
    # Without a journal at most the one that was about to say so was being written.
    sweep_all(root, known if journal is not None else ())
    work = plan(root, Addresses(publication), known, record)
    result = Result(Record(publication.version, work.rows, work.refused))
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
    for signed in _outcomes(root, site, publication, work.jobs, progress):
        _note(result, *signed)
    # What is missing now may be there with the next export, and is still ours.
    missing = {file: known[file] for file in result.missing if file in known}
    write_manifest(root, {**missing, **result.record.files()})
    close_journal(root)
    if result.blocked or result.missing:  # is looked at again, whatever else has changed
        result.record = result.record._replace(version="")
    return result


def _outcomes(
    root: str, site: Site, publication: Publication, jobs: Sequence[Job], progress: Progress | None
) -> Iterator[Signed]:
    done = 0
    for written in write(root, site, publication, jobs):
        publication.take_over(written.discoveries)
        yield from written.outcomes
        done += len(written.outcomes)
        if progress:
            progress(done, len(jobs))


def _note(result: Result, signature: str, outcome: Outcome) -> None:
    if outcome.fate is Fate.BLOCKED:
        result.blocked.append(outcome.reason)
    elif outcome.fate is Fate.MISSING:
        result.missing.append(outcome.file)
        if outcome.reason:
            result.notices.append(outcome.reason)
    else:
        result.written += outcome.fate is Fate.WRITTEN
        result.record.rows[outcome.file] = Row(
            signature, outcome.digest, outcome.size, outcome.mtime_ns
        )
