"""Feeds from files and from a server on this machine, with their archives."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from feedsvc.errors import FeedError
from feedsvc.received import fetching, history

from .test_reading import atom, json_feed


@pytest.fixture
def server():
    """A server of what a test puts into `pages`: path → (status, headers, body)."""
    pages = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = pages.get(self.path, (404, {}, b"no"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        running.pages = pages
        running.url = f"http://127.0.0.1:{running.server_port}"
        yield running
        running.shutdown()
        thread.join()


def page(*ids: str, older: str = "") -> tuple[int, dict[str, str], bytes]:
    entries = "".join(f"<entry><id>{each}</id></entry>" for each in ids)
    return 200, {}, atom(entries, f"<link rel='prev-archive' href='{older}'/>" if older else "")


def test_archives_are_followed_to_the_oldest(server):
    server.pages["/feed"] = page("4", "3", older="/2")
    server.pages["/2"] = page("3", "2", older="/1")
    server.pages["/1"] = page("1", older="/2")  # in a circle
    found = history.whole(f"{server.url}/feed")
    assert [entry.id for entry in found.entries] == ["4", "3", "2", "1"]
    assert (found.documents, found.notices) == (3, ())
    assert found.hosts == {"127.0.0.1"}


def test_json_feeds_are_followed_and_redirects_too(server):
    server.pages["/old"] = (301, {"Location": "/feed.json"}, b"")
    server.pages["/feed.json"] = (200, {}, json_feed({"id": "2"}, next_url="feed2.json"))
    server.pages["/feed2.json"] = (200, {}, json_feed({"id": "1"}))
    found = history.whole(f"{server.url}/old")
    assert [entry.id for entry in found.entries] == ["2", "1"]


def test_another_host_is_not_asked_unbidden(server):
    server.pages["/feed"] = page("1", older="http://elsewhere.example/2")
    (told,) = history.whole(f"{server.url}/feed").notices
    assert "http://elsewhere.example/2" in told


def test_a_history_has_an_end(server, monkeypatch):
    monkeypatch.setattr(history, "LONGEST", 3)
    for number in range(9):
        server.pages[f"/{number}"] = page(str(number), older=f"/{number + 1}")
    found = history.whole(f"{server.url}/0")
    assert found.documents == 3
    assert "more than 3" in found.notices[0]


def test_a_missing_archive_is_told_and_the_rest_is_read(server):
    server.pages["/feed"] = page("1", older="/gone")
    found = history.whole(f"{server.url}/feed")
    assert len(found.entries) == 1
    assert "404" in found.notices[0]


def test_a_file_is_read_without_the_network(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_bytes(
        atom("<entry><title>?</title></entry>", "<link rel='next' href='http://x/2'/>")
    )
    found = history.whole(str(file))
    assert [line.partition(": ")[2] for line in found.notices] == [
        "older entries are at http://x/2; name that, too",
        "1 entries have neither id nor link",
    ]


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (500, {}, "the server answers 500"),
        (302, {"Location": "file:///etc/passwd"}, "302"),
        (302, {"Location": "ftp://127.0.0.1/x"}, "cannot be fetched|302"),
        (200, {"Content-Length": "99"}, "ends after 0 of 99 bytes"),
    ],
)
def test_what_cannot_be_fetched_is_one_line(server, status, headers, told):
    server.pages["/feed"] = (status, headers, b"")
    with pytest.raises(FeedError, match=told) as caught:
        history.whole(f"{server.url}/feed")
    assert "\n" not in str(caught.value)


def test_half_a_feed_is_an_error(server):
    whole = atom("<entry><id>a</id></entry>" * 50)
    server.pages["/feed"] = (200, {"Content-Length": str(len(whole))}, whole[:-500])
    with pytest.raises(FeedError, match=f"ends after {len(whole) - 500} of {len(whole)} bytes"):
        fetching.fetch(f"{server.url}/feed")
    server.pages["/feed"] = (200, {"Content-Length": str(len(whole))}, whole)
    assert fetching.fetch(f"{server.url}/feed").body == whole


def test_an_answer_is_bounded_in_size_and_time(server, monkeypatch):
    server.pages["/feed"] = (200, {}, b"x" * 2000)
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    with pytest.raises(FeedError, match="larger than"):
        fetching.fetch(f"{server.url}/feed")
    monkeypatch.setattr(fetching, "DEADLINE", -1.0)
    with pytest.raises(FeedError, match="not sent within"):
        fetching.fetch(f"{server.url}/feed")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "http://[x/", "http://\x00"])
def test_only_the_web_is_fetched(url):
    with pytest.raises(FeedError, match="fetched"):
        fetching.fetch(url)


def test_a_file_that_cannot_be_read_is_one_line(tmp_path):
    for path in (str(tmp_path), str(tmp_path / "no"), "a\0b"):
        with pytest.raises(FeedError, match="cannot be read"):
            history.whole(path)


@pytest.mark.parametrize("url", ["https://[x", "", "feed.xml"])
def test_what_has_no_host_has_none(url):
    assert history.host(url) == ""
