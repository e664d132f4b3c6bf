"""Every door answers every request of the table, and all with the same bytes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urljoin

import pytest
from werkzeug.test import Client

from feedsvc.errors import SiteNotFoundError
from feedsvc.pages import policy
from feedsvc.web.app import create_app
from feedsvc.web.front import create_application

from .cases import CASES, SLASHED, Case
from .fakes import NOW, FakePublication, FakeSite, clock

if TYPE_CHECKING:
    from .conftest import Door


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_answer(case: Case, door: Door) -> None:
    client, prefix = door
    answer = client.open(
        prefix + case.path, method=case.method, headers=case.headers, buffered=True
    )
    assert answer.status_code == case.status
    for name, value in case.expected.items():
        assert answer.headers.get(name) == value, name
    if case.body is not None:
        assert answer.data == case.body


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_front_and_app_agree_to_the_byte(case: Case) -> None:
    def ask(client: Client) -> tuple[int, list[tuple[str, str]], bytes]:
        answer = client.open(case.path, method=case.method, headers=case.headers)
        return answer.status_code, sorted(answer.headers), answer.data

    site = FakeSite()
    front = Client(create_application(site, clock=clock))
    app = Client(create_app(site, clock=clock))
    assert ask(front) == ask(app)
    assert ask(front) == ask(app), "when the front has its answer ready"


@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/feed.atom", "/tags/%E4%B8%8A%E6%B5%B7/"])
def test_allow_names_the_methods(door: Door, method: str, path: str) -> None:
    client, prefix = door
    answer = client.open(prefix + path, method=method)
    assert {name.strip() for name in answer.headers["Allow"].split(",")} == {
        "GET",
        "HEAD",
        "OPTIONS",
    }


@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_allow_is_the_same_in_every_process(method: str) -> None:
    """Sets of text have another order in each."""
    app = Client(create_app(FakeSite()))
    assert app.open("/feed.atom", method=method).headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", SLASHED)
@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_folder_without_slash_redirects_to_it_wherever_it_is_mounted(
    door: Door, path: str, host: str
) -> None:
    client, prefix = door
    answer = client.get(prefix + path, headers={"Host": host})
    assert (answer.status_code, answer.headers["Location"]) == (301, SLASHED[path])
    followed = client.get(urljoin(prefix + path, answer.headers["Location"]))
    assert followed.status_code == 200


def test_mount_point_without_slash_redirects_to_it(door: Door) -> None:
    client, prefix = door
    if not prefix:
        pytest.skip("a host has no such address")
    answer = client.get(prefix)
    assert (answer.status_code, answer.headers["Location"]) == (301, "./blog/")


@pytest.mark.parametrize("path", ["/index.xml", "/tags/c++"])
def test_no_cache_keeps_a_redirect_past_the_next_change(
    door: Door, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A post that is due may have its address there."""
    client, prefix = door
    monkeypatch.setattr(FakePublication, "valid_until", NOW + timedelta(seconds=42.9))
    answer = client.get(prefix + path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (301, "public, max-age=42")


@pytest.mark.parametrize("path", ["//evil.example/tags/c++", "//evil.example/", "/\\evil.example"])
def test_no_path_redirects_to_another_host(path: str) -> None:
    site = FakeSite()
    for app in (create_app(site, clock=clock), create_application(site, clock=clock)):
        answer = Client(app).get("/", environ_overrides={"PATH_INFO": path})
        assert answer.status_code == 404
        assert "Location" not in answer.headers


@pytest.mark.parametrize("path", ["//feed.atom", "///feed.atom", "//"])
def test_several_slashes_are_not_one(door: Door, path: str) -> None:
    client, prefix = door
    answer = client.get("/", environ_overrides={"PATH_INFO": prefix + path})
    assert answer.status_code == 404
    assert "Location" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/tags/c++/", "/nothing", "/tags/old/"])
def test_pages_carry_their_policy(door: Door, path: str) -> None:
    client, prefix = door
    answer = client.get(prefix + path)
    assert answer.headers["Content-Security-Policy"] == policy.policy()
    assert answer.mimetype == "text/html"


def test_no_header_is_sent_twice(door: Door) -> None:
    client, prefix = door
    for case in CASES:
        answer = client.open(
            prefix + case.path, method=case.method, headers=case.headers, buffered=True
        )
        names = [name.lower() for name, _ in answer.headers]
        assert len(names) == len(set(names)), case.rule


def test_refused_method_is_not_kept() -> None:
    answer = Client(create_app(FakeSite(), clock=clock)).post("/feed.atom")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_unreadable_posts_are_503_and_not_kept(caplog: pytest.LogCaptureFixture) -> None:
    class Away(FakeSite):
        def current(self, now: object) -> NoReturn:
            raise SiteNotFoundError("posts: no such folder")

    for app in (create_app(Away(), clock=clock), create_application(Away(), clock=clock)):
        answer = Client(app).get("/feed.atom")
        assert answer.status_code == 503
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Retry-After"] == "5"
    assert "posts: no such folder" in caplog.text


def test_one_reason_is_logged_once_for_many_requests(caplog: pytest.LogCaptureFixture) -> None:
    class Away(FakeSite):
        reason = "posts: no such folder"

        def current(self, now: object) -> NoReturn:
            raise SiteNotFoundError(self.reason)

    site = Away()
    client = Client(create_app(site, clock=clock))
    for reason in ("posts: no such folder", "posts: Permission denied"):
        site.reason = reason
        assert {client.get("/feed.atom").status_code for _ in range(20)} == {503}
    assert [record.message for record in caplog.records] == [
        "posts: no such folder",
        "posts: Permission denied",
    ]
