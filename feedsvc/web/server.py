"""`feedsvc serve`: the site behind granian, one process a worker."""

from __future__ import annotations

import contextlib
import signal
import sys
from functools import partial
from logging import getLogger
from threading import Thread
from typing import TYPE_CHECKING

from feedsvc.clock import present
from feedsvc.config import load_settings
from feedsvc.errors import FeedsvcError
from feedsvc.repository.workers import end_with_parent
from feedsvc.settings import DEFAULT_URL
from feedsvc.site import open_configured
from feedsvc.web.address import Address, free_address
from feedsvc.web.restarts import restarting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import FrameType
    from wsgiref.types import WSGIApplication

    from feedsvc.config import Configuration
    from feedsvc.model import JSON

# Threads a worker: answers are ready-made, so more would only wait for the interpreter's lock;
# the second keeps the worker answering while the first renders.
THREADS = 2
# Where files are published each thread may be kept by one that a slow client downloads. They are
# only started while they are wanted.
FILE_THREADS = 64
# Seconds that connections get to finish when the server stops.
GRACE = 5


def run(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    reload: bool = False,
    overrides: Mapping[str, JSON] | None = None,
    say: Callable[[str], object] = print,
) -> None:
    """Serve the site in `folder` until SIGINT, SIGTERM or the end of the terminal it has.

    Without a terminal SIGHUP starts the workers anew, one after the other, with the configuration
    as it is then. `say` gets one line with the address as soon as it answers. Port 0 takes a free
    one. `reload` starts afresh when configuration or code change (`say` must then be picklable);
    changed posts are seen anyway. Raises ConfigError, SiteNotFoundError and ServerError.
    """
    address = free_address(host, port)
    with contextlib.suppress(KeyboardInterrupt):  # before granian has its own handler
        if reload:
            load_settings(folder, overrides)  # what is wrong from the start is told from here
            restarting(folder, serve, (folder, address, workers, overrides, say))
        else:
            serve(folder, address, workers, overrides, say)


def serve(
    folder: Path,
    address: Address,
    workers: int,
    overrides: Mapping[str, JSON] | None,
    say: Callable[[str], object],
) -> None:
    """Read the posts, then run the server at an address that is free."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    loader = _Loader(partial(_configuration, folder, address, overrides))
    has_files = loader.warm()
    end_with_parent()  # which there is with `--reload`
    server = Granian(
        "feedsvc",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=FILE_THREADS if has_files else THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        # Below lies a warning about killed workers that also comes when they were merely reaped.
        log_level=LogLevels.error,
    )

    def announce() -> None:
        address.wait_until_it_answers()
        say(f"Serving {folder} at {address.url}")

    server.on_startup(Thread(target=announce, daemon=True).start)
    server.on_startup(partial(_heed_hang_up, _has_terminal(), loader.take_up))
    server.serve(target_loader=loader, wrap_loader=False)


class _Loader:
    """What every worker runs: all have the configuration that the server took up last."""

    def __init__(self, read: Callable[[], Configuration]) -> None:
        self._read = read
        self._configuration = read()

    def __call__(self) -> WSGIApplication:
        """Open the site in the worker itself, as an index does not survive a fork."""
        _leave_stopping_to_the_parent()
        end_with_parent()  # else the port stays taken where that was killed
        from feedsvc.web.front import create_application

        return create_application(open_configured(self._configuration))

    def take_up(self) -> bool:
        """Read the configuration anew; what is wrong with it is told, and the one before stays."""
        try:
            self._configuration = self._read()
        except FeedsvcError as error:
            sys.stderr.write(f"{error}\n")
            return False
        return True

    def warm(self) -> bool:
        """Read the posts once, with all cores, so that the workers find the index ready.

        Returns whether the site may publish files.
        """
        site = open_configured(self._configuration)
        try:
            site.current(present())
            if line := site.shortfall:
                getLogger("feedsvc").warning("%s", line)
            return site.settings.posts_have_pages
        finally:
            site.close()


def _has_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _heed_hang_up(has_terminal: bool, take_up: Callable[[], bool]) -> None:
    """Decide what SIGHUP does, once granian has its own handlers.

    With these a server goes on without its terminal, and keeps its port; and it ends when the
    configuration that it is to take up cannot be used.
    """
    if sys.platform == "win32":
        return
    start_anew = signal.getsignal(signal.SIGHUP)
    assert callable(start_anew)

    def take_up_and_start_anew(number: int, frame: FrameType | None) -> None:
        if take_up():
            start_anew(number, frame)

    end = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGHUP, end if has_terminal else take_up_and_start_anew)


def _configuration(
    folder: Path, address: Address, overrides: Mapping[str, JSON] | None
) -> Configuration:
    return load_settings(folder, _with_url(folder, address, overrides))


def _with_url(
    folder: Path, address: Address, overrides: Mapping[str, JSON] | None
) -> Mapping[str, JSON]:
    """Let a site that has been given no URL name the port it is served at, not the default one."""
    site = load_settings(folder, overrides).settings.site
    given = dict(overrides or {})
    if site.url == DEFAULT_URL:
        table = given.get("site")
        given["site"] = {
            **(table if isinstance(table, dict) else {}),
            "url": f"http://localhost:{address.port}",
        }
    return given


def _leave_stopping_to_the_parent() -> None:
    """Let a worker stop for the parent's SIGTERM alone, and at any time.

    A terminal sends Ctrl-C and its own end to the workers too, and granian's two handlers, run at
    once, wait for each other for ever; a worker that is still loading would take the SIGTERM with
    the handler inherited from its parent and go on.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
