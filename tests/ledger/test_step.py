"""One run over posts and feeds: instants that are later than others, feeds that begin and end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.ledger import Ledger, Made, Observation, Reconciled, Step, Unsaved

from .runs import DAY, Room

Make = Callable[..., Observation]
OTHER = "Owls turn their heads. Not all the way round, as people say. Fourteen bones allow it."
SITE, TAG = FeedKey.site(), FeedKey(FeedKind.TAG, "x", "x")
FOLDER = "/tags/x/"
NOTHING = Step(Room([]), None, frozenset(), [], [], datetime.min, None, None, None)


def take(file: Ledger, posts: Iterable[Observation], now: datetime, **more: Any) -> Reconciled:
    return NOTHING._replace(hearing=Room(posts), now=now, **more).take(file)


def test_what_is_known_of_one_ledger_is_not_taken_for_known_of_another(
    now: datetime, post: Make
) -> None:
    file = take(Ledger(), [post(updated=now)], now).ledger
    room = Room([post(updated=now), post("b.md", OTHER)])
    step = NOTHING._replace(hearing=room, now=now, known=(Ledger(), now - DAY))
    step.take(file)
    assert room.told["b.md"].changed == now + timedelta(seconds=1)


def test_a_feed_whose_last_post_expired_ended_when_that_did(now: datetime, post: Make) -> None:
    here = post(feeds=(FOLDER,))
    file = take(Ledger(), [here], now, feeds=[SITE, TAG]).ledger
    end = now + DAY / 2
    left = here._replace(visible=False, ends=end, foreseen=True)
    assert take(file, [left], now + DAY, feeds=[SITE]).ledger.feeds[FOLDER].gone == end


def test_since_when_a_feed_has_archives_is_noted_once(now: datetime, post: Make) -> None:
    file = take(Ledger(), [post()], now, feeds=[SITE], archived=["/"]).ledger
    assert file.feeds["/"].archived == now
    again = take(file, [post()], now + DAY, feeds=[SITE], archived=["/"])
    assert (again.ledger.feeds["/"].archived, again.changed) == (now, False)


def test_a_feed_that_comes_or_goes_is_told_and_what_documents_are_made_by_is_not(
    now: datetime, post: Make
) -> None:
    file = take(Ledger(), [post()], now, feeds=[SITE]).ledger
    for more, vital in (({"feeds": [SITE, TAG]}, True), ({"feeds": []}, True), ({}, False)):
        made = Made("digest", "https://x.example")
        given: dict[str, Any] = {"feeds": [SITE], "made": made, **more}
        outcome = take(file, [post()], now + DAY, **given)
        assert (outcome.changed, outcome.vital) == (True, vital)


def test_what_could_not_be_written_is_told_still_where_nothing_else_is(
    now: datetime, post: Make
) -> None:
    posts = [post(), post("b.md", OTHER)]
    file = take(Ledger(), posts[:1], now, feeds=[SITE]).ledger
    told = take(file, posts, now + DAY, feeds=[SITE]).ledger
    outcome = take(file, posts, now + 2 * DAY, feeds=[SITE], unsaved=Unsaved.between(file, told))
    assert (outcome.changed, outcome.vital) == (True, True)
    silent = told.with_made(Made("digest"))
    unsaved = Unsaved.between(told, silent)
    outcome = take(told, posts, now + 2 * DAY, feeds=[SITE], unsaved=unsaved)
    assert (outcome.changed, outcome.vital) == (True, False)
