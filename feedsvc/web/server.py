"""`feedsvc serve`: the site behind granian, one process a worker."""

from __future__ import annotations

from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from feedsvc.site import open_site, present
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
    _warm(folder, overrides)
    if reload:
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
    """Run the server at an address that is free, over an index that is warm."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    server = Granian(
        "feedsvc",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
    )

    def announce() -> None:
        address.wait_until_it_answers()
        say(f"Serving {folder} at {address.url}")

    server.on_startup(Thread(target=announce, daemon=True).start)
    server.serve(target_loader=partial(_load, folder, overrides), wrap_loader=False)


def _load(folder: Path, overrides: Mapping[str, JSON] | None) -> WSGIApplication:
    """What every worker runs; it opens the site itself, as an index does not survive a fork."""
    from feedsvc.web.front import create_application

    return create_application(open_site(folder, overrides=overrides))


def _warm(folder: Path, overrides: Mapping[str, JSON] | None) -> None:
    """Read the posts once, with all cores, so that the workers find the index ready."""
    site = open_site(folder, overrides=overrides)
    try:
        site.current(present())
    finally:
        site.close()
