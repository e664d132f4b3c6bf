"""What subscribers are told of one post: instants, what was withdrawn, what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from feedsvc.ledger import Ledger, Observation

from .conftest import BODY
from .runs import DAY, Blog, reconciled

Make = Callable[..., Observation]
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
PART = timedelta(microseconds=999_999)
OTHER = "Owls turn their heads. Not all the way round, as people say. Fourteen bones allow it."


def test_whatever_instants_a_post_brings_those_that_are_told_are_whole_seconds(
    blog: Blog, post: Make
) -> None:
    day = post().published
    told = blog.told(post(starts=day + HOUR + PART, updated=day + DAY + PART))
    assert (told.published, told.seen, told.updated) == (day, day + HOUR, day + DAY)
    told = blog.told(post(updated=day + 2 * DAY + PART))
    assert told.updated == day + 2 * DAY
    moved = blog.told(post(published=day - 9 * DAY + PART))
    assert moved.published == day - 9 * DAY
    hidden = blog.told(post("b.md", OTHER, published=day + PART, visible=False), post())
    assert (hidden.published, hidden.updated) == (day, day)


def test_an_old_post_is_seen_when_it_began_to_be_shown(blog: Blog, post: Make) -> None:
    start = post().published + 9 * DAY
    assert blog.told(post(starts=start)).seen == start


def test_a_post_that_comes_at_its_hour_is_seen_then_and_changes_documents_when_it_is_found(
    blog: Blog, post: Make
) -> None:
    blog.run(post())
    hour = blog.now + DAY - HOUR
    found = blog.told(post("b.md", OTHER, published=hour), post())
    assert (found.seen, found.changed) == (hour, blog.now)


def test_what_comes_in_the_second_of_another_change_changes_documents_a_second_after_it(
    blog: Blog, post: Make
) -> None:
    some = [post()]
    ledger = reconciled(Ledger(), some, blog.now).ledger
    for number in range(3):
        some.append(post(f"{number}.md", f"{number}! {OTHER}"))
        run = reconciled(ledger, some, blog.now)
        ledger = run.ledger
        assert run.assignments[f"{number}.md"].changed == blog.now + number * SECOND


def test_an_edit_is_told_as_later_than_what_was_told_before(blog: Blog, post: Make) -> None:
    ahead = blog.now + 99 * DAY
    blog.run(post(updated=ahead))
    assert blog.told(post(body=f"{BODY} More.")).updated == ahead + SECOND


def test_where_references_lead_is_noted_with_the_first_telling(blog: Blog, post: Make) -> None:
    blog.run(post(led="there"), post("b.md", OTHER, led=None))
    first, other = (blog.ledger.at(path) for path in ("a.md", "b.md"))
    assert first is not None
    assert other is not None
    assert (first.led, other.led) == ("there", "")


def test_an_id_whose_text_stays_is_known_by_it_at_every_address(blog: Blog, post: Make) -> None:
    first = blog.told(post(id="https://a.example/mine", named="mine"))
    for host in "bcd":
        told = blog.told(post(id=f"https://{host}.example/mine", named="mine"))
        assert told.id == first.id
    (record,) = blog.ledger.records()
    assert record.named == "mine"


@pytest.mark.parametrize(
    "alike",
    [
        {"title": "Post a.md", "body": OTHER},
        {"title": "Another", "body": BODY},
        {"title": "Another", "body": OTHER, "meaning": "1.same"},
        {"title": "Another", "body": OTHER, "link": "/a.md/"},
        {"title": "Another", "body": f"{BODY} And more."},
    ],
)
def test_no_later_post_is_taken_for_an_id_that_was_given_up(
    alike: dict[str, Any], blog: Blog, post: Make
) -> None:
    given_up = blog.told(post(meaning="1.same"))
    mine = post(meaning="1.same", id="mine")
    blog.run(mine)
    unlike = blog.told(post("b.md", **alike), mine)
    assert unlike.id not in {given_up.id, "mine"}
    assert [record.link for record in blog.ledger.removed()] == [""]


def test_documents_change_once_by_a_post_that_cannot_be_read(blog: Blog, post: Make) -> None:
    blog.run(post(file="bytes"))
    broken = post("a.md", "---\ntitle: [", readable=False)
    blog.run(broken)
    since = blog.now
    for _ in range(2):
        (record,) = blog.ledger.records()
        assert (record.file, record.changed, record.removed) == ("", since, None)
        assert not blog.run(broken).changed
    back = blog.told(post(file="bytes"))
    assert back.changed == blog.now


def test_a_post_that_moved_and_cannot_be_read_is_known_where_it_lies(
    blog: Blog, post: Make
) -> None:
    blog.run(post(file="bytes"))
    blog.run(post("b.md", f"x: [\n{BODY}", readable=False))
    assert [*blog.ledger.paths()] == ["b.md"]


def test_a_withdrawn_post_that_cannot_be_read_stays_as_it_was_told(blog: Blog, post: Make) -> None:
    blog.run(post(file="bytes"))
    blog.run(post(file="bytes", visible=False))
    (left,) = blog.ledger.removed()
    blog.run(post("a.md", "---\ntitle: [", readable=False))
    assert blog.ledger.removed() == [left]


def test_a_clock_set_back_takes_nothing_back_that_was_seen_at_its_second(
    blog: Blog, post: Make
) -> None:
    start = blog.now + 2 * DAY - HOUR
    blog.run(post("b.md", OTHER))
    shown = post(published=start - 9 * DAY, starts=start)
    assert blog.told(shown, post("b.md", OTHER)).seen == start
    blog.run(shown._replace(visible=False, waits=True), post("b.md", OTHER))
    assert blog.removed() == []


def test_a_post_whose_start_alone_is_put_off_is_taken_back(blog: Blog, post: Make) -> None:
    blog.run(post())
    blog.run(post(starts=blog.now + 9 * DAY, visible=False, waits=True))
    assert blog.removed() == [post().minted]


def test_documents_change_at_the_second_in_which_what_a_post_refers_to_came(
    blog: Blog, post: Make
) -> None:
    blog.run(post(led="nowhere"))
    turned = blog.now + HOUR
    assert blog.told(post(led="there", turned=turned + PART)).changed == turned
