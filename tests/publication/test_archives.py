"""The history of feeds, walked the way RFC 5005 tells a reader to."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import feedparser
import pytest

import feedsvc
from feedsvc import ledger
from feedsvc.feeds import history
from feedsvc.web import answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from feedsvc.publication import Publication

NOW = datetime(2026, 5, 30, 12, 0, tzinfo=UTC)
URL = "https://example.org/blog"
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
SETTINGS = {
    "site": {"url": URL, "title": "Harbour", "pages": "none"},
    "feeds": {"limit": 5, "archive_size": 12},
}


class Blog:
    """A site whose posts are numbered from the oldest, one a day."""

    def __init__(self, folder: Path, *, pages: str = "none", **feeds: Any) -> None:
        self.folder = folder
        self.now = FIRST
        (folder / "posts").mkdir()
        self.settings = {
            "site": {**SETTINGS["site"], "pages": pages},
            "feeds": {**SETTINGS["feeds"], **feeds},
        }
        self.site = feedsvc.open_site(
            folder, overrides=self.settings, cache=folder / "cache", jobs=1
        )

    def write(self, *numbers: float, text: str = "", tag: str = "fish") -> None:
        for number in numbers:
            instant = FIRST + timedelta(days=number)
            self.now = max(self.now, instant + timedelta(hours=1))
            (self.folder / "posts" / f"{number}.md").write_text(
                f"---\ntitle: '{number}'\ndate: {instant.isoformat()}\ntags: [{tag}]\n---\n{text}\n"
            )

    def remove(self, number: float) -> None:
        (self.folder / "posts" / f"{number}.md").unlink()

    def publication(self) -> Publication:
        return self.site.publication(self.now, keep=True)

    def archives(self, form: str = "feed.atom") -> dict[str, bytes]:
        """The bytes of all archives of the site's feed."""
        publication = self.publication()
        return {
            path: publication.get(path).body
            for path in publication.paths()
            if path.startswith("/archive/") and path.endswith(form)
        }


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[Callable[..., Blog]]:
    made: list[Blog] = []

    def make(**feeds: Any) -> Blog:
        made.append(Blog(tmp_path, **feeds))
        return made[-1]

    yield make
    for one in made:
        one.site.close()


def read(publication: Publication, href: str) -> tuple[str | None, list[str]]:
    """The address of the next older document and the titles of a feed, as a reader gets them."""
    assert href.startswith(URL)
    document = publication.get(urlsplit(href).path.removeprefix("/blog"))
    assert document is not None, href
    if document.path.endswith(".json"):
        feed = json.loads(document.body)
        return feed.get("next_url"), [item["title"] for item in feed["items"]]
    parsed = feedparser.parse(document.body)
    assert not parsed.bozo
    older = [link.href for link in parsed.feed.links if link.rel == "prev-archive"]
    assert len(older) <= 1
    return (older[0] if older else None), [entry.title for entry in parsed.entries]


def walk(publication: Publication, start: str, seen: set[str] | None = None) -> set[str]:
    """Read a feed and all older documents; those at addresses already `seen` are not read again."""
    known = set() if seen is None else seen
    href, titles = read(publication, f"{URL}{start}")
    found = set(titles)
    while href is not None and href not in known:
        known.add(href)
        href, titles = read(publication, href)
        found |= set(titles)
    return found


def relations(body: bytes) -> dict[str, str]:
    return {link.rel: link.href for link in feedparser.parse(body).feed.links}


FORMS = ("atom", "rss", "json")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("folder", ["/", "/tags/fish/"])
def test_a_new_subscriber_reaches_every_post(
    blog: Callable[..., Blog], form: str, folder: str
) -> None:
    one = blog(archives="all")
    one.write(*range(40))
    expected = {str(number) for number in range(40)}
    assert walk(one.publication(), f"{folder}feed.{form}") == expected


def test_a_subscriber_who_remembers_addresses_misses_nothing_however_long_it_was_away(
    blog: Callable[..., Blog],
) -> None:
    one = blog()
    seen: set[str] = set()
    found: set[str] = set()
    count = 0
    for more in (3, 4, 1, 6, 2, 13, 5, 1, 1, 20, 7):
        one.write(*range(count, count + more))
        count += more
        found |= walk(one.publication(), "/feed.atom", seen)
        assert found == {str(number) for number in range(count)}


