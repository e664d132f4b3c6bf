"""What only all posts together show: ids, addresses and names that meet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedsvc.index.facts import Facts
from feedsvc.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator


class Meetings(Facts):
    """What was wished for more than once, and how that has ended."""

    def findings(self) -> Iterator[Finding]:
        """Yield what met, ids first, then permalinks, then names of feeds."""
        yield from self._ids()
        yield from self._pages()
        yield from self._names()

    def _ids(self) -> Iterator[Finding]:
        rows = self.database.connection.execute(
            "SELECT path, minted, id FROM posts WHERE paged AND id IS NOT minted"
            " AND substr(id, 1, length(minted)) = minted AND minted IN (SELECT minted FROM posts"
            " WHERE paged GROUP BY minted HAVING count(*) > 1) ORDER BY path"
        )
        for path, minted, identifier in rows:
            yield Finding(
                "id-meets",
                f"The id {minted} is that of an earlier post too; published as {identifier}.",
                path,
                hint="Give the post an `id` of its own.",
            )

    def _pages(self) -> Iterator[Finding]:
        rows = self.database.connection.execute(
            "WITH several AS (SELECT wished FROM posts WHERE paged AND wished IS NOT NULL"
            " GROUP BY wished HAVING count(*) > 1)"
            " SELECT path, wished, link, wished IN several FROM posts"
            " WHERE paged AND (page IS NOT wished OR wished IN several) ORDER BY path"
        )
        for path, wished, link, several in rows:
            done = f"published at {link}" if link else "published there"
            met = f"Several posts have the permalink {wished}; this one"
            if not several:
                met = f"The permalink {wished} is the address of a feed or its page; the post"
            yield Finding(
                "permalink-meets",
                f"{met} is {done}.",
                path,
                hint="Give each its own `slug` or `permalink`.",
            )

    def _names(self) -> Iterator[Finding]:
        """Yield names that would share an address, each at the first post with the rarest one."""
        for kind, *names in json.loads(self.fact("met") or b"[]"):
            marks = ",".join("?" * len(names))
            rows = self.database.connection.execute(
                "SELECT count(*), min(path), name FROM feeds JOIN members USING (feed)"  # noqa: S608
                f" JOIN posts USING (number) WHERE kind = ? AND name IN ({marks})"
                " GROUP BY name ORDER BY count(*), name",
                (kind, *names),
            ).fetchall()
            listed = ", ".join(f"{name!r} ({_posts(count)})" for count, _, name in rows)
            if len({name.casefold() for name in names}) == 1:
                code, how = "term-case", "differ only in case"
            else:
                code, how = "slug-meets", "would share one address"
            yield Finding(
                code,
                f"The {kind} {listed} {how}; each has its own feed and slug.",
                rows[0][1] if rows else "",
                hint="Write them in one way if they mean the same.",
            )


def _posts(count: int) -> str:
    return f"{count:,} post{'' if count == 1 else 's'}"
