"""The picture of a show against Apple's rules, wherever it lies in the site's folder."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

import feedsvc
from feedsvc.checks.artwork import findings, size

CONFIG = '[site]\nurl = "https://x.example/b"\n[podcast]\nimage = "/cover.png"\n'


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    """With a thumbnail's size in a segment before the real one, and a fill byte."""
    thumbnail = b"\xff\xe1\0\x0d" + b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", 9, 9) + b"\0\0"
    frame = b"\0\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"
    return b"\xff\xd8" + thumbnail + b"\xff\xff\xc2" + frame


def told(folder) -> list[str]:
    site = feedsvc.open_site(folder, jobs=1)
    found = [one.message for one in findings(site)]
    site.close()
    return found


@pytest.mark.parametrize("picture", [png, jpeg])
def test_width_and_height_are_those_of_the_picture(picture):
    assert size(picture(1400, 3000)) == (1400, 3000)


@given(start=st.sampled_from([b"", b"\xff\xd8", png(1, 1)[:16], jpeg(1, 1)[:9]]), rest=st.binary())
def test_no_bytes_are_too_strange_to_look_at(start, rest):
    assert size(start + rest) is None or len(start + rest) >= 11


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png(1400, 1400), ""),
        (jpeg(3000, 3000), ""),
        (png(3000, 2000), "is 3,000 × 2,000 pixels large"),
        (jpeg(1399, 1399), "is 1,399 × 1,399 pixels large"),
        (png(3001, 3001), "is 3,001 × 3,001 pixels large"),
        (b"RIFF\0\0\0\0WEBP", "is no JPEG or PNG, whatever its name says"),
        (b"", "is no JPEG or PNG, whatever its name says"),
    ],
)
def test_a_picture_is_square_and_large_enough(make_site, data, said):
    folder = make_site({"static/cover.png": data, "a.md": "---\ntitle: A\n---\n"}, config=CONFIG)
    wanted = [f"The picture of the show, https://x.example/b/cover.png, {said}."] if said else []
    assert told(folder) == wanted


def test_a_picture_elsewhere_and_one_that_is_not_there_are_not_looked_at(make_site):
    post = {"a.md": "---\ntitle: A\n---\n"}
    assert not told(make_site(post, config=CONFIG))
    away = CONFIG.replace("/cover.png", "https://cdn.example/cover.png")
    assert not told(make_site(post | {"cover.png": png(1, 1)}, config=away))


def test_a_blog_may_have_any_logo(make_site):
    config = '[site]\nlogo = "/logo.png"\n'
    assert not told(make_site({"logo.png": png(8, 8), "a.md": "x"}, config=config))
