"""Which of the entries of a document a subscriber tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.model import is_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedsvc.received.values import ReceivedEntry


def collected(entries: Iterable[ReceivedEntry]) -> tuple[tuple[ReceivedEntry, ...], int]:
    """Return the entries, the first of each id, and how many have no id at all.

    An id that is no Unicode text (a lone surrogate in JSON) cannot be published again.
    """
    found: dict[str, ReceivedEntry] = {}
    nameless = 0
    for entry in entries:
        if entry.id and is_unicode(entry.id):
            found.setdefault(entry.id, entry)
        else:
            nameless += 1
    return tuple(found.values()), nameless
