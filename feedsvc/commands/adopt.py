"""`feedsvc adopt`: take over the ids and dates that subscribers already have."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from feedsvc.commands.opening import opened
from feedsvc.commands.terminal import notice, plain, say, shorten, table
from feedsvc.errors import FeedsvcError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from feedsvc.adoption import Adoption, Match
    from feedsvc.ledger import Reconciled
    from feedsvc.received import ReceivedEntry
    from feedsvc.received.history import History
    from feedsvc.settings import Settings

_HEAD = ("matched by", "published", "title", "post", "id")
_LONGEST_TITLE = 40  # columns


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Show what matches and what does not; write the ledger if that is wanted.

    1 where an entry that may be one of our posts was left out, or none matched at all.
    """
    from feedsvc import adoption, ledger
    from feedsvc.received import history

    now = clock()
    histories = [history.whole(source) for source in args.feeds]
    for each in histories:
        _introduce(each)
    with opened(args) as site:
        settings = site.settings
        if not settings.ledger.enabled:
            raise FeedsvcError(
                "[ledger] enabled = false: ids are kept in the ledger; enable it first"
            )
        path = settings.folder / settings.ledger.path
        held = ledger.read(path)
        found = adoption.plan(histories, site.posts(now), settings.site.url, held, site.named(now))
    outcome = adoption.adopt(held, found, now)
    _show(found, settings)
    added = len(outcome.ledger) - len(held)
    say(_summary(found, histories, added))
    code = int(bool(found.doubts) or not found.matches)
    if not outcome.changed:
        say(f"{settings.ledger.path} holds all of this already")
    elif not found.matches:
        say("nothing written")
    elif _is_wanted(args, settings.ledger.path):

        def step(current: ledger.Ledger) -> Reconciled:
            return adoption.adopt(current, found, now)

        ledger.settle(path, step)
        say(f"wrote {settings.ledger.path}: commit it")
    return code


def _introduce(history: History) -> None:
    for line in history.notices:
        notice(line)
    documents = f" in {history.documents} documents" if history.documents > 1 else ""
    notice(f"{history.source}: {len(history.entries):,} entries{documents}")


def _show(found: Adoption, settings: Settings) -> None:
    if found.matches:
        rows = (_row(match, settings) for match in found.matches)
        for line in table(_HEAD, rows):
            say(line)
        say("")
    for entry, reason in found.doubts:
        say(f"left out: {_named(entry, settings)}: {plain(reason)}")
    for entry in found.unmatched:
        say(f"no post: {_named(entry, settings)}")
    if found.doubts or found.unmatched:
        say("")


def _row(match: Match, settings: Settings) -> tuple[str, ...]:
    entry, post, by = match
    return (
        by,
        _day(entry.published or post.published, settings),
        shorten(plain(post.title), _LONGEST_TITLE),
        post.path,
        entry.id,
    )


def _named(entry: ReceivedEntry, settings: Settings) -> str:
    date = entry.published or entry.updated
    parts = [_day(date, settings) if date else "", entry.title or "untitled", entry.id]
    if entry.link != entry.id:
        parts.append(entry.link)
    return plain("  ".join(filter(None, parts)))


def _day(instant: datetime, settings: Settings) -> str:
    return f"{instant.astimezone(settings.site.zone):%Y-%m-%d %H:%M}"


def _summary(found: Adoption, histories: list[History], added: int) -> str:
    total = len({entry.id for history in histories for entry in history.entries})
    kept = f"{len(found.matches):,} of {total:,} entries are posts of this site"
    return "; ".join((kept, *_exceptions(found), f"{added:,} lines for the ledger"))


def _exceptions(found: Adoption) -> Iterator[str]:
    if found.doubts:
        yield f"{len(found.doubts):,} left out"
    if found.unmatched:
        yield f"{len(found.unmatched):,} without a post"


def _is_wanted(args: argparse.Namespace, name: str) -> bool:
    if args.yes:
        return True
    if args.dry_run:
        say("nothing written: --dry-run")
        return False
    if not sys.stdin.isatty():
        raise FeedsvcError("nothing written: say --yes to write, --dry-run to look only")
    sys.stdout.write(f"Write {name}? [y/N] ")
    sys.stdout.flush()
    wanted = sys.stdin.readline().strip().lower() in {"y", "yes"}
    if not wanted:
        say("nothing written")
    return wanted
