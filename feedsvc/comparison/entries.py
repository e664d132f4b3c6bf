"""One feed as subscribers have it against the same feed as it would be: entry by entry."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.comparison.values import Change, Kind
from feedsvc.ledger import meaning
from feedsvc.received.addresses import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from feedsvc.comparison.published import Published
    from feedsvc.received import ReceivedEntry, ReceivedFeed


class Side(NamedTuple):
    """A feed, and the address of the site that it is from: links are compared below that."""

    feed: ReceivedFeed
    base: str


def changes(before: Side, after: Side, published: Published) -> Iterator[Change]:
    """Yield what happens, first to the entries that would be there, then to those that were."""
    known = {entry.id: entry for entry in before.feed.entries}
    present = {entry.id: entry for entry in after.feed.entries}
    lost = [
        entry
        for entry in before.feed.entries
        if entry.id not in present and not published.has_id(entry.id)
    ]
    fresh = [entry for entry in after.feed.entries if entry.id not in known]
    twins = _twins(lost, before.base, fresh, after.base)
    for entry in after.feed.entries:
        if entry.id in known:
            yield from _changed(known[entry.id], before.base, entry, after.base)
        elif entry.id in twins:
            yield _change(Kind.DUPLICATE, entry, was=twins[entry.id])
        else:
            yield _change(Kind.NEW, entry)
    seen_anew = set(twins.values())
    for entry in before.feed.entries:
        if entry.id not in present and entry.id not in seen_anew:
            yield from _vanished(entry, before.base, after.feed, published)


def vanished(before: Side, published: Published) -> Iterator[Change]:
    """Yield what happens to the entries of a feed that is not there any more."""
    for entry in before.feed.entries:
        kept = published.has(entry, before.base)
        yield _change(Kind.LEFT if kept else _loss(entry, frozenset(), published), entry)


def _change(kind: Kind, entry: ReceivedEntry, *, was: str = "", what: Iterable[str] = ()) -> Change:
    return Change(kind, entry.id, entry.title, entry.link, was, tuple(what))


def _changed(
    before: ReceivedEntry, old_base: str, after: ReceivedEntry, new_base: str
) -> Iterator[Change]:
    what = list(_differences(before, old_base, after, new_base))
    announced = (
        before.updated is not None and after.updated is not None and after.updated > before.updated
    )
    if announced:
        yield _change(Kind.UPDATED, after, what=[*what, "updated"])
    elif what:
        yield _change(Kind.SILENT, after, what=what)


def _differences(
    before: ReceivedEntry, old_base: str, after: ReceivedEntry, new_base: str
) -> Iterator[str]:
    if before.title != after.title and _digest(before.title) != _digest(after.title):
        yield "title"
    if _content(before, old_base) != _content(after, new_base):
        yield "content"
    if before.link and _place(before, old_base) != _place(after, new_base):
        yield "link"
    if before.published is not None and before.published != after.published:
        yield "published"


def _vanished(
    entry: ReceivedEntry, base: str, after: ReceivedFeed, published: Published
) -> Iterator[Change]:
    """Say what became of an entry, nothing where newer ones only took its room."""
    if not published.has(entry, base):
        yield _change(_loss(entry, after.deleted, published), entry)
    elif not _is_older(entry, after):
        yield _change(Kind.LEFT, entry)


def _loss(entry: ReceivedEntry, deleted: frozenset[str], published: Published) -> Kind:
    told = entry.id in deleted or published.removed(entry.id)
    return Kind.REMOVED if told else Kind.MISSING


def _is_older(entry: ReceivedEntry, feed: ReceivedFeed) -> bool:
    dates = [one.published or one.updated for one in feed.entries]
    oldest = min((date for date in dates if date is not None), default=None)
    own = entry.published or entry.updated
    return bool(feed.entries) and (oldest is None or own is None or own <= oldest)


def _twins(
    lost: list[ReceivedEntry], old_base: str, fresh: list[ReceivedEntry], new_base: str
) -> dict[str, str]:
    """Find entries that subscribers have under another id: new id → the id they have.

    The same address below the site, the same title at the same instant, or the same text.
    """
    found: dict[str, str] = {}
    for of_old, of_new in (
        (lambda entry: _page(entry, old_base), lambda entry: _page(entry, new_base)),
        (_dated_title, _dated_title),
        (lambda entry: _text(entry, old_base), lambda entry: _text(entry, new_base)),
    ):
        found |= _paired(lost, of_old, fresh, of_new, found)
    return found


def _paired(
    lost: list[ReceivedEntry],
    of_old: Callable[[ReceivedEntry], Hashable],
    fresh: list[ReceivedEntry],
    of_new: Callable[[ReceivedEntry], Hashable],
    known: dict[str, str],
) -> dict[str, str]:
    done = set(known.values())
    offered = {of_old(entry): entry.id for entry in lost if entry.id not in done}
    offered.pop(None, None)
    if not offered:
        return {}
    pairs: dict[str, str] = {}
    for entry in fresh:
        if entry.id not in known:
            identity = offered.pop(of_new(entry), None)
            if identity is not None:
                pairs[entry.id] = identity
    return pairs


def _page(entry: ReceivedEntry, base: str) -> str | None:
    found = paths(entry.link, base)
    return found[-1] if found else None


def _place(entry: ReceivedEntry, base: str) -> str:
    return _page(entry, base) or entry.link


def _dated_title(entry: ReceivedEntry) -> Hashable:
    title = " ".join(entry.title.casefold().split())
    return (title, entry.published) if title and entry.published else None


def _text(entry: ReceivedEntry, base: str) -> str | None:
    return _digest(entry.title, entry.html, base) if entry.html.strip() else None


def _content(entry: ReceivedEntry, base: str) -> str:
    return _digest("", entry.html, base, entry.media)


@lru_cache(maxsize=8192)  # an entry stands in several feeds
def _digest(title: str, html: str = "", base: str = "", media: tuple[str, ...] = ()) -> str:
    return meaning(title, html.encode("utf-8", "surrogatepass"), base, media=media)
