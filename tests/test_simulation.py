"""A year of ordinary editing before one subscriber, through the app and through the export.

What he must be told is written beside every edit; what he is told comes from the feed's bytes.
"""

from __future__ import annotations

import errno
import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from feedsvc.errors import LedgerError
from feedsvc.export import export
from feedsvc.site import open_site
from tests.subscriber import DOORS, AppDoor, Year, start

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=sorted(DOORS))
def year(request: pytest.FixtureRequest, tmp_path: Path) -> Year:
    return Year(tmp_path, request.param)


def test_a_year_of_edits_is_told_exactly_as_it_happened(
    year: Year, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blog, path = year.blog, year.path
    first, second, third = path["old0"], path["old1"], path["old2"]
    assert year.told() == []
    os.utime(blog.folder / first)
    assert year.told() == []
    assert year.same_bytes
    blog.edit(first, "*length*", "_length_")
    assert year.told() == []
    assert year.same_bytes
    blog.edit(first, "Clause 3 of what is", "Clause 3 of\n   what is")
    assert year.told() == []
    blog.edit(first, "Clause 4", "Clause four")
    assert year.told() == [("updated", "old0")]
    blog.edit(first, "Clause 5", "Clause five")
    blog.edit(first, "date:", "minor: true\ndate:")
    assert year.told() == []
    blog.edit(first, "minor: true\n", "")
    assert year.told() == []
    blog.edit(second, "title: On", "title: More on")
    assert year.told() == [("updated", "old1")]
    # Moves
    blog.move(second, "2025-10-17-renamed.md")
    assert year.told() == []
    blog.move("2025-10-17-renamed.md", "archive/2025-10-17-renamed.md")
    assert year.told() == []
    blog.move("archive/2025-10-17-renamed.md", "again.md")
    blog.edit("again.md", "Clause 7", "Clause seven")
    assert year.told() == [("updated", "old1")]
    blog.edit("again.md", "date:", "slug: another\ndate:")
    assert year.told() == []
    # The site moves
    for change in (
        {"posts_permalink": "/:year/:title/"},
        {"site_url": "https://new.example"},
        {"site_url": "http://new.example"},
        {"site_url": "http://new.example/base"},
        {"site_timezone": "Asia/Tokyo"},
        {"site_title": "Another title"},
        {"site_language": "de"},
    ):
        blog.configure(**change)
        assert year.told() == [], change
    blog.edit(third, "categories: news", "categories: essays\ntags: [a, b]")
    assert year.told() == []
    assert b"soul-old2" in year.feed("/categories/essays/feed.atom")
    # Other machines
    feed = year.last
    blog.clone()
    assert year.told() == []
    monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / "another-cache"))
    assert year.told() == []
    assert year.last == feed
    # New posts
    blog.write("soon.md", "soon", date=blog.now + timedelta(days=9))
    assert year.told() == []
    blog.wait(days=9)
    assert year.told() == [("new", "soon")]
    blog.write("late.md", "late", date=blog.now - timedelta(days=700))
    assert year.told() == [("new", "late")]
    for number in range(9):
        blog.write(
            f"many{number}.md", f"many{number}", date=blog.now - timedelta(days=0.1 * number)
        )
    assert year.told() == sorted(("new", f"many{number}") for number in range(9))
    # What authors say of their edits
    blog.edit("many1.md", "date:", f"updated: {blog.now:%Y-%m-%d %H:%M:%S}\ndate:")
    assert year.told() == [("updated", "many1")]
    blog.edit("many2.md", "title:", "draft: true\ntitle:")
    assert year.told() == []
    assert b"soul-many2" not in year.last
    assert b"deleted-entry" in year.last
    blog.edit("many2.md", "draft: true\n", "")
    assert year.told() == []
    assert b"soul-many2" in year.last
    assert b"deleted-entry" not in year.last
    blog.edit("many3.md", "title: On many3", "title: [On many3")
    assert year.told() == []
    blog.edit("many3.md", "title: [On many3", "title: On many3")
    assert year.told() == []
    (blog.folder / "many4.md").unlink()
    assert year.told() == []
    assert b"deleted-entry" in year.last
    blog.wait(days=20)
    assert year.told() == []
    assert b"deleted-entry" not in year.last
    # Another publisher: Jekyll, whose own feed has other ids
    for file in sorted(blog.folder.rglob("*.md")):
        date = file.read_text("utf-8").partition("date: ")[2][:10]
        name = file.name if file.name[:2] == "20" else f"{date}-{file.name}"
        blog.move(file.relative_to(blog.folder).as_posix(), f"_posts/{name}")
    (blog.folder / "_config.yml").write_text("title: Moved\nurl: http://new.example\n", "utf-8")
    assert year.told() == []


