"""What the front keeps ready, for how long, and what it leaves to the app."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, create_environ, run_wsgi_app

from feedsvc.web import front
from feedsvc.web.front import Front, create_application

from .fakes import DOCUMENTS, NOW, FakePublication, FakeSite, clock, document, settings

if TYPE_CHECKING:
    from io import FileIO
    from wsgiref.types import WSGIEnvironment


def refusing(environ: WSGIEnvironment, start: object) -> list[bytes]:
    raise AssertionError(f"fell through to the app: {environ['PATH_INFO']!r}")


def alone(site: FakeSite) -> Client:
    return Client(Front(refusing, site, clock=clock))


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("HEAD", {}, 200),
        ("GET", {"If-None-Match": f'"{DOCUMENTS["/feed.atom"].etag}"'}, 304),
        ("HEAD", {"If-None-Match": f'"{DOCUMENTS["/feed.atom"].etag}"'}, 304),
        (
            "GET",
            {
                "If-None-Match": f'"{DOCUMENTS["/feed.atom"].etag}"',
                "If-Modified-Since": "Fri, 01 May 2020 10:20:29 GMT",
            },
            304,
        ),
    ],
)
def test_plain_request_never_reaches_the_app(
    method: str, headers: dict[str, str], status: int
) -> None:
    answer = alone(FakeSite()).open("/feed.atom", method=method, headers=headers)
    assert answer.status_code == status


def test_second_request_does_not_ask_for_the_document_again() -> None:
    site = FakeSite()
    client = alone(site)
    assert client.get("/feed.atom").data == client.get("/feed.atom").data
    assert site.publication.asked == ["/feed.atom"]


def test_new_version_of_the_site_is_seen_at_once() -> None:
    site = FakeSite()
    client = alone(site)
    assert client.get("/feed.atom").data == b"body of /feed.atom"
    site.publication = FakePublication({"/feed.atom": document("/feed.atom", body=b"new")})
    assert client.get("/feed.atom").data == b"new"


def test_max_age_shrinks_as_the_next_change_comes_near() -> None:
    instant = NOW
    client = Client(Front(refusing, FakeSite(), clock=lambda: instant))

    def age(path: str) -> str:
        return client.get(path).headers["Cache-Control"]

    assert age("/far.atom") == "public, max-age=300"
    instant = NOW + timedelta(seconds=3300)
    assert age("/far.atom") == "public, max-age=300"
    instant = NOW + timedelta(seconds=3301)
    assert age("/far.atom") == "public, max-age=299"
    instant = NOW + timedelta(seconds=3599, microseconds=1)
    assert age("/far.atom") == "public, max-age=0"


def test_a_change_still_to_come_is_told_once_it_has_come() -> None:
    instant = NOW
    client = Client(Front(refusing, FakeSite(), clock=lambda: instant))
    assert "Last-Modified" not in client.get("/ahead.atom").headers
    instant = NOW + timedelta(seconds=0.5)
    assert "Last-Modified" in client.get("/ahead.atom").headers


def test_server_may_change_the_headers_it_is_given() -> None:
    application = Front(refusing, FakeSite(), clock=clock)
    first = []

    def start(_status: str, headers: list[tuple[str, str]], _error: object = None) -> object:
        first.append(list(headers))
        headers.append(("Date", "today"))
        return None

    for _ in range(2):
        application(create_environ("/feed.atom"), start)  # type: ignore[arg-type]
    assert first[0] == first[1]


def test_ready_answers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "READY_BYTES", 100)
    site = FakeSite({f"/{n}": document(f"/{n}", body=b"x" * 40) for n in range(9)})
    client = alone(site)
    for _ in range(2):
        for path in site.publication.documents:
            assert client.get(path).status_code == 200
    shelf = client.application._shelf
    assert sum(len(one.body[0]) for one in shelf._answers.values()) <= 100


@pytest.mark.parametrize(
    "path", ["/feed.atom", "/tags/%E4%B8%8A%E6%B5%B7/", "/nothing", "/2026/a/chime.mp3"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}])
def test_follows_pep_3333(path: str, method: str, headers: dict[str, str]) -> None:
    environ = create_environ(path, method=method, headers=headers)
    environ["wsgi.input"] = BytesIO()
    application = validator(create_application(FakeSite(), clock=clock))
    assert Client(application).open(environ, buffered=True).status_code in {200, 304, 404}


@pytest.mark.parametrize("part", [None, "bytes=2-5"])
def test_a_file_is_closed_however_sending_ends(part: str | None) -> None:
    headers = {} if part is None else {"Range": part}
    environ = create_environ("/2026/a/chime.mp3", headers=headers)
    body = create_application(FakeSite(), clock=clock)(environ, lambda *_: bytes.strip)
    body.close()  # type: ignore[attr-defined]  # the client went away
    with pytest.raises(ValueError, match="closed"):
        next(iter(body))


def test_a_server_with_its_own_way_of_sending_files_is_given_the_file() -> None:
    class Wrapper:
        def __init__(self, file: FileIO, _size: int) -> None:
            self.file = file

    def ask(**headers: str) -> object:
        environ = create_environ("/2026/a/chime.mp3", headers=headers)
        environ["wsgi.file_wrapper"] = Wrapper
        return create_application(FakeSite(), clock=clock)(environ, lambda *_: bytes.strip)

    whole = ask()
    assert isinstance(whole, Wrapper)
    with whole.file as file:
        assert file.readall() == b"0123456789"
    # Of a part some servers would send the whole file.
    part = ask(Range="bytes=0-3")
    assert b"".join(part) == b"0123"  # type: ignore[call-overload]


@given(raw=st.binary(max_size=40), tag=st.text(max_size=20), since=st.text(max_size=20))
def test_any_bytes_in_a_request_get_an_answer(raw: bytes, tag: str, since: str) -> None:
    application = create_application(FakeSite(), clock=clock)
    environ = create_environ("/")
    environ["PATH_INFO"] = "/" + raw.decode("latin-1")
    environ["HTTP_IF_NONE_MATCH"] = tag.encode().decode("latin-1")
    environ["HTTP_IF_MODIFIED_SINCE"] = since.encode().decode("latin-1")
    status = run_wsgi_app(application, environ)[1]
    assert status[:3] in {"200", "301", "304", "404"}


@given(limit=st.integers(0, 1000), due=st.floats(-100, 2000), later=st.floats(0, 2000))
def test_no_cache_keeps_a_document_past_its_next_change(
    limit: int, due: float, later: float
) -> None:
    instant = NOW
    site = FakeSite({"/a": document("/a", due=due)}, settings(max_age=limit))
    client = Client(Front(refusing, site, clock=lambda: instant))
    client.get("/a")
    instant = NOW + timedelta(seconds=later)
    seconds = int(client.get("/a").headers["Cache-Control"].rpartition("=")[2])
    assert 0 <= seconds <= limit
    valid_until = site.publication.documents["/a"].valid_until
    assert valid_until is not None
    assert seconds == 0 or instant + timedelta(seconds=seconds) <= valid_until
