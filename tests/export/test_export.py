"""A publication becomes files, and stays in step with them."""

from __future__ import annotations

import io
import os
from collections import Counter

import pytest

import feedsvc.export
from feedsvc.errors import ExportError, PostError, StaleError
from feedsvc.export import contract
from feedsvc.export.manifest import MANIFEST
from feedsvc.model import Finding, Severity
from feedsvc.publication.publication import Publication
from feedsvc.site import Site

from .conftest import NOW, FakeSite, page


def test_every_document_is_a_file_with_its_bytes(run, files, documents):
    summary = run()
    assert files() == {
        "index.html": documents["/"],
        "feed.atom": documents["/feed.atom"],
        "tags/a/index.html": documents["/tags/a/"],
        "tags/a/feed.atom": documents["/tags/a/feed.atom"],
        "tags/上海/feed.atom": documents["/tags/上海/feed.atom"],
    }
    assert (summary.written, summary.unchanged, summary.removed) == (5, 0, 0)


def test_the_summary_reads_as_one_line(run, site, out):
    assert str(run()).startswith("wrote 5, unchanged 0, removed 0 in 0.")
    assert str(run()).endswith(f" s → {out}")
    site.documents["/.hidden/"] = page("x")
    assert ", not exported 1 in " in str(run())
    (out / "index.html").write_bytes(b"<p>theirs")
    assert ", left alone 1, not exported 1 in " in str(run())


def test_files_are_readable_as_the_umask_allows(run, out):
    old = os.umask(0o022)
    try:
        run()
    finally:
        os.umask(old)
    assert (out / "feed.atom").stat().st_mode & 0o777 == 0o644


def test_nothing_is_rendered_or_touched_when_nothing_changed(run, site, out):
    def states():
        found = {path: path.stat() for path in out.rglob("*")}
        # not the time of reading: looking at a folder sets it
        return {path: (one.st_ino, one.st_size, one.st_mtime_ns) for path, one in found.items()}

    run()
    before = states()
    summary = run()
    assert site.last.rendered == []
    assert (summary.written, summary.unchanged) == (0, 5)
    assert states() == before


def test_only_what_changed_is_rendered_and_written(run, site):
    run()
    site.documents["/feed.atom"] = b"<feed>new</feed>"
    summary = run()
    assert site.last.rendered == ["/feed.atom"]
    assert (summary.written, summary.unchanged) == (1, 4)


def test_without_its_memory_an_export_compares_bytes_and_touches_nothing(run, site, out):
    run()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    site.memory.clear()
    summary = run()
    assert (summary.written, summary.unchanged) == (0, 5)
    after = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize(
    "memory", ['"text"', '{"version": "x", "rows": {"a": [1]}, "refused": []}']
)
def test_a_damaged_memory_is_no_memory(run, site, memory):
    run()
    site.memory = dict.fromkeys(site.memory, memory)
    assert run().unchanged == 5


def test_new_times_alone_cost_a_reading_but_no_rendering(run, site, out):
    run()
    for path in out.rglob("*"):
        os.utime(path, ns=(1, 1))
    assert run().unchanged == 5
    assert site.last.rendered == []


def test_a_file_that_was_changed_or_lost_is_made_good(run, files, out):
    run()
    good = files()
    (out / "feed.atom").write_bytes(b"<fxxd/>")
    (out / "tags/a/feed.atom").unlink()
    (out / "tags/a/index.html").write_bytes(page("edited"))
    (out / "index.html").write_bytes(page("hom3"))
    assert run().written == 4
    assert files() == good


def test_a_file_of_another_size_is_made_good_although_its_time_is_as_it_was(run, out):
    run()
    file = out / "feed.atom"
    found = file.stat()
    file.write_bytes(b"<feed/> and more")
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert run().written == 1


def test_files_of_vanished_documents_go_with_their_folders(run, site, files, out):
    run()
    for path in ("/tags/a/", "/tags/a/feed.atom", "/tags/上海/feed.atom"):
        del site.documents[path]
    assert run().removed == 3
    assert set(files()) == {"index.html", "feed.atom"}
    assert not (out / "tags").exists()


