"""The values of the ledger: what a run sees, what is remembered, what is answered.

Instants in a `Record` are aware, in UTC and whole seconds; an `Observation` may bring fractions,
which are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Observation(NamedTuple):
    """One post as a run sees it.

    `path` is relative to the site; `minted` the id that the dialect would give, `id` the one its
    author wrote, `named` the text of that. `dated` is the date as written, in front matter or else
    in the file's name. `source` and `sketch` are its `fingerprint`. `starts` is when it becomes
    visible (None: `published`), `ends` when it vanishes. `updated` is the author's, `revised` its
    text, `minor` his wish not to announce. `visible` says whether subscribers may see it now.
    `meaning` is the digest of the rendered entry, None where it was not rendered, `file` that of
    all that the post was read from; `led` that of where its references to other posts lead, and
    `turned` when they began to by time alone. `link` is the permalink's path, `feeds` the feeds it
    is in; where `led` and `feeds` are None they are not known yet. `foreseen` tells that it was
    waiting, as it is, when the ledger was asked last, `waits` that it does now: nothing but its
    time has to come. A post that cannot be read is not `readable`: only `path` and, if the text can
    be had at all, `sketch` count then.
    """

    path: str
    minted: str
    title: str
    published: datetime
    dated: str
    source: str
    sketch: str = ""
    id: str | None = None
    named: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    updated: datetime | None = None
    revised: str = ""
    minor: bool = False
    visible: bool = True
    readable: bool = True
    meaning: str | None = None
    file: str = ""
    led: str | None = ""
    turned: datetime | None = None
    link: str = ""
    feeds: tuple[str, ...] | None = ()
    foreseen: bool = False
    waits: bool = False


class Record(NamedTuple):
    """One post as subscribers know it: one line of the ledger (see docs/ledger.md).

    `title`, `source`, `sketch` and `meaning` are those of what was told last; `dated` is the text
    that `published` was read from, `revised` that of an update by the author, `named` that of an id
    of his, which has no more to say while it stays. `seen` is the instant
    of first publication; `moved` are links that the post had before; `removed` is None while the
    post is visible. `file` is the digest of what the post was read from, "" while it cannot be
    read, `led` that of where its references to other posts lead; `touched` is when documents with
    the post last changed by it in any way, where that is not what `changed` would be without it.
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
    named: str = ""
    meaning: str | None = None
    source: str = ""
    sketch: str = ""
    file: str = ""
    led: str = ""
    feeds: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    touched: datetime | None = None
    removed: datetime | None = None

    @property
    def changed(self) -> datetime:
        """When documents with the post last changed by it, be it in white space only."""
        return self.touched or self.removed or max(self.seen, self.updated)


class FeedRecord(NamedTuple):
    """One feed that subscribers may have: `feed` is its folder, `gone` when its last post left.

    `touched` is when a known post last left it, returned to it or took another place in it,
    `archived` since when subscribers have had archives of it.
    """

    feed: str
    name: str = ""
    touched: datetime | None = None
    archived: datetime | None = None
    gone: datetime | None = None


class Made(NamedTuple):
    """What documents are made by, posts aside: a digest of settings and release, the site's URL.

    `since` is when they were first made so, None where that is since ever. `first` is the URL that
    subscribers first had, where that is another.
    """

    digest: str = ""
    url: str = ""
    since: datetime | None = None
    first: str = ""

    @property
    def origin(self) -> str:
        """The URL that subscribers first had, "" where they have had none."""
        return self.first or self.url


class Assignment(NamedTuple):
    """What the ledger says of one observed post. `seen` is None before first publication.

    `changed` is that of its record.
    """

    id: str
    published: datetime
    updated: datetime
    seen: datetime | None
    changed: datetime | None = None
