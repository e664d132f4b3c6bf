"""The list of feeds, read by a real OPML reader."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from feedsvc.feeds.values import FeedKey, FeedKind, FeedListing
from feedsvc.formats import opml
from feedsvc.settings import Settings

from .samples import SETTINGS, URL

listparser = pytest.importorskip("listparser", reason="listparser (PyPI) is not installed")
NOW = datetime(2022, 5, 30, tzinfo=UTC)


def listing(kind, name, slug):
    key = FeedKey(kind, name, slug)
    paths = {"atom": f"{key.folder}feed.atom", "rss": f"{key.folder}feed.rss"}
    return FeedListing(key=key, title=name or "Fish & <Chips>", size=1, updated=NOW, paths=paths)


LISTINGS = (
    listing(FeedKind.TAG, "C++\x0b", "c++"),
    listing(FeedKind.SITE, "", ""),
    listing(FeedKind.AUTHOR, "Zoë", "zoë"),
    listing(FeedKind.CATEGORY, "上海发布", "shanghaifabu"),
    listing(FeedKind.TAG, "a & b", "a-b"),
)


def test_a_reader_finds_every_feed_once_below_its_group():
    found = listparser.parse(opml.document(LISTINGS, SETTINGS))

    assert not found.bozo
    assert found.meta.title == "Fish & <Chips>"
    assert [(feed.title, feed.url, feed.categories) for feed in found.feeds] == [
        ("Fish & <Chips>", f"{URL}/feed.atom", []),
        ("上海发布", f"{URL}/categories/shanghaifabu/feed.atom", [["Categories"]]),
        ("C++", f"{URL}/tags/c++/feed.atom", [["Tags"]]),
        ("a & b", f"{URL}/tags/a-b/feed.atom", [["Tags"]]),
        ("Zoë", f"{URL}/authors/zo%C3%AB/feed.atom", [["Authors"]]),
    ]


def test_each_feed_names_its_page_and_its_kind():
    root = etree.fromstring(opml.document(LISTINGS, SETTINGS))
    first = root.find("body/outline")

    assert root.get("version") == "2.0"
    assert (first.get("type"), first.get("htmlUrl")) == ("rss", f"{URL}/")


def test_a_site_without_feeds_or_title_is_still_a_list():
    found = listparser.parse(opml.document((), Settings(folder=SETTINGS.folder)))

    assert not found.bozo
    assert found.meta.title == "http://localhost:8000"
