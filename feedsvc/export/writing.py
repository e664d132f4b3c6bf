"""Writing documents: a batch of paths in, what became of each file out.

Free of state, so that batches can be written by several processes at once.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.export.disk import (
    BlockedError,
    Folders,
    copy,
    read_regular,
    replace,
    status,
    tag_of,
    told,
)
from feedsvc.export.ownership import digest, is_ours
from feedsvc.model import LocalFile
from feedsvc.repository.files import entity_tag_of, opened

if TYPE_CHECKING:
    import os

Made = tuple[bytes, str]
"""The bytes of a document, and their media type."""
Get = Callable[[str], Made | LocalFile | None]


class Fate(StrEnum):
    """What became of a file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # somebody else's page is there and stays
    BLOCKED = "blocked"  # something is in the way that must not be replaced
    MISSING = "missing"  # the publication no longer has the path


class Job(NamedTuple):
    """Write `path` of the publication as `file` (relative, POSIX).

    `digest` is that of the bytes an earlier export left there, "" if none is known.
    """

    path: str
    file: str
    digest: str = ""


class Outcome(NamedTuple):
    """What became of `file`; `digest`, `size` (bytes) and `mtime_ns` are those on the disk now.

    `reason` says in one sentence what blocks a file, or why one that is there is missing.
    """

    file: str
    fate: Fate
    digest: str = ""
    size: int = 0
    mtime_ns: int = 0
    reason: str = ""


def write_batch(get: Get, root: str, jobs: Iterable[Job]) -> list[Outcome]:
    """Write the documents that differ from what is in `root` (a real path).

    `get` returns what the document of a path consists of, or the file. Raises ExportError, naming
    the file, when the disk refuses; files written until then are whole.
    """
    folders = Folders(root)
    return [_write(get, root, folders, job) for job in jobs]


def _write(get: Get, root: str, folders: Folders, job: Job) -> Outcome:
    found = get(job.path)
    if found is None:
        return Outcome(job.file, Fate.MISSING)
    above, _, name = job.file.rpartition("/")
    try:
        folder = folders.find(above, create=True)
        if isinstance(found, LocalFile):
            return _copy(folder, name, found, job)
        there = None if folders.is_new(folder) else status(f"{folder}/{name}")
        return _put(folder, name, found, job, there)
    except BlockedError as error:
        return Outcome(job.file, Fate.BLOCKED, reason=str(error))
    except OSError as error:
        raise told(error, f"{root}/{job.file}") from error


def _copy(folder: str, name: str, local: LocalFile, job: Job) -> Outcome:
    """Copy a file of the site's folder, unless the same bytes are there."""
    path = f"{folder}/{name}"
    found = status(path)
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise BlockedError(f"{path}: a folder is in the way of a file")
    try:
        source = opened(local.source)
    except FileNotFoundError:  # since the export looked
        return Outcome(job.file, Fate.MISSING)
    except OSError as error:
        why = f"{local.source}: not copied: {error.strerror}"
        return Outcome(job.file, Fate.MISSING, reason=why)
    with source:
        if found is not None and found.st_size == local.size:
            tag = entity_tag_of(source)
            if tag_of(path, found) == tag:
                return _outcome(job.file, Fate.UNCHANGED, tag, found)
            source.seek(0)
        written, tag = copy(folder, name, source)
    return _outcome(job.file, Fate.WRITTEN, tag, written)


def _put(folder: str, name: str, document: Made, job: Job, found: os.stat_result | None) -> Outcome:
    """Write a document, unless what is `found` there is the same, or somebody else's page."""
    body, media_type = document
    if found is not None:
        path = f"{folder}/{name}"
        if stat.S_ISDIR(found.st_mode):
            raise BlockedError(f"{path}: a folder is in the way of a file")
        page = media_type.startswith("text/html")
        same_size = found.st_size == len(body)
        there = read_regular(path, found) if page or same_size else None
        if there == body:
            return _outcome(job.file, Fate.UNCHANGED, digest(body), found)
        if page and not is_ours(there, job.digest):
            return _outcome(job.file, Fate.KEPT, "", found)
    return _outcome(job.file, Fate.WRITTEN, digest(body), replace(folder, name, body))


def _outcome(file: str, fate: Fate, known: str, found: os.stat_result) -> Outcome:
    return Outcome(file, fate, known, found.st_size, found.st_mtime_ns)
