"""How the posts of a feed are shared out among archive documents (RFC 5005 §4). Numbers only.

Posts are counted from the oldest. Archive 1 holds the first `size` of them, archive 2 the next, and
so on; the newest archive is still filling. What it holds grows in steps of the feed's limit, so
that at every moment the subscription document and the archives together hold every post, and a
new post seldom touches an archive.
"""

from __future__ import annotations

from dataclasses import dataclass

# Up to here archives are made unasked. They hold every post in every format, most of which no feed
# shows: a first export of 10,000 posts would take nearly twice as long.
AUTO_POSTS = 5_000


@dataclass(frozen=True, slots=True)
class History:
    """`count` posts of a feed that shows `limit` of them, in archives of `size` posts."""

    count: int
    limit: int
    size: int

    @property
    def archived(self) -> int:
        """How many posts, from the oldest on, archives hold: at least those not in the feed."""
        step = min(self.limit, self.size)
        return max(0, -(-(self.count - self.limit) // step) * step)

    @property
    def newest(self) -> int:
        """The number of the newest archive, 0 if the feed itself holds every post."""
        return -(-self.archived // self.size)

    @property
    def filled(self) -> int:
        """How many posts the newest archive holds now."""
        return self.archived - max(0, self.newest - 1) * self.size

    def span(self, number: int) -> tuple[int, int]:
        """Return the place of the first post of an archive and the place behind its last."""
        return (number - 1) * self.size, min(number * self.size, self.archived)

    def reach(self, number: int) -> int:
        """Return how many posts, from the oldest on, decide what is in an archive and said of it.

        That is one by which the archive grew or got a successor: the feed was full without it.
        """
        return self.span(number)[1] + self.limit + 1

    def is_settled(self, number: int) -> bool:
        """Whether an archive is full and has a successor: nothing will be added to it."""
        return 0 < number < self.newest
