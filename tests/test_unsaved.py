"""What was told while the ledger could not be written is written as soon as it can be, as told."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from feedsvc import bookkeeping
from feedsvc.errors import LedgerError
from feedsvc.export import export
from feedsvc.ledger import file
from feedsvc.ledger import read as read_ledger
from feedsvc.site import Site, open_site
from feedsvc.web.app import create_app
from tests.subscriber import Blog, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    Door = Callable[[Site, Blog], object]


class Disk:
    """A disk that refuses to take a new ledger while there is a `refusal`; `tries` are counted.

    Each costs so many seconds of a `clock`.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refusal = 0
        self.tries = 0
        self.cost = self.clock = 0.0
        self._real = file._replace
        monkeypatch.setattr(file, "_replace", self._replace)

    def _replace(self, path: Path, data: bytes) -> None:
        self.tries += 1
        self.clock += self.cost
        if self.refusal:
            raise OSError(self.refusal, os.strerror(self.refusal))
        self._real(path, data)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(bookkeeping, "_REST", 0.0)
    return Disk(monkeypatch)


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """A blog whose ledger knows all that is in it."""
    blog = start(tmp_path / "site")
    with opened(blog) as site:
        deploy(site, blog)
    return blog


@pytest.fixture
def site(blog: Blog) -> Iterator[Site]:
    with opened(blog) as site:
        yield site


def opened(blog: Blog) -> closing[Site]:
    return closing(open_site(blog.folder, jobs=1))


def serve(site: Site, blog: Blog) -> None:
    site._watch._next_look = 0.0  # as if the time to the next look at the folder had passed
    site.current(blog.now)


def deploy(site: Site, blog: Blog) -> None:
    export(site, blog.folder.with_name("out"), now=blog.now)


def deploy_in_vain(site: Site, blog: Blog, disk: Disk) -> None:
    """Tell subscribers of a new post where the ledger cannot be written."""
    disk.refusal = errno.EROFS
    blog.wait(hours=1)
    blog.write("new.md", "new")
    deploy(site, blog)


doors = pytest.mark.parametrize("door", [serve, deploy])


def told(blog: Blog) -> dict[str, tuple[datetime, datetime, datetime]]:
    """When posts were seen, updated and changed, by title, as the file has it."""
    found = read_ledger(blog.folder / "feedsvc.lock").records()
    return {one.title: (one.seen, one.updated, one.changed) for one in found}


def newest(blog: Blog) -> str:
    return max(one.name for one in blog.folder.glob("*old*.md"))


@doors
@pytest.mark.parametrize("restarted", [False, True])
def test_what_could_not_be_written_is_written_with_its_own_instants_when_it_can_be(
    door: Door, restarted: bool, blog: Blog, disk: Disk
) -> None:
    site = open_site(blog.folder, jobs=1)
    door(site, blog)
    disk.refusal = errno.EROFS
    blog.wait(hours=30)
    blog.write("late.md", "late", date=blog.now.replace(year=2024))
    blog.edit(newest(blog), "Clause 3", "Clause three")
    first = blog.now
    door(site, blog)
    blog.wait(hours=1)
    blog.edit(newest(blog), "Clause 4 of", "Clause 4\nof")
    second = blog.now
    door(site, blog)
    assert "On late" not in told(blog)
    if restarted:
        site.close()
        site = open_site(blog.folder, jobs=1)
    blog.wait(hours=1)
    door(site, blog)  # in vain
    disk.refusal = 0
    blog.wait(hours=1)
    door(site, blog)
    assert told(blog)["On late"][::2] == (first, first)
    assert told(blog)["On old0"][1:] == (first, second)
    before, tries = (blog.folder / "feedsvc.lock").read_bytes(), disk.tries
    blog.wait(hours=1)
    door(site, blog)
    assert (disk.tries, (blog.folder / "feedsvc.lock").read_bytes()) == (tries, before)
    site.close()


@doors
def test_a_first_run_that_could_not_be_written_is_one_still(
    door: Door, tmp_path: Path, disk: Disk
) -> None:
    blog = start(tmp_path / "site")
    disk.refusal = errno.EACCES
    with opened(blog) as site:
        door(site, blog)
    disk.refusal = 0
    blog.wait(days=3)
    with opened(blog) as site:
        door(site, blog)
    assert len(told(blog)) == 5
    assert all(seen == updated < blog.now for seen, updated, _ in told(blog).values())


