"""Form C is told by bytes alone, and never wrongly."""

from __future__ import annotations

from unicodedata import combining, is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.ledger.composition import is_composed


def _depends(number: int) -> bool:
    """Whether form C may change such a character, or put it elsewhere."""
    char = chr(number)
    return bool(combining(char)) or not is_normalized("NFC", char)


def _characters() -> list[int]:
    every = [*range(0xD800), *range(0xE000, 0x20000), *range(0x2F800, 0x2FA20)]
    joined = {ord(part) for number in every for part in normalize("NFD", chr(number))[1:]}
    return sorted({number for number in every if _depends(number)} | joined)


def test_no_character_that_form_c_may_change_is_passed_over() -> None:
    """Whatever Unicode this Python knows."""
    passed = [number for number in _characters() if is_composed(chr(number).encode())]
    assert passed == []


@given(st.text())
def test_what_is_said_to_be_in_form_c_is(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert not is_composed(data) or normalize("NFC", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "“Straße” – naïve façade…",
        "Việt Nam, Đà Nẵng",
        "Ελληνικά, русский, українська",
        "简体中文,全角。「引号」",
        "ひらがなとカタカナ、漢字。",
        "한국어",
        "👍🏽 € ™ ½",
    ],
)
def test_what_most_people_write_is_told_at_once(text: str) -> None:
    assert is_composed(text.encode())
