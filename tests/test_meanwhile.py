"""What other processes do to ledger and index while one publishes."""

from __future__ import annotations

import errno
import os
import pickle
import re
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from feedsvc.errors import StaleError, UnreadableError
from feedsvc.export import export
from feedsvc.index.store import PostIndex
from feedsvc.inquiry import Inquiry
from feedsvc.ledger import file
from feedsvc.repository.files import SiteFiles
from feedsvc.site import Site, open_site
from feedsvc.stores import IndexStore
from feedsvc.web.app import create_app
from tests.subscriber import Blog, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TOLD = "2026-01-05T09:30:00"
"""When another machine told an edit."""


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """A blog whose ledger knows all that is in it."""
    blog = start(tmp_path / "site")
    with opened(blog) as site:
        deploy(site, blog)
    blog.wait(hours=1)
    return blog


def opened(blog: Blog) -> closing[Site]:
    return closing(open_site(blog.folder, jobs=1))


def deploy(site: Site, blog: Blog) -> bytes:
    out = blog.folder.with_name("out")
    export(site, out, now=blog.now)
    return (out / "feed.atom").read_bytes()


def old(blog: Blog, number: int) -> str:
    return next(one.name for one in blog.folder.glob(f"*old{number}.md"))


def told(blog: Blog, soul: str) -> str:
    """The line of a post in the ledger."""
    lines = (blog.folder / "feedsvc.lock").read_text().splitlines()
    (line,) = [one for one in lines if f'"On {soul}"' in one]
    return line


def pull(blog: Blog) -> None:
    """Have the ledger of another machine, which has told an edit of a post."""
    ledger = blog.folder / "feedsvc.lock"
    lines = ledger.read_bytes().decode().splitlines(keepends=True)
    other = [re.sub(r'(?<="updated":")[^"]*', f"{TOLD}Z", one) for one in lines if "old1" in one]
    rest = [one for one in lines if "old1" not in one]
    ledger.write_text("".join([*rest, *other]))


def once(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, first: Callable[[], None]
) -> None:
    """Do something before a function is called the next time."""
    real = getattr(where, name)

    def called(*args: object, **named: object) -> object:
        monkeypatch.setattr(where, name, real)
        first()
        return real(*args, **named)

    monkeypatch.setattr(where, name, called)


