"""`feedsvc ping`: tell a WebSub hub which feeds changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from feedsvc.commands.opening import opened
from feedsvc.commands.terminal import notice, say
from feedsvc.errors import ConfigError, HubError, HubRefusal
from feedsvc.settings import is_local

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from feedsvc.model import JSON
    from feedsvc.notification import Memory, News
    from feedsvc.settings import Settings

_REFUSALS = 3  # in a row, after which the hub is not asked about the others


def run(args: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    """Tell the hub of each feed that changed since it was told; 1 where it refuses one."""
    from feedsvc.notification import news

    with opened(args) as site:
        hub = _hub(args.hub, site.settings)
        name = f"ping {hub}"
        known = cast("Memory", site.session.recall(name) or {})
        # As it is told, so the ledger notes it: else the same edit would be another one next time.
        publication = site.publication(clock(), keep=not args.dry_run)
        changed, same = news(publication, known)
        if not known:
            notice(f"{hub} was told nothing from here: only what changed within a day is news")
        if args.dry_run:
            for one in changed:
                say(one.url)
            notice(f"{_feeds(len(changed))} to tell {hub} of")
            return 0
        try:
            refused = _told(hub, changed, same)
        finally:
            kept = {one.url: known[one.url] for one in changed if one.url in known}
            site.session.remember(name, cast("JSON", kept | same))
    notice(f"told {hub} of {_feeds(len(changed) - refused)}")
    return int(refused > 0)


def _told(hub: str, changed: Sequence[News], memory: Memory) -> int:
    """Tell the hub of each feed, keep in mind what it took, return how many it did not.

    Raises HubError for a hub that cannot be asked, or refuses several in a row.
    """
    from feedsvc.notification import tell

    refused = in_a_row = 0
    for one in changed:
        try:
            tell(hub, one.url)
        except HubRefusal as error:
            notice(f"feedsvc: {one.url}: {error}")
            refused, in_a_row = refused + 1, in_a_row + 1
            if in_a_row == _REFUSALS:
                raise HubError(f"{hub}: refuses one feed after the other; is it a hub?") from None
        else:
            say(one.url)
            memory[one.url] = one.state
            in_a_row = 0
    return refused


def _hub(wanted: str | None, settings: Settings) -> str:
    hub = wanted or settings.feeds.hub
    if not hub:
        raise ConfigError("there is no hub to tell: set `[feeds] hub` or give --hub URL")
    if is_local(settings.site.url) and not is_local(hub):
        raise ConfigError(f"{hub}: cannot reach {settings.site.url}: set `[site] url` first")
    return hub


def _feeds(count: int) -> str:
    return "1 feed" if count == 1 else f"{count:,} feeds"
