"""`feedsvc posts`: every post that could be read, whatever its state."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from feedsvc.commands.opening import opened, tell_shortfall
from feedsvc.commands.records import post_record
from feedsvc.commands.terminal import say, say_list, shorten, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import datetime

    from feedsvc.model import Post
    from feedsvc.settings import Settings

_HEAD = ("published", "state", "title", "path")
_LONGEST_TITLE = 60  # columns


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """List the posts, newest first."""
    now = clock()
    with opened(args) as site:
        if args.json:
            say_list(post_record(post, now) for post in site.posts(now))
            return 0
        rows = (_row(post, now, site.settings) for post in site.posts(now))
        for line in table(_HEAD, rows):
            say(_fitted(line))
        tell_shortfall(site)
    return 0


def _row(post: Post, now: datetime, settings: Settings) -> tuple[str, ...]:
    published = post.published.astimezone(settings.site.zone)
    return (
        f"{published:%Y-%m-%d %H:%M}",
        post.state(now),
        shorten(post.title, _LONGEST_TITLE),
        post.path,
    )


def _fitted(line: str) -> str:
    """Cut a line to the terminal's width; into a file or a pipe goes all of it."""
    if not sys.stdout.isatty():
        return line
    return shorten(line, shutil.get_terminal_size().columns)
