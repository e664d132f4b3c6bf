"""What a feed says of itself before any entry."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsvc.feeds.heads import head
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.settings import Settings, SiteSettings, TermSettings

SETTINGS = Settings(
    Path("/nowhere"),
    site=SiteSettings(url="https://example.org", title="Words", language="en-GB"),
    languages={"wam": TermSettings(language="sw")},
)


@pytest.mark.parametrize(
    ("folder", "language"),
    [
        ("", "en-GB"),
        ("pt-br", "pt-br"),
        ("wam", "sw"),  # as configured
        ("de2", "en-GB"),
        ("hive", "en-GB"),  # four letters are nobody's yet
    ],
)
def test_a_feed_names_a_language_that_a_tag_can_be(folder: str, language: str) -> None:
    key = FeedKey(FeedKind.SITE, "", "", folder)
    assert head(SETTINGS, key, datetime(2026, 1, 1, tzinfo=UTC), {}).language == language
