"""The values of the ledger: what a run sees, what is remembered, what is answered.

Instants in a `Record` are aware, in UTC and whole seconds; an `Observation` may bring fractions,
which are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Observation:
    """One post as a run sees it.

    `path` is relative to the site; `minted` the id that the dialect would give, `id` the one its
    author wrote. `dated` is the date as written, in front matter or else in the file's name.
    `source` and `sketch` are its `fingerprint`. `starts` is when it becomes visible
    (None: `published`), `ends` when it vanishes. `updated` is the author's, `revised` its text,
    `minor` his wish not to announce. `visible` says whether subscribers may see it now. `meaning`
    is the digest of the rendered entry, None where it was not rendered. `link` is the permalink's
    path, `feeds` the feeds it is in. A post that cannot be read is not `readable`: only `path` and,
    if the text can be had at all, `sketch` count then.
    """

    path: str
    minted: str
    title: str
    published: datetime
    dated: str
    source: str
    sketch: str = ""
    id: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    updated: datetime | None = None
    revised: str = ""
    minor: bool = False
    visible: bool = True
    readable: bool = True
    meaning: str | None = None
    link: str = ""
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One post as subscribers know it: one line of the ledger (see docs/ledger.md).

    `title`, `source`, `sketch` and `meaning` are those of what was told last; `dated` is the text
    that `published` was read from, `revised` that of an update by the author. `seen` is the instant
    of first publication; `moved` are links that the post had before; `removed` is None while the
    post is visible.
    """

    path: str
    id: str
    link: str
    title: str
    seen: datetime
    published: datetime
    updated: datetime
    dated: str = ""
    revised: str = ""
    meaning: str | None = None
    source: str = ""
    sketch: str = ""
    feeds: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    removed: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """One feed that subscribers may have: `feed` is its folder, `gone` when its last post left.

    `touched` is when a post that is told otherwise as before joined or left it.
    """

    feed: str
    name: str = ""
    touched: datetime | None = None
    gone: datetime | None = None


class Assignment(NamedTuple):
    """What the ledger says of one observed post. `seen` is None before first publication."""

    id: str
    published: datetime
    updated: datetime
    seen: datetime | None
