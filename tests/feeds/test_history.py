"""What sharing posts out among archives promises, for any number of posts, limit and size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.feeds.history import History

NUMBERS = st.integers(1, 60)


def shared_out(count: int, limit: int, size: int) -> History:
    """A feed to which posts were only ever added, each newer than the last."""
    return History(count, max(0, count - limit), count, limit, size)


def places(history: History, number: int) -> range:
    return range(*history.span(number))


@given(st.integers(0, 500), NUMBERS, NUMBERS)
def test_archives_and_feed_together_hold_every_post(count: int, limit: int, size: int) -> None:
    history = shared_out(count, limit, size)
    held = [place for one in range(1, history.newest + 1) for place in places(history, one)]
    assert held == list(range(history.archived))
    shown = range(max(0, count - limit), count)
    assert set(held) | set(shown) == set(range(count))


@given(st.integers(0, 500), NUMBERS, NUMBERS)
def test_a_feed_that_holds_every_post_has_no_archive(count: int, limit: int, size: int) -> None:
    assert (shared_out(count, limit, size).newest == 0) == (count <= limit)


@given(st.integers(0, 500), NUMBERS, NUMBERS)
def test_settled_archives_are_full_and_have_a_successor(count: int, limit: int, size: int) -> None:
    history = shared_out(count, limit, size)
    for number in range(history.newest + 2):
        assert history.is_settled(number) == (0 < number < history.newest)
        if history.is_settled(number):
            assert len(places(history, number)) == size
            assert len(places(history, number + 1)) > 0


@given(st.integers(0, 500), st.integers(0, 100), NUMBERS, NUMBERS)
def test_settled_archives_hold_the_same_places_however_many_posts_follow(
    count: int, more: int, limit: int, size: int
) -> None:
    before, after = shared_out(count, limit, size), shared_out(count + more, limit, size)
    for number in range(1, before.newest):
        assert after.is_settled(number)
        assert before.span(number) == after.span(number)


@given(st.integers(0, 500), st.integers(0, 100), NUMBERS, NUMBERS)
def test_who_read_the_archive_that_fills_misses_nothing_while_its_mark_stays(
    count: int, more: int, limit: int, size: int
) -> None:
    before, after = shared_out(count, limit, size), shared_out(count + more, limit, size)
    if (before.newest, before.filled) == (after.newest, after.filled):
        assert before.archived >= after.places - limit


def test_the_archive_that_fills_grows_in_steps() -> None:
    marks = [shared_out(count, limit=20, size=100).archived for count in range(19, 62)]
    assert sorted(set(marks)) == [0, 20, 40, 60]
    assert marks == sorted(marks)


@given(st.integers(0, 500), st.data(), NUMBERS, NUMBERS)
def test_archives_hold_every_place_that_is_needed(
    places: int, data: st.DataObject, limit: int, size: int
) -> None:
    needed = data.draw(st.integers(0, places))
    history = History(places, needed, data.draw(st.integers(0, places)), limit, size)
    assert needed <= history.archived <= places
    assert (history.newest == 0) == (needed == 0 and places <= limit)


@given(st.integers(0, 500), NUMBERS, NUMBERS, NUMBERS)
def test_nothing_is_settled_where_posts_may_still_come_in_between(
    places: int, first: int, limit: int, size: int
) -> None:
    history = History(places, max(0, places - limit), min(first, places), limit, size)
    for number in range(1, history.newest + 1):
        if history.is_settled(number):
            assert history.span(number)[1] <= history.open


@given(st.integers(1, 12), NUMBERS, NUMBERS)
def test_an_archive_has_a_successor_from_the_place_on_that_it_reaches_to(
    number: int, limit: int, size: int
) -> None:
    reach = shared_out(0, limit, size).reach(number)
    assert shared_out(reach - 1, limit, size).newest == number
    assert shared_out(reach, limit, size).newest == number + 1
