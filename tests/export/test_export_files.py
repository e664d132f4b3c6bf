"""Local files in an export: copies that are made when they must be, and taken away again."""

from __future__ import annotations

import json
import os
import tracemalloc

import pytest

from feedsvc.export.places import places
from feedsvc.model import entity_tag

PATH = "/2026/a/chime.mp3"


@pytest.fixture
def chime(site):
    """A local file of the site, and its path in the publication."""
    source = site.settings.folder / "posts/chime.mp3"
    source.write_bytes(b"ding")
    os.utime(source, ns=(10**18, 10**18))
    site.sources[PATH] = source
    return source


def test_a_file_is_copied_with_its_time(run, out, chime):
    assert run().written == 6
    copy = out / PATH[1:]
    assert copy.read_bytes() == b"ding"
    assert copy.stat().st_mtime_ns == 10**18
    manifest = json.loads((out / ".feedsvc-export.json").read_bytes())
    assert manifest["files"][PATH[1:]] == entity_tag(b"ding")


def test_an_unchanged_file_is_neither_read_nor_touched(run, site, out, chime, monkeypatch):
    run()
    before = (out / PATH[1:]).stat()
    site.documents["/new.atom"] = b"<feed/>"
    monkeypatch.setattr("feedsvc.export.writing.opened", None)
    assert run().written == 1
    assert (out / PATH[1:]).stat() == before


def test_without_memory_the_bytes_are_compared_and_not_touched(run, site, out, chime):
    run()
    before = (out / PATH[1:]).stat()
    site.memory.clear()
    assert run().written == 0
    assert (out / PATH[1:]).stat().st_ino == before.st_ino


@pytest.mark.parametrize("new", [b"dong", b"ding dong"])
def test_new_bytes_are_copied(run, out, chime, new):
    run()
    chime.write_bytes(new)
    assert run().written == 1
    assert (out / PATH[1:]).read_bytes() == new


def test_a_copy_that_was_changed_or_lost_is_made_good(run, out, chime):
    run()
    (out / PATH[1:]).write_bytes(b"dang")
    assert run().written == 1
    (out / PATH[1:]).unlink()
    assert run().written == 1
    assert (out / PATH[1:]).read_bytes() == b"ding"


def test_a_file_that_cannot_be_read_is_told_and_copied_once_it_can_be(
    run, site, out, chime, monkeypatch
):
    run()
    chime.write_bytes(b"ding dong")
    with monkeypatch.context() as patched:
        patched.setattr("feedsvc.export.writing.opened", _refused)
        for _ in range(2):
            summary = run()
            assert [one for one in summary.notices if "chime.mp3: not copied: refused" in one]
    assert (out / PATH[1:]).read_bytes() == b"ding"
    assert run().written == 1
    assert (out / PATH[1:]).read_bytes() == b"ding dong"


def test_a_new_file_that_cannot_be_read_is_copied_once_it_can_be(run, out, chime, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("feedsvc.export.writing.opened", _refused)
        run()
    assert run().written == 1
    assert (out / PATH[1:]).read_bytes() == b"ding"


def test_a_copy_of_what_could_not_be_read_goes_with_it(run, site, out, chime, monkeypatch):
    run()
    chime.write_bytes(b"ding dong")
    with monkeypatch.context() as patched:
        patched.setattr("feedsvc.export.writing.opened", _refused)
        run()
    del site.sources[PATH]
    run()
    assert not (out / "2026").exists()


def _refused(_file):
    raise PermissionError(13, "refused")


def test_a_copy_goes_with_its_file_and_its_folder(run, site, out, chime):
    run()
    del site.sources[PATH]
    assert run().removed == 1
    assert not (out / "2026").exists()


def test_a_copy_that_somebody_changed_is_not_removed(run, site, out, chime):
    run()
    (out / PATH[1:]).write_bytes(b"mine")
    del site.sources[PATH]
    assert run().removed == 0
    assert (out / PATH[1:]).read_bytes() == b"mine"


def test_a_file_that_goes_while_it_is_exported_is_no_file(run, out, chime, monkeypatch):
    def gone(_path):
        raise FileNotFoundError

    monkeypatch.setattr("feedsvc.export.writing.opened", gone)
    summary = run()
    assert summary.written == 5
    assert summary.notices == ()
    assert not (out / PATH[1:]).exists()


def test_a_folder_in_the_way_is_one_error(run, out, chime):
    (out / PATH[1:]).mkdir(parents=True)
    with pytest.raises(Exception, match="a folder is in the way"):
        run()


def test_a_large_file_is_never_in_memory(run, site, out, chime):
    chime.write_bytes(bytes(64 << 20))
    tracemalloc.start()
    try:
        run()
        site.memory.clear()
        run()
        del site.sources[PATH]
        run()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 << 20


def test_files_have_their_very_names_and_documents_come_first():
    paths = ["/about", "/a.mp3/feed.atom"]
    found = places(paths, ["/LICENSE", "/about", "/a.mp3", "/.env", "/x/b.mp3"], folded=False)
    assert found.paths == {
        "about/index.html": "/about",
        "a.mp3/feed.atom": "/a.mp3/feed.atom",
        "LICENSE": "/LICENSE",
        "x/b.mp3": "/x/b.mp3",
    }
    assert [one.path for one in found.refused] == ["/.env", "/a.mp3", "/about"]
