"""The marks of a body are its telling tags, or all of it where a tag's end is in doubt."""

from __future__ import annotations

import pytest

from feedsvc.content import highlighters, repairs, sanitizer, strays
from feedsvc.content.marks import marks
from feedsvc.markup.remarks import Remarks
from feedsvc.markup.urls import Base


def test_marks_are_the_telling_tags_once_in_lower_case() -> None:
    body = '<p>Text <IMG SRC="a.png"> and it\'s more</p><br />' * 2
    assert marks(body) == b'<img src="a.png">'


@pytest.mark.parametrize("name", sorted(strays.HTML))
def test_a_tag_that_is_no_mark_means_nothing_to_anybody(name: str) -> None:
    for tag in (f"<{name}>", f"</{name}>", f"<{name}/>", f"<{name} />"):
        if marks(tag) == b"":
            sign = tag.encode()
            remarks = Remarks("", 1)
            sanitizer.tell_losses(sign, remarks)
            assert not remarks.findings()
            assert strays.without(tag, sign) == tag
            assert repairs.repair(tag, Base("https://example.org/"), remarks, sign) is tag
            assert not any(one in sign for one in (b"<img", b"<pre", b"=", *highlighters.SIGNS))


@pytest.mark.parametrize("tag", ["<pan>", "<p2>", "<sub-title>", "<bdi>", "<p class=a>", "<hrx>"])
def test_only_whole_names_of_plain_tags_are_left_out(tag: str) -> None:
    assert marks(tag) == tag.encode()


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
