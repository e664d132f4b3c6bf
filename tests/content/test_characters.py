"""Whether a text may hold what a feed cannot carry is told from its bytes, for certain if not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.content import characters
from feedsvc.posts import encoding

EDGES = "\x08\t\n\x0b\r\x1f\x7e\x7f\x80\x9f\xa0\ufdcf\ufdd0\ufdef\ufdf0\ufffd\ufffe\uffff\U0001f600"
TEXTS = st.text(st.sampled_from(EDGES) | st.characters(codec="utf-8"))


@given(TEXTS)
def test_bytes_tell_of_every_forbidden_character_and_of_no_other(text: str) -> None:
    assert characters.may_be_in(text.encode()) == (characters.forbidden(text) is not None)
    assert characters.forbidden(characters.without_forbidden(text)) is None


@given(st.binary(), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]))
def test_what_a_file_is_read_as_is_clean_where_its_bytes_are(data: bytes, mark: bytes) -> None:
    if not characters.may_be_in(mark + data):
        text = encoding.decode(mark + data, replace=True).text
        assert text is not None
        assert characters.forbidden(text) is None


@pytest.mark.parametrize("name", ["utf-16", "utf-16-be", "utf-32"])
def test_bytes_that_are_no_utf8_tell_nothing(name: str) -> None:
    assert characters.may_be_in("\ufeff\u4e00\ufdd0".encode(name))
