"""What is in the folder now, held against what subscribers have been told.

Pure: a ledger and observations in, another ledger and the ids and dates to publish out.
"""

from __future__ import annotations

from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol
from unicodedata import normalize

from feedsvc.ledger.evidence import whole
from feedsvc.ledger.identity import match
from feedsvc.ledger.moment import Moment
from feedsvc.ledger.naming import name_posts
from feedsvc.ledger.singles import Singles, assigned
from feedsvc.ledger.telling import broken, ended, is_vital, retired, told_of, unpublished
from feedsvc.ledger.values import FeedRecord, Made

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from feedsvc.ledger.state import Ledger
    from feedsvc.ledger.values import Assignment, Observation, Record
    from feedsvc.model import Finding


class Reconciled(NamedTuple):
    """The outcome of a run; `changed` tells that `ledger` differs and is to be written.

    `shifted` are the feeds that known posts left, returned to or took another place in; `left`
    tells when the last to leave one did. `vital` is false where all that changed is when documents
    did: subscribers are told nothing by it. `saved` is false where the file does not hold `ledger`,
    `written` what identifies the file where it was written for it. `origin` identifies the file
    that the step was taken from in the end, where another process wrote it meanwhile.
    """

    ledger: Ledger
    findings: tuple[Finding, ...]
    changed: bool
    vital: bool = True
    shifted: frozenset[str] = frozenset()
    left: Mapping[str, datetime] = MappingProxyType({})
    saved: bool = True
    written: bytes = b""
    origin: bytes = b""


class Hearing(Protocol):
    """Those who know the posts, and are told what is said of them."""

    def posts(self) -> Iterable[Sequence[Observation]]:
        """Yield the posts some at a time, with every call from the first again."""

    def hear(self, told: Mapping[str, Assignment]) -> None:
        """Be told of posts, by path, that came last: of those of which it can be said already."""

    def end(self, told: Mapping[str, Assignment]) -> None:
        """Be told of all others."""


def reconcile(
    ledger: Ledger,
    hearing: Hearing,
    now: datetime,
    *,
    gone: Iterable[str] | None = None,
    kept: AbstractSet[str] = frozenset(),
    latest: datetime | None = None,
    anew: bool = False,
) -> Reconciled:
    """Bring the ledger in step with the posts that `hearing` knows at `now` (aware).

    It is told what is to be published of every readable one; few of them are in memory at a time.
    Without `gone` they are the whole folder, and a post that is not among them has been removed.
    With `gone` they are those that may have changed, and only the posts at these paths have been
    removed; `kept` are the ids of those removed before that lie unchanged where they were, and that
    no other post is taken for. The first run over a folder must be given all of it at once: that is
    what tells an old blog from old posts added late. `latest` is that of the ledger, where the
    caller knows it; `anew` tells that all documents are made anew at this moment, so that no post
    need tell when they changed.

    The same arguments give the same result, and the result given again changes nothing.
    """
    singles = Singles(ledger, Moment.of(ledger, now, latest, anew=anew))
    for posts in hearing.posts():
        hearing.hear(singles.tell(posts))
    outcome, assignments = _with_others(ledger, singles, gone, kept)
    hearing.end(assignments)
    return outcome


def _with_others(
    ledger: Ledger, singles: Singles, gone: Iterable[str] | None, kept: AbstractSet[str]
) -> tuple[Reconciled, dict[str, Assignment]]:
    """End what telling of `singles` began; returns what is to be published of all others, too."""
    moment = singles.moment
    observed = _by_path(singles.others, singles.paths)
    vanished = ledger.paths() if gone is None else map(_path, gone)
    absent = {path for path in vanished if path not in singles.paths}
    matching = match(ledger, observed, absent, kept)
    naming = name_posts(ledger, observed, matching.pairs)
    steps: list[tuple[Record | None, Record]] = [*singles.steps]
    steps += [(one, ended(one, moment)) for one in matching.lost]
    steps += [(one, retired(one, moment)) for one in naming.retired]
    assignments: dict[str, Assignment] = {}
    for key, post in observed.items():
        record = matching.pairs.get(key)
        if not post.readable:
            if record is not None:
                steps.append((record, broken(record, key, moment)))
            continue
        identity = naming.ids[key]
        told = told_of(record, identity, key, post, moment)
        if told is None:
            assignments[post.path] = unpublished(identity, post)
            continue
        steps.append((record, told))
        assignments[post.path] = assigned(told)
    steps = [(record, told) for record, told in steps if told != record]
    after = ledger.with_records(told for _, told in steps) if steps else ledger
    known = [(record, told) for record, told in steps if record is not None]
    outcome = Reconciled(
        after,
        (*matching.findings, *naming.findings),
        bool(steps),
        any(is_vital(*step) for step in steps),
        frozenset().union(*(_shifted(*step) for step in known)),
        _left(known, moment.now),
    )
    return outcome, assignments


