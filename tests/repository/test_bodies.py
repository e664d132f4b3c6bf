"""Posts are rendered a few at a time: few enough to stay in the caches, and in memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.index.store import Stored
from feedsvc.repository.bodies import few

SIZES = st.lists(st.sampled_from((0, 1, 6_000, 700_000, 1 << 20, 32 << 20)), max_size=100)


def stored(size: int) -> Stored:
    return Stored("a.md", b"", f"{size}.1700000000.7;_includes/b.html=9.1.1", 0, {}, (), ())


@given(SIZES)
def test_all_posts_are_in_a_group_in_their_order(sizes: list[int]) -> None:
    posts = [stored(size) for size in sizes]
    assert [one for group in few(posts) for one in group] == posts


@given(SIZES)
def test_a_group_holds_32_posts_and_a_megabyte_at_most_or_one_post(sizes: list[int]) -> None:
    for group in few(stored(size) for size in sizes):
        held = sum(int(one.identity.partition(".")[0]) for one in group)
        assert len(group) == 1 or (len(group) <= 32 and held <= 1 << 20)
