"""The short form of an entry that nobody wrote: the first words of its body, and a picture."""

from __future__ import annotations

import pytest

from feedsvc.content.summary import LENGTH
from feedsvc.model import Markup

from .bodies import rendered

DATA = f"data:image/png;base64,{'iVBOR' * 4000}"


def summary(body: str, markup: Markup = Markup.HTML) -> str:
    return rendered(body, markup).content.summary


@pytest.mark.parametrize(
    "body",
    [
        f'<p><img src="{DATA}"> Words.</p>',
        f'<p><img src="{DATA}" alt="a > b"></p><p>Words.</p><p>More.</p>',
        f'<p><a href="/{"b" * 9000}" title="A title">Words.</a></p>',
        f"<p>Words.</p><img src='{DATA}'>",
    ],
)
def test_a_picture_in_an_attribute_hides_no_words(body: str) -> None:
    assert summary(body) == "Words."


def test_a_long_paragraph_without_blanks_has_a_summary() -> None:
    assert summary(f"<p>{'城' * 9000}</p>") == "城" * LENGTH + "…"


@pytest.mark.parametrize("length", range(7982, 7991))
def test_no_half_of_a_character_reference_is_shown(length: int) -> None:
    tags = "<i></i>" * (length // 7)
    text = summary(f"<p><b></b>{tags}{'x' * (length % 7)}&quot;&amp;&amp;.{'y' * 99}</p>")
    assert "&q" not in text
    assert "&a" not in text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One two.</p><p>Three.</p>", "One two."),
        (f"<h2>Head</h2><p> </p><p>{'word ' * 20}end. {'more ' * 60}</p>", f"{'word ' * 20}end."),
        (f"<p>Hi. {'word ' * 60}</p>", f"Hi. {'word ' * 59}".strip() + "…"),
        (f"<p>{'word, ' * 60}</p>", f"{'word, ' * 50}".strip(" ,") + "…"),
        (f"<p>{'字' * 99}。{'句' * 150}。{'字' * 99}</p>", f"{'字' * 99}。{'句' * 150}。"),
        ("<pre>code</pre>Words", "Words"),
        ("<pre>code</pre>", "code"),
    ],
)
def test_the_first_paragraph_is_cut_behind_a_sentence_or_a_word(body: str, expected: str) -> None:
    assert summary(body) == expected
