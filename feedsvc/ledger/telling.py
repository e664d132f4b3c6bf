"""What subscribers are told of one post from now on: a record in, another out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.feeds.history import LATE
from feedsvc.ledger.evidence import names_day_of, whole
from feedsvc.ledger.moment import SECOND, touched
from feedsvc.ledger.values import Assignment, Observation, Record

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.ledger.moment import Moment


def told_of(
    record: Record | None, identity: str, key: str, post: Observation, moment: Moment
) -> Record | None:
    """What subscribers are told of the post from now on; None where they know nothing of it."""
    if not post.visible:
        return None if record is None else _withdrawn(record, identity, key, post, moment)
    if record is None:
        return _announced(identity, key, post, moment)
    return _renewed(record, identity, key, post, moment)


def _announced(identity: str, key: str, post: Observation, moment: Moment) -> Record:
    """The record of a post that subscribers see for the first time."""
    now = moment.now
    published = whole(post.published)
    start = min(now, whole(post.starts or post.published))
    told = Record(  # by position: with names it takes twice as long
        key,
        identity,
        post.link,
        post.title,
        start if moment.first or now - start <= LATE else now,
        published,
        published if post.updated is None else max(published, whole(post.updated)),
        post.dated,
        post.revised,
        _named(post, None),
        post.meaning,
        post.source,
        post.sketch,
        post.file,
        post.led or "",
        post.feeds or (),
    )
    if moment.first:
        return told if told.changed <= now else touched(told, now)
    # One that is late came now, whatever an index that has just been made takes it to have waited.
    due = told.seen == start and moment.was_due(post, start)
    return touched(told, start if due else moment.tick)


def _renewed(record: Record, identity: str, key: str, post: Observation, moment: Moment) -> Record:
    """The record of a visible post that subscribers know or knew."""
    published, dated = _date(record, post)
    updated = record.updated
    title, meaning, source, sketch = record.title, record.meaning, record.source, record.sketch
    if post.meaning is not None and (post.meaning, post.file) != (meaning, record.file):
        # A digest that differs although the author wrote nothing comes from a new release, another
        # domain or a changed setting: it is taken over, and no subscriber hears of it.
        # Where no entry was rendered until now, only the author's text tells.
        known = meaning is not None or source != ""
        if post.meaning != meaning and known and _is_edited(post, record) and not post.minor:
            updated = max(moment.now, updated + SECOND)  # readers look for a later one
        # An edit that no reader sees is taken over, too: it is none any more when the post moves.
        title, meaning, source, sketch = post.title, post.meaning, post.source, post.sketch
    if post.updated is not None and (not post.revised or post.revised != record.revised):
        # As written before, it is what was told before, whatever zone it is read in now.
        updated = whole(post.updated)
    told = Record(
        path=key,
        id=identity,
        link=post.link,
        title=title,
        seen=record.seen,
        published=published,
        updated=max(published, updated),
        dated=dated,
        revised=post.revised,
        named=_named(post, record),
        meaning=meaning,
        source=source,
        sketch=sketch,
        # Of what is not rendered, and so in no document, the edit is still to be told.
        file=post.file if post.meaning is not None or not record.file else record.file,
        led=record.led if post.led is None else post.led,
        feeds=record.feeds if post.feeds is None else post.feeds,
        moved=_moved(record, post.link),
        touched=record.touched,
    )
    if moment.anew:
        return told
    if record.removed is None and _shown(told) == _shown(record):
        if told.led == record.led:
            return told
        if post.turned is not None and moment.is_news(post.turned):
            return touched(told, whole(post.turned))
    return touched(told, moment.after(record))


def _is_edited(post: Observation, record: Record) -> bool:
    """Whether the author has written anything; of the same files another release reads another."""
    return post.source != record.source and not (post.file and post.file == record.file)


def is_vital(record: Record | None, told: Record) -> bool:
    """Whether subscribers are told anything by it, not only when documents changed."""
    if record is None:
        return True
    told = told._replace(source=record.source, sketch=record.sketch, file=record.file)
    return told._replace(named=record.named, led=record.led, touched=record.touched) != record


def _shown(record: Record) -> tuple[object, ...]:
    """What documents say of a post by itself."""
    return record.id, record.link, record.published, record.updated, record.feeds, record.file


def _named(post: Observation, record: Record | None) -> str:
    """What the author wrote for the id, where the id does not say so itself.

    Another post may have that id; at another address of the site nobody might, but the text is as
    it was.
    """
    known = record is not None and record.named == post.named
    return post.named if known or post.id != post.named else ""


def _moved(record: Record, link: str) -> tuple[str, ...]:
    """The links that a post had before the one it has now, oldest first."""
    if link == record.link:
        return record.moved
    former = (one for one in (*record.moved, record.link) if one not in {"", link})
    return tuple(dict.fromkeys(former))


def ended(record: Record, moment: Moment) -> Record:
    return touched(record._replace(removed=moment.now), moment.after(record))


def retired(record: Record, moment: Moment) -> Record:
    """The record of an id that its author gave up."""
    return given_up(ended(record, moment))


def given_up(record: Record) -> Record:
    """The record without all that another post could be taken for it by, a copy for one.

    Where it has been, the record of its post's other id says.
    """
    blank = record._replace(link="", title="", meaning=None, source="", sketch="")
    return blank._replace(file="", led="", moved=())


def broken(record: Record, key: str, moment: Moment) -> Record:
    """The record of a post that cannot be read at present."""
    if not record.file or record.removed is not None:
        return record._replace(path=key)
    return touched(record._replace(path=key, file=""), moment.after(record))


def _withdrawn(
    record: Record, identity: str, key: str, post: Observation, moment: Moment
) -> Record:
    told = record._replace(id=identity, path=key)
    if record.removed is not None:
        return told
    if post.waits and whole(post.starts or post.published) <= record.seen:
        # Its time had come when subscribers saw it: it is the clock that was set back.
        return told
    end = None if post.ends is None else whole(post.ends)
    if end is not None and record.seen <= end <= moment.now and moment.was_due(post, end):
        return touched(told._replace(removed=end), end)
    return ended(told, moment)


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
    if names_day_of(post, record):  # in another zone, or without its time: conversions do that
        return record.published, record.dated
    return published, post.dated


def unpublished(identity: str, post: Observation) -> Assignment:
    published = whole(post.published)
    return Assignment(identity, published, max(published, whole(post.updated or published)), None)