def test_another_recipe_of_the_digest_announces_nothing_but_edits(
    year: Year, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert year.told() == []
    monkeypatch.setattr("feedsvc.ledger.digest.RECIPE", "2")
    monkeypatch.setattr("feedsvc.ledger.digest._text", lambda html: html)
    monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / "another-cache"))
    year.blog.edit(year.path["old1"], "Clause 4", "Clause four")
    assert year.told() == [("updated", "old1")]
    assert b'"meaning":"1.' not in (year.blog.folder / "feedsvc.lock").read_bytes()
    year.blog.edit(year.path["old2"], "Clause 4", "Clause four")
    assert year.told() == [("updated", "old2")]


def test_a_release_that_renders_more_announces_nothing_but_edits(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feedsvc import content

    render = content.render

    def better(*args: Any, **more: Any) -> Any:
        made = render(*args, **more)
        html = made.content.html.replace("Clause", "<p>What was left out until now.</p>Clause")
        return made._replace(content=made.content._replace(html=html))

    assert year.told() == []
    year.blog.edit(year.path["old3"], "*length*", "_length_")
    assert year.told() == []
    monkeypatch.setattr(content, "render", better)
    monkeypatch.setattr("feedsvc.index.identity.code_digest", lambda: b"another release")
    year.blog.edit(year.path["old1"], "Clause 4", "Clause four")
    assert year.told() == [("updated", "old1")]
    assert b"left out until now" in year.last
    year.blog.edit(year.path["old2"], "Clause 4", "Clause four")
    assert year.told() == [("updated", "old2")]


def test_an_id_that_is_no_uri_outlives_the_domain_it_was_made_with(year: Year) -> None:
    blog = year.blog
    blog.write("one.md", "one", id="my-post")
    blog.write("two.md", "two", guid="0f8fad5b-d9cb-469f-a165-70867728950e")
    assert year.told() == [("new", "one"), ("new", "two")]
    blog.configure(site_url="https://new.example")
    assert year.told() == []
    blog.move("one.md", "moved.md")
    blog.edit("moved.md", "title: On one", "title: Rewritten")
    blog.edit("moved.md", "Clause", "A different clause")
    blog.configure(site_url="https://newest.example")
    assert year.told() == [("updated", "one")]
    blog.edit("two.md", "guid: 0f8fad5b", "guid: 1f8fad5b")
    assert year.told() == [("duplicate", "two")]  # its author says that it is another one


def test_what_is_taken_back_or_moved_leaves_a_trace(year: Year) -> None:
    blog, path = year.blog, year.path
    page = {soul: f"/{path[soul][:10].replace('-', '/')}/{soul}/" for soul in path}
    assert year.door.get(page["old1"]).status == 200
    blog.edit(path["old1"], "date:", "slug: moved\ndate:")
    blog.edit(path["old2"], "date:", "aliases: [/once/here/]\ndate:")
    assert year.told() == []
    moved = page["old1"].replace("old1", "moved")
    assert year.door.get(page["old1"]).location == f"https://example.org{moved}"
    assert year.door.get("/once/here/").location == f"https://example.org{page['old2']}"
    assert year.door.get(moved).status == 200
    # A post is removed, and comes back.
    text = (blog.folder / path["old3"]).read_bytes()
    (blog.folder / path["old3"]).unlink()
    assert year.told() == []
    assert year.door.get(page["old3"]).status == year.gone
    (blog.folder / path["old3"]).write_bytes(text)
    assert year.told() == []
    assert year.door.get(page["old3"]).status == 200
    # A category ends: empty for the window, then gone.
    for name in year.blog.folder.glob("*.md"):
        blog.edit(name.name, "categories: news\n", "")
    assert year.told() == []
    ended = year.feed("/categories/news/feed.atom")
    assert not feedparser.parse(ended).bozo
    assert b"<entry" not in ended
    blog.wait(days=15)
    assert year.told() == []
    assert year.door.get("/categories/news/feed.atom").status == year.gone


def test_last_modified_moves_with_the_bytes_and_never_back(tmp_path: Path) -> None:
    year = Year(tmp_path, "app")
    blog, path = year.blog, year.path
    last: dict[str, tuple[bytes, datetime]] = {}
    edits = (
        lambda: None,
        lambda: blog.edit(path["old0"], "Clause 4", "Clause four"),
        lambda: blog.write("late.md", "late", date=blog.now - timedelta(days=700)),
        (blog.folder / "late.md").unlink,
        lambda: [blog.write(f"many{n}.md", f"many{n}", minor=n == 2) for n in range(7)],
        lambda: blog.edit("many1.md", "title:", "draft: true\ntitle:"),
        lambda: blog.edit("many1.md", "draft: true\n", ""),
        lambda: blog.wait(days=20),
        lambda: blog.edit(path["old0"], "categories: news", "categories: essays"),
        lambda: blog.edit("many2.md", "Clause 5", "Clause five"),
        lambda: blog.edit("many2.md", "Clause 6 of what", "Clause six of what"),
        lambda: blog.wait(days=20),
    )
    for number, edit in enumerate(edits):
        edit()
        year.publish()
        for document in (
            "/feed.atom",
            "/feed.json",
            "/categories/news/feed.rss",
            "/",
            "/feeds.opml",
        ):
            answer = year.door.get(document)
            modified = parsedate_to_datetime(answer.modified)
            body, before = last.get(document, (answer.body, modified))
            assert modified >= before, (number, document)
            assert answer.body == body or modified > before, (number, document)
            assert modified <= blog.now
            last[document] = answer.body, modified


def test_a_page_that_comes_to_light_where_a_feed_ended_has_changed_by_that(tmp_path: Path) -> None:
    year = Year(tmp_path, "app")
    blog = year.blog
    blog.write("hidden.md", "hidden", date=blog.now - timedelta(days=90), permalink="/tags/t/")
    blog.edit(year.path["old0"], "title:", "tags: t\ntitle:")
    assert year.told() == [("new", "hidden")]
    assert b"soul-old0" in year.door.get("/tags/t/").body
    blog.edit(year.path["old0"], "tags: t\n", "")
    year.publish()
    ended = blog.now
    before = year.door.get("/tags/t/")
    assert b"soul-hidden" not in before.body
    assert parsedate_to_datetime(before.modified) == ended
    blog.wait(days=20)
    year.publish()
    answer = year.door.get("/tags/t/")
    assert b"soul-hidden" in answer.body
    assert parsedate_to_datetime(answer.modified) == ended + timedelta(days=14)


@pytest.mark.parametrize("edit", ["blanks", "title", "release", "twice", "nothing"])
def test_who_asks_by_date_alone_gets_what_changed(
    edit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = Year(tmp_path, "app")
    blog, path = year.blog, year.blog.folder / year.path["old0"]
    answer = year.door.get("/feed.atom")
    if edit == "blanks":
        path.write_text(path.read_text().replace("Clause 3 of", "Clause 3\nof"))
    elif edit == "title":
        blog.configure(site_title="Another title")
    elif edit == "release":
        monkeypatch.setattr("feedsvc.index.identity.code_digest", lambda: b"another release")
    elif edit == "twice":
        path.write_text(path.read_text().replace("Clause 3", "Clause three"))
        year.door.publish(blog.folder, blog.now)
        answer = year.door.get("/feed.atom")
        path.write_text(path.read_text().replace("Clause 4", "Clause four"))
    year.door.publish(blog.folder, blog.now)
    again = year.door.client.get("/feed.atom", headers={"If-Modified-Since": answer.modified})
    assert again.status_code == (304 if edit == "nothing" else 200)
    # Within the second of the edit before, the instant is still to come: it is not told.
    assert ("Last-Modified" in again.headers) == (edit not in {"twice", "nothing"})


def test_without_a_ledger_no_date_is_told_that_nothing_remembers(tmp_path: Path) -> None:
    blog = start(tmp_path / "site")
    (blog.folder / "feedsvc.toml").write_text("ledger.enabled = false\n")
    door = AppDoor(tmp_path)
    door.publish(blog.folder, blog.now)
    found = door.client.get(
        "/feed.atom", headers={"If-Modified-Since": "Fri, 01 May 2099 10:20:30 GMT"}
    )
    assert (found.status_code, "Last-Modified" in found.headers) == (200, False)
    same = door.client.get("/feed.atom", headers={"If-None-Match": found.headers["ETag"]})
    assert same.status_code == 304


def test_a_ledger_that_cannot_be_written_is_told_once_and_the_feed_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    year = Year(tmp_path, "app")
    monkeypatch.setattr("feedsvc.ledger.file._replace", refuse)
    before = (year.blog.folder / "feedsvc.lock").read_bytes()
    year.blog.write("new.md", "new")
    year.publish()
    assert ("new", "new") in year.reader.poll(year.feed())
    year.feed("/feed.json")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "feedsvc.lock" in caplog.text
    assert (year.blog.folder / "feedsvc.lock").read_bytes() == before


def test_looking_writes_no_ledger_and_frozen_refuses(tmp_path: Path) -> None:
    site = start(tmp_path / "site").folder
    now = datetime(2026, 2, 1, tzinfo=UTC)
    with closing(open_site(site, jobs=1)) as opened:
        assert len(list(opened.posts(now))) == 5
        assert opened.publication(now).get("/feed.atom")
        assert not list(opened.findings)
    assert not (site / "feedsvc.lock").exists()
    with pytest.raises(LedgerError, match="frozen"):
        export(site, tmp_path / "out", now=now, frozen=True)
    assert not (site / "feedsvc.lock").exists()
    export(site, tmp_path / "out", now=now)
    assert "wrote 0," in str(export(site, tmp_path / "out", now=now, frozen=True))
