"""Where the references of posts to other posts lead, kept true as posts come, move and go.

The answer is part of an entry's key: an entry that shows another post's permalink is rendered anew
when that permalink changes, and nothing else ever asks. Instants are microseconds (UTC).
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index.codec import encode
from feedsvc.index.facts import Facts
from feedsvc.index.marks import FORGET_FEEDS
from feedsvc.index.rows import FOREVER, entry_key
from feedsvc.posts.references import FILE, TITLE, Reference, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feedsvc.index.database import Database
    from feedsvc.posts.references import Links

_LED = 6  # bytes of a digest by which another destination is noticed
_NO_POST = 0  # in `links`; null: a post that is not to be seen
_ALWAYS = (-FOREVER, FOREVER)


class _Target(NamedTuple):
    """A post that others refer to: its permalink, its title, and when it is to be seen."""

    url: str
    title: str
    paged: int
    starts: int
    ends: int

    def shown(self, at: int) -> bool:
        return bool(self.paged) and self.starts <= at < self.ends


def links(database: Database, number: int, found: str) -> Links:
    """What `found`, a post's column `links`, says of its references."""
    (names,) = database.connection.execute(
        "SELECT names FROM refs WHERE number = ?", (number,)
    ).fetchone()
    told = zip((Reference(*one) for one in json.loads(names)), json.loads(found), strict=True)
    return {one: url or None for one, url in told if url != _NO_POST or one.kind != FILE}


class Linking(Facts):
    """Looks up references; `find` is the rule: a reference, who refers, all posts → a path."""

    def __init__(
        self,
        database: Database,
        find: Callable[[Reference, str, Shelf], str | None],
        site_url: str,
    ) -> None:
        super().__init__(database)
        self._find = find
        self._site_url = site_url

    def holds(self, at: int) -> bool:
        """Whether at this instant the same posts can be linked to as when that was last found."""
        since, until = self._known_span()
        return since <= at < until

    def addresses(self, paths: Iterable[str]) -> list[tuple[object, ...]]:
        """Return all that links depend on of the posts at these paths; empty: nobody links.

        Also where posts are that had to make room for others.
        """
        ask = self.database.connection.execute
        if not ask("SELECT EXISTS (SELECT 1 FROM refs)").fetchone()[0]:
            return []
        made_room = ask("SELECT number, link FROM posts WHERE link NOT NULL ORDER BY number")
        return [
            (),
            *made_room,
            *ask(
                "SELECT path, json_extract(post, '$.permalink', '$.title'), paged, starts, ends"
                " FROM posts JOIN texts USING (number) WHERE minted NOT NULL"
                " AND path IN (SELECT value FROM json_each(?)) ORDER BY path",
                (json.dumps(sorted(paths)),),
            ),
        ]

    def renew(self, at: int, *, only_new: bool = False, only_time: bool = False) -> bool:
        """Find out where references lead at this instant; inside `Database.writing()`.

        `only_new`: nothing has changed for posts that were asked about before; `only_time`: but
        for time passing. Returns whether anything changed; such a post is to be rendered and held
        against the ledger again.
        """
        ask = self.database.connection.execute
        only_new = only_new and self.holds(at)
        referring = ask(
            "SELECT number, path, names, links, digest, id, link, published, updated"
            " FROM refs JOIN posts USING (number) WHERE links IS NULL OR ?",
            (not only_new,),
        ).fetchall()
        if not referring:
            if not only_new:
                self._remember(*_ALWAYS)
            return False
        shelf = Shelf(path for (path,) in ask("SELECT path FROM posts WHERE minted NOT NULL"))
        named = [[Reference(*one) for one in json.loads(row[2])] for row in referring]
        meant = [
            [self._find(one, row[1], shelf) for one in names]
            for row, names in zip(referring, named, strict=True)
        ]
        targets = self._targets({path for path in chain(*meant) if path is not None})
        changed = []
        for row, names, paths in zip(referring, named, meant, strict=True):
            number, _, _, known, mark, *told = row
            found = encode([_told(targets, *one, at) for one in zip(names, paths, strict=True)])
            if found != known:
                # Of posts that were just read nobody knows where they led before.
                by_time = only_time or known is None
                turned = _turned(targets, paths, at) if by_time else None
                key = entry_key(mark, *told, links=found)
                changed.append((found, key, self._led(found), turned, number))
        # What comes or goes itself by now is asked about anyhow: it is still known to have waited.
        asked = min(int(self.fact("settled") or at), at) if only_time else FOREVER
        self.database.connection.executemany(
            "UPDATE posts SET links = ?, key = ?, led = ?, turned = ?, meaning = NULL,"
            " settled = settled AND (starts > ? OR (ends > ? AND ends <= ?)) WHERE number = ?",
            [(*told, asked, asked, at, number) for *told, number in changed],
        )
        if ask("SELECT EXISTS (SELECT 1 FROM marks)").fetchone()[0]:
            # The database forgets what other members tell; these are the same, with other links.
            self.database.connection.executemany(
                FORGET_FEEDS, [{"number": one[-1]} for one in changed]
            )
        since, until = _span(targets.values(), at)
        if only_new:
            known_since, known_until = self._known_span()
            since, until = max(since, known_since), min(until, known_until)
        self._remember(since, until)
        return bool(changed)

    def _led(self, found: str) -> str:
        below = found.replace(self._site_url, "")
        return urlsafe_b64encode(blake2b(below.encode(), digest_size=_LED).digest()).decode()

    def _targets(self, paths: set[str]) -> dict[str, _Target]:
        rows = self.database.connection.execute(
            "SELECT path, ifnull(link, json_extract(post, '$.permalink')),"
            " json_extract(post, '$.title'), paged, starts, ends"
            " FROM posts JOIN texts USING (number) WHERE path IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(paths)),),
        )
        return {path: _Target(*rest) for path, *rest in rows}

    def _known_span(self) -> tuple[int, int]:
        known = self.fact("links")
        return _ALWAYS if known is None else tuple(json.loads(known))

    def _remember(self, since: int, until: int) -> None:
        if (since, until) != _ALWAYS or self.fact("links") is not None:
            self.set_fact("links", encode([since, until]).encode())


def _told(
    targets: dict[str, _Target], named: Reference, path: str | None, at: int
) -> str | int | None:
    if path is not None and "://" in path:
        return path  # the address of a page that is no post
    target = None if path is None else targets.get(path)
    if target is None:
        return _NO_POST
    if not target.shown(at):
        return None
    return target.title if named.kind == TITLE else target.url


def _turned(targets: dict[str, _Target], paths: Iterable[str | None], at: int) -> int | None:
    """When one of these posts last came or went by itself, None where none did."""
    since, _ = _span((targets[path] for path in paths if path in targets), at)
    return since if since > 0 else None


def _span(targets: Iterable[_Target], at: int) -> tuple[int, int]:
    """From when until when the same of these posts are to be seen."""
    turns = [turn for one in targets if one.paged for turn in (one.starts, one.ends)]
    since = max((turn for turn in turns if turn <= at), default=-FOREVER)
    return since, min((turn for turn in turns if turn > at), default=FOREVER)
