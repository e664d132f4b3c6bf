"""Which record a file is, where several fit or none does."""

from __future__ import annotations

from collections.abc import Callable

from feedsvc.ledger import Observation
from feedsvc.ledger.text import parse

from .conftest import BODY
from .runs import Blog, dump

Make = Callable[..., Observation]
OTHER = "Owls turn their heads. Not all the way round, as people say. Fourteen bones allow it."
ANEW = "Tin cries when bent. It turns to powder in the cold; organ pipes know that. Lead does not."


def test_nobody_takes_the_id_of_a_post_that_is_edited_in_the_same_run(
    blog: Blog, post: Make
) -> None:
    blog.run(post(), post("b.md", OTHER))
    edited = post(body=f"{BODY} More.")
    for thief in (post("b.md", OTHER, id=edited.minted), post("c.md", ANEW, id=edited.minted)):
        assert blog.told(edited, thief).id == edited.minted
        edited = post(body=f"{BODY} Even more.")


def test_posts_that_exchange_names_and_are_rewritten_are_known_by_their_titles(
    blog: Blog, post: Make
) -> None:
    blog.run(post(title="A"), post("b.md", OTHER, title="B"))
    here, there = post(title="B", body=f"{ANEW} 1."), post("b.md", title="A", body=f"2. {ANEW}")
    outcome = blog.run(here, there)
    assert outcome.assignments["a.md"].id == post("b.md").minted
    assert outcome.assignments["b.md"].id == post("a.md").minted


def test_a_post_with_an_id_that_moves_over_another_takes_that_one_back(
    blog: Blog, post: Make
) -> None:
    blog.run(post(), post("b.md", OTHER, id="mine"))
    assert blog.told(post("a.md", OTHER, id="mine")).id == "mine"
    assert blog.removed() == [post().minted]
    assert dump(parse(blog.data, "x")) == blog.data


def test_what_cannot_be_read_takes_no_identity_from_what_readers_see(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post(title="A"))
    moved = post("b.md", f"{BODY} More.", title="B")
    assert blog.told(moved, post("c.md", BODY, readable=False)).id == first.id


def test_a_post_that_moves_back_edited_is_the_one_that_readers_saw_last(
    blog: Blog, post: Make
) -> None:
    """Not the one that lay there once, which it was taken for another of: rewritten, renamed."""
    blog.run(post("a.md", OTHER, title="Owls"))
    seen = blog.told(post("b.md", title="Ferries")).id
    assert seen != post("a.md").minted
    back = post("a.md", f"{BODY} More.", title="Ferries")
    outcome = blog.run(back)
    assert outcome.assignments["a.md"].id == seen
    assert blog.removed() == [post("a.md").minted]


def test_a_post_that_returns_to_its_place_is_no_other_of_its_name_and_day(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post("a.md", OTHER, title="Links")).id
    blog.run(post("b.md", title="Links"))
    outcome = blog.run(post("a.md", f"{OTHER} More.", title="Links"))
    assert outcome.assignments["a.md"].id == first
