"""When documents last changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from feedsvc.site import open_site, publish

if TYPE_CHECKING:
    from feedsvc.site import Site
    from tests.conftest import SiteFactory

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def changed(site: Site, now: datetime, path: str = "/feed.atom") -> tuple[datetime | None, bytes]:
    """When a document last changed as subscribers are told at `now`, and its bytes."""
    document = site.publication(now, keep=True).get(path)
    assert document is not None
    return document.last_modified, document.body


def posts(*days: int, text: str = "Words.") -> dict[str, str]:
    return {f"posts/{day}.md": f"---\ndate: 2026-05-{day:02}\n---\n{text}\n" for day in days}


def test_a_site_without_a_post_yet_does_not_tell_when_it_changed(
    make_site: SiteFactory,
) -> None:
    """Nothing remembers when its title did, so no date may keep the old one in a cache."""
    site = open_site(make_site({"posts/a.md": "---\ndraft: true\n---\nLater."}))
    publication = publish(site, datetime(2026, 6, 1, tzinfo=UTC))
    for path in ("/feed.atom", "/feed.json", "/feeds.opml", "/"):
        document = publication.get(path)
        assert document is not None
        assert document.last_modified is None


def test_without_a_ledger_a_feed_changed_when_its_post_expired(make_site: SiteFactory) -> None:
    folder = make_site(
        {
            "posts/a.md": "---\ndate: 2026-05-01\n---\nStays.",
            "posts/b.md": "---\ndate: 2026-05-02\nexpires: 2026-05-20\n---\nGoes.",
        },
        config='[site]\ntimezone = "UTC"\n[ledger]\nenabled = false\n',
    )
    for day, updated in ((10, "2026-05-02"), (21, "2026-05-20")):
        feed = publish(open_site(folder), datetime(2026, 5, day, tzinfo=UTC)).get("/feed.atom")
        assert feed is not None
        head = feed.body.decode().partition("<entry>")[0]
        assert f"<updated>{updated}T00:00:00Z</updated>" in head.replace("+00:00", "Z")


def test_a_feed_changed_when_a_late_post_ceased_to_be_news(make_site: SiteFactory) -> None:
    config = '[site]\ntimezone = "UTC"\n[feeds]\nlimit = 2\nwindow_days = 14\n'
    site = open_site(make_site(posts(1, 2), config=config))
    changed(site, NOW)
    make_site({"posts/late.md": "---\ndate: 2020-01-01\n---\nLate.\n"})
    at, shown = changed(site, NOW + DAY)
    assert at == NOW + DAY
    assert changed(site, NOW + 14 * DAY) == (at, shown)
    gone_at, left = changed(site, NOW + 20 * DAY)
    assert gone_at == at + 14 * DAY
    assert left != shown


def test_an_archive_changed_when_its_own_post_was_edited(make_site: SiteFactory) -> None:
    config = '[site]\ntimezone = "UTC"\n[feeds]\nlimit = 2\narchive_size = 4\n'
    site = open_site(make_site(posts(*range(1, 20)), config=config))
    path = "/archive/1/feed.atom"
    at, _ = changed(site, NOW, path)
    make_site(posts(12, text="Edited."))
    assert changed(site, NOW + DAY, path)[0] == at
    make_site(posts(3, text="Edited."))
    assert changed(site, NOW + 2 * DAY, path)[0] == NOW + 2 * DAY


def test_a_document_of_the_same_bytes_holds_until_what_is_scheduled_since(
    make_site: SiteFactory,
) -> None:
    site = open_site(make_site(posts(1, 31), config='[site]\ntimezone = "UTC"\n'))
    document = site.publication(NOW, keep=True).get("/feed.atom")
    assert document is not None
    make_site({"posts/coming.md": "---\ndate: 2026-06-05\n---\nComing.\n"})
    later = site.publication(NOW + DAY, keep=True).get("/feed.atom")
    assert later == document._replace(valid_until=datetime(2026, 6, 5, tzinfo=UTC))
