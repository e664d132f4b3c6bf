"""What a move would take over, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import Post
    from feedsvc.received import ReceivedEntry


class Match(NamedTuple):
    """An entry that is this post; `by` names the evidence: id, link, path or title and date."""

    entry: ReceivedEntry
    post: Post
    by: str


class Doubt(NamedTuple):
    """An entry that is not taken over although it may be one of our posts, and why."""

    entry: ReceivedEntry
    reason: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """Everything that the feeds told.

    `matches` are to be taken over, a post and an id once. `doubts` are entries that could be
    several posts, or whose id or post is another's already. `unmatched` have no post here.
    `posts` are all the posts there are, `named` is what authors wrote for an id, by path.
    """

    matches: tuple[Match, ...]
    doubts: tuple[Doubt, ...]
    unmatched: tuple[ReceivedEntry, ...]
    posts: tuple[Post, ...]
    named: Mapping[str, str]
