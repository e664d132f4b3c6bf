"""What is in the folder now, held against what subscribers have been told.

Pure: a ledger and observations in, another ledger and the ids and dates to publish out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from feedsvc.ledger.evidence import whole
from feedsvc.ledger.identity import match
from feedsvc.ledger.naming import name_posts
from feedsvc.ledger.values import Assignment, FeedRecord, Observation, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feedsvc.ledger.state import Ledger
    from feedsvc.model import Finding

LATE: Final = timedelta(days=1)
"""A post that is first seen longer than this after its start counts as added late."""


class Reconciled(NamedTuple):
    """The outcome of a run; `changed` tells that `ledger` differs and is to be written.

    `assignments` maps the `path` of every readable observation.
    """

    ledger: Ledger
    assignments: dict[str, Assignment]
    findings: tuple[Finding, ...]
    changed: bool


def reconcile(
    ledger: Ledger,
    observations: Iterable[Observation],
    now: datetime,
    *,
    gone: Iterable[str] | None = None,
) -> Reconciled:
    """Bring the ledger in step with what is observed at `now` (aware).

    Without `gone` the observations are the whole folder, and a post that is not among them has
    been removed. With `gone` they are those that may have changed, and only the posts at these
    paths have been removed. The first run over a folder must be given all of it at once: that is
    what tells an old blog from old posts added late.

    The same arguments give the same result, and the result given again changes nothing.
    """
    now = whole(now)
    observed = _by_path(observations)
    matching = match(ledger, observed, None if gone is None else {_path(path) for path in gone})
    naming = name_posts(ledger, observed, matching.pairs)
    first = len(ledger) == 0
    changed = [replace(record, removed=now) for record in matching.lost]
    changed += [_retired(record, now) for record in naming.retired]
    assignments: dict[str, Assignment] = {}
    for key, post in observed.items():
        record = matching.pairs.get(key)
        if not post.readable:
            if record is not None and record.path != key:
                changed.append(replace(record, path=key))
            continue
        identity = naming.ids[key]
        told = _told(record, identity, key, post, now, first=first)
        if told is None:
            assignments[post.path] = _unpublished(identity, post)
            continue
        if told != record:
            changed.append(told)
        assignments[post.path] = Assignment(told.id, told.published, told.updated, told.seen)
    after = ledger.with_records(changed) if changed else ledger
    findings = (*matching.findings, *naming.findings)
    return Reconciled(after, assignments, findings, bool(changed))


def regrouped(before: Ledger, after: Ledger, identities: Iterable[str]) -> set[str]:
    """The feeds that known posts, of those with these ids, joined, left or returned to.

    Also those that hold one which changed without being announced.
    """
    found: set[str] = set()
    for identity in identities:
        old, new = before.get(identity), after.get(identity)
        if old is None or new is None:
            continue
        found |= {*old.feeds} ^ {*new.feeds}
        returned = old.removed is not None and new.removed is None
        if returned or (old.meaning != new.meaning and old.updated == new.updated):
            found.update(new.feeds)
    return found


def reconcile_feeds(
    ledger: Ledger, present: Mapping[str, str], now: datetime, touched: Iterable[str] = ()
) -> Ledger:
    """Note which feeds exist: `present` maps the folder of each to its name.

    A feed that is no longer present is gone since `now`, one that returns is not; `touched` are
    those that old posts joined or left. Returns `ledger` itself where nothing changed.
    """
    known = ledger.feeds
    moved = dict.fromkeys(touched, whole(now))
    notes = [
        FeedRecord(feed, name, moved.get(feed) or (known[feed].touched if feed in known else None))
        for feed, name in present.items()
    ]
    changed = [note for note in notes if known.get(note.feed) != note]
    changed += [
        replace(record, gone=whole(now))
        for record in known.values()
        if record.gone is None and record.feed not in present
    ]
    return ledger.with_feeds(changed) if changed else ledger


def _told(
    record: Record | None, identity: str, key: str, post: Observation, now: datetime, *, first: bool
) -> Record | None:
    """What subscribers are told of the post from now on; None where they know nothing of it."""
    if not post.visible:
        return None if record is None else _withdrawn(record, identity, key, post, now)
    if record is None:
        return _announced(identity, key, post, now, first=first)
    return _renewed(record, identity, key, post, now)


def _announced(identity: str, key: str, post: Observation, now: datetime, *, first: bool) -> Record:
    """The record of a post that subscribers see for the first time."""
    published = whole(post.published)
    start = min(now, whole(post.starts or post.published))
    return Record(
        path=key,
        id=identity,
        link=post.link,
        title=post.title,
        seen=start if first or now - start <= LATE else now,
        published=published,
        updated=max(published, whole(post.updated or published)),
        dated=post.dated,
        revised=post.revised,
        meaning=post.meaning,
        source=post.source,
        sketch=post.sketch,
        feeds=post.feeds,
    )


def _renewed(record: Record, identity: str, key: str, post: Observation, now: datetime) -> Record:
    """The record of a visible post that subscribers know or knew."""
    published, dated = _date(record, post)
    updated = record.updated
    title, meaning, source, sketch = record.title, record.meaning, record.source, record.sketch
    if post.meaning is not None and post.meaning != meaning:
        # A digest that differs although the author wrote nothing comes from a new release, another
        # domain or a changed setting: it is taken over, and no subscriber hears of it.
        if meaning is not None and post.source != source and not post.minor:
            updated = now
        title, meaning, source, sketch = post.title, post.meaning, post.source, post.sketch
    if post.updated is not None and (not post.revised or post.revised != record.revised):
        # As written before, it is what was told before, whatever zone it is read in now.
        updated = whole(post.updated)
    return Record(
        path=key,
        id=identity,
        link=post.link,
        title=title,
        seen=record.seen,
        published=published,
        updated=max(published, updated),
        dated=dated,
        revised=post.revised,
        meaning=meaning,
        source=source,
        sketch=sketch,
        feeds=post.feeds,
        moved=_moved(record, post.link),
    )


def _moved(record: Record, link: str) -> tuple[str, ...]:
    """The links that a post had before the one it has now, oldest first."""
    if link == record.link:
        return record.moved
    former = (one for one in (*record.moved, record.link) if one not in {"", link})
    return tuple(dict.fromkeys(former))


def _retired(record: Record, now: datetime) -> Record:
    """The record of an id that its author gave up: no copy of the post may be taken for it."""
    return replace(record, removed=now, link="", title="", meaning=None, source="", sketch="")


def _withdrawn(record: Record, identity: str, key: str, post: Observation, now: datetime) -> Record:
    removed = record.removed
    if removed is None:
        end = now if post.ends is None else whole(post.ends)
        removed = end if record.seen <= end <= now else now
    return replace(record, id=identity, path=key, removed=removed)


def _date(record: Record, post: Observation) -> tuple[datetime, str]:
    """The date and its text: the author's, unless only a setting (zone, dialect) moved it.

    Following a setting would move the dates of a whole blog, and with them `updated`, which may
    not lie before: every reader would show every post again.
    """
    published = whole(post.published)
    if not record.source and not record.dated:
        # Taken over from another publisher's feed, which does not tell what was written.
        return record.published, post.dated
    if published == record.published or post.dated == record.dated:
        return record.published, record.dated
    return published, post.dated


def _unpublished(identity: str, post: Observation) -> Assignment:
    published = whole(post.published)
    return Assignment(identity, published, max(published, whole(post.updated or published)), None)


def _by_path(observations: Iterable[Observation]) -> dict[str, Observation]:
    """Observations by path in Unicode normalisation form C.

    File systems disagree on the form of one and the same name. Of two files whose names differ in
    the form only, the one that is in form C has the name, and the other keeps its own.
    """
    named = [(_path(post.path), post) for post in observations]
    named.sort(key=lambda name: (name[0] != name[1].path, name[1].path))
    found: dict[str, Observation] = {}
    for key, post in named:
        found[key if key not in found else post.path] = post
    return found


def _path(path: str) -> str:
    return path if path.isascii() else normalize("NFC", path)
