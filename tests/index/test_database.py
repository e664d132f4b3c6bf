"""The index is a cache: whatever happens to its file, work goes on."""

from __future__ import annotations

import gc
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import feedsvc.index
from feedsvc.index.database import Database, cache_folder, database_path
from feedsvc.index.schema import VERSION


def count(database: Database) -> int:
    (found,) = database.connection.execute("SELECT count(*) FROM posts").fetchone()
    return int(found)


def test_the_cache_folder_is_the_environments_where_it_names_one(tmp_path: Path) -> None:
    os.environ["FEEDSVC_CACHE"] = str(tmp_path)
    assert cache_folder() == tmp_path


def test_a_cache_folder_may_be_named_from_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the environment of a service, which no shell has read."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("FEEDSVC_CACHE", "~/feeds")
    assert cache_folder() == tmp_path / "feeds"


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


def mode(database: Database) -> str:
    (found,) = database.connection.execute("PRAGMA journal_mode").fetchone()
    return str(found)


def put(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("INSERT INTO meta VALUES (?, '')", (name,))


def names(database: Database) -> list[str]:
    return [name for (name,) in database.connection.execute("SELECT name FROM meta ORDER BY 1")]


def test_an_index_is_first_filled_without_the_log_and_then_shared(tmp_path: Path) -> None:
    database, other = Database(tmp_path / "index.sqlite"), Database(tmp_path / "index.sqlite")
    with database.filling() as connection:
        put(connection, "a")
        assert mode(database) == "memory"
    assert mode(database) == "wal"
    with other.writing() as connection:
        put(connection, "b")
    assert names(database) == names(other) == ["a", "b"]
    database.close()
    other.close()


def test_an_index_that_others_have_open_is_filled_by_way_of_the_log(tmp_path: Path) -> None:
    database, other = Database(tmp_path / "index.sqlite"), Database(tmp_path / "index.sqlite")
    assert count(other) == 0
    with database.filling() as connection:
        put(connection, "a")
        assert mode(database) == "wal"
        assert names(other) == []
    assert names(other) == ["a"]
    database.close()
    other.close()


def test_filling_that_fails_leaves_an_empty_index(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.sqlite")

    def fail_half_way() -> None:
        with database.filling() as connection:
            put(connection, "a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert (names(database), mode(database)) == ([], "wal")
    database.close()
    other = Database(tmp_path / "index.sqlite")
    assert (names(other), other.notice) == ([], "")
    other.close()


def test_an_index_whose_filling_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    half_way = f"""
import os
from pathlib import Path
from feedsvc.index.database import Database
database = Database(Path({str(path)!r}))
with database.filling() as connection:
    connection.execute("PRAGMA cache_size=1")  # what is filled in goes to the file at once
    for name in range(2000):
        connection.execute("INSERT INTO meta VALUES (?, ?)", (name, "-" * 100))
    os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", half_way], check=False)
    assert done.returncode == 9
    assert path.stat().st_size > 100_000
    database = Database(path)
    assert (names(database), database.notice) == ([], "")
    database.close()


FORKING = """\
import os, sys
from pathlib import Path
from feedsvc.index.database import Database

def fact(database):
    return database.connection.execute("SELECT value FROM meta").fetchone()

database = Database(Path(sys.argv[1]))
database.connection
database.release()
go, ready = os.pipe(), os.pipe()
if os.fork() == 0:
    os.read(go[0], 1)
    print(fact(database), flush=True)
    os.write(ready[1], b".")
    os.read(go[0], 1)
    print(fact(database), flush=True)
    os._exit(0)
with database.filling() as connection:
    connection.execute("INSERT INTO meta VALUES ('a', 1)")
os.write(go[1], b".")
os.read(ready[0], 1)
with database.writing() as connection:
    connection.execute("UPDATE meta SET value = 2")
os.write(go[1], b".")
os.wait()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nobody forks here")
def test_who_was_forked_before_an_index_is_filled_sees_what_it_was_filled_with(
    tmp_path: Path, unmeasured: dict[str, str]
) -> None:
    """What was forked with the file open takes locks of the other process for its own."""
    command = [sys.executable, "-c", FORKING, str(tmp_path / "a.sqlite")]
    told = subprocess.run(
        command, env=unmeasured, capture_output=True, text=True, check=True, timeout=50
    )
    assert told.stdout == "(1,)\n(2,)\n"


def test_a_memory_is_not_released() -> None:
    database = Database(None)
    with database.writing() as connection:
        connection.execute("INSERT INTO meta VALUES ('a', 1)")
    database.release()
    assert database.connection.execute("SELECT value FROM meta").fetchone() == (1,)
    database.close()


def test_a_memory_is_filled_like_a_file() -> None:
    database = Database(None)
    with database.filling() as connection:
        put(connection, "a")
    assert names(database) == ["a"]
    database.close()
