"""What this machine remembers of its last export into a target.

A file whose size and time are as they were then, of a document whose signature is as it was
then, needs neither rendering nor reading. Forgetting it costs time, never correctness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.export.disk import status

if TYPE_CHECKING:
    from feedsvc.model import JSON


class Row(NamedTuple):
    """One file: the document's signature, and the file's digest, size (bytes) and time.

    The digest is "" for somebody else's page that stands in the place of a document.
    """

    signature: str
    digest: str
    size: int
    mtime_ns: int

    def holds(self, root: str, file: str) -> bool:
        """Tell whether the file is as it was."""
        found = status(f"{root}/{file}")
        return (
            found is not None and found.st_mtime_ns == self.mtime_ns and found.st_size == self.size
        )


class Record(NamedTuple):
    """`version` is the publication's; `refused` tells of paths that have no file."""

    version: str
    rows: dict[str, Row]
    refused: list[str]

    @classmethod
    def empty(cls) -> Record:
        """Return the record of a target of which nothing is known."""
        return cls("", {}, [])

    def files(self) -> dict[str, str]:
        """Return the files that are ours, with their digests."""
        return {file: row.digest for file, row in self.rows.items() if row.digest}

    def holds(self, root: str) -> bool:
        """Tell whether every file is as it was."""
        return all(row.holds(root, file) for file, row in self.rows.items())


class Result:
    """What has become of the target: now remembered, numbers of files, what to tell.

    `missing` are the files that were to be looked at, and of which nothing is known now.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.written = 0
        self.removed = 0
        self.blocked: list[str] = []
        self.missing: list[str] = []
        self.notices: list[str] = []


def encode(record: Record) -> JSON:
    """Return the record as JSON values."""
    return {
        "version": record.version,
        "rows": {
            file: [row.signature, row.digest, row.size, row.mtime_ns]
            for file, row in record.rows.items()
        },
        "refused": list(record.refused),
    }


def decode(value: JSON) -> Record:
    """Return what `encode` was given; an empty record for anything else."""
    match value:
        case {"version": str(version), "rows": dict(rows), "refused": list(refused)}:
            try:
                known = {file: Row(*row) for file, row in rows.items()}  # type: ignore[misc]
            except TypeError:
                return Record.empty()
            return Record(version, known, [str(line) for line in refused])
        case _:
            return Record.empty()
