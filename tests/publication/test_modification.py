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