def test_full_archives_keep_their_bytes_when_posts_are_added(blog: Callable[..., Blog]) -> None:
    one = blog()
    one.write(*range(30))
    before = one.archives()
    assert list(before) == ["/archive/1/feed.atom", "/archive/2/feed.atom", "/archive/3/feed.atom"]
    one.write(*range(30, 60))
    after = one.archives()
    for path in list(before)[:-1]:
        assert after[path] == before[path]
    assert len(after) > len(before)


def test_a_full_archive_changes_when_its_own_post_is_edited_and_no_other_does(
    blog: Callable[..., Blog],
) -> None:
    one = blog()
    one.write(*range(40))
    before = one.archives()
    one.write(3, text="Mended.")
    after = one.archives()
    assert [path for path in before if after[path] != before[path]] == ["/archive/1/feed.atom"]


def test_a_new_post_leaves_the_archive_that_fills_alone_until_the_next_step(
    blog: Callable[..., Blog],
) -> None:
    one = blog()
    one.write(*range(26))
    before = one.archives()
    one.write(26, 27, 28, 29)
    assert one.archives() == before
    one.write(30)
    assert one.archives() != before


def test_a_late_post_with_an_old_date_leaves_all_full_archives_alone(
    blog: Callable[..., Blog],
) -> None:
    one = blog()
    one.write(*range(40))
    before = one.archives()
    one.write(13.5)
    after = one.archives()
    assert [path for path in before if after[path] != before[path]] == ["/archive/3/feed.atom"]
    assert b"fh:archive/" not in before["/archive/3/feed.atom"]
    assert walk(one.publication(), "/feed.atom") == {str(n) for n in range(40)} | {"13.5"}


def test_a_late_post_is_to_be_had_when_it_is_no_news_any_more(blog: Callable[..., Blog]) -> None:
    one = blog()
    one.write(*range(40))
    one.publication()
    one.write(13.5)
    for days in range(0, 60, 20):
        publication = one.site.publication(one.now + timedelta(days=days), keep=True)
        assert walk(publication, "/feed.atom") == {str(n) for n in range(40)} | {"13.5"}
    assert "13.5" not in read(publication, f"{URL}/feed.atom")[1]


@pytest.mark.parametrize(("pages", "archives"), [("none", "auto"), ("all", "none")])
def test_an_old_post_that_archives_or_pages_show_has_changed_when_its_words_have(
    blog: Callable[..., Blog], pages: str, archives: str
) -> None:
    one = blog(pages=pages, archives=archives)
    one.write(*range(20), text="Some *words*.")

    def updated() -> datetime:
        one.publication()
        record = ledger.read(one.folder / "feedsvc.lock").at("posts/3.md")
        assert record is not None
        return record.updated

    before = updated()
    one.write(3, text="Some _words_.")
    assert updated() == before
    one.write(3, text="Other words.")
    assert updated() > before


def test_a_removed_post_leaves_its_place_empty_and_may_return_to_it(
    blog: Callable[..., Blog],
) -> None:
    one = blog()
    one.write(*range(40))
    before = one.archives()
    one.remove(13)
    without = one.archives()
    assert [path for path in before if without[path] != before[path]] == ["/archive/2/feed.atom"]
    assert b"<title>13</title>" not in without["/archive/2/feed.atom"]
    assert b"<fh:archive/>" in without["/archive/2/feed.atom"]
    one.write(13)
    returned = one.archives()
    assert b"<title>13</title>" in returned["/archive/2/feed.atom"]
    assert {path: returned[path] for path in before if "/2/" not in path} == {
        path: before[path] for path in before if "/2/" not in path
    }


def test_an_archive_whose_posts_all_went_is_empty_and_still_leads_on(
    blog: Callable[..., Blog],
) -> None:
    one = blog()
    one.write(*range(40))
    one.publication()
    for number in range(12, 24):
        one.remove(number)
    assert len(one.archives()) == 3
    assert not feedparser.parse(one.archives()["/archive/2/feed.atom"]).entries
    assert walk(one.publication(), "/feed.atom") == {str(n) for n in range(40) if not 12 <= n < 24}


