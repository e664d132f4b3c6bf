"""Addresses below the site that posts refer to: of each post as its present entry was rendered.

Noted when an entry is rendered, so that asking for one costs a look-up and posts without any cost
nothing. Instants are microseconds (UTC).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.index.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_USERS = (
    "SELECT a.address, p.path, p.page, a.named FROM addresses a JOIN posts p USING (number)"
    " WHERE p.key = a.key AND p.paged AND p.starts <= :now AND p.ends > :now"
)


class Address(NamedTuple):
    """A decoded path below the site; `named`: front matter names it, which may mean other folders
    than the post's own.
    """

    path: str
    named: bool


class Learned(NamedTuple):
    """What rendering the entry of a post told; `key` is the entry's."""

    number: int
    key: bytes
    meaning: str
    addresses: tuple[Address, ...]


class Use(NamedTuple):
    """An address that a post refers to: the post's file, the path of its page; see `Address`."""

    address: str
    post: str
    page: str | None
    named: bool = False


class Addresses(Facts):
    """Which visible posts refer to which addresses."""

    def note(self, found: Sequence[Learned]) -> None:
        """Note that these are the addresses; for use inside `Database.writing()`."""
        self.take_in(found)
        self.database.connection.executemany(
            "UPDATE posts SET listed = key WHERE number = ? AND key = ?",
            [(one.number, one.key) for one in found],
        )

    def take_in(self, found: Sequence[Learned]) -> None:
        """Store the addresses, and leave it to the caller to note that they are known."""
        connection = self.database.connection
        if self.has_any():
            connection.executemany(
                "DELETE FROM addresses WHERE number = ?", [(one.number,) for one in found]
            )
        connection.executemany(
            "INSERT OR IGNORE INTO addresses VALUES (?, ?, ?, ?)",
            [
                (one.number, address.path, address.named, one.key)
                for one in found
                for address in one.addresses
            ],
        )

    def has_any(self) -> bool:
        """Whether any post refers to any."""
        (found,) = self.database.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM addresses)"
        ).fetchone()
        return bool(found)

    def unlisted(self) -> list[tuple[int, bytes]]:
        """Return number and key of the posts with pages whose addresses are not known."""
        if self.fact("listed") == self.state():
            return []
        return self.database.connection.execute(
            "SELECT number, key FROM posts WHERE paged AND listed IS NOT key ORDER BY number"
        ).fetchall()

    def note_complete(self) -> None:
        """Note that the addresses of all posts are known, as posts are now."""
        if self.fact("listed") != self.state():
            with self.database.writing():
                self.set_fact("listed", self.state())

    def users(self, address: str, now: int) -> list[Use]:
        """Return the visible posts that refer to an address, the first published first."""
        rows = self.database.connection.execute(
            f"{_USERS} AND a.address = :address ORDER BY p.published, p.path",
            {"now": now, "address": address},
        )
        return [Use(*row) for row in rows]

    def all(self, now: int) -> Iterator[Use]:
        """Yield what visible posts refer to, by address, the first published first."""
        rows = self.database.connection.execute(
            f"{_USERS} ORDER BY a.address, p.published, p.path", {"now": now}
        )
        return (Use(*row) for row in rows)

    def is_post(self, path: str) -> bool:
        """Whether a file (relative to the site) was read as a post, whatever came of it."""
        row = self.database.connection.execute(
            "SELECT 1 FROM posts WHERE path = ?", (path,)
        ).fetchone()
        return row is not None
