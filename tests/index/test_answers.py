"""What the index takes over of what the ledger says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.index.answers import Answers, Told
from feedsvc.index.observing import Observed
from feedsvc.instants import to_microseconds
from feedsvc.ledger.values import Assignment, Observation

DATE = datetime(2026, 5, 1, 10, 0, 0, 250_000, tzinfo=UTC)
WHOLE = DATE.replace(microsecond=0)  # as the ledger tells it
LATER, LAST = WHOLE + timedelta(days=1), WHOLE + timedelta(days=2)
AT = to_microseconds(DATE)


def observed(number: int, feeds: tuple[str, ...] = (), *, visible: bool = True) -> Observed:
    post = Observation(f"{number}.md", "x", "T", DATE, "", "", visible=visible, feeds=feeds)
    return Observed(number, b"mark", post, ("x", AT, AT), (AT, None))


def answers(*said: tuple[Observed, Assignment]) -> Answers:
    found = Answers([], [], {})
    found.add([one for one, _ in said], {one.post.path: told for one, told in said})
    return found


def assignment(seen: datetime | None = WHOLE, changed: datetime | None = None) -> Assignment:
    return Assignment("x", WHOLE, WHOLE, seen, changed)


def test_a_post_of_which_nothing_is_said_was_asked_about() -> None:
    found = Answers([], [], {})
    found.add([observed(7)], {})
    assert found == ([(None, None, 7, b"mark")], [], {})


def test_when_a_post_was_seen_and_changed_is_taken_over_and_its_fraction_stays() -> None:
    found = answers((observed(7), assignment(DATE, LATER)), (observed(8), assignment(None)))
    seen = [(AT, to_microseconds(LATER), 7, b"mark"), (None, None, 8, b"mark")]
    assert found == (seen, [], {})


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Assignment("y", WHOLE, WHOLE, WHOLE), ("y", DATE, DATE)),
        (Assignment("x", LATER, WHOLE, WHOLE), ("x", LATER, DATE)),
        (Assignment("x", WHOLE, LAST, WHOLE), ("x", DATE, LAST)),
    ],
)
def test_what_a_post_is_told_under_otherwise_is_taken_over(
    said: Assignment, told: tuple[str, datetime, datetime]
) -> None:
    identity, published, updated = told
    (one,) = answers((observed(7), said)).told
    assert one == Told(7, b"mark", identity, to_microseconds(published), to_microseconds(updated))


def test_an_author_s_own_change_is_told_with_its_fraction() -> None:
    changed = LATER.replace(microsecond=500_000)
    one = observed(7)._replace(own=(AT, to_microseconds(changed)))
    (told,) = answers((one, Assignment("x", WHOLE, LATER, WHOLE))).told
    assert told.updated == to_microseconds(changed)


def test_a_feed_changed_when_the_last_of_its_visible_posts_did() -> None:
    found = answers(
        (observed(1, ("/", "/tags/a/")), assignment(changed=LAST)),
        (observed(2, ("/", "/tags/b/")), assignment(changed=LATER)),
        (observed(3, ("/tags/c/",), visible=False), assignment(changed=LAST)),
        (observed(4, ("/tags/d/",)), assignment()),
    )
    last, later = to_microseconds(LAST), to_microseconds(LATER)
    assert found.changed == {"/": last, "/tags/a/": last, "/tags/b/": later}


def test_what_is_said_of_other_posts_is_added() -> None:
    first = answers((observed(1, ("/",)), assignment(changed=LATER)))
    other = Assignment("y", WHOLE, WHOLE, WHOLE, LAST)
    first.extend(answers((observed(2, ("/", "/tags/a/")), other)))
    assert [number for *_, number, _ in first.seen] == [1, 2]
    assert [one.number for one in first.told] == [2]
    assert first.changed == dict.fromkeys(("/", "/tags/a/"), to_microseconds(LAST))
