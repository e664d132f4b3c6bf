"""Pages at addresses that posts and feeds have left lead on."""

from __future__ import annotations

from types import SimpleNamespace

from feedsvc.export.departures import Addresses
from feedsvc.export.ownership import digest, is_ours
from feedsvc.model import LocalFile

BUILT = {"/new/": (b"<p>", "text/html; charset=utf-8"), "/feed.atom": (b"<feed/>", "text/xml")}
LEFT = {"/old/": "/new/", "/old/feed.atom": "/feed.atom", "/a/../b": "/new/", "/kept/": "/new/"}
FILE = LocalFile("/kept/index.html", "/site/kept/index.html", "text/html", 3, "i1")


def addresses(departures=LEFT, urls=None):
    return Addresses(
        SimpleNamespace(
            paths=lambda: iter(BUILT),
            files={FILE.path: FILE},
            departures=lambda: departures,
            signature=lambda path: f"signature of {path}",
            build=BUILT.get,
            redirect=(urls or {}).get,
        )
    )


def test_what_has_left_is_there_too_unless_something_else_is():
    assert list(addresses().paths()) == [*BUILT, "/old/", "/old/feed.atom"]
    assert list(addresses({}).paths()) == list(BUILT)
    assert list(addresses({"/new/": "/feed.atom"}).paths()) == list(BUILT)


def test_a_page_leads_on_and_a_feed_is_the_feed_itself():
    found = addresses(urls={"/old/": "https://e.org/new/?a&b"})
    page, media_type = found.get("/old/")
    assert media_type == BUILT["/new/"][1]
    assert b"https://e.org/new/?a&amp;b" in page
    assert is_ours(page, "")
    assert found.get("/old/feed.atom") == BUILT["/feed.atom"]
    assert b"/new/" in addresses().get("/old/")[0]


def test_all_else_is_as_it_is_published():
    found = addresses({**LEFT, "/nowhere/": "/not/there/"})
    assert found.get("/new/") == BUILT["/new/"]
    assert found.get(FILE.path) is FILE
    assert found.get("/nowhere/") is None


def test_a_signature_tells_where_something_leads():
    found = addresses()
    assert found.signature("/new/") == "signature of /new/"
    assert found.signature("/old/") != found.signature("/new/")
    assert "signature of /new/" in found.signature("/old/")
    assert found.signature(FILE.path) == "file i1"


def test_a_page_is_ours_by_what_its_head_says_or_by_its_digest():
    assert not is_ours(None, digest(b""))
    assert is_ours(b"<p>", digest(b"<p>"))
    assert not is_ours(b"<p>", digest(b"<b>"))
    assert not is_ours(b"<p>", "")
    assert not is_ours(b" " * 20_000 + addresses().get("/old/")[0], "")
