"""What checking asks of all posts together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator


class Copies(NamedTuple):
    """Posts with one title and one instant of publication, by path; never fewer than two."""

    title: str
    paths: tuple[str, ...]


class Survey(Facts):
    """Questions about every post that could be read, whatever its state."""

    def paths(self) -> list[str]:
        """Return the path of every post, sorted."""
        rows = self.database.connection.execute(
            "SELECT path FROM posts WHERE minted IS NOT NULL ORDER BY path"
        )
        return [path for (path,) in rows]

    def numbers(self, first: str, last: str) -> list[int]:
        """Return the numbers of the posts whose paths lie between these two, sorted by path."""
        rows = self.database.connection.execute(
            "SELECT number FROM posts WHERE minted IS NOT NULL AND path BETWEEN ? AND ?"
            " ORDER BY path",
            (first, last),
        )
        return [number for (number,) in rows]

    def is_empty(self) -> bool:
        """Whether there is no file that could be a post."""
        (found,) = self.database.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM posts)"
        ).fetchone()
        return not found

    def has_posts(self) -> bool:
        """Whether any of them could be read."""
        (found,) = self.database.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM posts WHERE minted IS NOT NULL)"
        ).fetchone()
        return bool(found)

    def left_out(self) -> int:
        """Return how many files are no posts although their names and places say so."""
        (found,) = self.database.connection.execute(
            "SELECT count(*) FROM posts JOIN texts USING (number) WHERE minted IS NULL"
            " AND (findings LIKE '%\"warning\"%' OR findings LIKE '%\"error\"%')"
        ).fetchone()
        return int(found)

    def leads_to_post(self, path: str) -> bool:
        """Whether a post has or wishes its page at this path below the site, or once had it."""
        bare = path.rstrip("/")
        row = self.database.connection.execute(
            "SELECT 1 FROM posts WHERE page IN (:bare, :slashed) OR wished IN (:bare, :slashed)"
            " UNION ALL SELECT 1 FROM aliases WHERE alias = :bare LIMIT 1",
            {"bare": bare, "slashed": f"{bare}/"},
        ).fetchone()
        return row is not None

    def published_after(self, instant: int) -> list[tuple[str, int]]:
        """Return path and publication (µs, UTC) of posts that come after `instant` (µs, UTC)."""
        return self.database.connection.execute(
            "SELECT path, published FROM posts WHERE paged AND published > ? ORDER BY path",
            (instant,),
        ).fetchall()

    def pages(self) -> dict[str, str]:
        """Return the paths of the posts by those of their pages below the site."""
        rows = self.database.connection.execute(
            "SELECT page, path FROM posts WHERE paged AND page IS NOT NULL ORDER BY path DESC"
        )
        return dict(rows)

    def copies(self) -> Iterator[Copies]:
        """Yield posts for feeds that are alike in title, language and instant of publication."""
        rows = self.database.connection.execute(
            "SELECT published, path, post FROM posts JOIN texts USING (number) WHERE shown"
            " AND published IN (SELECT published FROM posts WHERE shown GROUP BY published"
            " HAVING count(*) > 1) ORDER BY path"
        )
        found: dict[tuple[int, str, str], list[str]] = {}
        for published, path, text in rows:
            post = json.loads(text)
            if post["title"]:
                key = (published, post["title"], post.get("lang", ""))
                found.setdefault(key, []).append(path)
        for (_, title, _), paths in found.items():
            if len(paths) > 1:
                yield Copies(title, tuple(paths))
