"""Rows of the index as the ledger sees them. Instants as numbers are microseconds (UTC)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.feeds.values import FeedKey
from feedsvc.index.codec import decode, encode
from feedsvc.index.rows import FOREVER, NEVER
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


class Folders(dict[str, str | None]):
    """The folders of feeds by their terms as they stand in a row; None: there is no such feed.

    They stand there as JSON, `[["tags","b"],["tags","c"]]`, of which the quotation marks around
    terms are cut off. Found when first asked for: posts share terms, and few have just the same.
    """

    def __init__(self, slugs: Mapping[tuple[str, str], str]) -> None:
        super().__init__()
        self.slugs = slugs

    def of(self, terms: str) -> tuple[str, ...]:
        """Return the folders of the feeds that a post is in."""
        if terms == "[]":
            return ()
        if "\\" in terms or '","],[' in terms:  # names may hold what terms are parted by
            told = [encode(pair)[2:-2] for pair in decode(terms)[0]]
        else:
            told = terms[3:-3].split('"],["')
        return tuple([folder for folder in map(self.__getitem__, told) if folder])

    def __missing__(self, told: str) -> str | None:
        kind, name = decode(f'["{told}"]')[0]
        slug = self.slugs.get((kind, name))
        self[told] = found = None if slug is None else FeedKey.of_family(kind, name, slug).folder
        return found


def observed(row: tuple[Any, ...], folders: Folders | None, since: int, now: int) -> Observed:
    """Make an observation of a row; done for every post of a first run, it spares what it can.

    Without `folders` it is of a post that was just read: which feeds it is in, and where its
    references lead, is not known yet.
    """
    number, mark, path, origin, starts, ends, shown, page, terms, meaning, settled, *others = row
    led, turned, *told = others
    if origin is None:
        post = Observation(path, "", "", from_microseconds(0), "", "", readable=False)
        return Observed(number, mark, post, (None, None, None), (0, None))
    # (in the order of `rows.Origin`)
    title, own, minted, dated, date, update, revised, minor, source, sketch, file, named = decode(
        origin
    )[0]
    published = from_microseconds(date)
    start = published if starts == date else from_microseconds(starts) if starts > 0 else None
    post = Observation(  # by position: 23 names would take as long as all the rest
        path,
        minted,
        title,
        published,
        dated,
        source,
        sketch,
        own,
        named,
        start if starts > 0 else None,  # what always was to be seen has no better than its date
        None if ends == FOREVER else from_microseconds(ends),
        None if update is None else from_microseconds(update),
        revised,
        minor,
        bool(shown) and starts <= now < ends,
        True,
        meaning,
        file,
        None if folders is None else led or "",
        None if turned is None else from_microseconds(turned),
        page or "",
        None if folders is None else folders.of(terms),
        # An index that was never settled cannot tell what is new from what was waiting.
        since == NEVER or (bool(settled) and (since < starts or since < ends <= now)),
        now < starts and bool(shown),
    )
    return Observed(number, mark, post, tuple(told), (date, update))
