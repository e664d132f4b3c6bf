"""What tells the documents of a feed from any others, kept while nothing in the feed changes.

An edit changes a few feeds of hundreds; the marks of the others need not be worked out again. The
mark of a feed that a post joins is forgotten where it is added (`Filing.add`, `merging.merge`);
that of one that a post leaves, or in which one gets another id or date, the database itself forgets
(its triggers).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

_TERMS = (
    "posts JOIN json_each(terms) term JOIN feeds ON kind = json_extract(term.value, '$[0]')"
    " AND name = json_extract(term.value, '$[1]')"
)
_OF_POST = f"SELECT feed FROM {_TERMS} WHERE number = :number"  # noqa: S608
_MERGED = "SELECT feed FROM merged JOIN posts USING (number) WHERE number = :number"
FORGET_FEEDS = f"DELETE FROM marks WHERE feed IN ({_OF_POST} UNION ALL {_MERGED})"  # noqa: S608
"""Forgets the marks of the feeds of post `number`."""
_UNSEEN = "AND seen IS NOT :seen"
FORGET = f"DELETE FROM marks WHERE feed IN ({_OF_POST} {_UNSEEN} UNION ALL {_MERGED} {_UNSEEN})"  # noqa: S608
"""The same before it is noted that the post was first seen at `seen`."""

# Feeds of posts that came or went between two instants, or ceased to be news.
_PASSED = (
    "WITH passed (number) AS ("  # noqa: S608
    "SELECT number FROM posts WHERE paged AND starts > :kept AND starts <= :now"
    " UNION SELECT number FROM posts WHERE paged AND ends > :kept AND ends <= :now"
    " UNION SELECT number FROM posts WHERE shown AND seen > :news AND seen <= :lapsed)"
    f" SELECT feed FROM {_TERMS} WHERE number IN passed"
    " UNION SELECT feed FROM merged WHERE number IN passed"
)


class Mark(NamedTuple):
    """A feed's mark, and where that was found out, too, how many posts the feed holds and when one
    last changed (µs, UTC).
    """

    mark: bytes
    size: int | None = None
    updated: int | None = None


class Marks(Facts):
    """The marks of feeds by their numbers; instants are microseconds (UTC)."""

    def marks(self, basis: bytes, now: int, window: int) -> dict[int, Mark]:
        """Return the marks that were kept on this basis and still hold at `now`.

        `basis` is all that they depend on besides the posts and the passing of time, `window` how
        long after it was first seen a post is news.
        """
        known = self.fact("marks") or b""
        kept_at = int(known.removeprefix(basis) or now + 1) if known.startswith(basis) else now + 1
        if kept_at > now:
            return {}
        ask = self.database.connection.execute
        passed = {"kept": kept_at, "now": now, "news": kept_at - window, "lapsed": now - window}
        stale = {feed for (feed,) in ask(_PASSED, passed)}
        rows = ask("SELECT feed, mark, size, updated FROM marks")
        return {feed: Mark(*rest) for feed, *rest in rows if feed not in stale}

    def keep(self, basis: bytes, now: int, state: bytes, marks: Mapping[int, Mark]) -> None:
        """Keep these marks, and no others, if `state` still is that of the posts."""
        with self.database.writing() as connection:
            if self.state() != state:
                return
            held = connection.execute("SELECT feed, mark, size, updated FROM marks").fetchall()
            old = {feed: Mark(*rest) for feed, *rest in held}
            connection.executemany(
                "DELETE FROM marks WHERE feed = ?", [(feed,) for feed in old if feed not in marks]
            )
            connection.executemany(
                "INSERT OR REPLACE INTO marks VALUES (?,?,?,?)",
                [(feed, *mark) for feed, mark in marks.items() if old.get(feed) != mark],
            )
            self.set_fact("marks", basis + b"%d" % now)
