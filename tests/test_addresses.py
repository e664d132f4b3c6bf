"""Addresses that meet: whoever has one keeps it, and nothing is hidden behind another's."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from feedsvc.checks.inspection import inspect
from feedsvc.export import export
from feedsvc.site import open_site, publish

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.publication.publication import Publication
    from tests.conftest import SiteFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2026, 6, 3, tzinfo=UTC)
CONFIG = '[site]\nurl = "https://example.org"\n'
FEED = "/feed.atom /feeds.opml / /index.html /tags/c/ /tags/c /tags/c/feed.rss /archive/1/feed.json"


def post(title: str, date: str, *fields: str) -> str:
    return "\n".join(["---", f"title: {title}", f"date: {date}", *fields, "---", f"Of {title}.\n"])


def told(folder: Path, now: datetime) -> Publication:
    """What is published once subscribers were told, the same with the index and without one."""
    export(folder, folder.parent / "out", now=now)
    made = publish(open_site(folder), now)
    anew = publish(open_site(folder, cache=folder.parent / f"cache-{now:%d}"), now)
    assert {path: made.get(path) for path in made.paths()} == {
        path: anew.get(path) for path in anew.paths()
    }
    return made


def at(made: Publication, path: str) -> str:
    document = made.get(path)
    assert document is not None, path
    return document.body.decode()


@pytest.mark.parametrize("tags", ["tags: c", "tags: [c, C++]"])
def test_a_late_post_of_an_old_date_takes_no_feed_from_its_subscribers(
    make_site: SiteFactory, tags: str
) -> None:
    folder = make_site({"posts/a.md": post("Upper", "2026-05-01", "tags: C")}, config=CONFIG)
    assert "Upper" in at(told(folder, NOW), "/tags/c/feed.atom")
    (folder / "posts/b.md").write_text(post("Lower", "2020-01-01", tags))
    made = told(folder, LATER)
    assert "Upper" in at(made, "/tags/c/feed.atom")
    assert "Lower" not in at(made, "/tags/c/feed.atom")
    assert "Lower" in at(made, "/tags/c-2e7d2c/feed.atom")


def test_a_tag_added_to_an_old_post_takes_no_feed_from_its_subscribers(
    make_site: SiteFactory,
) -> None:
    files = {
        "posts/a.md": post("Upper", "2026-05-01", "tags: C"),
        "posts/b.md": post("Lower", "2020-01-01"),
    }
    folder = make_site(files, config=CONFIG)
    told(folder, NOW)
    (folder / "posts/b.md").write_text(post("Lower", "2020-01-01", "tags: c"))
    assert "Upper" in at(told(folder, LATER), "/tags/c/feed.atom")


def test_an_address_that_nobody_has_any_more_goes_to_the_next(make_site: SiteFactory) -> None:
    files = {
        "posts/a.md": post("Upper", "2026-05-01", "tags: C"),
        "posts/b.md": post("Lower", "2026-05-02", "tags: c"),
    }
    folder = make_site(files, config=CONFIG)
    assert "Upper" in at(told(folder, NOW), "/tags/c/feed.atom")
    (folder / "posts/a.md").unlink()
    assert "Lower" in at(told(folder, LATER), "/tags/c/feed.atom")


def test_a_feed_at_another_address_is_found_from_the_old_one(make_site: SiteFactory) -> None:
    files = {
        "posts/a.md": post("Upper", "2026-05-01", "tags: C"),
        "posts/b.md": post("Lower", "2026-05-02", "tags: c"),
    }
    folder = make_site(files, config=CONFIG)
    [old] = [one for one in told(folder, NOW).topics() if re.fullmatch(r"/tags/c-.*atom", one)]
    (folder / "posts/a.md").unlink()
    made = told(folder, LATER)
    assert made.redirect(old) == "https://example.org/tags/c/feed.atom"
    assert made.departures()[old] == "/tags/c/feed.atom"
    assert all(target.startswith("/tags/c/") for target in made.departures().values())
    copy = (folder.parent / f"out{old}").read_text("utf-8")
    assert copy == at(made, "/tags/c/feed.atom")
    assert 'rel="self"' in copy
    # The page of the post leads to where the feed is.
    [page] = [one for one in made.paths() if one.endswith("/b/")]
    exported = (folder.parent / f"out{page}index.html").read_text("utf-8")
    assert "/tags/c/" in exported
    assert old.removesuffix("feed.atom") not in exported


def test_a_post_that_moved_and_was_removed_is_gone_from_both_addresses(
    make_site: SiteFactory,
) -> None:
    files = {"posts/a.md": post("A", "2026-05-01", "permalink: /x/")}
    folder = make_site(files, config=CONFIG)
    told(folder, NOW)
    make_site({"posts/a.md": post("A", "2026-05-01", "permalink: /y/")})
    assert told(folder, LATER).redirect("/x/") == "https://example.org/y/"
    (folder / "posts/a.md").unlink()
    made = told(folder, LATER + timedelta(days=1))
    assert [made.gone(path) for path in ("/x/", "/y/", "/z/")] == [True, True, False]
    assert made.redirect("/x/") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"posts/b.md": post("Late", "2020-01-01", "permalink: /x/")}),
        (
            {"posts/b.md": post("Late", "2020-01-01")},
            {"posts/b.md": post("Late", "2020-01-01", "permalink: /x/")},
        ),
    ],
    ids=["new", "moved there"],
)
def test_a_late_post_takes_no_page_from_another(
    make_site: SiteFactory, before: dict[str, str], after: dict[str, str]
) -> None:
    first = {"posts/a.md": post("Early", "2026-05-01", "permalink: /x/")}
    folder = make_site(first | before, config=CONFIG)
    assert "Of Early" in at(told(folder, NOW), "/x/")
    make_site(after)
    made = told(folder, LATER)
    assert "Of Early" in at(made, "/x/")
    [other] = [path for path in made.paths() if path.startswith("/x-")]
    assert "Of Late" in at(made, other)


def test_nothing_is_told_at_the_addresses_of_posts_without_pages_of_ours(
    make_site: SiteFactory,
) -> None:
    files = {"posts/a.md": post("A", "2026-05-01", "permalink: /x/", "aliases: /w/")}
    folder = make_site(files, config=f'{CONFIG}pages = "none"\n')
    made = told(folder, NOW)
    assert made.get("/x/") is None
    assert made.redirect("/w/") is None
    make_site({"posts/a.md": post("A", "2026-05-01", "permalink: /y/")})
    assert told(folder, LATER).redirect("/x/") is None
    (folder / "posts/a.md").unlink()
    assert not told(folder, LATER + timedelta(days=1)).gone("/y/")


@pytest.mark.parametrize(("name", "field"), [("c", "lang: en"), ("a", "id: another")])
def test_a_post_keeps_its_page_from_older_ones_whatever_becomes_of_its_name_or_id(
    make_site: SiteFactory, name: str, field: str
) -> None:
    fields = ["2026-05-01", "permalink: /x/"]
    files = {"posts/a.md": post("Early", *fields), "posts/b.md": post("Old", "2020-01-01")}
    folder = make_site(files, config=CONFIG)
    told(folder, NOW)
    make_site({"posts/b.md": post("Old", "2020-01-01", "permalink: /x/")})
    told(folder, LATER)
    (folder / "posts/a.md").unlink()
    make_site({f"posts/{name}.md": post("Early", *fields, field)})
    assert "Of Early" in at(told(folder, LATER + timedelta(days=1)), "/x/")


@pytest.mark.parametrize("cache", ["cache", "made anew"])
def test_a_page_that_nobody_has_any_more_goes_to_who_was_seen_next(
    make_site: SiteFactory, cache: str
) -> None:
    files = {f"posts/{day}.md": post(day, f"2026-05-{day}", "permalink: /x/") for day in "12"}
    folder = make_site(files, config=CONFIG)
    export(open_site(folder, cache=folder.parent / "cache"), folder.parent / "out", now=NOW)
    make_site({"posts/late.md": post("Late", "2020-01-01", "permalink: /x/")})
    export(open_site(folder, cache=folder.parent / "cache"), folder.parent / "out", now=LATER)
    (folder / "posts/1.md").unlink()
    assert "Of 2." in at(publish(open_site(folder, cache=folder.parent / cache), LATER), "/x/")


@pytest.mark.parametrize("enabled", ["true", "false"])
@pytest.mark.parametrize("permalink", FEED.split())
def test_a_post_at_the_address_of_a_feed_has_a_page_of_its_own_and_a_finding(
    make_site: SiteFactory, permalink: str, enabled: str
) -> None:
    files = {"posts/a.md": post("Taken", "2026-05-01", "tags: c", f"permalink: {permalink}")}
    folder = make_site(files, config=f"{CONFIG}[ledger]\nenabled = {enabled}\n")
    site = open_site(folder)
    found = [one for one in inspect(site, NOW) if one.code == "permalink-meets"]
    assert [(one.path, one.line) for one in found] == [("posts/a.md", 5)]
    made = publish(site, NOW)
    [entry] = site.posts(NOW)
    assert entry.permalink in found[0].message
    assert "Of Taken" in at(made, entry.permalink.removeprefix("https://example.org"))
    assert entry.permalink in at(made, "/feed.atom")


@pytest.mark.parametrize(
    "permalink", ["/feedback/", "/tags/other/", "/tags/", "/archive/1/", "/c/"]
)
def test_a_post_beside_the_addresses_of_feeds_keeps_its_own(
    make_site: SiteFactory, permalink: str
) -> None:
    files = {"posts/a.md": post("Free", "2026-05-01", "tags: c", f"permalink: {permalink}")}
    folder = make_site(files, config=CONFIG)
    assert "Of Free" in at(told(folder, NOW), permalink)
    shutil.rmtree(folder.parent / "out")


@pytest.mark.parametrize("mine", ["https://example.org/mine", "urn:mine"])
def test_a_page_leads_on_from_where_it_was_though_its_author_chose_another_id(
    make_site: SiteFactory, mine: str
) -> None:
    steps = [("permalink: /x/",), ("permalink: /y/",), ("permalink: /y/", f"id: {mine}")]
    for day, fields in enumerate(steps, 1):
        files = {"posts/a.md": post("Moved", "2026-05-01", *fields)}
        made = told(make_site(files, config=CONFIG), datetime(2026, 6, day, tzinfo=UTC))
    assert made.redirect("/x/") == "https://example.org/y/"


@pytest.mark.parametrize("ids", ["az", "za"])
def test_an_address_leads_to_the_post_that_is_there_still_of_two_that_had_it(
    make_site: SiteFactory, ids: str
) -> None:
    first, then = (f"id: urn:{letter}" for letter in ids)
    steps = {
        "posts/a.md": ["permalink: /x/", "permalink: /y/", None, None],
        "posts/b.md": [None, "permalink: /x/", "permalink: /z/", "permalink: /z/"],
    }
    for day in range(4):
        folder = make_site({}, config=CONFIG)
        for (path, places), own in zip(steps.items(), (first, then), strict=True):
            if place := places[day]:
                make_site({path: post(path, "2026-05-01", place, own)})
            else:
                (folder / path).unlink(missing_ok=True)
        made = told(folder, datetime(2026, 6, 1 + day, tzinfo=UTC))
    assert made.redirect("/x/") == "https://example.org/z/"
