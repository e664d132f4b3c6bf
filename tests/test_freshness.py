"""What was just written is in the very next answer; under load, looks stay a small share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from shutil import rmtree
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from feedsvc import open_site
from feedsvc.live import _rest
from feedsvc.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SiteFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
POST = "---\ntitle: {0}\ndate: 2026-05-01 10:00:00 +0800\n---\nBody of {0}.\n"


def test_a_post_written_edited_and_deleted_is_seen_by_the_next_request(
    make_site: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    # (how long a look rests, which depends on how busy the machine is, is tested below)
    monkeypatch.setattr("feedsvc.live._rest", lambda _seconds, _asked: 0.0)
    folder = make_site({"posts/a.md": POST.format("A")})
    client = create_app(folder).test_client()
    assert "Body of A" in client.get("/feed.atom").text
    (folder / "posts/b.md").write_text(POST.format("B"))
    assert "Body of B" in client.get("/feed.atom").text
    (folder / "posts/b.md").write_text(POST.format("Bee"))
    assert "Body of Bee" in client.get("/feed.atom").text
    (folder / "posts/b.md").unlink()
    assert "Body of Bee" not in client.get("/feed.atom").text


def test_a_posts_folder_that_is_made_or_removed_while_serving_is_seen(
    make_site: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedsvc.live._rest", lambda _seconds, _asked: 0.0)
    post = "---\ntitle: {0}\n---\nBody of {0}.\n"
    folder = make_site({"_config.yml": "title: x", "_posts/2026-05-01-a.md": post.format("A")})
    client = create_app(folder).test_client()
    assert "Body of A" in client.get("/feed.atom").text
    nested = folder / "news/2026/_posts"
    nested.mkdir(parents=True)
    (nested / "2026-05-02-b.md").write_text(post.format("B"))
    assert "Body of B" in client.get("/feed.atom").text
    assert "news" in client.get("/categories/news/feed.atom").text
    rmtree(folder / "news")
    assert "Body of B" not in client.get("/feed.atom").text
    assert "Body of A" in client.get("/feed.atom").text


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time by which looks at the folder rest, five seconds after each."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr("feedsvc.live.time.monotonic", lambda: clock.now)
    monkeypatch.setattr("feedsvc.live._rest", lambda _seconds, _asked: 5.0)
    return clock


@pytest.fixture
def folder(make_site: SiteFactory) -> Path:
    return make_site({"posts/a.md": POST.format("A")})


def test_what_another_process_has_seen_is_not_answered_otherwise_while_looks_rest(
    folder: Path, clock: SimpleNamespace
) -> None:
    """Clients of several workers ask now this one, now that."""
    ours, theirs = open_site(folder), open_site(folder)
    for site in (ours, theirs, ours, theirs):  # after its first look nobody rests
        site.current(NOW)
    held = ours.current(NOW)
    (folder / "posts/b.md").write_text(POST.format("B"))
    clock.now += 1
    assert ours.current(NOW) is held
    clock.now += 5
    theirs.current(NOW)  # looks; so would ours, had it not just done so
    ours._watch._next_look = clock.now + 5
    told = ours.current(NOW)
    assert told is not held
    document = told.publication.get("/feed.atom")
    assert document is not None
    assert b"Body of B" in document.body


@pytest.mark.parametrize("later", [0.0, 0.06])
def test_no_thread_answers_with_the_old_while_another_takes_up_the_new(
    later: float, folder: Path, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What clients have from another process already must not seem to be gone again."""
    ours, theirs = open_site(folder), open_site(folder)
    for site in (ours, theirs, ours):
        site.current(NOW)
    held = ours.current(NOW)
    (folder / "posts/b.md").write_text(POST.format("B"))
    theirs.current(NOW)
    clock.now += 1
    taking, go, settle = Event(), Event(), ours.settle

    def slow_settle(now: datetime, *, serving: bool) -> None:
        taking.set()
        assert go.wait(60)
        settle(now, serving=serving)

    monkeypatch.setattr(ours, "settle", slow_settle)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(ours.current, NOW)
        assert taking.wait(60)
        clock.now += later
        second = threads.submit(ours.current, NOW)
        with pytest.raises(TimeoutError):
            second.result(0.1)
        go.set()
        assert first.result(60) is second.result(60) is not held


def test_a_cheap_look_rests_as_long_as_itself_for_few_and_fifty_times_that_for_many() -> None:
    assert _rest(0.0004, 1) == 0.0004
    assert _rest(0.0004, 1000) == 0.0004 * 50


def test_a_costly_look_always_rests_fifty_times_its_cost_but_five_seconds_at_the_most() -> None:
    assert _rest(0.04, 1) == 2.0
    assert _rest(3.0, 1) == 5.0
