"""The file: whole whenever its writer is killed, one writer at a time, nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from feedsvc.errors import LedgerError
from feedsvc.ledger import Ledger, Observation, Reconciled, file, read, settle
from feedsvc.ledger.lock import locked
from feedsvc.ledger.place import identity
from feedsvc.ledger.text import parse

from .runs import dump, reconciled

if TYPE_CHECKING:
    from pathlib import Path

Make = Callable[..., Observation]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feedsvc.lock"


def step(now: datetime, *posts: Observation) -> Callable[[Ledger], Reconciled]:
    return lambda ledger: reconciled(ledger, posts, now, gone=()).outcome


def test_no_file_is_an_empty_ledger_and_nothing_to_tell_makes_none(
    path: Path, now: datetime
) -> None:
    assert len(read(path)) == 0
    assert not settle(path, step(now)).changed
    assert list(path.parent.iterdir()) == []


def test_what_is_settled_is_read_back_and_nothing_else_is_left(
    path: Path, now: datetime, post: Make
) -> None:
    outcome = settle(path, step(now, post()))
    assert dump(read(path)) == path.read_bytes() == dump(outcome.ledger)
    assert os.listdir(path.parent) == [path.name]


def test_an_unchanged_ledger_is_not_touched(path: Path, now: datetime, post: Make) -> None:
    held = settle(path, step(now, post())).ledger
    before = identity(path)
    settle(path, step(now + timedelta(days=1), post()))
    settle(path, step(now + timedelta(days=1), post()), held=held)
    assert identity(path) == before


def test_frozen_refuses_a_change_and_accepts_none(path: Path, now: datetime, post: Make) -> None:
    with pytest.raises(LedgerError, match="--frozen"):
        settle(path, step(now, post()), frozen=True)
    assert not path.exists()
    settle(path, step(now, post()))
    assert not settle(path, step(now, post()), frozen=True).changed


def test_a_damaged_file_is_never_overwritten(path: Path, now: datetime, post: Make) -> None:
    path.write_bytes(b"<<<<<<< HEAD\n")
    for held in (None, Ledger()):
        with pytest.raises(LedgerError, match=r"feedsvc\.lock:1: "):
            settle(path, step(now, post()), held=held)
    assert path.read_bytes() == b"<<<<<<< HEAD\n"


def test_what_another_process_wrote_meanwhile_is_kept(
    path: Path, now: datetime, post: Make
) -> None:
    settle(path, step(now, post("a.md")))
    settle(path, step(now, post("b.md", "B.")), held=Ledger())
    assert sorted(record.path for record in read(path).records()) == ["a.md", "b.md"]


def refuse(number: int) -> Callable[..., NoReturn]:
    def refusal(*_: Any, **__: Any) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return refusal


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_read_only_place_is_served_without_writing(
    number: int, path: Path, now: datetime, post: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "_replace", refuse(number))
    outcome = settle(path, step(now, post()))
    assert [finding.code for finding in outcome.findings] == ["ledger-unsaved"]
    assert len(outcome.ledger) == 1
    assert not path.exists()
    assert not settle(path, step(now, post()), held=outcome.ledger).changed


def test_a_full_disk_is_an_error_and_leaves_the_old_file(
    path: Path, now: datetime, post: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(path, step(now, post()))
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", refuse(errno.ENOSPC))
    with pytest.raises(LedgerError, match="No space left"):
        settle(path, step(now, post("b.md", "B.")))
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_ctrl_c_leaves_nothing_behind(
    path: Path, now: datetime, post: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        settle(path, step(now, post()))
    assert os.listdir(path.parent) == []


def test_an_unreadable_file_is_an_error(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LedgerError, match="cannot be read"):
        read(path)


def test_a_writer_that_never_ends_is_an_error(
    path: Path, now: datetime, post: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(file, "PATIENCE", 0.01)
    with (
        FileLock(path.with_name(".feedsvc.lock.writing")),
        pytest.raises(LedgerError, match="another process"),
    ):
        settle(path, step(now, post()))


def test_a_file_system_without_modes_or_synced_folders_holds_a_ledger(
    path: Path, now: datetime, post: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    settle(path, step(now, post()))
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "chmod", refuse(errno.EPERM))
    outcome = settle(path, step(now, post("b.md", "B.")))
    assert outcome.saved
    assert outcome.findings == ()
    assert len(read(path)) == 2


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions and links")
def test_mode_and_symbolic_link_are_kept(path: Path, now: datetime, post: Make) -> None:
    target = path.with_name("elsewhere.lock")
    settle(target, step(now, post()))
    target.chmod(0o640)
    path.symlink_to(target)
    settle(path, step(now, post("b.md", "B.")))
    assert path.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert len(read(target)) == 2


WRITER = """
    import os, sys
    from datetime import datetime, UTC, timedelta
    from pathlib import Path
    from feedsvc.ledger import Observation, reconcile, settle
    from tests.ledger.runs import Room

    path, first, last, fatal = Path(sys.argv[1]), *map(int, sys.argv[2:])
    now = datetime(2026, 6, 1, tzinfo=UTC)
    done = 0

    def killed(name):
        real = getattr(os, name)
        def call(*args, **kwargs):
            global done
            done += 1
            if done == fatal:
                os._exit(9)
            return real(*args, **kwargs)
        setattr(os, name, call)

    import filelock, pathlib, io
    for name in ("open", "fsync", "replace", "unlink", "chmod", "close"):
        killed(name)
    real_open = io.open
    def opened(*args, **kwargs):
        global done
        done += 1
        if done == fatal:
            os._exit(9)
        file = real_open(*args, **kwargs)
        if "x" in str(args[1:]) and done + 1 == fatal:
            file.write(b"half a li"), file.flush(), os._exit(9)
        return file
    io.open = opened
    for number in range(first, last):
        post = Observation(f"{number}.md", f"id{number}", f"T{number}", now, "", f"s{number}")
        settle(path, lambda ledger: reconcile(ledger, Room([post]), now, gone=()))
