"""`feedsvc serve` from the first line to the last signal."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from feedsvc.clock import present
from feedsvc.errors import ConfigError, SiteNotFoundError
from feedsvc.settings import DEFAULT_URL
from feedsvc.site import open_site
from feedsvc.web.address import Address, ServerError, free_address
from feedsvc.web.server import run

if TYPE_CHECKING:
    from pathlib import Path

POSTS = {"posts/2026-05-30-quiet.md": "---\ntitle: Quiet\n---\nBody\n"}
COMMAND = """
import signal
import sys
from pathlib import Path
from feedsvc.errors import FeedsvcError
from feedsvc.web.server import run

def say(line):
    print(line, flush=True)

if __name__ == "__main__":
    # Of tests that run in the background a shell has Ctrl-C ignored; a terminal has not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    run(Path(sys.argv[1]), port=0, workers=int(sys.argv[2]), reload="reload" in sys.argv, say=say)
"""

Serve = Callable[..., subprocess.Popen[str]]


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a group of its own, as a terminal starts it, and its address once it is said."""
    script = folder.parent / "serve.py"
    script.write_text(COMMAND)
    process = subprocess.Popen(
        [sys.executable, str(script), str(folder), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    # Waiting for a line that never comes must end some time.
    watchdog = Timer(120, os.killpg, (process.pid, signal.SIGKILL))
    watchdog.start()
    try:
        line = process.stdout.readline()
        assert line.startswith(f"Serving {folder} at http://127.0.0.1:"), line + (
            process.stdout.read() if process.poll() is not None else ""
        )
        yield process, line.split()[-1]
    finally:
        watchdog.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def get(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


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


def eventually(condition: Callable[[], bool]) -> bool:
    for _ in range(100):
        with suppress(URLError, ConnectionError):  # a server that is just starting again
            if condition():
                return True
        time.sleep(0.1)
    return False


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
