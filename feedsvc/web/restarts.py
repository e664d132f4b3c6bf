"""`--reload`: the server in a process of its own, started again when its sources change."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedsvc
from feedsvc.errors import FeedsvcError

if TYPE_CHECKING:
    from collections.abc import Callable

# What a running server does not notice by itself: configuration, and code with its templates.
SOURCES = (".py", ".toml", ".yml", ".yaml", ".html", ".css")


def restarting(folder: Path, target: Callable[..., None], args: tuple[Any, ...]) -> None:
    """Call `target(*args)` in a fresh process after every change, until SIGINT or SIGTERM.

    Both must be picklable. A configuration that cannot be used is told in one line; the next
    change is another try.
    """
    from watchfiles import DefaultFilter, run_process

    # It has a word to say about every Ctrl-C.
    logging.getLogger("watchfiles").setLevel(logging.ERROR)
    notable = DefaultFilter()
    run_process(
        folder,
        Path(feedsvc.__file__).parent,
        target=_attempt,
        args=(target, args),
        watch_filter=lambda change, path: path.endswith(SOURCES) and notable(change, path),
    )


def _attempt(target: Callable[..., None], args: tuple[Any, ...]) -> None:
    try:
        target(*args)
    except KeyboardInterrupt:
        pass  # told to stop while still starting
    except FeedsvcError as error:
        sys.stderr.write(f"{error}\n")
