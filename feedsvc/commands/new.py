"""`feedsvc new`: the file of a new post, dated now in the site's time zone.

It lies beside the newest post and is named like it: only there is it certain that the site's feed
and the addresses that its posts have are the new post's, too.
"""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.commands.opening import create, opened
from feedsvc.commands.terminal import notice, plain, say
from feedsvc.errors import UsageError
from feedsvc.model import State

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import datetime

    from feedsvc.config import Configuration

# What every front matter reader takes for text without quotes; Pelican would keep the quotes.
_BARE = re.compile(r"[^\W\d_][\w ,.!?()’“”–—-]*(?<! )")
_UNDECODED = re.compile(r"[\ud800-\udfff]")  # what Python makes of other bytes
_NO_TEXT = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}
_BEGINS_WITH_A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
_OF_TIME = re.compile(r"[\d-]+", re.ASCII)  # folders of years, months and days
_BUNDLED = {"index", "_index", "readme"}  # the post is its folder


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Write the file, never over another one, and print its path."""
    from feedsvc.config import load_settings
    from feedsvc.slugs import slugify

    found = load_settings(Path(args.site))
    title = " ".join(plain(args.title).split())
    if _UNDECODED.search(title):
        raise UsageError("the title is no UTF-8; write it in UTF-8")
    date = clock().astimezone(found.settings.site.zone).replace(microsecond=0)
    place = _place(args, found, date)
    folder = Path(args.site, place.folder)
    folder.mkdir(exist_ok=True)
    name, suffix = slugify(title), place.suffix
    taken = name in _BUNDLED or (folder / name).exists() or (folder / f"{name}{suffix}").exists()
    if place.is_dated or taken or found.settings.posts.dialect == "feedsvc":
        name = f"{date:%Y-%m-%d}-{name}"
    path = folder / f"{name}{suffix}"
    create(path, f"---\ntitle: {_scalar(title)}\ndate: {date.isoformat(' ')}\n---\n\n")
    say(str(path))
    return 0


class _Place(NamedTuple):
    """Where a new post lies, whether its name begins with the day, and how it ends."""

    folder: str
    is_dated: bool
    suffix: str = ".md"


def _place(args: argparse.Namespace, found: Configuration, now: datetime) -> _Place:
    """Beside the newest post, and like that; else where posts begin."""
    roots = found.settings.posts.path or ("",)
    if all(Path(args.site, root).is_dir() for root in roots):
        with opened(args) as site:
            for post in site.posts(now):
                shown = post.in_feeds and post.in_site_feed
                if shown and post.state(now) is State.PUBLISHED:
                    place = _beside(PurePosixPath(post.path), roots)
                    read = partial(site.repository.dialect.is_post, settings=site.settings)
                    return place._replace(suffix=_suffix(post.path, place.folder, roots, read))
    else:
        notice(found.detection)
    usual = [root for root in roots if not root.endswith("_drafts")]
    return _Place((usual or [f"{roots[0].removesuffix('drafts')}posts"])[0], is_dated=True)


def _beside(path: PurePosixPath, roots: tuple[str, ...]) -> _Place:
    """Where a post beside this one lies: not in the folder that is the post, nor in its year's."""
    folder, stem = path.parent, path.stem
    if stem.lower() in _BUNDLED and not _is_in(folder, roots):
        folder, stem = folder.parent, folder.name
    while not _is_in(folder, roots) and _OF_TIME.fullmatch(folder.name):
        folder = folder.parent
    return _Place(str(folder), _BEGINS_WITH_A_DAY.match(stem) is not None)


def _suffix(path: str, folder: str, roots: tuple[str, ...], read: Callable[[str], bool]) -> str:
    """Markdown's, where the site has posts in that; else that of the post at `path`."""
    root = next((root for root in roots if path.startswith(f"{root}/")), "")
    example = str(PurePosixPath(folder, "a.md")).removeprefix(f"{root}/")
    return ".md" if read(example) else PurePosixPath(path).suffix


def _is_in(folder: PurePosixPath, roots: tuple[str, ...]) -> bool:
    return str(folder) in roots or not folder.name


def _scalar(text: str) -> str:
    """Return text as a YAML scalar."""
    if _BARE.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)
