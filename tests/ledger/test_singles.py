"""Posts told of one by one come out as they do when all are looked at together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.ledger import Ledger, Observation, reconcile
from feedsvc.ledger.evidence import is_as_it_was
from feedsvc.ledger.singles import Singles

from .runs import Room, Run, dump, reconciled

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.ledger.values import Record

NOW = datetime(2026, 6, 1, 12, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# (few values of each, so that posts meet: the last two paths differ in their normal form only)
PATHS = ["a.md", "b.md", "c.md", "\u00e9.md", "e\u0301.md"]
WORDS = ["", "s", "t"]
instants = st.sampled_from([NOW - 9 * DAY, NOW - 8 * DAY])

posts = st.builds(
    Observation,
    path=st.just(""),
    minted=st.sampled_from(["id1", "id2", "id3"]),
    title=st.sampled_from(["one", "two"]),
    published=instants,
    dated=st.sampled_from(["1", "2"]),
    source=st.sampled_from(WORDS),
    sketch=st.sampled_from(["", "AAAABBBBCCCCDDDD", "AAAABBBBCCCCEEEE"]),
    id=st.none() | st.sampled_from(["id1", "mine", "yours"]),
    named=st.sampled_from(["", "text"]),
    updated=st.none() | instants,
    visible=st.booleans(),
    readable=st.sampled_from([True, True, True, False]),
    meaning=st.none() | st.sampled_from(["1.m", "1.n"]),
    file=st.sampled_from(["", "f", "g"]),
    feeds=st.none() | st.sampled_from([(), ("", "tags/a")]),
    link=st.sampled_from(["/a/", "/b/"]),
)
folders = st.dictionaries(st.sampled_from(PATHS), posts)
histories = st.lists(st.tuples(folders, st.booleans()), min_size=1, max_size=4)


def together(_self: Singles, _post: Observation) -> Record | None:
    return None


@given(histories)
def test_posts_are_told_of_one_by_one_as_they_are_together(
    history: list[tuple[dict[str, Observation], bool]],
) -> None:
    ledger = Ledger()
    now = NOW
    known: dict[str, Observation] = {}
    for folder, partly in history:
        now += DAY
        files = {path: post._replace(path=path) for path, post in folder.items()}
        observed, gone = list(files.values()), None
        if partly:  # only what differs, and the paths that have gone
            observed = [post for path, post in files.items() if known.get(path) != post]
            gone = sorted(known.keys() - files.keys())
        singly = reconciled(ledger, observed, now, gone=gone)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Singles, "_record", together)
            all_at_once = reconciled(ledger, observed, now, gone=gone)
        assert dump(singly.ledger) == dump(all_at_once.ledger)
        assert singly.assignments == all_at_once.assignments
        assert effects(singly) == effects(all_at_once)
        assert {str(one) for one in singly.findings} == {str(one) for one in all_at_once.findings}
        ledger, known = singly.ledger, files


def effects(run: Run) -> tuple[object, ...]:
    return (run.outcome.vital, run.outcome.shifted, run.outcome.left)


def test_what_stayed_is_told_of_as_it_comes_and_the_rest_in_the_end(
    post: Callable[..., Observation], now: datetime
) -> None:
    before = [post(f"{name}.md", body=f"Body of {name}.") for name in "abcd"]
    ledger = reconciled(Ledger(), before, now).ledger
    room = Room([*before[:3], post("new.md", body="Another one, and it is new.")])
    outcome = reconcile(ledger, room, now + DAY)
    assert sorted(room.heard) == ["a.md", "b.md", "c.md"]
    assert sorted(room.last) == ["new.md"]
    assert [record.path for record in outcome.ledger.removed()] == ["d.md"]


def test_a_post_that_was_only_just_read_is_in_the_feeds_that_it_was_in(
    post: Callable[..., Observation], now: datetime
) -> None:
    one = post(feeds=("", "tags/a"), led="abc")
    ledger = reconciled(Ledger(), [one], now).ledger
    assert is_as_it_was(one, next(ledger.records()))
    outcome = reconciled(ledger, [one._replace(feeds=None, led=None)], now + DAY)
    assert not outcome.changed