def reconcile_feeds(
    ledger: Ledger,
    present: Mapping[str, str],
    now: datetime,
    shifted: Iterable[str] = (),
    latest: datetime | None = None,
    *,
    archived: Iterable[str] = (),
    left: Mapping[str, datetime] = MappingProxyType({}),
) -> Ledger:
    """Note which feeds exist: `present` maps the folder of each to its name.

    A feed that is no longer present is gone since the last post `left` it, one that returns is not;
    `shifted`, `left` and `latest` are as in `reconcile`; `archived` are those that have archives
    now. Returns `ledger` itself where nothing changed.
    """
    known = ledger.feeds
    touched = dict.fromkeys(shifted, Moment.of(ledger, now, latest).tick) if shifted else {}
    notes = []
    filed = dict.fromkeys(archived, whole(now))
    for feed, name in present.items():
        before = known.get(feed) or FeedRecord(feed)
        at = touched.get(feed) or before.touched
        notes.append(FeedRecord(feed, name, at, before.archived or filed.get(feed)))
    for feed, before in known.items():
        if feed not in present:
            gone = before.gone or left.get(feed) or whole(now)
            notes.append(before._replace(touched=touched.get(feed) or before.touched, gone=gone))
    changed = [note for note in notes if known.get(note.feed) != note]
    return ledger.with_feeds(changed) if changed else ledger


def remade(ledger: Ledger, made: Made, now: datetime, latest: datetime | None = None) -> Ledger:
    """The ledger of documents that are `made` so; itself where it knows them as such.

    Where there is no `url` it stays as it is: what is looked at under a local address is not what
    subscribers get. While nothing is known of how documents were made, none was made otherwise.
    """
    known = ledger.made
    url = made.url or known.url
    if (known.digest, known.url) == (made.digest, url):
        return ledger
    since = known.since
    if (known.digest or ledger) and (made.digest != known.digest or known.url):
        since = Moment.of(ledger, now, latest).tick
    first = known.origin if known.origin != url else ""
    return ledger.with_made(Made(made.digest, url, since, first))


def _shifted(record: Record, told: Record) -> set[str]:
    """The feeds in which the post is no longer where it was."""
    if told.removed is not None:
        return set()
    broken = record.file and not told.file
    if record.removed is not None or record.published != told.published or broken:
        return {*record.feeds, *told.feeds}
    return {*record.feeds} - {*told.feeds}


def _left(steps: Iterable[tuple[Record, Record]], now: datetime) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for record, told in steps:
        if record.removed is not None:
            continue
        at = told.removed or now  # one that expired did so by itself, whoever noticed it when
        for feed in record.feeds if told.removed else {*record.feeds} - {*told.feeds}:
            found[feed] = max(at, found.get(feed, at))
    return found


def _by_path(observations: Iterable[Observation], taken: Container[str]) -> dict[str, Observation]:
    """Observations by path in Unicode normalisation form C, but for names that are `taken`.

    File systems disagree on the form of one and the same name. Of two files whose names differ in
    the form only, the one that is in form C has the name, and the other keeps its own.
    """
    ordered = sorted(observations, key=attrgetter("path"))
    if all(post.path.isascii() for post in ordered):  # as those of most sites are
        return {post.path: post for post in ordered}
    named = [(_path(post.path), post) for post in ordered]
    named.sort(key=lambda name: name[0] != name[1].path)
    found: dict[str, Observation] = {}
    for key, post in named:
        found[post.path if key in found or key in taken else key] = post
    return found


def _path(path: str) -> str:
    return path if path.isascii() else normalize("NFC", path)
