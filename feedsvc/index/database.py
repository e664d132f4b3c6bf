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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION = 17
BUSY_SECONDS = 60.0
PAGE_BYTES = 8_192  # posts like large pages, but on 16 KB entries cost 1.6 times as much
CHECKPOINT_PAGES = 2_000  # 16 MB: written on by whoever renders, not by one process at the end
CACHE_KILOBYTES = 48_000  # kept in memory by each process; with a third a build takes 3 % more

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS posts (
  number INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  identity TEXT NOT NULL,      -- size, mtime and inode of the file when it was read
  side INTEGER,                -- of `sides`: what else it was read with, NULL: nothing
  digest BLOB NOT NULL,        -- of all that the post was made from
  key BLOB,                    -- of the entry: the digest and what the ledger says
  minted TEXT,                 -- the id that reading gave, NULL where the file was left out
  id TEXT,                     -- the id that subscribers know
  wished TEXT,                 -- decoded path of its page, NULL where that lies elsewhere
  page TEXT,                   -- the same, or another where several wish for one
  link TEXT,                   -- permalink, NULL where it is the one in `post`
  links TEXT,                  -- JSON list: where its `refs` lead (index.linking), NULL: no refs
  led TEXT,                    -- digest of that, the address of the site aside
  turned INTEGER,              -- when they began to lead there by time alone (µs, UTC), else NULL
  published INTEGER, updated INTEGER, starts INTEGER, ends INTEGER,   -- microseconds, UTC
  shown INTEGER NOT NULL,      -- 1: in feeds while starts <= now < ends
  paged INTEGER NOT NULL,      -- 1: has a page while starts <= now < ends
  body_start INTEGER NOT NULL,
  terms TEXT,                  -- JSON list of [kind, name]
  seen INTEGER,                -- when subscribers first could see it (µs, UTC), NULL: never
  changed INTEGER,             -- when documents last changed by it (µs, UTC), NULL: never
  meaning TEXT,                -- digest of the rendered entry, NULL: not rendered as it is now
  settled INTEGER NOT NULL DEFAULT 0,    -- 1: the ledger knows of it
  listed BLOB                  -- the key for which its `addresses` are known
);
CREATE TABLE IF NOT EXISTS texts (   -- of posts; apart, as many questions are about all posts
  number INTEGER PRIMARY KEY,
  post TEXT,                   -- JSON (index.codec), NULL where the file was left out
  findings TEXT,               -- JSON list, NULL for none
  origin TEXT                  -- JSON (rows.Origin), NULL where no ledger is kept
);
CREATE TABLE IF NOT EXISTS refs (    -- what posts call other posts, for those few that do
  number INTEGER PRIMARY KEY, names TEXT      -- JSON list of [kind, name]
);
CREATE INDEX IF NOT EXISTS posts_page ON posts (page) WHERE paged;
CREATE INDEX IF NOT EXISTS posts_wished ON posts (wished) WHERE paged;
CREATE INDEX IF NOT EXISTS posts_minted ON posts (minted) WHERE paged;
CREATE INDEX IF NOT EXISTS posts_starts ON posts (starts) WHERE paged;
CREATE INDEX IF NOT EXISTS posts_ends ON posts (ends) WHERE paged;
CREATE INDEX IF NOT EXISTS posts_unsettled ON posts (number) WHERE NOT settled;
CREATE INDEX IF NOT EXISTS posts_seen ON posts (seen) WHERE shown;
CREATE INDEX IF NOT EXISTS posts_late ON posts (seen) WHERE shown AND seen > published;
CREATE INDEX IF NOT EXISTS posts_unread ON posts (path) WHERE minted IS NULL;
CREATE TABLE IF NOT EXISTS vanished (path TEXT PRIMARY KEY) WITHOUT ROWID;  -- not yet settled
CREATE TABLE IF NOT EXISTS retracted (   -- posts that were taken back
  id TEXT PRIMARY KEY, link TEXT, removed INTEGER, changed INTEGER, feeds TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gaps (   -- places in archives whose posts cannot be shown
  number INTEGER PRIMARY KEY, id TEXT, seen INTEGER,
  at INTEGER,                  -- when what subscribers are told of the post last changed
  feeds TEXT                   -- JSON list of folders
);
CREATE TABLE IF NOT EXISTS moved (link TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS touched (   -- feeds in which posts known before changed place
  folder TEXT PRIMARY KEY, at INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS past_feeds (  -- feeds that have no post any more
  folder TEXT PRIMARY KEY, name TEXT, gone INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sides (   -- other files that posts were read with, most posts the same
  side INTEGER PRIMARY KEY,
  files TEXT NOT NULL UNIQUE,  -- JSON list of paths
  identity TEXT NOT NULL       -- theirs, when posts were read with them
);
CREATE TABLE IF NOT EXISTS aliases (
  alias TEXT, path TEXT,       -- alias: decoded path below the site without the last slash
  PRIMARY KEY (alias, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS addresses (  -- decoded paths below the site that a post refers to
  number INTEGER, address TEXT, named INTEGER, key BLOB,   -- good while the post has this key
  PRIMARY KEY (number, address)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS addresses_address ON addresses (address);
CREATE TABLE IF NOT EXISTS feeds (
  feed INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, slug TEXT NOT NULL,
  changed INTEGER,             -- when a post that is in it last changed (µs, UTC)
  UNIQUE (kind, name)
);
CREATE TABLE IF NOT EXISTS members (
  feed INTEGER, published INTEGER, id TEXT, number INTEGER, starts INTEGER, ends INTEGER,
  PRIMARY KEY (feed, published DESC, id, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS merged (   -- members of feeds whose terms are spelt otherwise
  feed INTEGER, number INTEGER, published INTEGER, id TEXT, PRIMARY KEY (number, feed)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (    -- of feeds that are still as some publication found them
  feed INTEGER PRIMARY KEY, mark BLOB, size INTEGER, updated INTEGER
);
CREATE TRIGGER IF NOT EXISTS shifted AFTER UPDATE ON members
  WHEN EXISTS (SELECT 1 FROM marks) BEGIN DELETE FROM marks WHERE feed = NEW.feed; END;
CREATE TRIGGER IF NOT EXISTS left AFTER DELETE ON members
  WHEN EXISTS (SELECT 1 FROM marks) BEGIN DELETE FROM marks WHERE feed = OLD.feed; END;
CREATE TRIGGER IF NOT EXISTS renamed AFTER UPDATE OF slug ON feeds
  WHEN EXISTS (SELECT 1 FROM marks) BEGIN DELETE FROM marks WHERE feed = OLD.feed; END;
CREATE TABLE IF NOT EXISTS entries (
  number INTEGER PRIMARY KEY,  -- in the order of writing: rows at random places cost twice as much
  slot INTEGER NOT NULL UNIQUE,     -- the first 8 bytes of the key
  key BLOB NOT NULL,
  atom BLOB, rss BLOB, json BLOB,   -- frames, with a hole for the content
  body BLOB NOT NULL,          -- that content, not escaped
  content TEXT,                -- JSON [html (null: as body), summary, image]
  findings TEXT,
  meaning TEXT,                -- digest for the ledger
  addresses TEXT               -- JSON list, NULL for none
);
"""

# Asked how it wants to be stored, a value of any type but numbers and text looks for an answer in
# vain, by way of two exceptions, which takes ten times as long as storing it. These are their own.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(type(None), lambda nothing: nothing)


def cache_folder() -> Path:
    """Return the user's cache folder of feedsvc; `FEEDSVC_CACHE` overrides it."""
    given = os.environ.get("FEEDSVC_CACHE")
    if given:
        return Path(given)
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

    def _open(self) -> sqlite3.Connection:
        if self.path is not None:
            try:
                return self._open_file(self.path)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
        return _prepare(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))

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
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        _check(version)
        return connection if version == VERSION else _prepare(connection)
    except BaseException:
        connection.close()
        raise


def _check(version: int) -> None:
    if version not in (0, VERSION):
        raise sqlite3.DatabaseError(f"index of version {version}")


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version={VERSION}; COMMIT;")
    return connection
