"""When two links mean one page."""

from __future__ import annotations

import pytest

from feedsvc.received.addresses import address, paths


@pytest.mark.parametrize(
    "url",
    [
        "http://x.example/a/b",
        "https://x.example/a/b/",
        "HTTPS://WWW.X.example:443/a/b/index.html",
        "https://x.example/a/b.html",
        "https://x.example/%61/b#comments",
        "https://x.example/a/b/?utm_source=rss&fbclid=1",
    ],
)
def test_scheme_slash_encoding_and_tracking_do_not_matter(url):
    assert address(url) == "x.example/a/b"


@pytest.mark.parametrize(
    "url",
    ["https://y.example/a/b", "https://x.example/A/b", "https://x.example/a/b?p=1",
     "https://x.example:8080/a/b"],
)  # fmt: skip
def test_host_path_and_query_matter(url):
    assert address(url) != address("https://x.example/a/b")


@pytest.mark.parametrize("url", ["", "https://x.example/", "/a", "https://[x", "https://x:y/a"])
def test_what_is_no_page_has_no_address(url):
    assert address(url) == ""


def test_pages_are_compared_below_their_sites():
    old = paths("http://old.example/blog/2020/a.html", "http://old.example/blog/")
    assert old == ("/blog/2020/a", "/2020/a")
    assert paths("https://new.example/2020/a/", "https://new.example") == ("/2020/a",)
    assert paths("https://new.example/blogger/a", "https://new.example/blog") == ("/blogger/a",)
    assert paths("https://new.example/", "https://new.example") == ()
    assert paths("https://[", "https://[") == ()
