"""The index is a cache: whatever happens to its file, work goes on."""

from __future__ import annotations

import gc
import os
import re
import sqlite3
from pathlib import Path

import pytest

import feedsvc.index
from feedsvc.index.database import VERSION, Database, cache_folder, database_path


def count(database: Database) -> int:
    (found,) = database.connection.execute("SELECT count(*) FROM posts").fetchone()
    return int(found)


def test_the_cache_folder_is_the_environments_where_it_names_one(tmp_path: Path) -> None:
    os.environ["FEEDSVC_CACHE"] = str(tmp_path)
    assert cache_folder() == tmp_path


def test_two_sites_have_two_files(tmp_path: Path) -> None:
    one, other = (database_path(Path(name), tmp_path) for name in ("/a", "/b"))
    assert one != other
    assert one == database_path(Path("/a"), tmp_path)


def test_a_folder_that_cannot_be_made_falls_back_to_memory_with_a_notice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    database = Database(tmp_path / "file" / "index.sqlite")
    assert count(database) == 0
    assert "going on in memory" in database.notice
    assert "Errno" not in database.notice
    assert database.path is None


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"this is no database" * 100)
    database = Database(path)
    assert count(database) == 0
    assert database.notice == ""
    database.close()


def test_a_file_of_another_version_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    old = sqlite3.connect(path)
    old.execute(f"PRAGMA user_version={VERSION + 1}")
    old.execute("CREATE TABLE posts (other INTEGER)")
    old.commit()
    old.close()
    database = Database(path)
    assert count(database) == 0
    database.close()


def test_damage_found_later_is_mended_once_then_memory_serves(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.sqlite")
    assert count(database) == 0
    database.recover(sqlite3.DatabaseError("malformed"))
    assert count(database) == 0
    assert database.path is not None
    database.recover(sqlite3.DatabaseError("malformed"))
    assert count(database) == 0
    assert database.path is None


def test_a_full_disk_falls_back_to_memory(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.sqlite")
    database.recover(sqlite3.OperationalError("database or disk is full"))
    assert count(database) == 0
    assert "disk is full" in database.notice


def test_what_fails_inside_writing_leaves_no_trace(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.sqlite")

    def fail_half_way() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO meta VALUES ('a', 'b')")
            connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(sqlite3.OperationalError):
        fail_half_way()
    assert database.connection.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    database.close()


def test_a_fork_opens_its_own_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(tmp_path / "index.sqlite")
    parents = database.connection
    monkeypatch.setattr(os, "getpid", lambda: -1)
    childs = database.connection
    assert childs is not parents
    childs.close()
    parents.close()


def test_no_question_numbers_its_values() -> None:
    """Python 3.12.0 to 3.12.3 warn of `?1` where the values are a sequence."""
    folder = Path(feedsvc.index.__file__).parent
    asking = [file for file in folder.glob("*.py") if re.search(r"\?\d", file.read_text("utf-8"))]
    assert asking == []


def test_an_index_that_nobody_has_any_more_is_closed(tmp_path: Path) -> None:
    circle: dict[str, object] = {}
    circle["database"] = database = Database(tmp_path / "index.sqlite")
    circle["itself"] = circle
    connection = database.connection
    del database, circle
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
