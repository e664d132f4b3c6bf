"""Posts and the records that they are paired with, one to one, by what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.ledger.likeness import likenesses

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from feedsvc.ledger.evidence import Feature
    from feedsvc.ledger.values import Observation, Record


class Pairing:
    """`pairs`: the record of each path that has one; `used`: the ids of these."""

    def __init__(self) -> None:
        self.pairs: dict[str, Record] = {}
        self.used: set[str] = set()

    def pair(self, key: str, record: Record) -> None:
        self.pairs[key] = record
        self.used.add(record.id)

    def pair_free(self, key: str, record: Record) -> None:
        if key not in self.pairs and record.id not in self.used:
            self.pair(key, record)

    def first(
        self,
        posts: Mapping[str, Observation],
        lost: Sequence[Record],
        former: Sequence[Record],
        feature: Feature,
    ) -> None:
        """Pair with those that were visible until now rather than with any that left before."""
        self.unique(posts, lost, feature)
        rivals = {feature.of_record(one) for one in lost if one.id not in self.used}
        others = {key: post for key, post in posts.items() if feature.of_post(post) not in rivals}
        self.unique(others, former, feature)

    def unique(
        self, posts: Mapping[str, Observation], records: Sequence[Record], feature: Feature
    ) -> None:
        """Pair where exactly one post and one record have the feature in common."""
        offered: dict[Hashable, list[Record]] = {}
        for record in records:
            if record.id not in self.used and (value := feature.of_record(record)):
                offered.setdefault(value, []).append(record)
        if not offered:
            return
        wanted: dict[Hashable, list[str]] = {}
        for key, post in posts.items():
            if key not in self.pairs and (value := feature.of_post(post)) in offered:
                wanted.setdefault(value, []).append(key)
        for value, keys in wanted.items():
            if len(keys) == 1 and len(offered[value]) == 1:
                key, record = keys[0], offered[value][0]
                if feature.fits(posts[key], record):
                    self.pair(key, record)

    def alike(
        self, posts: Mapping[str, Observation], records: Iterable[Record]
    ) -> dict[str, list[Record]]:
        """Pair by sketch; return the records between which no post could be given."""
        free = {record.id: record for record in records if record.id not in self.used}
        if not free:
            return {}
        sketches = {key: post.sketch for key, post in posts.items() if key not in self.pairs}
        clear, doubts = likenesses(sketches, {key: free[key].sketch for key in free})
        for key, identity in clear.items():
            self.pair(key, free[identity])
        return {key: [free[identity] for identity in found] for key, found in doubts.items()}
