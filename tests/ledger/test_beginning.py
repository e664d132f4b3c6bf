"""The first telling, put together from parts, is what telling of all at once comes to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.ledger import Beginning, Ledger, Made, Observation, Step, begin
from feedsvc.ledger.text import parse

from .runs import Room, dump

NOW = datetime(2026, 6, 1, 12, 0, 0, tzinfo=UTC)
texts = st.text(max_size=5)
instants = st.datetimes(
    min_value=datetime(2026, 5, 1), max_value=datetime(2026, 7, 1), timezones=st.just(UTC)
)
posts = st.builds(
    Observation,
    path=st.just(""),
    minted=st.just(""),
    title=texts,
    published=instants,
    dated=texts,
    source=st.sampled_from(["", "s"]),
    id=st.none() | st.just(""),
    named=texts,
    starts=st.none() | instants,
    updated=st.none() | instants,
    visible=st.booleans(),
    readable=st.sampled_from([True, True, False]),
    meaning=st.none() | st.just("1.m"),
    feeds=st.sampled_from([(), ("", "tags/ä")]),
)
MADE = Made("digest", "https://blog.example")
FEEDS = [FeedKey(FeedKind.SITE, "", ""), FeedKey(FeedKind.TAG, "Ä", "ä")]


def step(posts: list[Observation], made: Made | None = MADE) -> Step:
    return Step(Room(posts), None, frozenset(), FEEDS, [""], NOW, made, None, None)


@given(st.lists(posts, max_size=6), st.integers(0, 6), st.none() | st.just(MADE))
def test_parts_come_to_what_the_whole_comes_to(
    given_posts: list[Observation], cut: int, made: Made | None
) -> None:
    names = [
        post._replace(
            path=f"{at}.md", minted=f"tag:{at}", id=None if post.id is None else f"urn:{at}"
        )
        for at, post in enumerate(given_posts)
    ]
    parts = [begin(names[:cut], NOW), begin(names[cut:], NOW)]
    whole = step(names, made)
    keys = [key for part in parts for key in part.keys]
    lines = [line for part in parts for line in part.lines]
    expected = whole.take(Ledger())
    outcome = Beginning(whole, keys, lines).take(Ledger())
    assert dump(outcome.ledger) == dump(expected.ledger)
    assert outcome.changed == expected.changed
    assert outcome.ledger.made == expected.ledger.made
    assert isinstance(whole.hearing, Room)
    assert parts[0].assignments | parts[1].assignments == whole.hearing.told
    assert dump(parse(dump(outcome.ledger), "x")) == dump(outcome.ledger)


def test_where_somebody_else_was_the_first_it_is_the_usual_step() -> None:
    (one,) = [Observation("a.md", "tag:a", "A", NOW - timedelta(days=2), "", "s")]
    theirs = step([one]).take(Ledger()).ledger
    mine = begin([one._replace(title="Mine")], NOW)
    usual = step([one])
    outcome = Beginning(usual, mine.keys, mine.lines).take(theirs)
    assert not outcome.changed
    assert outcome.ledger is theirs
    assert isinstance(usual.hearing, Room)
    assert list(usual.hearing.told) == ["a.md"]
