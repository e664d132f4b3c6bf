"""`feedsvc export`: write a site's documents as files."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, NoReturn

from feedsvc.commands.opening import opened, tell_shortfall
from feedsvc.commands.terminal import notice, say
from feedsvc.settings import DEFAULT_URL

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import datetime

    from tqdm import tqdm

_PATIENCE = 1.0  # seconds without a progress bar


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Export, tell what was left alone and what was done."""
    from feedsvc.export import export

    with opened(args) as site, Bar() as bar:
        summary = export(
            site, args.target, now=clock(), strict=args.strict, frozen=args.frozen, progress=bar
        )
        tell_shortfall(site)
        if site.settings.site.url == DEFAULT_URL:  # ids that are told with it stay for ever
            notice(f"links lead to {DEFAULT_URL}; set `[site] url` before you publish this")
    for line in summary.notices:
        notice(line)
    say(str(summary))
    return 0


class Bar:
    """A progress bar on a terminal, for an export that takes long enough to look at one."""

    def __init__(self) -> None:
        self._wanted = sys.stderr.isatty()
        self._start = time.monotonic()
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, done: int, total: int) -> None:
        """Show how many of how many documents are done."""
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
        elif self._wanted and time.monotonic() - self._start >= _PATIENCE:
            from tqdm import tqdm

            self._bar = tqdm(
                total=total, initial=done, unit=" documents", file=sys.stderr, leave=False
            )
