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
from feedsvc.repository.workers import end_with_parent
from feedsvc.settings import DEFAULT_URL
from feedsvc.site import open_site
from feedsvc.web.address import Address, free_address
from feedsvc.web.restarts import restarting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from wsgiref.types import WSGIApplication

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
    """Serve the site in `folder` until SIGINT or SIGTERM.

    `say` gets one line with the address as soon as it answers. Port 0 takes a free one. `reload`
    starts afresh when configuration or code change (`say` must then be picklable); changed posts
    are seen anyway. Raises ConfigError, SiteNotFoundError and ServerError.
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

    overrides = _with_url(folder, address, overrides)
    has_files = _warm(folder, overrides)
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
    server.serve(target_loader=partial(_load, folder, overrides), wrap_loader=False)


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


def _load(folder: Path, overrides: Mapping[str, JSON] | None) -> WSGIApplication:
    """What every worker runs; it opens the site itself, as an index does not survive a fork."""
    _leave_stopping_to_the_parent()
    end_with_parent()  # else the port stays taken where that was killed
    from feedsvc.web.front import create_application

    return create_application(open_site(folder, overrides=overrides))


def _leave_stopping_to_the_parent() -> None:
    """Let a worker stop for the parent's SIGTERM alone, and at any time.

    A terminal sends Ctrl-C to the workers too, and granian's two handlers, run at once, wait for
    each other for ever; a worker that is still loading would take the SIGTERM with the handler
    inherited from its parent and go on.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _warm(folder: Path, overrides: Mapping[str, JSON] | None) -> bool:
    """Read the posts once, with all cores, so that the workers find the index ready.

    Returns whether the site may publish files.
    """
    site = open_site(folder, overrides=overrides)
    try:
        site.current(present())
        if line := site.shortfall:
            getLogger("feedsvc").warning("%s", line)
        return site.settings.posts_have_pages
    finally:
        site.close()