def test_an_archive_was_updated_when_one_of_its_posts_last_was_or_went(
    blog: Callable[..., Blog],
) -> None:
    one = blog()
    one.write(*range(40))

    def updated() -> datetime:
        archive = feedparser.parse(one.archives()["/archive/1/feed.atom"])
        return datetime(*archive.feed.updated_parsed[:6], tzinfo=UTC)

    assert updated() == FIRST + timedelta(days=11)
    one.write(3, text="Edited.")
    assert updated() == one.now
    one.remove(5)
    one.now += timedelta(days=1)
    assert updated() == one.now


def test_only_full_archives_say_that_they_are_archives(blog: Callable[..., Blog]) -> None:
    one = blog()
    one.write(*range(30))
    marks = {path: b"<fh:archive/>" in body for path, body in one.archives().items()}
    assert list(marks.values()) == [True, True, False]
    feed = one.publication().get("/feed.atom").body
    assert b"fh:archive" not in feed
    assert b"fh:complete" not in feed


def test_links_lead_in_both_directions_and_back_to_the_feed(blog: Callable[..., Blog]) -> None:
    one = blog()
    one.write(*range(30))
    links = {path: relations(body) for path, body in one.archives("feed.rss").items()}
    first, second, newest = links.values()
    assert {link["current"] for link in links.values()} == {f"{URL}/feed.rss"}
    assert first["self"] == second["prev-archive"] == f"{URL}/archive/1/feed.rss"
    assert first["next-archive"] == newest["prev-archive"] == f"{URL}/archive/2/feed.rss"
    assert second["next-archive"] == newest["self"] == f"{URL}/archive/3/feed.rss"
    assert "prev-archive" not in first
    assert "next-archive" not in newest
    subscription = relations(one.publication().get("/feed.rss").body)
    assert subscription["prev-archive"] == f"{URL}/archive/3/feed.rss?1"
    assert "current" not in subscription


def test_archives_are_the_same_feed_as_the_one_they_belong_to(blog: Callable[..., Blog]) -> None:
    one = blog()
    one.write(*range(20))
    publication = one.publication()
    feeds = [
        feedparser.parse(publication.get(path).body).feed
        for path in ("/feed.atom", "/archive/1/feed.atom")
    ]
    assert feeds[0].id == feeds[1].id
    assert feeds[0].title == feeds[1].title


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_that_holds_everything_is_complete(blog: Callable[..., Blog], form: str) -> None:
    one = blog()
    one.write(*range(5))
    assert not one.archives()
    publication = one.publication()
    assert b"<fh:complete/>" in publication.get(f"/feed.{form}").body
    assert b"<fh:complete/>" in publication.get(f"/tags/fish/feed.{form}").body
    assert "next_url" not in json.loads(publication.get("/feed.json").body)
    one.write(5)
    assert b"fh:complete" not in one.publication().get(f"/feed.{form}").body


def test_every_archive_is_listed_and_nothing_else_is_there(blog: Callable[..., Blog]) -> None:
    one = blog(archives="all")
    one.write(*range(30))
    publication = one.publication()
    paths = list(publication.paths())
    assert len(paths) == len(set(paths))
    listed = [path for path in paths if "/archive/" in path]
    assert len(listed) == 2 * 3 * len(FORMS)
    for path in listed:
        assert publication.signature(path)
    for path in (
        "/archive/0/feed.atom",
        "/archive/4/feed.atom",
        "/archive/01/feed.atom",
        "/archive/1/feed.xml",
        "/archive/1/",
        "/archive/٣/feed.atom",
        "/archive/99999999999999999999/feed.atom",
        "/tags/none/archive/1/feed.atom",
    ):
        assert publication.get(path) is None, path


def test_a_signature_changes_with_the_bytes(blog: Callable[..., Blog]) -> None:
    one = blog()
    known: dict[str, dict[str, bytes]] = {}
    for number in range(40):
        one.write(number)
        publication = one.publication()
        for path in publication.paths():
            body = known.setdefault(path, {}).setdefault(
                publication.signature(path), publication.get(path).body
            )
            assert publication.get(path).body == body


