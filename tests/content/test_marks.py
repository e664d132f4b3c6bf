"""The marks of a body are its tags, or all of it where a tag's end is in doubt."""

from __future__ import annotations

import pytest

from feedsvc.content.marks import marks


def test_marks_are_the_tags_in_lower_case() -> None:
    assert marks('<P>Text <IMG SRC="a.png"> and it\'s more</P>') == b'<p><img src="a.png"></p>'


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="a>b" srcset="x 1x">',
        "<img alt='a>b' srcset='x 1x'>",
        '<img srcset="x 1x" alt="a < b">',
        '<img srcset="x 1x" alt="a<b">',
        '<img srcset=x alt="it\'s">',
        "1 < 2 <b>",
        "<b",
    ],
)
def test_where_a_tags_end_is_in_doubt_all_of_the_body_is_looked_at(html: str) -> None:
    assert marks(html) == html.lower().encode()
