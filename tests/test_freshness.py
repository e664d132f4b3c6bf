"""What was just written is in the very next answer; under load, looks stay a small share."""

from __future__ import annotations

from shutil import rmtree
from typing import TYPE_CHECKING

from feedsvc.live import _rest
from feedsvc.web.app import create_app

if TYPE_CHECKING:
    import pytest

    from tests.conftest import SiteFactory

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


def test_a_cheap_look_rests_as_long_as_itself_for_few_and_fifty_times_that_for_many() -> None:
    assert _rest(0.0004, 1) == 0.0004
    assert _rest(0.0004, 1000) == 0.0004 * 50


def test_a_costly_look_always_rests_fifty_times_its_cost_but_five_seconds_at_the_most() -> None:
    assert _rest(0.04, 1) == 2.0
    assert _rest(3.0, 1) == 5.0