@pytest.mark.parametrize(
    ("setting", "folders"),
    [("none", set()), ("site", {"/"}), ("auto", {"/"}), ("all", {"/", "/tags/fish/"})],
)
def test_the_setting_says_which_feeds_have_archives(
    blog: Callable[..., Blog], setting: str, folders: set[str]
) -> None:
    one = blog(archives=setting)
    one.write(*range(7))
    paths = [path for path in one.publication().paths() if "/archive/" in f"/{path}"]
    assert {path.partition("archive/")[0] for path in paths} == folders
    has_link = b"prev-archive" in one.publication().get("/feed.atom").body
    assert has_link == ("/" in folders)


def test_a_large_site_without_pages_has_archives_only_when_asked(
    blog: Callable[..., Blog], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "AUTO_POSTS", 6)
    one = blog(archives="auto")
    one.write(*range(7))
    assert not one.archives()
    assert b"prev-archive" not in one.publication().get("/feed.atom").body


def test_a_large_site_whose_posts_have_pages_has_archives(
    blog: Callable[..., Blog], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "AUTO_POSTS", 6)
    one = blog(pages="all", archives="auto")
    one.write(*range(30))
    assert walk(one.publication(), "/feed.atom") == {str(number) for number in range(30)}
    assert '"archived":' in (one.folder / "feedsvc.lock").read_text()


def test_the_ledger_notes_archives_once_subscribers_have_some(blog: Callable[..., Blog]) -> None:
    one = blog()
    for count, noted in ((5, 0), (6, 1)):
        one.write(*range(count))
        one.publication()
        assert (one.folder / "feedsvc.lock").read_text().count('"archived":') == noted


def test_a_site_that_grows_large_keeps_its_archives(
    blog: Callable[..., Blog], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "AUTO_POSTS", 20)
    one = blog(archives="auto")
    one.write(*range(18))
    before = one.archives()
    one.write(*range(18, 40))
    after = one.archives()
    assert after["/archive/1/feed.atom"] == before["/archive/1/feed.atom"]
    assert walk(one.publication(), "/feed.atom") == {str(number) for number in range(40)}
    ledger = (one.folder / "feedsvc.lock").read_text()
    assert '"archived":"2025-01-18T01:00:00Z"' in ledger
    # As on another machine, with the same ledger.
    elsewhere = one.folder / "elsewhere"
    fresh = feedsvc.open_site(one.folder, overrides=one.settings, cache=elsewhere, jobs=1)
    found = fresh.publication(one.now)
    assert {path: found.get(path).body for path in after} == after
    fresh.close()


def test_full_archives_may_be_kept_longer_than_feeds(blog: Callable[..., Blog]) -> None:
    one = blog()
    one.write(*range(30))
    publication = one.site.publication(NOW, keep=True)
    kept = {}
    for path in ("/feed.atom", "/archive/3/feed.atom", "/archive/1/feed.atom"):
        document = publication.get(path)
        seconds = answers.max_age(document, one.site.settings.http, NOW)
        kept[path] = dict(answers.headers(document, seconds, NOW))["Cache-Control"]
    assert list(kept.values()) == [
        "public, max-age=300",
        "public, max-age=300",
        "public, max-age=86400",
    ]


def test_hub_is_named_in_every_format_and_in_the_link_header(blog: Callable[..., Blog]) -> None:
    hub = "https://hub.example.org/?a=b"
    one = blog(hub=hub)
    one.write(*range(7))
    publication = one.publication()
    assert relations(publication.get("/feed.atom").body)["hub"] == hub
    assert relations(publication.get("/tags/fish/feed.rss").body)["hub"] == hub
    assert json.loads(publication.get("/feed.json").body)["hubs"] == [
        {"type": "WebSub", "url": hub}
    ]
    for path in ("/feed.atom", "/tags/fish/feed.rss", "/feed.json"):
        document = publication.get(path)
        fields = dict(answers.headers(document, 1, NOW))
        assert fields["Link"] == f'<{hub}>; rel="hub", <{URL}{path}>; rel="self"'
    for path in ("/archive/1/feed.atom", "/feeds.opml"):
        assert publication.get(path).links == ()


def test_without_a_hub_there_is_no_link_header(blog: Callable[..., Blog]) -> None:
    one = blog()
    one.write(1)
    assert "Link" not in dict(answers.headers(one.publication().get("/feed.atom"), 1, NOW))
