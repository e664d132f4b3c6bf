"""Fingerprints: equality of sources and likeness of bodies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.ledger import fingerprint
from feedsvc.ledger.likeness import likenesses
from feedsvc.ledger.similarity import ALIKE, similarity

from .conftest import BODY


def test_white_space_and_normalisation_form_do_not_change_a_source() -> None:
    assert fingerprint("a é\n b", "T").source == fingerprint("a\te\u0301 b\r\n", "T").source


def test_a_source_has_the_fingerprint_that_ledgers_hold_of_it() -> None:
    text = "# Cafe\u0301s,\tand “tea”.\r\n\r\nA *first* clause; 上海发布今天消息。"
    text += "市民可以参加！ひらがなの文。\n"
    text += "".join(f"Clause {number} of many, or so. " for number in range(200))
    assert fingerprint(text, "Tït", "a b") == (
        "fD5jzv4OyNcr",
        "AN07AtpvAxUMBNA6BUoBCB9mCdAFChgyDEc_Dd0ED9pQEMATEwgkE3ZzFM0SGc0t",
    )


def test_a_body_that_is_encoded_already_has_the_same_fingerprint() -> None:
    for body in ("a é\n b", "a e\u0301\n b", "plain", ""):
        assert fingerprint(body, "T", encoded=body.encode()) == fingerprint(body, "T")


def test_every_part_counts_and_stays_in_its_place() -> None:
    sources = {
        fingerprint("a", "b", "").source,
        fingerprint("a", "", "b").source,
        fingerprint("ab", "", "").source,
    }
    assert len(sources) == 3


def test_an_edited_body_stays_alike_and_another_is_not() -> None:
    edited = fingerprint(BODY.replace("coffee", "tea")).sketch
    assert similarity(fingerprint(BODY).sketch, edited) >= ALIKE
    other = fingerprint("Of cabbages. Of kings! And whether pigs have wings; perhaps.").sketch
    assert similarity(fingerprint(BODY).sketch, other) == 0.0


def test_chinese_and_japanese_clauses_are_told_apart() -> None:
    text = "上海发布今天消息。本市将举行会议，市民可以参加；地点另行通知。请注意安全！谢谢各位。"
    assert similarity(
        fingerprint(text).sketch, fingerprint(text.replace("谢谢", "感谢")).sketch
    ) > similarity(fingerprint(text).sketch, fingerprint("別の文章です。全く違います。").sketch)


def test_an_empty_body_is_like_nothing() -> None:
    assert similarity(fingerprint("").sketch, fingerprint("").sketch) == 0.0


def test_two_equally_near_partners_are_a_doubt_not_a_pair() -> None:
    sketch = fingerprint(BODY).sketch
    assert likenesses({"new": sketch}, {"x": sketch, "y": sketch}) == ({}, {"new": ["x", "y"]})
    assert likenesses({"m": sketch, "n": sketch}, {"x": sketch})[0] == {}
    assert likenesses({"new": sketch}, {"x": sketch}) == ({"new": "x"}, {})


def test_set_phrases_of_many_posts_pair_nobody() -> None:
    sketch = fingerprint("Thanks for reading. See you next week! Subscribe here.").sketch
    offered = {str(number): sketch for number in range(100)}
    assert likenesses({"new": sketch}, offered) == ({}, {})


@given(st.text(), st.text())
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    a, b = fingerprint(one).sketch, fingerprint(other).sketch
    assert similarity(a, b) == similarity(b, a)
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, a) in (0.0, 1.0)


def test_a_few_words_in_common_make_no_two_posts_one() -> None:
    boilerplate = fingerprint("See the link.").sketch
    assert similarity(boilerplate, boilerplate) == 0.0
    telling = fingerprint("One thing. Another thing. A third thing. The last thing.").sketch
    assert similarity(telling, telling) == 1.0
