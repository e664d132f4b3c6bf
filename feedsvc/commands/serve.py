"""`feedsvc serve`: publish a site over HTTP until it is told to stop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.commands.terminal import notice, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import datetime


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:  # noqa: ARG001
    """Serve; ends fine on SIGINT and SIGTERM."""
    from feedsvc.config import load_settings
    from feedsvc.web import server

    folder = Path(args.site)
    notice(load_settings(folder).detection)
    server.run(
        folder,
        host=args.host,
        port=args.port,
        workers=args.workers,
        reload=args.reload,
        say=_say_at_once,
    )
    return 0


def _say_at_once(line: str) -> None:
    say(line)
    sys.stdout.flush()  # whoever reads from a pipe waits for the address
