"""When documents last changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedsvc.site import open_site, publish

if TYPE_CHECKING:
    from tests.conftest import SiteFactory


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
