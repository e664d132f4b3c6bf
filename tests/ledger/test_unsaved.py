"""What a file lacks of what was told: found, kept as bytes, and taken over where it still fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from feedsvc.ledger import FeedRecord, Ledger, Made, Record, Unsaved
from feedsvc.ledger.lines import encode
from feedsvc.ledger.text import parse

from .runs import dump
from .test_text import feeds, records

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NOTHING = Made()
MADE = st.sampled_from([NOTHING, Made("a", "https://a.example"), Made("b", "", NOW)])


def ledger(
    posts: Sequence[Record], made: Made = NOTHING, lists: Sequence[FeedRecord] = ()
) -> Ledger:
    built = Ledger().with_records(posts).with_feeds(lists).with_made(made)
    return parse(dump(built), "x")  # lines that nobody has decoded


def is_sound(one: Ledger) -> bool:
    visible = [record.path for record in one.records() if record.removed is None]
    return sorted(visible) == sorted(one.paths())


sound = st.builds(
    ledger,
    st.lists(records, max_size=6, unique_by=(lambda one: one.id, lambda one: one.path)),
    MADE,
    st.lists(feeds, max_size=3, unique_by=lambda one: one.feed),
)


@given(sound, sound)
def test_what_the_file_lacks_makes_it_the_ledger_that_was_told(file: Ledger, more: Ledger) -> None:
    told = file.with_records(more.records()).with_feeds(more.feeds.values()).with_made(more.made)
    assume(is_sound(told))
    assume(len(file) or not file.feeds)
    unsaved = Unsaved.between(file, told)
    assert unsaved.is_anything == (dump(file) != dump(told))
    kept = Unsaved.parse(unsaved.dump())
    assert kept == unsaved
    assert dump(kept.onto(file)) == dump(told)
    assert kept.onto(told) is told


@given(sound, sound, sound)
def test_whatever_the_file_has_become_the_ledger_is_sound_and_the_file_is_right(
    file: Ledger, more: Ledger, other: Ledger
) -> None:
    told = file.with_records(more.records())
    assume(is_sound(told))
    unsaved = Unsaved.between(file, told)
    found = unsaved.onto(other)
    assert is_sound(found)
    for identity, (before, _) in unsaved.posts.items():
        there = other.get(identity)
        if (None if there is None else encode(there).decode()) != before:
            assert found.get(identity) == other.get(identity)
    assert unsaved.onto(found) is found


def record(name: str, **fields: object) -> Record:
    known = Record(f"{name}.md", name, f"/{name}/", name, NOW, NOW, NOW, file="f1")
    return known._replace(**fields)  # type: ignore[arg-type]


def test_a_place_that_another_post_got_is_not_taken_from_it() -> None:
    file = ledger([record("a")])
    unsaved = Unsaved.between(file, file.with_records([record("b")]))
    taken = ledger([record("a"), record("c", path="b.md")])
    assert unsaved.onto(taken) is taken


def test_a_place_that_its_post_left_in_the_same_run_is_free() -> None:
    file = ledger([record("a")])
    told = file.with_records([record("a", path="moved.md"), record("b", path="a.md")])
    assert dump(Unsaved.between(file, told).onto(file)) == dump(told)


def test_a_file_that_was_lost_takes_nothing_over() -> None:
    file = ledger([record("a")])
    unsaved = Unsaved.between(file, file.with_records([record("b")]))
    assert len(unsaved.onto(Ledger())) == 0
    first = Unsaved.between(Ledger(), file)
    assert dump(first.onto(Ledger())) == dump(file)


def test_only_what_subscribers_were_told_is_vital() -> None:
    file = ledger([record("a")], lists=[FeedRecord("/", "")])
    later = NOW + timedelta(hours=1)
    for told, vital in (
        (file.with_records([record("a", file="f2", led="x", touched=later)]), False),
        (file.with_feeds([FeedRecord("/", "", touched=later)]), False),
        (file.with_made(Made("b")), False),
        (file.with_records([record("a", updated=later)]), True),
        (file.with_records([record("b")]), True),
        (file.with_feeds([FeedRecord("/", "", gone=later)]), True),
        (file.with_feeds([FeedRecord("/", "All")]), True),
        (file.with_feeds([FeedRecord("/tags/x/", "x")]), True),
    ):
        assert Unsaved.between(file, told).is_vital == vital


def test_of_two_that_were_told_one_after_the_other_the_later_stands() -> None:
    file = ledger([record("a")])
    one = file.with_records([record("a", title="1"), record("b")])
    other = file.with_records([record("a", title="2"), record("c")])
    both = Unsaved.between(file, one).then(Unsaved.between(file, other)).onto(file)
    assert {post.id: post.title for post in both.records()} == {"a": "2", "b": "b", "c": "c"}


def test_only_where_nothing_was_known_at_either_time_was_it_the_first_telling() -> None:
    empty, one = Ledger(), ledger([record("a")])
    first = Unsaved.between(empty, one)
    later = Unsaved.between(one, one.with_records([record("b")]))
    assert (first.first, later.first) == (True, False)
    assert first.then(first).first
    assert not first.then(later).first
    assert not later.then(first).first