@pytest.mark.parametrize(
    ("where", "name"), [(file, "locked"), (Inquiry, "learn"), (Inquiry, "archived")]
)
def test_what_another_machine_tells_of_a_post_that_rests_is_taken_over(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    with opened(blog) as site:
        blog.edit(old(blog, 0), "Clause 3", "Clause three")
        once(monkeypatch, where, name, lambda: pull(blog))
        assert TOLD.encode() in deploy(site, blog)
        assert f'"updated":"{TOLD}Z"' in (blog.folder / "feedsvc.lock").read_text()


def test_what_another_machine_tells_stands_where_this_one_cannot_write(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def held(_path: Path, _patience: float) -> Iterator[None]:
        pull(blog)
        raise OSError(errno.EROFS, "read-only")
        yield

    with opened(blog) as site:
        blog.write("new.md", "new")
        with monkeypatch.context() as patched:
            patched.setattr(file, "locked", held)
            deploy(site, blog)
        assert TOLD.encode() in deploy(site, blog)
    text = (blog.folder / "feedsvc.lock").read_text()
    assert f'"updated":"{TOLD}Z"' in text
    assert "On new" in text


def test_an_edit_that_another_process_reads_meanwhile_is_told(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit() -> None:
        blog.edit(old(blog, 1), "Clause 3", "Clause three")
        with opened(blog) as other:
            other.refresh(blog.now)

    with opened(blog) as site:
        blog.edit(old(blog, 0), "Clause 3", "Clause three")
        once(monkeypatch, Inquiry, "archived", edit)
        deploy(site, blog)
        blog.wait(hours=1)
        deploy(site, blog)
    assert f'"updated":"{blog.now:%Y-%m-%d}' in told(blog, "old1")


def test_a_post_is_not_rendered_under_the_key_of_what_it_was_before(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (blog.folder / "feedsvc.toml").open("a") as settings:
        settings.write("ledger.enabled = false\n")  # or all were rendered for it by now
    with opened(blog) as site:
        site.refresh(blog.now)  # so that the new one is the last in the index
    path = blog.write("new.md", "new")
    before = path.read_bytes()

    def edit() -> None:
        blog.edit("new.md", "Clause 3", "Clause three")
        with opened(blog) as other:
            other.refresh(blog.now)

    with opened(blog) as site:
        publication = site.publication(blog.now)
        once(monkeypatch, IndexStore, "entries", edit)
        with pytest.raises(StaleError):
            publication.get("/feed.atom")
        path.write_bytes(before)
        document = site.publication(blog.now).get("/feed.atom")
    assert document is not None
    assert b"Clause three" not in document.body


@pytest.mark.parametrize("gone", [True, False])
def test_a_page_of_a_post_that_changed_meanwhile_is_stale(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    path = blog.write("new.md", "new")

    def change() -> None:
        if gone:
            path.unlink()
        else:
            blog.edit("new.md", "On new", "On something else")
        with opened(blog) as other:
            other.refresh(blog.now)

    with opened(blog) as site:
        publication = site.publication(blog.now)
        (page,) = [one for one in publication.paths() if one.endswith("/new/")]
        assert publication.build(page) is not None
        once(monkeypatch, PostIndex, "post", change)
        publication = site.at(blog.now)
        with pytest.raises(StaleError):
            publication.build(page)


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Files of which the system refuses to read the bytes; their time stamps tell nothing."""
    names: set[str] = set()
    read = SiteFiles.read

    def refused(files: SiteFiles, path: str) -> tuple[bytes, str]:
        if path in names:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(files, path)

    monkeypatch.setattr(SiteFiles, "read", refused)
    return names


def rested(blog: Blog, path: str) -> None:
    """Have a file be older than what might change again unseen."""
    os.utime(blog.folder / path, (1_700_000_000, 1_700_000_000))


def test_a_post_that_cannot_be_read_is_published_once_it_can_be(blog: Blog, shut: set[str]) -> None:
    blog.write("new.md", "new")
    for one in blog.folder.glob("*.md"):
        rested(blog, one.name)
    shut.add("new.md")
    with opened(blog) as site:
        assert b"soul-new" not in deploy(site, blog)
        assert site.look is not None
        assert b"soul-new" not in deploy(site, blog)
        assert site.look.read == 0  # only asked whether it can be read by now
    shut.clear()
    with opened(blog) as site:
        assert b"soul-new" in deploy(site, blog)
        deploy(site, blog)
        assert site.look is not None
        assert site.look.read == 0


def lose_sight_of_a_post(blog: Blog, shut: set[str]) -> None:
    """Have a post in the index whose file cannot be read any more."""
    blog.write("new.md", "new")
    rested(blog, "new.md")
    with opened(blog) as site:
        site.refresh(blog.now)
    shut.add("new.md")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_post_that_cannot_be_read_any_more_takes_no_feed_down(
    blog: Blog, shut: set[str], jobs: int
) -> None:
    lose_sight_of_a_post(blog, shut)
    with closing(open_site(blog.folder, jobs=jobs)) as site:
        feed = deploy(site, blog)
        assert b"soul-old0" in feed
        assert b"soul-new" not in feed
        assert [one.path for one in site.findings if one.code == "post-unreadable"] == ["new.md"]
    shut.clear()
    with opened(blog) as site:
        assert b"soul-new" in deploy(site, blog)


def test_what_is_served_goes_on_without_a_post_that_cannot_be_read_any_more(
    blog: Blog, shut: set[str]
) -> None:
    lose_sight_of_a_post(blog, shut)
    client = create_app(blog.folder, clock=lambda: blog.now).test_client()
    assert client.get("/feed.atom").status_code == 200
    assert "soul-new" not in client.get("/feed.atom").text


@pytest.mark.parametrize("forgotten", [False, True])
def test_posts_in_a_folder_that_cannot_be_listed_are_not_taken_back(
    blog: Blog, shut: set[str], monkeypatch: pytest.MonkeyPatch, forgotten: bool
) -> None:
    blog.write("sub/new.md", "new")
    rested(blog, "sub/new.md")
    with opened(blog) as site:
        assert b"soul-new" in deploy(site, blog)
    before = told(blog, "new")
    shut.add("sub/new.md")
    listed = os.scandir

    def refused(path: str) -> object:
        if path.endswith("/sub"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return listed(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refused)
        if forgotten:
            patched.setenv("FEEDSVC_CACHE", str(blog.folder.with_name("another")))
        blog.wait(hours=1)
        with opened(blog) as site:
            assert b"deleted-entry" not in deploy(site, blog)
            codes = {one.code for one in site.findings}
        assert codes >= {"file-unreadable", "post-unreadable"}
        assert '"removed"' not in told(blog, "new")
    shut.clear()
    with opened(blog) as site:
        assert b"soul-new" in deploy(site, blog)
    assert re.sub(r',"touched":"[^"]*"', "", told(blog, "new")) == before


def test_an_unreadable_post_is_handed_from_worker_to_parent() -> None:
    error = pickle.loads(pickle.dumps(UnreadableError("a.md", "Permission denied")))
    assert str(error) == "a.md cannot be read any more: Permission denied"
    assert error.path == "a.md"
