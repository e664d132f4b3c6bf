"""What commands do alike: open a site, saying what was found; begin a file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from feedsvc.commands.terminal import notice
from feedsvc.errors import FeedsvcError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from feedsvc.site import Site


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Site]:
    """Open `args.site` for a command and tell on stderr what it is.

    Raises ConfigError and SiteNotFoundError.
    """
    from feedsvc.site import open_site

    site = open_site(args.site)
    notice(site.detection)
    try:
        yield site
        if site.session.notice:
            notice(site.session.notice)
    finally:
        site.close()


def tell_shortfall(site: Site) -> None:
    """Tell on stderr that files were left out: a folder whose posts do not show up is a riddle."""
    if line := site.shortfall:
        notice(line)


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all. Raises FeedsvcError if there is one already."""
    try:
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        raise FeedsvcError(f"{path}: is there already; edit it, or move it away first") from None
    try:
        with file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
