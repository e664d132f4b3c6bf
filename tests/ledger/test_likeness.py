"""Which sketches belong together: how near is near enough, and what is between two candidates."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from feedsvc.ledger.likeness import likenesses
from feedsvc.ledger.similarity import similarity
from tests.bounds import bounded

if TYPE_CHECKING:
    from collections.abc import Iterable


def sketch(values: Iterable[int]) -> str:
    """The sketch that holds these hashes."""
    return base64.urlsafe_b64encode(b"".join(one.to_bytes(3, "big") for one in values)).decode()


@pytest.mark.parametrize(("first", "alike"), [(8, True), (7, False)])
def test_six_clauses_of_ten_in_common_are_enough_and_five_are_not(first: int, alike: bool) -> None:
    one, other = sketch(range(first)), sketch(range(2, 10))
    assert likenesses({"new": one}, {"x": other})[0] == ({"new": "x"} if alike else {})


@pytest.mark.parametrize(("kept", "clear"), [(8, True), (9, False)])
def test_the_next_candidate_must_be_a_fifth_farther_away(kept: int, clear: bool) -> None:
    offered = {"x": sketch(range(10)), "y": sketch(range(kept))}
    assert likenesses({"new": sketch(range(10))}, offered)[0] == ({"new": "x"} if clear else {})


def test_a_candidate_that_is_nearer_to_another_is_not_given_away() -> None:
    offered = {"x": sketch(range(10))}
    near, nearer = sketch(range(8)), sketch(range(10))
    clear, doubts = likenesses({"near": near, "nearer": nearer}, offered)
    assert clear == {"nearer": "x"}
    assert doubts == {"near": ["x"]}


def test_the_nearest_is_found_behind_any_number_of_those_that_share_little() -> None:
    far = {f"far{number}": sketch([number, *range(100 * number, 100 * number + 9)])
           for number in range(1, 12)}  # fmt: skip
    assert likenesses({"new": sketch(range(12))}, {**far, "z": sketch(range(10))})[0] == {
        "new": "z"
    }


def test_of_two_long_texts_those_hashes_count_that_are_the_least_of_both() -> None:
    assert similarity(sketch(range(16)), sketch(range(8, 24))) == 0.5


def test_any_number_of_posts_may_be_like_a_single_one() -> None:
    wanted = dict.fromkeys(map(str, range(60_000)), sketch(range(10)))
    clear, doubts = bounded(likenesses, wanted, {"x": sketch(range(10))})
    assert (len(clear), len(doubts)) == (0, 60_000)
