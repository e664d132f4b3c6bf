"""What an export tells when it is done."""

from __future__ import annotations

from typing import NamedTuple


class Summary(NamedTuple):
    """What an export did: numbers of files, and the time it took.

    `kept` counts documents whose place is taken by a page that feedsvc did not write, `refused`
    those whose path cannot be a file; `notices` has a sentence for each, and for every file of
    an earlier export that has since been changed by somebody else and therefore stays.
    """

    target: str
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0
    refused: int = 0
    seconds: float = 0.0
    notices: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = [
            f"wrote {self.written:,}",
            f"unchanged {self.unchanged:,}",
            f"removed {self.removed:,}",
        ]
        if self.kept:
            counts.append(f"left alone {self.kept:,}")
        if self.refused:
            counts.append(f"not exported {self.refused:,}")
        return f"{', '.join(counts)} in {self.seconds:.1f} s → {self.target}"
