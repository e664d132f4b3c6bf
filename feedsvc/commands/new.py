"""`feedsvc new`: the file of a new post, dated now in the site's time zone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.commands.opening import create
from feedsvc.commands.terminal import notice, plain, say
from feedsvc.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import datetime

# What every front matter reader takes for text without quotes; Pelican would keep the quotes.
_BARE = re.compile(r"[^\W\d_][\w ,.!?()’“”–—-]*(?<! )")
_UNDECODED = re.compile(r"[\ud800-\udfff]")  # what Python makes of other bytes
_NO_TEXT = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Write the file, never over another one, and print its path."""
    from feedsvc.config import load_settings
    from feedsvc.slugs import slugify

    found = load_settings(Path(args.site))
    notice(found.detection)
    settings = found.settings
    title = " ".join(plain(args.title).split())
    if _UNDECODED.search(title):
        raise UsageError("the title is no UTF-8; write it in UTF-8")
    date = clock().astimezone(settings.site.zone).replace(microsecond=0)
    folder = Path(args.site, settings.posts.path[0] if settings.posts.path else "")
    folder.mkdir(exist_ok=True)
    path = folder / f"{date:%Y-%m-%d}-{slugify(title)}.md"
    create(path, f"---\ntitle: {_scalar(title)}\ndate: {date.isoformat(' ')}\n---\n\n")
    say(str(path))
    return 0


def _scalar(text: str) -> str:
    """Return text as a YAML scalar."""
    if _BARE.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)
