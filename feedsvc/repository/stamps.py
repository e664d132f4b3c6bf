"""What tells that a file has changed, and from when on it tells so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

# A file that was written this short before it was read may change again within the same tick of
# its time stamp: it counts as changed until it has rested. Where stamps have fractions of a second
# a tick is 16 ms at most (Windows' clock); where they have none it is up to 2 s (FAT).
_REST_NS, _COARSE_REST_NS = 100_000_000, 2_000_000_000


def rests_ns(mtime_ns: int) -> int:
    """Return from when on a file of this time cannot have changed unseen."""
    return mtime_ns + (_REST_NS if mtime_ns % 1_000_000_000 else _COARSE_REST_NS)


def identity_of(status: os.stat_result) -> str:
    """Return what changes whenever a file is written or replaced."""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ino}"


def changed_ns(identity: str) -> int:
    """Return when the file was last written, which its identity tells."""
    return int(identity.split(".")[1])


def is_fresh(identity: str, now_ns: int) -> bool:
    """Whether the file was written so shortly before `now_ns` that it may change unseen."""
    return not identity or rests_ns(changed_ns(identity)) > now_ns
