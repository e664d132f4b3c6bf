"""What rendering posts tells the ledger, found out on all cores where there are many."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Protocol

from feedsvc.errors import StaleError
from feedsvc.index.addresses import Learned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feedsvc.index.standing import Unread
    from feedsvc.rendering import EntryRenderer

_BATCH = 64  # entries rendered at once
_FIRST = 4  # by this process
_SPREAD_FROM = 4  # batches; fewer are done before another process has started


class Rendering(Protocol):
    """A site as what learns from it sees it; `jobs` is how many processes may render."""

    jobs: int

    @property
    def renderer(self) -> EntryRenderer: ...
    def flush(self) -> None: ...


class Reopened(Protocol):
    """What another process gets by a handle."""

    @property
    def site(self) -> Rendering: ...


def learned(
    site: Rendering,
    posts: Sequence[Unread],
    handle: Callable[[], object | None],
    reopen: Callable[..., Reopened],
) -> Iterator[Learned]:
    """Yield what rendering posts tells, but of those whose file changed meanwhile.

    `handle` gives what another process can `reopen` the site by, None where it cannot.
    """
    if not posts:
        return
    # Forked workers have all that was imported and learned for the first few.
    yield from _learned(site, posts[:_FIRST])
    batches = [posts[at : at + _BATCH] for at in range(_FIRST, len(posts), _BATCH)]
    known = handle() if site.jobs > 1 and len(batches) >= _SPREAD_FROM else None
    if known is None:
        for batch in batches:
            yield from _learned(site, batch)
        return
    import pickle

    from feedsvc.repository.workers import spread

    # Pickled once, and unpickled once by each worker, not with every batch.
    work = partial(_learned_elsewhere, reopen, pickle.dumps(known))
    for found in spread(work, batches, site.jobs):
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


def _learned_elsewhere(
    reopen: Callable[..., Reopened], handle: bytes, posts: Sequence[Unread]
) -> list[Learned]:
    """Do that in a worker process; `handle` is pickled."""
    site = _opened(reopen, handle)
    found = _learned(site, posts)
    site.flush()
    return found


@lru_cache(maxsize=1)
def _opened(reopen: Callable[..., Reopened], handle: bytes) -> Rendering:
    """Open the site once a process."""
    import pickle

    return reopen(pickle.loads(handle)).site  # noqa: S301  (made above, by this program)
