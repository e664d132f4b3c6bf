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
    site=SiteSettings(url="https://example.org", title="Words", subtitle="All.", language="en-GB"),
    languages={"wam": TermSettings(language="sw"), "de": TermSettings("Wörter", "Alle.")},
    tags={"c": TermSettings("The C language", "Of C.")},
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


@pytest.mark.parametrize(
    ("key", "title", "subtitle"),
    [
        (FeedKey.site(), "Words", "All."),
        (FeedKey(FeedKind.TAG, "C", "c"), "The C language – Words", "Of C."),
        (FeedKey(FeedKind.TAG, "D", "d"), "D – Words", ""),
        (FeedKey(FeedKind.SITE, "", "", "de"), "Wörter", "Alle."),
        (FeedKey(FeedKind.SITE, "", "", "wam"), "Words (wam)", ""),
        (FeedKey(FeedKind.TAG, "D", "d", "de"), "D – Wörter", ""),
    ],
)
def test_a_feed_is_named_after_its_term_and_the_site_in_its_language(
    key: FeedKey, title: str, subtitle: str
) -> None:
    made = head(SETTINGS, key, datetime(2026, 1, 1, tzinfo=UTC), {})
    assert (made.title, made.subtitle) == (title, subtitle)


def test_a_site_without_a_title_is_named_by_its_address() -> None:
    settings = SETTINGS._replace(site=SiteSettings(url="https://example.org"))
    made = head(settings, FeedKey.site(), datetime(2026, 1, 1, tzinfo=UTC), {})
    assert made.title == "https://example.org"
