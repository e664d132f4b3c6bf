"""What rendering posts tells the ledger, found out on all cores where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from feedsvc.elsewhere import on_all_cores
from feedsvc.errors import StaleError
from feedsvc.index.addresses import Learned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedsvc.elsewhere import Way
    from feedsvc.index.standing import Unread
    from feedsvc.rendering import EntryRenderer

_BATCH = 64  # entries rendered at once
_FIRST = 4  # by this process


class Rendering(Protocol):
    """A site as what learns from it sees it."""

    @property
    def renderer(self) -> EntryRenderer: ...
    def flush(self) -> None: ...


def learned(site: Rendering, posts: Sequence[Unread], way: Way) -> Iterator[Learned]:
    """Yield what rendering posts tells, but of those whose file changed meanwhile."""
    if not posts:
        return
    rest = posts[_FIRST:]
    batches = [posts[:_FIRST], *(rest[at : at + _BATCH] for at in range(0, len(rest), _BATCH))]
    for found in on_all_cores(_learned, site, batches, way):
        yield from found


def _learned(site: Rendering, posts: Sequence[Unread]) -> list[Learned]:
    try:
        entries = site.renderer.entries(posts)
    except StaleError:
        if len(posts) == 1:
            return []
        return [one for post in posts for one in _learned(site, [post])]
    return [
        Learned(post.number, post.key, entry.meaning, entry.addresses)
        for post, entry in zip(posts, entries, strict=True)
    ]
