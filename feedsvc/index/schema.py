"""The tables of the index, and their version."""

from __future__ import annotations

import sqlite3
from typing import Final

VERSION: Final = 18

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
CREATE INDEX IF NOT EXISTS posts_seen ON posts (seen) WHERE shown AND seen IS NOT NULL;
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

# (at once: between two questions another process may make the tables)
_STATE = "SELECT user_version, EXISTS (SELECT 1 FROM sqlite_master) FROM pragma_user_version"


def prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Make the tables where there are none yet.

    Raises sqlite3.DatabaseError where they are of another version, or of none: a process died while
    it filled them.
    """
    version, used = connection.execute(_STATE).fetchone()
    if version != VERSION and (version or used):
        raise sqlite3.DatabaseError(f"index of version {version}")
    if not used:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version={VERSION}; COMMIT;"
        )
    return connection
