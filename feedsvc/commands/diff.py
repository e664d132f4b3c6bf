"""`feedsvc diff`: what subscribers of the deployed feeds would see of the present state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedsvc.commands.opening import opened
from feedsvc.commands.terminal import (
    BLUE,
    DIM,
    RED,
    YELLOW,
    notice,
    paint,
    plain,
    say,
    shorten,
    table,
)
from feedsvc.comparison.values import Kind

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from feedsvc.comparison import Change, Comparison, FeedChanges
    from feedsvc.model import JSON

_COLOURS = {Kind.DUPLICATE: RED, Kind.MISSING: RED, Kind.SILENT: YELLOW, Kind.GONE: RED}
_LONGEST_TITLE = 60  # columns
_WIDEST = max(map(len, Kind))


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Compare; 1 where something happens that --fail-on names."""
    from feedsvc import comparison
    from feedsvc.comparison.published import Published
    from feedsvc.index.past import Past
    from feedsvc.instants import to_microseconds

    now = clock()
    with (
        opened(args) as site,
        comparison.deployed(args.target, site.settings.folder, now) as target,
    ):

        def published() -> Published:
            retracted = Past(site.index.database).retracted(to_microseconds(now))
            removed = (one.id for one in retracted)
            return Published(site.posts(now), removed, now, site.settings.site.url)

        found = comparison.compare(target, site.publication(now), published)
    if args.json:
        say(json.dumps(_record(found), ensure_ascii=False))
    else:
        _show(found)
    told = {kind for kind in Kind if found.total(kind)}
    unwanted = {kind for kinds in args.fail_on or () for kind in kinds}
    failed = [f"{found.total(kind):,} {kind}" for kind in Kind if kind in unwanted & told]
    if failed:
        notice(f"feedsvc: --fail-on: {', '.join(failed)}")
    return int(bool(failed))


def _show(found: Comparison) -> None:
    kinds = [kind for kind in Kind if found.total(kind) and kind is not Kind.GONE]
    if found.feeds:
        head = ("feed", *kinds, "")
        for line in table(head, (_row(feed, kinds) for feed in found.feeds), right=" ".join(kinds)):
            say(line)
        say("")
        for kind in kinds:
            for change in found.changes(kind):
                say("  ".join(_told(change)))
        say("")
    say(_summary(found))


def _row(feed: FeedChanges, kinds: Sequence[Kind]) -> tuple[str, ...]:
    counts = (feed.count(kind) for kind in kinds)
    return feed.path, *(f"{count:,}" if count else "" for count in counts), "gone" * feed.gone


def _told(change: Change) -> Iterator[str]:
    yield paint(f"{change.kind:<{_WIDEST}}", _COLOURS.get(change.kind, BLUE))
    yield shorten(plain(change.title or change.link or change.id), _LONGEST_TITLE)
    if change.was:
        yield plain(f"{change.was} → {change.id}")
    else:
        yield paint(plain(change.id), DIM)
    if change.what:
        yield f"({', '.join(change.what)})"


def _summary(found: Comparison) -> str:
    compared = len(found.feeds) + found.same
    counts = (f"{found.total(kind):,} {kind}" for kind in Kind if found.total(kind))
    text = ", ".join(counts) or "subscribers see no difference"
    more = f"; {len(found.added):,} not deployed yet" if found.added else ""
    return f"{compared:,} {'feed' if compared == 1 else 'feeds'}: {text}{more}"


def _record(found: Comparison) -> JSON:
    return {
        "total": {str(kind): found.total(kind) for kind in Kind},
        "same": found.same,
        "added": list(found.added),
        "feeds": [
            {
                "path": feed.path,
                "gone": feed.gone,
                "changes": [
                    {
                        "kind": str(change.kind),
                        "id": change.id,
                        "was": change.was,
                        "title": change.title,
                        "link": change.link,
                        "what": list(change.what),
                    }
                    for change in feed.changes
                ],
            }
            for feed in found.feeds
        ],
    }
