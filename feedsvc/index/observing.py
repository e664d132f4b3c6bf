"""Rows of the index as the ledger sees them. Instants as numbers are microseconds (UTC)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.feeds.values import FeedKey
from feedsvc.index.codec import decode
from feedsvc.index.rows import FOREVER, NEVER, Origin
from feedsvc.instants import from_microseconds
from feedsvc.ledger.values import Observation

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = (
    "number, digest, path, origin, starts, ends, shown, page, terms, meaning, settled, led, turned,"
    " id, published, updated"
)
"""What `observed` makes an observation of, of posts and their texts."""


class Observed(NamedTuple):
    """An observation, with what tells that the row it comes from is still the same."""

    number: int
    mark: bytes
    post: Observation
    told: tuple[str | None, int | None, int | None]  # id, published, updated
    own: tuple[int, int | None]  # published, updated: the author's


class Folders(dict[tuple[str, str], str | None]):
    """The folder of the feed of a (kind, name), found when first asked for; None: no such feed."""

    def __init__(self, slugs: Mapping[tuple[str, str], str]) -> None:
        super().__init__()
        self._slugs = slugs

    def __missing__(self, term: tuple[str, str]) -> str | None:
        slug = self._slugs.get(term)
        self[term] = found = None if slug is None else FeedKey.of_family(*term, slug).folder
        return found


def observed(row: tuple[Any, ...], folders: Folders, since: int, now: int) -> Observed:
    """Make an observation of a row; done for every post of a first run, it spares what it can."""
    number, mark, path, origin, starts, ends, shown, page, terms, meaning, settled, *others = row
    led, turned, *told = others
    if origin is None:
        post = Observation(path, "", "", from_microseconds(0), "", "", readable=False)
        return Observed(number, mark, post, (None, None, None), (0, None))
    facts = Origin._make(decode(origin)[0])
    published = from_microseconds(facts.published)
    if starts <= 0:  # Of a post that always was to be seen, the date is as good as any start.
        start = None
    else:
        start = published if starts == facts.published else from_microseconds(starts)
    post = Observation(  # by position: 22 names would take as long as all the rest
        path,
        facts.minted,
        facts.title,
        published,
        facts.dated,
        facts.source,
        facts.sketch,
        facts.id,
        facts.named,
        start,
        None if ends == FOREVER else from_microseconds(ends),
        None if facts.updated is None else from_microseconds(facts.updated),
        facts.revised,
        facts.minor,
        bool(shown) and starts <= now < ends,
        True,
        meaning,
        facts.file,
        led or "",
        None if turned is None else from_microseconds(turned),
        page or "",
        tuple([folder for term in map(tuple, decode(terms)[0]) if (folder := folders[term])]),
        # An index that was never settled cannot tell what is new from what was waiting.
        since == NEVER or (bool(settled) and (since < starts or since < ends <= now)),
    )
    return Observed(number, mark, post, tuple(told), (facts.published, facts.updated))
