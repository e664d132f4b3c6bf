"""What a post and a record can have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.ledger import days
from feedsvc.ledger.similarity import ALIKE, similarity
from feedsvc.model import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from feedsvc.ledger.values import Observation, Record

_STRANGER = 0.2  # below this an edited file may be another post under a known name


def whole(instant: datetime) -> datetime:
    """The instant in UTC without its fraction of a second, as the ledger keeps it."""
    instant = utc(instant)
    return instant.replace(microsecond=0) if instant.microsecond else instant


def is_as_it_was(post: Observation, record: Record) -> bool:
    """Whether the file at the place of a record is surely the post that it was."""
    return (
        record.source in {"", post.source}
        or (post.file != "" and post.file == record.file)
        or (post.meaning is not None and post.meaning == record.meaning)
    )


def is_stranger(post: Observation, record: Record) -> bool:
    """Whether the file at a known place may be another post than the one that was there."""
    if not post.sketch or (post.readable and post.title == record.title):
        return False
    return similarity(post.sketch, record.sketch) < _STRANGER


def resembles(post: Observation, record: Record) -> bool:
    """Whether the file where a removed post was may be that post again."""
    if not post.visible or not post.readable:
        return not is_stranger(post, record)
    return record.source != "" and (
        post.source == record.source
        or _title(post.title) == _title(record.title) != ""
        or whole(post.published) == record.published
        or similarity(post.sketch, record.sketch) >= _STRANGER
    )


def has_its_text(post: Observation, record: Record) -> bool:
    """Whether the author's text is the one that was told last."""
    return post.readable and post.source == record.source != ""


def _title(title: str) -> str:
    return " ".join(title.casefold().split())


def _dated(title: str, published: datetime) -> Hashable:
    folded = _title(title)
    return (folded, whole(published)) if folded else None


def _titled(one: Observation | Record) -> Hashable:
    folded = _title(one.title)
    return (folded, _day(one)) if folded else None


def _day(one: Observation | Record) -> str:
    return days.day(one.dated) or whole(one.published).date().isoformat()


def names_day_of(post: Observation, record: Record) -> bool:
    """Whether the post is dated by nothing but the day that the record is dated by, as written.

    Where both name their zones, it is another instant that the author wrote.
    """
    return (
        days.is_day_alone(post.dated)
        and days.day(post.dated) == days.day(record.dated)
        and not (days.has_zone(post.dated) and days.has_zone(record.dated))
    )


def _agree_in_time(post: Observation, record: Record) -> bool:
    """Whether both say the same time of their day, or one of them says none."""
    one, other = days.clock(post.dated), days.clock(record.dated)
    return one == other or "" in {one, other}


def _is_heir(post: Observation, record: Record) -> bool:
    """Whether what is found at the address of a post may be that post.

    An address alone says too little: `/today/` is another post every day.
    """
    return _day(post) == _day(record) or similarity(post.sketch, record.sketch) >= _STRANGER


class Feature(NamedTuple):
    """Something that a post and a record have in common; None has nobody in common.

    It says that they are one where the two also fit otherwise.
    """

    of_post: Callable[[Observation], Hashable]
    of_record: Callable[[Record], Hashable]
    fits: Callable[[Observation, Record], bool] = lambda _post, _record: True


SOURCE = Feature(
    lambda post: (post.source if post.readable else None) or None,
    lambda record: record.source or None,
)
MEANING = Feature(
    lambda post: post.meaning if post.readable else None, lambda record: record.meaning
)
TITLE = Feature(
    lambda post: _dated(post.title, post.published) if post.readable else None,
    lambda record: _dated(record.title, record.published),
)
SAME = TITLE._replace(
    fits=lambda post, record: similarity(post.sketch, record.sketch) >= ALIKE,
)
"""The same title and date, and a text that is alike."""
DAY = Feature(
    lambda post: _titled(post) if post.readable else None,
    _titled,
    _agree_in_time,
)
ADDRESS = Feature(
    lambda post: post.link if post.readable else None,
    lambda record: record.link or None,
    _is_heir,
)