def test_what_others_wrote_meanwhile_stands(
    site: Site, blog: Blog, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.wait(hours=1)
    blog.edit(newest(blog), "Clause 3", "Clause three")
    there = Blog(blog.folder.with_name("there"), blog.now)
    shutil.copytree(blog.folder, there.folder, dirs_exist_ok=True)
    blog.write("new.md", "new")
    disk.refusal = errno.EROFS
    deploy(site, blog)
    first = blog.now
    disk.refusal = 0
    there.wait(hours=2)
    monkeypatch.setenv("FEEDSVC_CACHE", str(there.folder.with_name("cache-there")))
    with opened(there) as other:
        deploy(other, there)
    (blog.folder / "feedsvc.lock").write_bytes((there.folder / "feedsvc.lock").read_bytes())
    blog.wait(hours=3)
    deploy(site, blog)
    assert told(blog)["On old0"][1] == there.now  # they say so to more people than one machine
    assert told(blog)["On new"][0] == first


def test_a_lost_ledger_is_a_first_run_whatever_was_unsaved(
    site: Site, blog: Blog, disk: Disk
) -> None:
    deploy_in_vain(site, blog, disk)
    disk.refusal = 0
    (blog.folder / "feedsvc.lock").unlink()
    blog.wait(days=3)
    deploy(site, blog)
    assert len(told(blog)) == 6
    assert all(seen <= updated < blog.now for seen, updated, _ in told(blog).values())


def test_processes_that_share_an_index_keep_what_each_of_them_told(blog: Blog, disk: Disk) -> None:
    disk.refusal = errno.EROFS
    with opened(blog) as one, opened(blog) as other:
        serve(one, blog)
        serve(other, blog)
        for turn, site in enumerate((one, other, one)):
            blog.wait(hours=1)
            blog.write(f"new{turn}.md", f"new{turn}")
            serve(site, blog)
        disk.refusal = 0
        blog.wait(hours=1)
        serve(other, blog)
        assert {f"On new{turn}" for turn in range(3)} < told(blog).keys()
        before = (blog.folder / "feedsvc.lock").read_bytes()
        blog.wait(hours=1)
        serve(one, blog)
        assert (blog.folder / "feedsvc.lock").read_bytes() == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_whatever_keeps_the_ledger_from_being_written_subscribers_are_served(
    number: int, blog: Blog, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    disk.refusal = number
    blog.write("new.md", "new")
    with opened(blog) as site:
        client = create_app(site, clock=lambda: blog.now).test_client()
        for _ in range(2):
            answer = client.get("/feed.atom")
            assert (answer.status_code, b"soul-new" in answer.data) == (200, True)
            site._watch._next_look = 0.0
        assert [one.code for one in site.findings] == ["ledger-unsaved"]
    assert caplog.text.count("cannot be written") == 1
    assert os.strerror(number) in caplog.text


def test_a_ledger_that_another_process_holds_is_not_waited_for_while_serving(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(file, "SERVING_PATIENCE", 0.01)
    monkeypatch.setattr(bookkeeping, "_REST", 0.0)
    with opened(blog) as site:
        blog.write("new.md", "new")
        with FileLock(blog.folder / ".feedsvc.lock.writing"):
            serve(site, blog)
        assert "On new" not in told(blog)
        serve(site, blog)
        assert "On new" in told(blog)


def test_an_export_to_a_full_disk_is_an_error_and_done_again_tells_everything(
    site: Site, blog: Blog, disk: Disk
) -> None:
    disk.refusal = errno.ENOSPC
    blog.write("new.md", "new")
    for _ in range(2):
        with pytest.raises(LedgerError, match="No space left"):
            deploy(site, blog)
    disk.refusal = 0
    blog.wait(hours=1)
    deploy(site, blog)
    assert told(blog)["On new"][0] < blog.now


def test_frozen_takes_nothing_for_told_that_the_file_does_not_say(
    site: Site, blog: Blog, disk: Disk
) -> None:
    deploy_in_vain(site, blog, disk)
    with pytest.raises(LedgerError, match="frozen"):
        export(site, blog.folder.with_name("out"), now=blog.now, frozen=True)


def test_what_nobody_is_told_of_may_wait_under_frozen_and_is_written_later(
    site: Site, blog: Blog
) -> None:
    before = told(blog)
    blog.wait(hours=1)
    edited = blog.now
    blog.edit(newest(blog), "Clause 4 of", "Clause 4\nof")
    export(site, blog.folder.with_name("out"), now=blog.now, frozen=True)
    assert told(blog) == before
    blog.wait(hours=1)
    deploy(site, blog)
    assert told(blog)["On old0"][2] == edited


def test_tries_in_vain_take_a_small_part_of_the_time(
    site: Site, blog: Blog, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bookkeeping, "_REST", 50.0)
    monkeypatch.setattr("feedsvc.bookkeeping.time.monotonic", lambda: disk.clock)
    serve(site, blog)
    disk.refusal = errno.ENOSPC
    disk.cost = 0.1
    blog.write("new.md", "new")
    for _ in range(100):
        serve(site, blog)
        disk.clock += 0.1
    assert disk.tries == 3  # in ten seconds
    disk.refusal = 0
    disk.clock += bookkeeping._LONGEST_REST
    serve(site, blog)
    assert "On new" in told(blog)


def test_a_ledger_that_comes_to_harm_while_serving_takes_no_feed_down(
    site: Site, blog: Blog, caplog: pytest.LogCaptureFixture
) -> None:
    lock = blog.folder / "feedsvc.lock"
    client = create_app(site, clock=lambda: blog.now).test_client()
    before = client.get("/feed.atom").data
    sound = lock.read_bytes()
    lock.write_bytes(b"<<<<<<< HEAD\n" + sound)
    blog.write("new.md", "new")
    for _ in range(3):
        site._watch._next_look = 0.0
        blog.wait(minutes=1)
        assert client.get("/feed.atom").data == before
    assert caplog.text.count("feedsvc.lock:1: ") == 1
    assert lock.read_bytes() == b"<<<<<<< HEAD\n" + sound
    lock.write_bytes(sound)
    site._watch._next_look = 0.0
    assert b"soul-new" in client.get("/feed.atom").data
    assert "On new" in told(blog)
