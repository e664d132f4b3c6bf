"""What a post and a record have in common, each kind of evidence by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feedsvc.ledger import Observation, Record, evidence

from .conftest import BODY
from .runs import DAY, Blog

Make = Callable[..., Observation]
OTHER = "Owls turn their heads. Not all the way round, as people say. Fourteen bones allow it."
SHORT = "See the link."


def record_of(post: Observation, **fields: Any) -> Record:
    known = Record(
        post.path, post.minted, post.link, post.title, post.published, post.published,
        post.published, post.dated, "", "", post.meaning, post.source, post.sketch, post.file,
    )  # fmt: skip
    return known._replace(**fields)


UNLIKE = {"source": "x", "file": "x", "meaning": "1.x", "title": "X", "sketch": ""}


@pytest.mark.parametrize("kept", ["source", "file", "meaning"])
def test_text_bytes_or_meaning_alone_tell_that_a_file_is_the_post_that_it_was(
    kept: str, post: Make
) -> None:
    here = post(file="bytes")
    unlike = {name: value for name, value in UNLIKE.items() if name != kept}
    assert evidence.is_as_it_was(here, record_of(here, **unlike))
    assert not evidence.is_as_it_was(here, record_of(here, **UNLIKE))


def test_what_neither_knows_tells_nothing(post: Make) -> None:
    here = post(file="", meaning=None)
    assert not evidence.is_as_it_was(
        here, record_of(here, **UNLIKE | {"file": "", "meaning": None})
    )
    assert not evidence.has_its_text(here._replace(source=""), record_of(here, source=""))
    assert not evidence.resembles(here, record_of(here, source=""))


@pytest.mark.parametrize(
    ("kept", "resembles"),
    [
        *(({"source"}, True), ({"title"}, True), ({"published"}, True), ({"sketch"}, True)),
        (set(), False),
    ],
)
def test_text_title_date_or_likeness_alone_tell_that_a_removed_post_may_be_back(
    kept: set[str], resembles: bool, post: Make
) -> None:
    here = post()
    given = UNLIKE | {"published": here.published - DAY, "title": "X"}
    unlike = {name: value for name, value in given.items() if name not in kept}
    assert evidence.resembles(here, record_of(here, **unlike)) == resembles


def test_a_title_is_the_same_in_any_case_and_spacing(post: Make) -> None:
    here = post(title="On  Owls")
    there = record_of(here, **UNLIKE | {"title": "ON OWLS ", "published": here.published - DAY})
    assert evidence.resembles(here, there)


@pytest.mark.parametrize("hidden", ["visible", "readable"])
def test_where_readers_see_nothing_a_removed_post_may_be_back_unless_it_is_a_stranger(
    hidden: str, post: Make
) -> None:
    here = post(body=OTHER)
    unlike = {**UNLIKE, "published": here.published - DAY, "sketch": post(body=BODY).sketch}
    flags: dict[str, Any] = {hidden: False}
    assert not evidence.resembles(here._replace(**flags), record_of(here, **unlike))
    short = here._replace(sketch="", **flags)
    assert evidence.resembles(short, record_of(here, **unlike))


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        *(("2026-02-03", "2026-02-03 09:05", True), ("2026-02-03 09:05", "2026-02-03", True)),
        *(("2026-02-03 9:05", "2026-02-03T09:05Z", True), ("2026-02-03 8:00", "2026-02-03 9:05",
           False)),
    ],
)  # fmt: skip
def test_posts_of_one_title_and_day_are_one_unless_both_say_other_times(
    one: str, other: str, fits: bool, post: Make
) -> None:
    here = post(dated=one)
    assert evidence.DAY.fits(here, record_of(here, dated=other)) == fits


def test_a_post_of_a_few_words_is_known_by_them_wherever_it_moves(blog: Blog, post: Make) -> None:
    first = blog.told(post(body=SHORT, title="Owls"))
    moved = post("b.md", SHORT, title="Owls", published=blog.now - 9 * DAY, meaning="1.other")
    assert blog.told(moved).id == first.id


def test_a_post_that_has_its_record_is_not_taken_for_another_that_is_alike(
    blog: Blog, post: Make
) -> None:
    kept = post(title="Owls")
    blog.run(kept, post("b.md", f"{BODY} More."))
    told = blog.told(post("c.md", title="Owls"))
    assert told.id == kept.minted
    assert blog.removed() == [post("b.md").minted]
