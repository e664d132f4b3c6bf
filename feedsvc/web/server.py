"""`feedsvc serve`: the site behind granian, one process a worker."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import feedsvc
from feedsvc.errors import FeedsvcError
from feedsvc.web import source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from wsgiref.types import WSGIApplication

    from feedsvc.model import JSON

# Threads a worker: answers are ready-made, so more would only wait for the interpreter's lock;
# the second keeps the worker answering while the first renders.
THREADS = 2
# Seconds that connections get to finish when the server stops.
GRACE = 5

# What --reload starts the workers again for; posts need no restart.
_RELOAD_FOR = (".py", ".toml", ".yml", ".yaml", ".html", ".css")


class ServerError(FeedsvcError):
    """The server cannot start: the address is taken, unknown or not ours to use."""


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

    `say` gets the one line with the address once the posts are read. Port 0 takes a free one.
    `reload` starts the workers again when configuration, templates or code change; changed posts
    are seen anyway. Raises ConfigError, SiteNotFoundError and ServerError.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    address, port = _free_address(host, port)
    _warm(folder, overrides)
    server = Granian(
        "feedsvc",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
        reload=reload,
        reload_paths=[folder, Path(feedsvc.__file__).parent],
        reload_filter=_reload_filter() if reload else None,
    )
    shown = f"[{address}]" if ":" in address else address
    server.on_startup(lambda: say(f"Serving {folder} at http://{shown}:{port}/"))
    server.serve(target_loader=partial(_load, folder, overrides), wrap_loader=False)


def _load(folder: Path, overrides: Mapping[str, JSON] | None) -> WSGIApplication:
    """What every worker runs; it opens the site itself, as an index does not survive a fork."""
    from feedsvc.site import open_site
    from feedsvc.web.front import create_application

    return create_application(open_site(folder, overrides=overrides))


def _warm(folder: Path, overrides: Mapping[str, JSON] | None) -> None:
    """Read the posts once, with all cores, so that the workers find the index ready."""
    from feedsvc.site import open_site

    site = open_site(folder, overrides=overrides)
    try:
        site.current(source.now())
    finally:
        site.close()


def _free_address(host: str, port: int) -> tuple[str, int]:
    """The address and port to listen at, tried: granian itself would share a taken port."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            taken = probe.getsockname()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServerError(
            f"cannot listen at {host}:{port}: {reason}; choose another with --host or --port"
        ) from error
    except OverflowError as error:
        raise ServerError(f"cannot listen at port {port}: ports go from 0 to 65535") from error
    return str(taken[0]), int(taken[1])


def _reload_filter() -> type:
    try:
        from watchfiles import Change, DefaultFilter
    except ImportError as error:
        raise ServerError("--reload needs watchfiles: pip install 'granian[reload]'") from error

    class Sources(DefaultFilter):
        """Changes that a running worker does not notice by itself."""

        def __call__(self, change: Change, path: str) -> bool:
            return path.endswith(_RELOAD_FOR) and super().__call__(change, path)

    return Sources
