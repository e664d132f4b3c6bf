"""What depends on all posts together: ids and pages that meet, feeds that are empty, slugs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from feedsvc import slugs
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.index import merging
from feedsvc.index.facts import Facts
from feedsvc.index.rows import entry_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.index.pages import Told

MEMBER = (
    "feed = (SELECT feed FROM feeds WHERE kind = ? AND name = ?) AND published = ? AND id = ?"
    " AND number = ?"
)
"""Finds a post in the feed of a term: kind, name, published, id, number."""
# Feeds in the order of the first posts that name them.
_BY_AGE = (
    "(SELECT min(published) FROM members WHERE members.feed = feeds.feed AND NOT EXISTS (SELECT 1"
    " FROM merged WHERE merged.number = members.number AND merged.feed = members.feed)), name"
)


class Arranging(Facts):
    """Brings in step what no post decides by itself."""

    def arrange(
        self,
        site_url: str,
        *,
        own_pages: bool,
        own_ids: bool,
        same: Callable[[str], str] | None = None,
        told: Told | None = None,
    ) -> bool:
        """Bring in step what depends on all posts: ids, slugs, pages. Returns whether pages moved.

        `own_pages`: posts have pages of ours, so each gets an address of its own; `own_ids`: no
        ledger does so for ids; `same`: what tells that an engine takes terms for one; `told`: whose
        addresses subscribers know.
        """
        from feedsvc.index import pages  # not for runs that find nothing new

        if own_ids:
            self._part_ids(self._parted_ids(pages.tail))
        self._drop_empty_feeds()
        self._assign_slugs(told)
        parted = pages.parted(self.database.connection, told) if own_pages else {}
        moved = self._part_pages(parted, site_url)
        merging.merge(self.database.connection, self._alike(same) if same else (), same)
        return moved

    def rename(self, number: int, identifier: str, published: int, updated: int) -> None:
        """Give a post another id and other dates (µs, UTC)."""
        connection = self.database.connection
        mark, link, links, terms, *before = connection.execute(
            "SELECT digest, link, links, terms, published, id FROM posts WHERE number = ?",
            (number,),
        ).fetchone()
        connection.execute(
            "UPDATE posts SET id = ?, published = ?, updated = ?, key = ? WHERE number = ?",
            (
                identifier,
                published,
                updated,
                entry_key(mark, identifier, link, published, updated, links=links),
                number,
            ),
        )
        connection.executemany(
            f"UPDATE OR FAIL members SET published = ?, id = ? WHERE {MEMBER}",  # noqa: S608
            [(published, identifier, *term, *before, number) for term in json.loads(terms)],
        )
        for place in merging.of_post(connection, number):
            merging.move(connection, place, published, identifier)

    def _parted_ids(self, tail: Callable[[str], str]) -> dict[int, str]:
        """Return other ids for posts that claim one of an earlier post, by number."""
        return {
            number: f"{minted}{'-' if '#' in minted else '#'}{tail(path)}"
            for number, path, minted in self._later("minted")
        }

    def _later(self, column: str) -> list[tuple[int, str, str]]:
        """Return number, path and value of posts that share a value with one published earlier."""
        return self.database.connection.execute(
            f"SELECT number, path, {column} FROM (SELECT number, path, {column}, row_number() OVER"  # noqa: S608
            f" (PARTITION BY {column} ORDER BY published, path) AS place FROM posts WHERE paged"
            f" AND {column} IN (SELECT {column} FROM posts WHERE paged AND {column} IS NOT NULL"
            f" GROUP BY {column} HAVING count(*) > 1)) WHERE place > 1"
        ).fetchall()

    def _part_ids(self, ids: dict[int, str]) -> None:
        """Give these posts other ids, and all others the ones they wish for."""
        ask = self.database.connection.execute
        parted = ask("SELECT number FROM posts WHERE id IS NOT minted").fetchall()
        for number in sorted({*ids, *(number for (number,) in parted)}):
            minted, published, updated = ask(
                "SELECT minted, published, updated FROM posts WHERE number = ?", (number,)
            ).fetchone()
            self.rename(number, ids.get(number, minted), published, updated)

    def _part_pages(self, parted: dict[int, str], site_url: str) -> bool:
        """Give these posts other pages, and all others the ones they wish for."""
        ask = self.database.connection.execute
        moved = False
        before = ask("SELECT number FROM posts WHERE page IS NOT wished").fetchall()
        for number in sorted({*parted, *(number for (number,) in before)}):
            wished, had, mark, links, *told = ask(
                "SELECT wished, page, digest, links, id, published, updated FROM posts"
                " WHERE number = ?",
                (number,),
            ).fetchone()
            page = parted.get(number, wished)
            link = None if page == wished else site_url + quote(page, safe="/:@!$&'()*+,;=~")
            identifier, published, updated = told
            # The ledger remembers where pages were, and so has to be asked of one that moved.
            moved |= page != had
            ask(
                "UPDATE posts SET page = ?, link = ?, key = ?, settled = settled AND ?"
                " WHERE number = ?",
                (
                    page,
                    link,
                    entry_key(mark, identifier, link, published, updated, links=links),
                    page == had,
                    number,
                ),
            )
            ask("DELETE FROM marks")
        return moved

    def _drop_empty_feeds(self) -> None:
        self.database.connection.execute(
            "DELETE FROM feeds WHERE NOT EXISTS"
            " (SELECT 1 FROM members WHERE members.feed = feeds.feed AND NOT EXISTS (SELECT 1 FROM"
            " merged WHERE merged.number = members.number AND merged.feed = members.feed))"
        )

    def _assign_slugs(self, told: Told | None) -> None:
        """Give every name its slug.

        Of names that meet, the one that subscribers have there keeps the clean one, else the first
        published gets it.
        """
        met = []
        for kind in self._families():
            rows = self._names(kind, "name")
            assigned = slugs.assign(name for _, name, _ in rows)
            if assigned.met:
                aged = [name for _, name, _ in self._names(kind, _BY_AGE)]
                if told:
                    aged.sort(key=lambda name: not told.has_feed(_folder(kind, name), name))
                assigned = slugs.assign(aged)
                met += [[kind, *names] for names in assigned.met]
            changed = [row for row in rows if assigned.slugs[row[1]] != row[2]]
            self.database.connection.executemany(
                "UPDATE feeds SET slug = ? WHERE feed = ?",
                [(assigned.slugs[name], feed) for feed, name, _ in changed],
            )
            # The ledger lists the folders of feeds with each post, and so has to be asked again.
            self.database.connection.executemany(
                "UPDATE posts SET settled = 0 WHERE number IN"
                " (SELECT number FROM members WHERE feed = ?)",
                [(feed,) for feed, _, slug in changed if slug],
            )
        self.set_fact("met", json.dumps(met).encode())

    def _alike(self, same: Callable[[str], str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The names of each family that an engine takes for one with others of it."""
        for kind in self._families():
            if kind.endswith(FeedKind.SECTION):
                continue  # folders, which are as different as their names
            groups: dict[str, list[str]] = {}
            for _, name, _ in self._names(kind, "name"):
                groups.setdefault(same(name), []).append(name)
            for names in groups.values():
                if len(names) > 1:
                    yield kind, tuple(names)

    def _families(self) -> list[str]:
        """Return the families of feeds that have names."""
        rows = self.database.connection.execute("SELECT DISTINCT kind FROM feeds ORDER BY kind")
        return [kind for (kind,) in rows if not kind.endswith(FeedKind.SITE)]

    def _names(self, kind: str, order: str) -> list[tuple[int, str, str]]:
        return self.database.connection.execute(
            f"SELECT feed, name, slug FROM feeds WHERE kind = ? ORDER BY {order}",  # noqa: S608
            (kind,),
        ).fetchall()


def _folder(kind: str, name: str) -> str:
    return FeedKey.of_family(kind, name, slugs.slugify(name)).folder
