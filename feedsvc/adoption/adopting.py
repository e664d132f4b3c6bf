"""From what the feeds told to the lines of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from feedsvc.adoption.matching import match
from feedsvc.adoption.values import Adoption, Doubt, Match
from feedsvc.ledger import Reconciled, Record
from feedsvc.ledger.evidence import whole
from feedsvc.ledger.moment import touched
from feedsvc.ledger.telling import given_up
from feedsvc.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feedsvc.ledger import Ledger
    from feedsvc.model import Post
    from feedsvc.received import ReceivedEntry
    from feedsvc.received.history import History


def plan(
    histories: Iterable[History],
    posts: Iterable[Post],
    site_url: str,
    ledger: Ledger,
    named: Mapping[str, str],
) -> Adoption:
    """Find out which ids and dates are to be taken over.

    `named` is what authors wrote into their posts as ids, by path: what subscribers have wins over
    it while it stays as it is, since nobody was shown it.
    Where two feeds know a post by different ids, the one that was named first wins: subscribers
    of the other will see the post once more, since one post can have one id only.
    """
    known = tuple(sorted(posts, key=lambda post: post.path))
    paths_here = {_place(post) for post in known}
    matches: dict[str, Match] = {}  # by path
    owners: dict[str, str] = {}  # id → path
    doubts: list[Doubt] = []
    unmatched: dict[str, ReceivedEntry] = {}
    for history in histories:
        found = match(history, known, site_url)
        for entry, candidates in found.ambiguous:
            doubts.append(Doubt(entry, f"may be {' or '.join(post.path for post in candidates)}"))
        for entry in found.unmatched:
            unmatched.setdefault(entry.id, entry)
        for one in found.certain:
            reason = _told_own(one, ledger, named) or _objection(
                one, matches, owners, ledger, paths_here
            )
            if reason:
                doubts.append(Doubt(one.entry, reason))
            elif one.post.path not in matches:
                matches[one.post.path] = one
                owners[one.entry.id] = _place(one.post)
    left = tuple(entry for entry in unmatched.values() if entry.id not in owners)
    return Adoption(tuple(matches.values()), tuple(doubts), left, known, named)


def _told_own(one: Match, ledger: Ledger, named: Mapping[str, str]) -> str:
    """Say that subscribers have been told the author's own id since, "" where they have not."""
    record = ledger.at(_place(one.post))
    own = named.get(one.post.path)
    if own is None or record is None or record.named not in {"", own} or record.id == one.entry.id:
        return ""
    if record.named == own and record.id != one.post.id:
        return ""
    return f"{one.post.path} says in its front matter that its id is {own}, and was told by it"


def _objection(
    one: Match,
    matches: dict[str, Match],
    owners: dict[str, str],
    ledger: Ledger,
    paths_here: set[str],
) -> str:
    """Say why a certain match cannot be taken over all the same, "" where it can."""
    before = matches.get(one.post.path)
    if before is not None and before.entry.id != one.entry.id:
        return f"{one.post.path} has the id {before.entry.id} in a feed named earlier"
    place = _place(one.post)
    owner = owners.get(one.entry.id, place)
    record = ledger.get(one.entry.id)
    if record is not None and record.removed is None and record.path in paths_here:
        owner = record.path
    return "" if owner == place else f"its id is that of {owner} already"


def adopt(ledger: Ledger, adoption: Adoption, now: datetime) -> Reconciled:
    """Return the ledger with everything that is to be taken over; pure, for `ledger.settle`.

    An id that the ledger knows at its post stays as it is: it has been told since. Into an empty
    ledger go the other published posts, too, as told at their dates: without that the next run
    would take them for old posts that were added late, and announce them.
    """
    first = not ledger
    records: list[Record] = []
    for entry, post, _ in adoption.matches:
        known = ledger.get(entry.id)
        if known is not None and known.path == _place(post) and known.removed is None:
            continue
        former = ledger.at(_place(post))
        if former is not None:
            # Reserved, and told to nobody as taken back.
            records.append(given_up(former)._replace(removed=former.seen))
        records.append(_record(entry, post, former, _named(adoption, post, entry.id)))
    if first:
        taken = {record.id for record in records}
        paths_done = {record.path for record in records}
        records += _rest(adoption.posts, taken, paths_done, now)
    records = [_seen(record, whole(now)) for record in records]
    after = ledger.with_records(records) if records else ledger
    return Reconciled(after, (), bool(records))


def _record(entry: ReceivedEntry, post: Post, former: Record | None, named: str) -> Record:
    """The line of a post as subscribers know it; `former` is the one that it has until now.

    Without that, link, digests and written date stay empty: the next run fills them in and
    announces nothing, however differently the old publisher rendered the post or read its date.
    """
    published = entry.published or post.published.replace(microsecond=0)
    updated = max(published, entry.updated or published)
    if former is None:
        told = published, published, updated
        return Record(_place(post), entry.id, "", post.title, *told, named=named)
    return former._replace(
        id=entry.id, named=named, seen=published, published=published, updated=updated
    )


def _named(adoption: Adoption, post: Post, identity: str) -> str:
    named = adoption.named.get(post.path, "")
    return "" if named == identity else named


def _seen(record: Record, now: datetime) -> Record:
    """The line of what subscribers have by now, whatever its date: nothing changed later."""
    record = record._replace(seen=min(record.seen, now))
    return record if record.changed <= now else touched(record, now)


def _rest(
    posts: Sequence[Post], taken: set[str], paths_done: set[str], now: datetime
) -> Iterable[Record]:
    for post in posts:
        visible = post.in_feeds and post.state(now) is State.PUBLISHED
        if not visible or _place(post) in paths_done or post.id in taken:
            continue
        taken.add(post.id)
        published = post.published.replace(microsecond=0)
        updated = max(published, post.updated.replace(microsecond=0))
        yield Record(_place(post), post.id, "", post.title, published, published, updated)


def _place(post: Post) -> str:
    """The path by which the ledger knows the post."""
    return normalize("NFC", post.path)
