"""The SQLite file behind the index: where it lies, its tables, and what happens when it fails.

A cache folder that cannot be written or a full disk falls back to a database in memory with a
notice; a file that is damaged or of another version is thrown away and made anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import weakref
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.index import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUSY_SECONDS = 60.0
PAGE_BYTES = 8_192  # posts like large pages, but on 16 KB entries cost 1.6 times as much
CHECKPOINT_PAGES = 2_000  # 16 MB: written on by whoever renders, not by one process at the end
CACHE_KILOBYTES = 48_000  # kept in memory by each process; with a third a build takes 3 % more

# Asked how it wants to be stored, a value of any type but numbers and text looks for an answer in
# vain, by way of two exceptions, which takes ten times as long as storing it. These are their own.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(type(None), lambda nothing: nothing)


def cache_folder() -> Path:
    """Return the user's cache folder of feedsvc; `FEEDSVC_CACHE` overrides it."""
    given = os.environ.get("FEEDSVC_CACHE")
    if given:
        return Path(os.path.expanduser(given))  # noqa: PTH111 - which fails without a home
    from platformdirs import user_cache_path

    return user_cache_path("feedsvc", appauthor=False)


def database_path(site: Path, cache: Path) -> Path:
    """Return the index file of the site at `site` (absolute) below the `cache` folder."""
    name = blake2b(os.fsencode(site), digest_size=12).hexdigest()
    return cache / f"{name}.sqlite"


class Database:
    """One connection a process, opened when first needed, again after a fork.

    `path` None means a database in memory, private to this process. `notice` tells in one line why
    the memory had to serve, "" while the file does.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.notice = ""
        self._connection: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None
        self._pid = 0
        self._closing: Callable[[], object] | None = None
        self._renewed = False

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this process."""
        if self._connection is None or self._pid != os.getpid():
            # After a fork the parent's connection must not be used, nor closed, by the child.
            self._inherited = self._connection
            self._connection = self._open()
            self._pid = os.getpid()
            # From Python 3.13 on, a connection complains that is left to be closed by itself. (In a
            # circle that nobody has any more, `__del__` may come after that.)
            self._closing = weakref.finalize(self, _close, self._connection, self._pid)
        return self._connection

    def close(self) -> None:
        """Close this process's connection; the next use opens it again."""
        if self._closing is not None:
            self._closing()
        self._connection = None

    def release(self) -> None:
        """Let go of the file before a fork; the next use opens it again.

        What is forked inherits what SQLite knows of locks and of the log, and would be misled by it
        once this process goes on (https://www.sqlite.org/howtocorrupt.html, 2.6).
        """
        if self.path is not None:
            self.close()

    def recover(self, error: sqlite3.Error) -> None:
        """Go on after `error`; whatever was stored is read again.

        A damaged file is thrown away, once; where the disk cannot serve, the memory does.
        """
        self.close()
        damaged = not isinstance(error, sqlite3.OperationalError)
        if damaged and self.path is not None and not self._renewed:
            self._renewed = True
            _discard(self.path)
        else:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        why = str(error)
        if isinstance(error, OSError) and error.strerror and error.filename:
            why = f"{error.filename}: {error.strerror}"
        self.notice = f"the index cannot be kept on disk ({why}); going on in memory"
        self.path = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the write lock: all that is done inside is seen at once by others, or not at all."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    @contextlib.contextmanager
    def filling(self) -> Iterator[sqlite3.Connection]:
        """Do the same with what an empty index is first filled with, and nobody else reads yet.

        By way of the log, where later changes go first, it would be written twice. The file has no
        version meanwhile: if this process dies, the next to open it throws it away.
        """
        with contextlib.ExitStack() as after:
            if self._leaves_log():
                after.callback(self._share)
                self.connection.execute("PRAGMA user_version=0")
            yield after.enter_context(self.writing())

    def _leaves_log(self) -> bool:
        """Lock all others out, and do without the log, unless one of them has the file open."""
        ask = self.connection.execute
        if ask("PRAGMA journal_mode").fetchone() != ("wal",):
            return False
        ask("PRAGMA locking_mode=EXCLUSIVE")
        try:
            ask("PRAGMA journal_mode=MEMORY")
        except sqlite3.OperationalError:
            ask("PRAGMA locking_mode=NORMAL")
            return False
        return True

    def _share(self) -> None:
        self.connection.executescript(
            f"PRAGMA user_version={schema.VERSION}; PRAGMA locking_mode=NORMAL;"
            " PRAGMA journal_mode=WAL;"
        )

    def _open(self) -> sqlite3.Connection:
        if self.path is not None:
            try:
                return self._open_file(self.path)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
        return schema.prepare(
            sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        )

    def _open_file(self, path: Path) -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connect(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            # Damaged, or made by another version: a cache is made anew, never mended.
            _discard(path)
            return _connect(path)


def _close(connection: sqlite3.Connection, owner: int) -> None:
    if owner == os.getpid():
        connection.close()


def _discard(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA page_size={PAGE_BYTES}")  # of a new file
        connection.execute("PRAGMA journal_mode=WAL")
        # A cache need not survive a power cut: a damaged one is made anew.
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KILOBYTES}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        return schema.prepare(connection)
    except BaseException:
        connection.close()
        raise