def test_only_what_an_export_wrote_is_removed(run, site, files, out):
    out.mkdir()
    (out / "CNAME").write_text("example.org")
    run()
    (out / "tags/a/mine.txt").write_text("mine")
    (out / "tags/a/feed.atom").write_bytes(b"<feed>theirs now</feed>")
    (out / "tags/a/index.html").write_bytes(b"<p>theirs now")
    site.documents = {"/": page("home")}
    summary = run()
    assert set(files()) == {
        "index.html",
        "CNAME",
        "tags/a/mine.txt",
        "tags/a/feed.atom",
        "tags/a/index.html",
    }
    assert summary.removed == 2
    assert [notice.partition(": ")[2] for notice in summary.notices] == [
        "left alone: changed since feedsvc wrote it"
    ] * 2


def test_a_page_of_somebody_else_is_left_alone_and_told(run, site, out):
    out.mkdir()
    (out / "index.html").write_bytes(b"<p>my hand-made home page")
    summary = run()
    assert (out / "index.html").read_bytes() == b"<p>my hand-made home page"
    assert (summary.written, summary.kept) == (4, 1)
    assert summary.notices == (f"{out}/index.html: left alone: feedsvc did not write this page",)
    again = run()
    assert site.last.rendered == []
    assert (again.kept, again.notices) == (1, summary.notices)
    (out / "index.html").unlink()
    assert (run().written, run().kept) == (1, 0)


def test_a_page_that_replaced_ours_is_left_alone_and_never_removed(run, site, out):
    run()
    (out / "index.html").write_bytes(b"<p>another generator was here")
    assert run().kept == 1
    del site.documents["/"]
    run()
    assert (out / "index.html").exists()


def test_a_feed_file_of_somebody_else_is_replaced(run, out, documents):
    out.mkdir()
    (out / "feed.atom").write_bytes(b"<feed>from another engine</feed>")
    run()
    assert (out / "feed.atom").read_bytes() == documents["/feed.atom"]


def test_a_folder_where_a_file_must_go_is_one_error_and_the_rest_is_written(run, files, out):
    (out / "feed.atom").mkdir(parents=True)
    with pytest.raises(ExportError, match=r"feed\.atom: a folder is in the way of a file; move"):
        run()
    assert set(files()) > {"index.html", "tags/a/feed.atom"}
    (out / "feed.atom").rmdir()
    assert run().written == 1


def test_a_file_where_a_folder_must_go_is_one_error(run, out):
    out.mkdir()
    (out / "tags").write_text("mine")
    with pytest.raises(ExportError, match=r"tags: a file is in the way .* \(and 2 more\)$"):
        run()
    assert (out / "tags").read_text() == "mine"


def test_a_folder_gives_way_to_a_file_of_the_same_name_and_back(run, site, files):
    site.documents = {"/a.b/c.atom": b"<feed/>"}
    run()
    site.documents = {"/a.b": b"<feed/>"}
    run()
    assert set(files()) == {"a.b"}
    site.documents = {"/a.b/c.atom": b"<feed/>"}
    run()
    assert set(files()) == {"a.b/c.atom"}


def test_a_document_that_vanishes_meanwhile_is_no_file(run, site, monkeypatch):
    original = site.publication

    def publication(now, **wishes):
        result = original(now, **wishes)
        build = result.build
        result.build = lambda path: None if path == "/feed.atom" else build(path)
        return result

    site.publication = publication
    assert run().written == 4


def test_paths_that_cannot_be_files_are_told_each_time(run, site):
    site.documents["/../up/"] = page("up")
    for _ in range(2):
        summary = run()
        assert summary.refused == 1
        assert summary.notices == ("/../up/: not exported: the name '..' starts with a dot",)


def test_names_that_meet_on_the_disk_leave_the_file_to_the_first(run, site, files, monkeypatch):
    monkeypatch.setattr("feedsvc.export.plan.folds_names", lambda root: True)
    site.documents = {"/tags/Foo/": page("1"), "/tags/foo/": page("2")}
    assert run().refused == 1
    assert files() == {"tags/Foo/index.html": page("1")}
    # Here the old name is the new file: removing it would lose the document.
    site.documents = {"/tags/foo/": page("2"), "/tags/bar/": page("3")}
    assert run().removed == 0
    site.documents = {"/tags/Foo/": page("4")}
    assert run().removed == 1
    assert not [file for file in files() if "bar" in file]


