"""The main job, as a subscriber and as whoever deploys it meet it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import feedparser
import pytest

import feedsvc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POSTS = Path(__file__).parent.parent / "posts"
CORPORA = ("corpora/jekyll-site", "corpora/mehdix", "corpora/twir", "probes/jekyll", "probes/hugo")


def exported(folder: Path) -> Iterator[tuple[str, bytes]]:
    """URL path and bytes of everything an export wrote."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            path = "/" + file.relative_to(folder).as_posix()
            yield path.removesuffix("index.html"), file.read_bytes()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The sample posts behind `feedsvc serve`: the address, until the test ends."""
    site = shutil.copytree(POSTS, tmp_path / "served")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "feedsvc", "serve", str(site), "--port", str(port)]
    with subprocess.Popen(
        command, env={**os.environ, "FEEDSVC_SITE__URL": address}, stderr=subprocess.PIPE, text=True
    ) as server:
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, server.stderr and server.stderr.read()
                time.sleep(0.05)
        yield address
        server.send_signal(signal.SIGTERM)
        _, errors = server.communicate(timeout=20)
        assert server.returncode == 0
        assert "Traceback" not in errors


def test_seed_post_is_in_its_feeds_at_its_instant(
    run_feedsvc: Callable[..., str], shared: Callable[[str], Path], tmp_path: Path
) -> None:
    site, out = shutil.copytree(shared("seed"), tmp_path / "site"), tmp_path / "out"
    run_feedsvc("export", out, "--site", site)
    instant = datetime(2022, 5, 30, 11, 22, 23, tzinfo=UTC)
    for path in ("feed.atom", "categories/shanghaifabu/feed.rss"):
        feed = feedparser.parse((out / path).read_bytes())
        assert not feed.bozo, path
        (entry,) = feed.entries
        assert datetime(*entry.published_parsed[:6]).replace(tzinfo=UTC) == instant, path
        assert "shanghaifabu" in {tag.term for tag in entry.tags}, path
    feed = json.loads((out / "tags/上海发布新闻/feed.json").read_bytes())
    (item,) = feed["items"]
    assert item["date_published"] == "2022-05-30T11:22:23Z"


@pytest.mark.parametrize("path", CORPORA)
def test_public_sites_are_exported_without_a_traceback(
    run_feedsvc: Callable[..., str], shared: Callable[[str], Path], tmp_path: Path, path: str
) -> None:
    site = shutil.copytree(shared(path), tmp_path / "site", symlinks=True)
    run_feedsvc("export", tmp_path / "out", "--site", site)
    feed = feedparser.parse((tmp_path / "out" / "feed.atom").read_bytes())
    assert not feed.bozo
    assert feed.entries
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


@pytest.mark.parametrize("path", [None, "seed"])
def test_app_and_export_hand_out_the_same_bytes(
    run_feedsvc: Callable[..., str], shared: Callable[[str], Path], tmp_path: Path, path: str | None
) -> None:
    site = shutil.copytree(shared(path) if path else POSTS, tmp_path / "site")
    run_feedsvc("export", tmp_path / "out", "--site", site)
    client = feedsvc.create_app(site).test_client()
    documents = dict(exported(tmp_path / "out"))
    assert "/feed.atom" in documents
    for url, body in documents.items():
        answer = client.get(quote(url))
        assert answer.status_code == 200, url
        assert answer.data == body, url


def test_a_reader_subscribes_to_a_category(served: str) -> None:
    first = feedparser.parse(f"{served}/categories/guide/feed.atom")
    assert (first.status, first.bozo) == (200, 0)
    assert first.feed.title
    assert [entry.title for entry in first.entries] == [
        "Every post exactly once",
        "A chime for a new episode",
        "A mistake, mended",
    ]
    again = feedparser.parse(first.href, etag=first.etag, modified=first.modified)
    assert (again.status, again.entries) == (304, [])


def test_sample_posts_show_the_range(served: str) -> None:
    with urllib.request.urlopen(f"{served}/feed.json") as answer:
        posts = {item["title"]: item for item in json.load(answer)["items"]}
    assert posts["Every post exactly once"]["date_published"] == "2026-05-30T11:22:23Z"
    assert posts["What a body may hold"]["date_published"] == "2026-05-17T16:00:00Z"
    assert posts["春分"]["language"] == "zh-CN"
    assert posts["A mistake, mended"]["date_modified"] == "2026-04-05T13:15:00Z"
    (audio,) = posts["A chime for a new episode"]["attachments"]
    assert audio["mime_type"] == "audio/mpeg"
    assert audio["size_in_bytes"] == (POSTS / "audio" / "chime.mp3").stat().st_size
    assert not {"Not yet written", "A letter to the future"} & posts.keys()
