"""Which folder an app serves."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from feedsvc.errors import ConfigError, SiteNotFoundError
from feedsvc.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POSTS = {"posts/2026-05-30-quiet.md": "---\ntitle: Quiet\n---\nBody\n"}


def test_folder_is_served(make_site: Callable[..., Path]) -> None:
    folder = make_site(POSTS)
    for given in (folder, str(folder)):
        assert "Quiet" in Client(create_app(given)).get("/feed.atom").text


def test_environment_names_the_folder(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDSVC_SITE", str(make_site(POSTS)))
    assert "Quiet" in Client(create_app()).get("/feed.atom").text


def test_current_folder_is_the_last_resort(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_site(POSTS))
    assert "Quiet" in Client(create_app()).get("/feed.atom").text


def test_what_is_wrong_with_the_folder_is_told_at_once(
    make_site: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(SiteNotFoundError):
        create_app(tmp_path / "nowhere")
    with pytest.raises(ConfigError):
        create_app(make_site(POSTS, config="[site\n"))


def test_wsgi_file_serves_the_folder_of_the_environment(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("FEEDSVC_SITE", str(make_site(POSTS)))
    application = runpy.run_path(str(request.config.rootpath / "wsgi.py"))["application"]
    assert "Quiet" in Client(application).get("/feed.atom").text


def test_changed_post_is_seen_by_the_running_app(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_site(POSTS)
    client = Client(create_app(folder))
    before = client.get("/feed.atom")
    monkeypatch.setattr("feedsvc.live.time.monotonic", lambda: 1e9)
    (folder / "posts/2026-05-30-quiet.md").write_text("---\ntitle: Loud, now\n---\nBody\n")
    after = client.get("/feed.atom")
    assert "Loud, now" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]
