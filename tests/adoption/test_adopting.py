"""What goes into the ledger, and what subscribers see of it afterwards."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest

from feedsvc.adoption import adopt, plan
from feedsvc.ledger import Ledger, Record
from feedsvc.ledger.text import parse
from feedsvc.model import State
from feedsvc.received import ReceivedEntry
from feedsvc.received.history import History
from tests.ledger.runs import dump

from .test_matching import DAY, SITE, make_post

NOW = DAY + timedelta(days=900)
POSTS = [make_post("a"), make_post("b")]


def source(*entries: ReceivedEntry) -> History:
    return History("feed", entries, SITE, frozenset())


def entry(name: str, identity: str = "", **fields) -> ReceivedEntry:
    return ReceivedEntry(identity or f"urn:{name}", f"{SITE}/2020/{name}", **fields)


def run(*sources, posts=POSTS, ledger=None, own=None):
    """Plan and adopt, through the text of the ledger and twice; returns both."""
    held = ledger or Ledger()
    found = plan(sources, posts, SITE, held, own or {})
    outcome = adopt(held, found, NOW)
    after = parse(dump(outcome.ledger), "x")
    assert not adopt(after, plan(sources, posts, SITE, after, own or {}), NOW).changed
    return found, after


def test_id_and_dates_are_those_that_the_feed_told():
    told = entry("a", published=DAY - timedelta(hours=8), updated=DAY + timedelta(days=3))
    _, ledger = run(source(told))
    record = ledger.get("urn:a")
    assert (record.path, record.seen, record.published) == ("a.md", told.published, told.published)
    assert record.updated == told.updated


def test_what_is_dated_in_the_future_has_been_seen_by_now_and_changes_nothing_later():
    """Else every document would seem to change in that year, until it has come."""
    coming = NOW + timedelta(days=4000)
    posts = [make_post("a"), make_post("later", published=coming, starts=DAY)]
    _, ledger = run(source(entry("a", published=coming)), posts=posts)
    assert {record.path: record.seen for record in ledger.records()} == dict.fromkeys(
        ("a.md", "later.md"), NOW
    )
    assert {record.published for record in ledger.records()} == {coming}
    assert ledger.latest() == NOW


def test_what_the_feed_does_not_tell_is_the_posts_own():
    _, ledger = run(source(entry("a", updated=DAY - timedelta(days=1))))
    record = ledger.get("urn:a")
    assert record.published == record.updated == DAY


def test_a_first_run_notes_the_other_published_posts_as_told_at_their_dates():
    posts = [
        *POSTS,
        make_post("draft", withheld=State.DRAFT),
        make_post("later", published=NOW + timedelta(days=1)),
        make_post("page", in_feeds=False),
        make_post("same")._replace(id="tag:b"),
    ]
    _, ledger = run(source(entry("a")), posts=posts)
    assert {record.path: record.seen for record in ledger.records()} == {"a.md": DAY, "b.md": DAY}


def test_a_ledger_that_knows_posts_gets_only_what_was_matched():
    _, ledger = run(source(entry("a")), ledger=Ledger().with_records([known("c.md", "tag:c")]))
    assert {record.path for record in ledger.records()} == {"a.md", "c.md"}


def known(path: str, identity: str, **fields) -> Record:
    return Record(path, identity, f"/{path}/", "T", DAY, DAY, DAY, **fields)


def test_a_post_known_by_another_id_gets_that_of_the_feed():
    before = known("a.md", "tag:a", meaning="1.x", source="s", dated="2020", moved=("/old/",))
    _, ledger = run(source(entry("a", published=DAY)), ledger=Ledger().with_records([before]))
    assert ledger.at("a.md") == before._replace(id="urn:a")
    former = ledger.get("tag:a")
    assert former.removed == former.seen
    assert (former.source, former.moved) == ("", ())


def test_what_the_ledger_tells_of_an_id_stays():
    before = known("a.md", "urn:a")
    told = entry("a", published=DAY - timedelta(days=9))
    _, ledger = run(source(told), ledger=Ledger().with_records([before]))
    assert ledger.get("urn:a") == before


def test_a_post_that_was_removed_or_moved_gets_its_id_back():
    gone = known("a.md", "urn:a", removed=NOW)
    assert run(source(entry("a")), ledger=Ledger().with_records([gone]))[1].at("a.md").id == "urn:a"
    moved = known("old.md", "urn:a")
    ledger = run(source(entry("a")), ledger=Ledger().with_records([moved]))[1]
    assert ledger.at("a.md").id == "urn:a"
    assert ledger.at("old.md") is None


def test_the_id_of_another_post_is_not_taken():
    ledger = Ledger().with_records([known("b.md", "urn:a")])
    found, after = run(source(entry("a")), ledger=ledger)
    assert found.matches == ()
    assert found.doubts[0].reason == "its id is that of b.md already"
    assert after.at("b.md").id == "urn:a"
    found, _ = run(source(entry("a")), source(entry("b", "urn:a")))
    assert found.doubts[0].reason == "its id is that of a.md already"


def test_the_first_feed_wins():
    found, ledger = run(source(entry("a")), source(entry("a", "urn:rss"), entry("b")))
    assert ledger.at("a.md").id == "urn:a"
    assert ledger.at("b.md").id == "urn:b"
    assert found.doubts[0].reason == "a.md has the id urn:a in a feed named earlier"


def test_what_one_feed_leaves_open_another_may_settle():
    vague = ReceivedEntry("urn:a", title="?")
    found, _ = run(source(vague), source(entry("a")), source(vague))
    assert found.unmatched == ()
    assert run(source(vague), source(vague))[0].unmatched == (vague,)


def test_what_subscribers_have_wins_over_front_matter_that_they_were_never_shown():
    own = {"a.md": "7fd1", "b.md": "urn:b"}
    found, ledger = run(source(entry("a"), entry("b")), own=own)
    assert not found.doubts
    assert (ledger.at("a.md").id, ledger.at("a.md").named) == ("urn:a", "7fd1")
    assert (ledger.at("b.md").id, ledger.at("b.md").named) == ("urn:b", "")


@pytest.mark.parametrize("named", ["", "7fd1"])
def test_front_matter_that_subscribers_were_told_since_wins(named):
    told = known("a.md", "tag:a", named=named)
    found, ledger = run(
        source(entry("a")), ledger=Ledger().with_records([told]), own={"a.md": "7fd1"}
    )
    assert "front matter" in found.doubts[0].reason
    assert ledger.at("a.md").id == "tag:a"


def test_a_doubt_names_the_posts():
    posts = [make_post("a", title="T"), make_post("b", title="T")]
    found, _ = run(source(ReceivedEntry("urn:x", title="T", published=DAY)), posts=posts)
    assert found.doubts[0].reason == "may be a.md or b.md"


def test_names_are_kept_in_the_form_of_the_ledger():
    name = unicodedata.normalize("NFD", "é")
    posts = [make_post(name)._replace(permalink=f"{SITE}/2020/e")]
    _, ledger = run(source(entry("e")), posts=posts)
    assert ledger.at("é.md").id == "urn:e"