def test_on_a_disk_that_tells_case_apart_both_names_are_files(run, site, files):
    site.documents = {"/tags/Foo/": page("1"), "/tags/foo/": page("2")}
    assert run().written == 2
    del site.documents["/tags/Foo/"]
    assert run().removed == 1
    assert files() == {"tags/foo/index.html": page("2")}


def test_names_as_long_as_a_disk_takes_are_written(run, site, files):
    site.documents = {f"/{'x' * 250}.atom": b"<feed/>", f"/{'y' * 255}/": page("y")}
    run()
    assert len(files()) == 2


def test_the_manifest_depends_on_the_documents_alone(run, site, documents, tmp_path, out):
    run()
    other = FakeSite(site.settings.folder, dict(reversed(documents.items())))
    feedsvc.export.export(other, tmp_path / "elsewhere", now=NOW)
    assert (out / MANIFEST).read_bytes() == (tmp_path / "elsewhere" / MANIFEST).read_bytes()


def test_strict_stops_before_the_first_file_when_a_post_cannot_be_read(run, site, files):
    site.findings = [
        Finding("slug", "doubtful", "posts/a.md"),
        Finding("yaml", "is broken", "posts/b.md", 3, severity=Severity.ERROR),
    ]
    with pytest.raises(PostError, match=r"posts/b\.md:3: error: is broken"):
        run(strict=True)
    assert files() == {}
    assert run().written == 5


def test_strict_wants_a_file_for_every_document(run, out):
    out.mkdir()
    (out / "index.html").write_bytes(b"<p>theirs")
    with pytest.raises(ExportError, match=r"index\.html: left alone.*; --strict wants"):
        run(strict=True)


def test_progress_is_told_up_to_the_end(run, site, monkeypatch):
    for size in ("BATCH", "FIRST"):
        monkeypatch.setattr(f"feedsvc.export.spreading.{size}", 2)
    told = []
    run(progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_the_package_can_be_called_like_its_function(site, out):
    assert feedsvc.export(site, out, now=NOW).written == 5


def test_an_export_with_nothing_to_do_looks_once_at_each_file_and_reads_none(
    run, site, monkeypatch
):
    site.documents = {f"/tags/{n}/feed.{kind}": b"x" * 99 for n in range(550) for kind in "abc"}
    run()
    asked = Counter()
    for module, name in ((os, "lstat"), (os, "stat"), (os, "open"), (io, "open")):
        monkeypatch.setattr(module, name, _counted(asked, name, getattr(module, name)))
    run()
    assert len(site.documents) <= asked["lstat"] + asked["stat"] < len(site.documents) + 50
    assert asked["open"] < 10


def _counted(asked, name, call):
    def counted(*arguments, **named):
        asked[name] += 1
        return call(*arguments, **named)

    return counted


def test_posts_that_change_meanwhile_start_the_work_again(run, site, files):
    publications = iter(range(9))
    original = site.publication

    def publication(now, **wishes):
        result = original(now, **wishes)
        if next(publications) < 2:
            build = result.build
            result.build = lambda path: _stale() if path == "/tags/a/" else build(path)
        return result

    site.publication = publication
    run()
    assert len(files()) == 5


def test_posts_that_change_all_the_time_are_one_error(run, site):
    original = site.publication

    def publication(now, **wishes):
        result = original(now, **wishes)
        result.build = lambda path: _stale()
        return result

    site.publication = publication
    with pytest.raises(StaleError):
        run()


def _stale():
    raise StaleError("the posts changed")


@pytest.mark.parametrize(
    ("asked", "given"), [(contract.Site, Site), (contract.Publication, Publication)]
)
def test_what_an_export_asks_of_a_site_is_there(asked, given):
    names = {name for name in vars(asked) if not name.startswith("_")}
    slots = {"settings", "crew", "session"}  # set when a site is opened
    assert names
    assert names - slots <= set(dir(given))
