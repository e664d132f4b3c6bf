"""`feedsvc serve` from the first line to the last signal."""

from __future__ import annotations

import os
import re
import signal
import socket
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from feedsvc.clock import present
from feedsvc.errors import ConfigError, SiteNotFoundError
from feedsvc.settings import DEFAULT_URL
from feedsvc.site import open_site
from feedsvc.web.address import Address, ServerError, free_address
from feedsvc.web.server import run

from .serving import POSTS, eventually, get, serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("ctrl_c", [True, False])
def test_answers_at_the_address_it_says_and_stops_in_silence(
    make_site: Callable[..., Path], workers: str, ctrl_c: bool
) -> None:
    with serving(make_site(POSTS), workers) as (process, url):
        assert "Quiet" in get(url + "feed.atom")
        if ctrl_c:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.terminate()
        assert process.wait(timeout=20) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""


@pytest.mark.parametrize("arguments", [("2",), ("1", "reload")])
def test_a_server_that_is_killed_leaves_nobody_at_its_port(
    make_site: Callable[..., Path], arguments: tuple[str, ...]
) -> None:
    def answers() -> bool:
        with suppress(OSError):
            return "Quiet" in get(url + "feed.atom")
        return False

    with serving(make_site(POSTS), *arguments) as (process, url):
        assert eventually(answers)
        process.kill()
        assert eventually(lambda: not answers())


def test_a_folder_without_dates_is_told_what_is_missing(make_site: Callable[..., Path]) -> None:
    site = open_site(make_site({"note.md": "No date", "README.md": "Neither", **POSTS}))
    site.refresh(present())
    assert site.shortfall == "", "only the folder of the posts is looked at"
    site = open_site(make_site({"note.md": "No date", "a.md": "Neither"}, name="plain"))
    site.refresh(present())
    assert site.shortfall == "2 files were left out; `feedsvc check` says why"


def test_site_without_url_names_the_port_it_is_served_at(make_site: Callable[..., Path]) -> None:
    with serving(make_site(POSTS), "1") as (_, url):
        feed = get(url + "feed.atom")
    assert f'href="{url.replace("127.0.0.1", "localhost")}feed.atom"' in feed
    assert DEFAULT_URL not in feed


def test_site_with_url_keeps_it(make_site: Callable[..., Path]) -> None:
    folder = make_site(POSTS, config='[site]\nurl = "https://example.org/blog"\n')
    with serving(folder, "1") as (_, url):
        assert 'href="https://example.org/blog/feed.atom"' in get(url + "feed.atom")


def test_changed_post_is_seen_without_restart(make_site: Callable[..., Path]) -> None:
    folder = make_site(POSTS)
    with serving(folder, "1") as (_, url):
        assert "Louder" not in get(url)
        make_site({"posts/2026-05-31-loud.md": "---\ntitle: Louder\n---\nBody\n"})
        assert eventually(lambda: "Louder" in get(url))


def test_reload_takes_up_the_configuration_and_outlives_a_broken_one(
    make_site: Callable[..., Path],
) -> None:
    folder = make_site(POSTS, config='[site]\ntitle = "Before"\n')
    with serving(folder, "1", "reload") as (process, url):
        assert "Before" in get(url)
        with writing(folder / "feedsvc.toml", "[site\n"):
            said(process, "feedsvc.toml:1:")
        with writing(folder / "feedsvc.toml", '[site]\ntitle = "After"\n'):
            assert said(process, "Serving").split()[-1] == url
        assert eventually(lambda: "After" in get(url))
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 0


def said(process: subprocess.Popen[str], start: str) -> str:
    """The next line that begins so.

    A worker that is still starting when the file is written again is interrupted, and on a busy
    machine its Python says so (3.11 in other words while a class is made); no other trouble may
    be told before.
    """
    assert process.stdout is not None
    before = []
    while not (line := process.stdout.readline()).startswith(start):
        assert line, before
        before.append(line)
    errors = re.findall(
        r"^([\w.]*(?:Error|Exception|Interrupt))(?:: (?!Error calling __set_name__ on )|:?$)",
        "".join(before),
        re.MULTILINE,
    )
    assert set(errors) <= {"KeyboardInterrupt"}, before
    return line


@contextmanager
def writing(file: Path, text: str) -> Iterator[None]:
    """Write a file again and again, more and more seldom.

    The first time may be before anybody watches; and each time a start that lasts, as it does on a
    busy machine, is broken off.
    """
    done = Event()

    def write() -> None:
        file.write_text(text)
        pause = 1.0
        while not done.wait(pause):
            file.write_text(text)
            pause *= 2

    thread = Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_taken_port_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=rf"^cannot listen at 127.0.0.1:{port}: .*--port$"):
            free_address("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port"),
    [("127.0.0.1", 70000), ("127.0.0.1", -1), ("no.such.host.invalid", 8000), ("a" * 70, 1)],
)
def test_impossible_address_is_one_line(host: str, port: int) -> None:
    with pytest.raises(ServerError) as caught:
        free_address(host, port)
    assert "\n" not in str(caught.value)


def test_free_port_is_found() -> None:
    found = free_address("localhost", 0)
    assert found.port > 0
    assert free_address(found.host, found.port) == found


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_address_is_one_a_browser_takes(host: str, url: str) -> None:
    assert Address(host, 8000).url == url


@pytest.mark.parametrize("reload", [True, False])
def test_what_is_wrong_with_the_site_is_told_before_the_server_starts(
    make_site: Callable[..., Path], tmp_path: Path, reload: bool
) -> None:
    with pytest.raises(SiteNotFoundError):
        run(tmp_path / "nowhere", port=0, reload=reload)
    with pytest.raises(ConfigError):
        run(make_site(POSTS, config="[site\n"), port=0, reload=reload)
