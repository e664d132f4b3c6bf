"""How the posts of a feed are shared out among archive documents (RFC 5005 §4). Numbers only.

Each post has a place, in the order in which subscribers first could see them. Archive 1 holds the
first `size` places, archive 2 the next, and so on; the newest archive is still filling. The place
of a post that was taken back stays empty, so that no other moves. What the newest archive holds
grows in steps of the feed's limit, so that at every moment the subscription document and the
archives together hold every post, and a new post seldom touches an archive.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from feedsvc.settings import Settings

# Up to here archives are made unasked where posts have no pages. They hold every post in every
# format, most of which nothing else shows then: a first export of 10,000 posts takes half as long
# again. Where posts have pages, all are rendered anyway, and archives add 4 %.
AUTO_POSTS = 5_000

LATE = timedelta(days=1)
"""A post that is first seen longer than this after its start counts as added late."""


def has_archives(settings: Settings, count: int, *, known: bool) -> bool:
    """Whether the feed of a site with `count` posts has archives.

    `known`: subscribers have been given some.
    """
    wanted = settings.feeds.archives
    if wanted != "auto":
        return wanted != "none"
    return known or settings.posts_have_pages or count <= AUTO_POSTS


class History(NamedTuple):
    """A feed with so many `places`, that shows `limit` posts or more, in archives of `size` places.

    `needed` is the number of places up to the last one with a post that the feed does not show: of
    the last `limit` ones only posts with an old date. From the place numbered `open` on (0 for the
    first) a post may still come in between, since one whose date is less than a day back counts as
    seen at its date.
    """

    places: int
    needed: int
    open: int
    limit: int
    size: int

    @property
    def archived(self) -> int:
        """How many places, from the oldest on, archives hold: at least those not in the feed."""
        return max(self._steps(self.places - self.limit), self._steps(self.needed))

    def _steps(self, places: int) -> int:
        step = min(self.limit, self.size)
        return max(0, min(self.places, -(-places // step) * step))

    @property
    def newest(self) -> int:
        """The number of the newest archive, 0 if the feed itself holds every post."""
        return -(-self.archived // self.size)

    @property
    def filled(self) -> int:
        """How many places the newest archive holds now."""
        return self.archived - max(0, self.newest - 1) * self.size

    def span(self, number: int) -> tuple[int, int]:
        """Return the first place of an archive and the one behind its last."""
        return (number - 1) * self.size, min(number * self.size, self.archived)

    def reach(self, number: int) -> int:
        """Return how many places there were when an archive that is full got a successor."""
        step = min(self.limit, self.size)
        return self.limit + number * self.size // step * step + 1

    def is_settled(self, number: int) -> bool:
        """Whether an archive is full, has a successor, and nothing will be added to it.

        So it stays: no post that goes or gets another date takes away a place.
        """
        end = number * self.size
        return 0 < end < self._steps(self.places - self.limit) and end <= self.open
