"""What may go wrong on the disk: links, interruptions, other exports, refusals."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from feedsvc.errors import ExportError
from feedsvc.export import disk, export
from feedsvc.export.lock import locked
from feedsvc.export.manifest import JOURNAL, MANIFEST

from .conftest import NOW, FakeSite, page

posix = pytest.mark.skipif(os.name != "posix", reason="links and permissions of POSIX")


@posix
def test_a_link_out_of_the_target_is_never_followed(run, site, out, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    out.mkdir()
    (out / "tags").symlink_to(outside)
    with pytest.raises(ExportError, match="tags: a symbolic link leads out of the target"):
        run()
    assert list(outside.iterdir()) == []


@posix
def test_removal_does_not_follow_a_link_out_of_the_target(run, site, out, tmp_path):
    run()
    (out / "tags").rename(tmp_path / "moved")
    (out / "tags").symlink_to(tmp_path / "moved")
    site.documents = {"/": page("home")}
    assert run().removed == 1
    assert (tmp_path / "moved/a/feed.atom").exists()


@posix
def test_a_link_within_the_target_may_stand_for_a_folder(run, out, documents):
    (out / "real").mkdir(parents=True)
    (out / "tags").symlink_to("real")
    run()
    assert (out / "real/a/feed.atom").read_bytes() == documents["/tags/a/feed.atom"]


@posix
def test_a_link_in_the_place_of_a_feed_is_replaced_and_its_end_left_alone(run, out, tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("precious")
    out.mkdir()
    (out / "feed.atom").symlink_to(precious)
    run()
    assert precious.read_text() == "precious"
    assert not (out / "feed.atom").is_symlink()


@posix
def test_a_link_in_the_place_of_a_page_is_left_alone(run, out, tmp_path):
    (tmp_path / "precious").write_bytes(page("precious"))
    out.mkdir()
    (out / "index.html").symlink_to(tmp_path / "precious")
    assert run().kept == 1


@pytest.mark.parametrize("stop", range(1, 8))
def test_an_interrupted_export_leaves_whole_files_and_the_next_heals(
    run, site, files, out, documents, monkeypatch, stop
):
    run()
    allowed = set(files().values())
    site.documents = {path: body + b"<!-- 2 -->" for path, body in documents.items()}
    site.documents["/new/"] = page("new")
    del site.documents["/tags/上海/feed.atom"]
    allowed |= set(site.documents.values())
    calls = iter(range(1, 99))
    replace = os.replace

    def killed(source, target):
        if next(calls) == stop:
            monkeypatch.setattr(os, "unlink", lambda path: None)  # nothing tidies up any more
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        run()
    monkeypatch.undo()
    whole = {name: body for name, body in files().items() if not name.endswith(".tmp")}
    assert set(whole.values()) <= allowed
    run()
    assert sorted(files().values()) == sorted(site.documents.values())
    assert not (out / JOURNAL).exists()


def test_what_was_left_before_anything_was_noted_is_removed(run, site, out, files):
    run()
    (out / ".feedsvc-4711.tmp").write_bytes(b"half a jour")
    site.documents["/new.atom"] = b"<feed/>"
    run()
    assert not [name for name in files() if name.endswith(".tmp")]


def test_a_ctrl_c_when_a_file_has_just_taken_its_place_is_one(run, files, monkeypatch):
    replace = os.replace

    def interrupted(source, target):
        replace(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert not [name for name in files() if name.endswith(".tmp")]


def test_what_an_interrupted_export_wrote_is_known_and_removed(run, site, files, monkeypatch):
    site.documents = {"/": page("home"), "/gone.atom": b"<feed/>", "/gone/": page("gone")}
    monkeypatch.setattr("feedsvc.export.update.write_manifest", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        run()
    monkeypatch.undo()
    assert len(files()) == 3
    site.documents = {"/": page("home")}
    run()
    assert set(files()) == {"index.html"}


def test_what_is_interrupted_twice_is_known_the_third_time(run, site, files, monkeypatch):
    for name, path in (("write_manifest", "/gone.atom"), ("remove", "/new.atom")):
        site.documents = {path: b"<feed/>"}
        monkeypatch.setattr(f"feedsvc.export.update.{name}", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            run()
        monkeypatch.undo()
    run()
    assert set(files()) == {"new.atom"}


def _interrupt(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD",
        "[]",
        '{"feedsvc-export": 2, "files": {}}',
        '{"feedsvc-export": 1, "files": {"../outside.atom": ""}}',
        '{"feedsvc-export": 1, "files": {"/etc/x": ""}}',
        '{"feedsvc-export": 1, "files": {"a.atom": 1}}',
    ],
)
def test_a_damaged_manifest_removes_nothing_and_is_made_anew(run, site, out, tmp_path, text):
    run()
    good = (out / MANIFEST).read_bytes()
    (tmp_path / "outside.atom").write_text("precious")
    (out / MANIFEST).write_text(text)
    summary = run()
    assert "damaged" in summary.notices[0]
    assert summary.unchanged == 5
    assert (out / MANIFEST).read_bytes() == good
    assert (tmp_path / "outside.atom").exists()


def test_a_damaged_journal_is_only_a_sign_of_an_interruption(run, out):
    run()
    (out / JOURNAL).write_text("{")
    assert run().unchanged == 5
    assert not (out / JOURNAL).exists()


def test_a_full_disk_is_one_line_that_names_the_file(run, files, monkeypatch):
    write = os.write

    def full(handle, data):
        if bytes(data) == b"<feed>a</feed>":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(ExportError, match=r"tags/a/feed\.atom: No space left.*make room"):
        run()
    assert not any(name.endswith(".tmp") for name in files())
    monkeypatch.undo()
    run()
    assert len(files()) == 5


def test_a_disk_that_is_full_from_the_start_is_named(run, out, monkeypatch):
    def full(_handle, _data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left") as told:
        run()
    assert told.value.filename.startswith(str(out))


def test_a_refused_write_is_one_line_that_names_the_file(run, monkeypatch):
    monkeypatch.setattr(disk.os, "open", _refuse(os.open, ".tmp", "tags"))
    with pytest.raises(ExportError, match=r"tags/.*: Permission denied; mend that"):
        run()


def test_a_refused_removal_is_one_line_that_names_the_file(run, site, monkeypatch):
    run()
    del site.documents["/feed.atom"]
    monkeypatch.setattr(os, "unlink", _refuse(os.unlink, "feed.atom"))
    with pytest.raises(ExportError, match=r"feed\.atom: Permission denied; mend that"):
        run()


def _refuse(call, *parts):
    def refused(path, *rest):
        if all(part in str(path) for part in parts):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return call(path, *rest)

    return refused


def test_short_writes_still_make_whole_files(run, files, documents, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:3])))
    run()
    assert files()["index.html"] == documents["/"]


def test_the_temporary_file_of_a_killed_namesake_is_taken_over(out):
    out.mkdir()
    (out / f".feedsvc-{os.getpid()}.tmp").write_text("half a fi")
    disk.replace(str(out), "feed.atom", b"<feed/>")
    assert [path.name for path in out.iterdir()] == ["feed.atom"]


def test_the_disk_is_asked_whether_it_folds_names(tmp_path):
    folds = disk.folds_names(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "x").touch()
    assert folds == (tmp_path / "X").exists()


def test_two_exports_at_once_do_not_mix(site, documents, out, files):
    sites = [
        FakeSite(site.settings.folder, {path: body + b"1" * n for path, body in documents.items()})
        for n in range(4)
    ]
    threads = [
        threading.Thread(target=export, args=(each, out), kwargs={"now": NOW}) for each in sites
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(files().values()) in [set(each.documents.values()) for each in sites]
    assert not (out / JOURNAL).exists()


def test_an_export_that_never_ends_is_not_waited_for_for_ever(out):
    out.mkdir()
    told = pytest.raises(ExportError, match="another export is writing here")
    with locked(str(out)), told, locked(str(out), patience=0.1):
        pass


def test_the_lock_of_a_killed_process_is_free(out):
    out.mkdir()
    code = (
        "import os, sys\nfrom feedsvc.export.lock import locked\n"
        "with locked(sys.argv[1]): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(out)], check=False).returncode == 9
    with locked(str(out), patience=0):
        pass


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("site", "holds the site itself"),
        (".", "holds the site itself"),
        ("site/posts", "lies inside the posts folder"),
        ("site/posts/deep/er", "lies inside the posts folder"),
        ("file", "is not a folder"),
        ("file/below", "is not a folder"),
    ],
)
def test_a_target_that_would_mix_with_sources_is_refused(site, tmp_path, target, message):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match=message):
        export(site, tmp_path / target, now=NOW)


def test_a_target_below_the_site_is_fine(site):
    assert export(site, site.settings.folder / "public", now=NOW).written == 5


@posix
def test_a_link_to_the_posts_is_seen_through(site, tmp_path):
    (tmp_path / "link").symlink_to(site.settings.folder / "posts")
    with pytest.raises(ExportError, match="lies inside the posts folder"):
        export(site, tmp_path / "link" / "out", now=NOW)


def test_pages_carry_the_mark_by_which_an_export_knows_them(make_site):
    from feedsvc.export.ownership import GENERATOR
    from feedsvc.pages import renderer

    head = Path(renderer.__file__).parent / "templates/_head.html"
    assert GENERATOR in head.read_bytes()