"""


def writer(path: Path, first: int, last: int, fatal: int = 0) -> subprocess.Popen[bytes]:
    code = textwrap.dedent(WRITER)
    command = [sys.executable, "-c", code, str(path), str(first), str(last), str(fatal)]
    return subprocess.Popen(command)


def test_killed_at_any_call_the_file_is_whole_and_the_next_writer_goes_on(path: Path) -> None:
    assert writer(path, 0, 3).wait() == 0
    old = path.read_bytes()
    for fatal in range(1, 100):
        code = writer(path, 3, 4, fatal).wait()
        after = path.read_bytes()
        assert len(read(path)) in {3, 4}
        if code == 0:
            break
        assert code == 9
        path.write_bytes(old)
    assert code == 0
    assert fatal > 6
    assert after != old
    assert os.listdir(path.parent) == [path.name]


def test_writers_at_once_lose_nothing(path: Path) -> None:
    both = [writer(path, 0, 25), writer(path, 25, 50)]
    assert [process.wait() for process in both] == [0, 0]
    assert {record.id for record in read(path).records()} == {f"id{n}" for n in range(50)}


def test_a_lock_whose_file_is_taken_away_lets_nobody_else_in(path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from feedsvc.ledger.lock import locked

        path = Path(sys.argv[1])
        for _ in range(100):
            with locked(path, 30.0):
                path.write_text(str(int(path.read_text()) + 1))
    """
    path.write_text("0")
    command = [sys.executable, "-c", textwrap.dedent(code), str(path)]
    three = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait() for process in three] == [0, 0, 0]
    assert path.read_text() == "300"


def test_whoever_waits_waits_for_one_who_took_the_lock_at_once(path: Path) -> None:
    from filelock import FileLock, Timeout

    place = path.with_name(".feedsvc.lock.writing")
    with locked(path, 0.01), pytest.raises(Timeout), FileLock(place, timeout=0.01):
        pass
    assert os.listdir(path.parent) == []
    with FileLock(place, timeout=0.01), pytest.raises(TimeoutError), locked(path, 0.01):
        pass


@pytest.mark.skipif(os.name != "posix", reason="POSIX locks")
def test_where_the_file_system_has_no_such_lock_another_kind_serves(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", refuse(errno.ENOSYS))
    with (
        pytest.warns(UserWarning, match="SoftFileLock"),
        locked(path, 0.01),
        pytest.raises(TimeoutError),
        locked(path, 0.01),
    ):
        pass
    assert os.listdir(path.parent) == []


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_branches_that_each_add_a_post_merge_without_conflict_in_most_cases(
    path: Path, now: datetime, post: Make
) -> None:
    """The two newest posts of a hundred: sorted by path, they would conflict every time."""
    posts = [post(f"2026-{n:03}.md", f"Body of {n}.") for n in range(140)]
    conflicts = 0
    for newest in range(100, 138):
        base = reconciled(Ledger(), posts[:newest], now).ledger
        versions = [base, *(step(now, posts[newest + n])(base).ledger for n in (0, 1))]
        names = [path.with_name(name) for name in ("base", "ours", "theirs")]
        for name, version in zip(names, versions, strict=True):
            name.write_bytes(dump(version))
        command = ["git", "merge-file", "-p", names[1], names[0], names[2]]
        merged = subprocess.run(command, check=False, capture_output=True)
        if merged.returncode == 0:
            assert len(parse(merged.stdout, "merged")) == newest + 2
        else:
            conflicts += 1
    assert conflicts <= 2
