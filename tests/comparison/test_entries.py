"""What happens to an entry, case by case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.comparison.entries import Side, changes, vanished
from feedsvc.comparison.published import Published
from feedsvc.comparison.values import Kind
from feedsvc.model import Post, State
from feedsvc.received import ReceivedEntry, ReceivedFeed

SITE = "https://x.example"
DAY = datetime(2020, 1, 2, 12, 0, tzinfo=UTC)
NOW = DAY + timedelta(days=99)


def entry(name: str, day: int = 0, **fields) -> ReceivedEntry:
    at = DAY + timedelta(days=day)
    known = {
        "id": f"urn:{name}",
        "link": f"{SITE}/{name}/",
        "title": f"Post {name}",
        "published": at,
        "updated": at,
        "html": f"<p>Text of {name}</p>",
    }
    return ReceivedEntry(**(known | fields))


def side(*entries: ReceivedEntry, base: str = SITE, **fields) -> Side:
    return Side(ReceivedFeed(entries, **fields), base)


def published(*entries: ReceivedEntry, removed: tuple[str, ...] = ()) -> Published:
    posts = [
        Post(f"{one.id}.md", one.id, one.link, one.title, one.published, one.published, "")
        for one in entries
    ]
    return Published(posts, removed, NOW, SITE)


def told(before: Side, after: Side, *more: ReceivedEntry, removed: tuple[str, ...] = ()):
    """The kinds of changes by id, where `more` is published beside what the feed shows."""
    known = published(*after.feed.entries, *more, removed=removed)
    return {change.id: change.kind for change in changes(before, after, known)}


def test_the_same_is_no_change():
    assert told(side(entry("a"), entry("b")), side(entry("b"), entry("a"))) == {}


def test_what_was_not_there_is_new():
    assert told(side(entry("a")), side(entry("b", 1), entry("a"))) == {"urn:b": Kind.NEW}


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("title", "Other", "title"),
        ("html", "<p>Other</p>", "content"),
        ("media", ("https://x.example/a.mp3",), "content"),
        ("link", f"{SITE}/other/", "link"),
        ("published", DAY - timedelta(hours=8), "published"),
    ],
)
def test_an_edit_is_silent_unless_updated_tells(field, value, what):
    before, after = side(entry("a")), side(entry("a", **{field: value}))
    (change,) = changes(before, after, published())
    assert (change.kind, change.what) == (Kind.SILENT, (what,))
    later = {"updated": DAY + timedelta(days=1), field: value}
    (change,) = changes(before, side(entry("a", **later)), published())
    assert (change.kind, change.what) == (Kind.UPDATED, (what, "updated"))


def test_updated_alone_shows_an_entry_again():
    after = side(entry("a", updated=DAY + timedelta(seconds=1)))
    assert told(side(entry("a")), after) == {"urn:a": Kind.UPDATED}


def test_a_feed_that_tells_no_updates_announces_none():
    before = side(entry("a", updated=None, published=None, link=""))
    assert told(before, side(entry("a"))) == {}
    assert told(before, side(entry("a", html="x"))) == {"urn:a": Kind.SILENT}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>“A  text”</p>", "<div>\n\"A text\"</div>"),
        (f'<a href="{SITE}/b">b</a>', '<a href="https://moved.example/blog/b">b</a>'),
        (f'<img src="{SITE}/a.0a1b2c3d.png">', '<img src="https://moved.example/blog/a.png">'),
    ],
)  # fmt: skip
def test_markup_style_and_a_new_address_of_the_site_are_no_edit(one, other):
    after = side(
        entry("a", html=other, link="https://moved.example/blog/a"),
        base="https://moved.example/blog",
    )
    assert told(side(entry("a", html=one)), after) == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Retitled", "html": "Rewritten", "published": DAY + timedelta(days=1)},
        {"link": f"{SITE}/elsewhere/", "html": "Rewritten"},
        {"link": f"{SITE}/elsewhere/", "published": DAY + timedelta(days=1)},
    ],
)
def test_a_post_under_another_id_is_a_duplicate(fields):
    before, after = side(entry("a")), side(entry("a", id="urn:new", **fields))
    (change,) = changes(before, after, published(*after.feed.entries))
    assert (change.kind, change.id, change.was) == (Kind.DUPLICATE, "urn:new", "urn:a")


def test_a_post_whose_old_id_is_still_published_is_no_duplicate():
    twin = entry("a", id="urn:twin")
    assert told(side(entry("a")), side(entry("a"), twin)) == {"urn:twin": Kind.NEW}
    assert told(side(entry("a")), side(twin), entry("a", -1)) == {"urn:twin": Kind.NEW}


def test_entries_without_text_are_not_taken_for_each_other():
    before = side(entry("a", title="", html=""))
    after = side(entry("b", title="", html=""))
    assert told(before, after) == {"urn:b": Kind.NEW, "urn:a": Kind.MISSING}


def test_older_entries_make_room():
    before = side(entry("b", 1), entry("a"))
    after = side(entry("c", 2), entry("b", 1))
    assert told(before, after, entry("a")) == {"urn:c": Kind.NEW}
    undated = entry("a", published=None, updated=None)
    assert told(side(entry("b", 1), undated), after, entry("a")) == {"urn:c": Kind.NEW}


def test_what_is_no_longer_published_is_missing_however_old_it_is():
    before = side(entry("b", 1), entry("a"))
    after = side(entry("c", 2), entry("b", 1))
    assert told(before, after) == {"urn:c": Kind.NEW, "urn:a": Kind.MISSING}


def test_a_post_that_leaves_a_feed_is_not_missing():
    before = side(entry("b", 1), entry("a"))
    assert told(before, side(entry("a")), entry("b", 1)) == {"urn:b": Kind.LEFT}
    assert told(before, side(), entry("a"), entry("b")) == {"urn:b": Kind.LEFT, "urn:a": Kind.LEFT}


def test_what_is_taken_back_knowingly_is_removed():
    before, after = side(entry("b", 1), entry("a")), side(entry("a"))
    deleted = Side(ReceivedFeed(after.feed.entries, deleted=frozenset({"urn:b"})), SITE)
    assert told(before, deleted) == {"urn:b": Kind.REMOVED}
    assert told(before, after, removed=("urn:b",)) == {"urn:b": Kind.REMOVED}


def test_drafts_expired_and_hidden_posts_are_not_published():
    def known(**fields):
        post = Post("a.md", "urn:a", f"{SITE}/a/", "A", DAY, DAY, "", **fields)
        return Published([post], (), NOW, SITE)

    assert known().has(entry("a"), SITE)
    assert known().has(entry("a", id="urn:other"), SITE)
    for fields in ({"withheld": State.DRAFT}, {"ends": NOW}, {"in_feeds": False}):
        assert not known(**fields).has(entry("a"), SITE)


def test_entries_of_a_vanished_feed_are_missing_unless_they_are_elsewhere():
    found = vanished(side(entry("a"), entry("b")), published(entry("a")))
    assert [(change.id, change.kind) for change in found] == [
        ("urn:a", Kind.LEFT),
        ("urn:b", Kind.MISSING),
    ]
