"""What an export has to do, worked out without rendering anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.export.disk import folds_names, status, tag_of
from feedsvc.export.places import Places, fold, places
from feedsvc.export.record import Record, Row
from feedsvc.export.writing import Job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.export.departures import Addresses


class Plan(NamedTuple):
    """`rows`: files that are right already; `jobs`: files to look at and perhaps to write;
    `vanished`: files of earlier exports (→ digest) to remove; `refused`: a sentence for each path
    that cannot be a file.
    """

    rows: dict[str, Row]
    jobs: list[Job]
    vanished: dict[str, str]
    refused: list[str]


def plan(root: str, publication: Addresses, known: Mapping[str, str], record: Record) -> Plan:
    """Compare the publication with `known`, the files of earlier exports (→ digest) in `root`."""
    here, vanished = _assign(root, publication, known)
    result = Plan({}, [], vanished, [str(one) for one in here.refused])
    for file, path in here.paths.items():
        held = record.rows.get(file)
        # Where nothing is known of a file, its document's signature can wait for who makes it.
        row = None if held is None else _row(root, file, publication.signature(path), held)
        if row is None:
            result.jobs.append(Job(path, file, known.get(file, "")))
        else:
            result.rows[file] = row
    return result


def _assign(
    root: str, publication: Addresses, known: Mapping[str, str]
) -> tuple[Places, dict[str, str]]:
    paths, files = list(publication.paths()), list(publication.files())
    here = places(paths, files, folded=False)
    vanished = {file: known[file] for file in known if file not in here.paths}
    forms = {fold(file) for file in here.paths}
    meet = [file for file in vanished if fold(file) in forms]
    # Whether the disk tells `A` from `a` matters only, and is only asked, when names meet.
    if (meet or len(forms) < len(here.paths)) and folds_names(root):
        here = places(paths, files, folded=True)
        for file in meet:
            del vanished[file]
    return here, vanished


def _row(root: str, file: str, signature: str, row: Row) -> Row | None:
    """Return the row of a file that is right, None if its document has to be looked at."""
    if row.signature != signature:
        return None
    if row.holds(root, file):
        return row
    path = f"{root}/{file}"
    found = status(path)
    if found is None or found.st_size != row.size or not row.digest:
        return None
    # A check-out or a copy gives files new times; reading one is cheaper than rendering it.
    if tag_of(path, found) != row.digest:
        return None
    return Row(signature, row.digest, row.size, found.st_mtime_ns)
