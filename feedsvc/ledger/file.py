"""The file of the ledger: read whole, replaced whole, by one writer at a time.

A new version is written beside the old one, brought to the disk and renamed over it: whoever reads,
and whatever is killed when, the file is the old or the new one. The lock is taken on a third file,
since the ledger itself changes its inode with every version.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING, Final

from feedsvc.errors import LedgerError
from feedsvc.ledger.lock import locked
from feedsvc.ledger.place import identity
from feedsvc.ledger.state import Ledger
from feedsvc.ledger.text import as_written, parse, pieces
from feedsvc.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from feedsvc.ledger.reconciliation import Reconciled

PATIENCE: Final = 30.0
"""Seconds to wait for another writer."""
SERVING_PATIENCE: Final = 1.0
"""The same while somebody waits for an answer."""

_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def read(path: Path, *, sound: bool = False) -> Ledger:
    """The ledger in the file, an empty one where there is no file.

    `sound` tells that the file is as it was written here, and need not be checked.

    Raises LedgerError when the file is damaged, was written by a newer version or is unreadable.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror}") from error
    return parse(data, str(path), sound=sound)


def settle(
    path: Path,
    step: Callable[[Ledger], Reconciled],
    *,
    held: Ledger | None = None,
    as_of: bytes | None = None,
    frozen: bool = False,
    serving: bool = False,
) -> Reconciled:
    """Take a step from the ledger in the file and write the outcome if it changed anything.

    `step` is pure; it is called again on what another process has written in the meantime, so that
    nothing of either is lost. `held` is the ledger as this process read it last, when the file had
    the identity `as_of`. Where the place is read-only nothing is written: the outcome is not
    `saved`, and a finding says so; while `serving` that is so whatever keeps it from being written.

    Under `frozen` nothing is written; what is not vital is not `saved` then, either.

    Raises LedgerError when the file is damaged or cannot be written, and under `frozen` when it
    would have to be.
    """
    outcome = step(read(path) if held is None else held)
    if not outcome.changed:
        return outcome
    if frozen and not outcome.vital:
        return outcome._replace(saved=False)
    if frozen:
        raise LedgerError(
            f"{path}: is out of date and frozen: export once without --frozen and commit the ledger"
        )
    try:
        with locked(path, SERVING_PATIENCE if serving else PATIENCE):
            origin = identity(path)
            if held is None or origin != as_of:
                outcome = step(read(path))._replace(origin=origin)
            if outcome.changed:
                data = pieces(outcome.ledger)
                _replace(path, data)
                ledger = as_written(outcome.ledger, data)
                outcome = outcome._replace(ledger=ledger, written=identity(path))
    except OSError as error:
        reason = error.strerror or str(error)
        if not serving and error.errno not in _READ_ONLY:
            raise LedgerError(f"{path}: cannot be written: {reason}") from error
        findings = (*outcome.findings, _unsaved(path, reason))
        return outcome._replace(findings=findings, saved=False)
    return outcome


def _replace(path: Path, data: Sequence[bytes | memoryview]) -> None:
    path = path.resolve()  # a symbolic link stays one
    new = path.with_name(f".{path.name}.new")  # under the lock nobody else has it
    new.unlink(missing_ok=True)
    try:
        with new.open("xb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # no file yet, or a file system that knows no modes
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)  # a full disk needs every byte
        raise
    if os.name == "posix":
        with contextlib.suppress(OSError):  # written it is; some network file systems cannot this
            _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _unsaved(path: Path, reason: str) -> Finding:
    return Finding(
        "ledger-unsaved",
        f"The ledger cannot be written ({reason}); what is new in it is kept in the index.",
        path.name,
        severity=Severity.NOTE,
        hint="It is written as soon as it can be; other machines know nothing of it until then.",
    )
