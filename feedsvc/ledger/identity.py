"""Which of the known posts is this file?

Evidence, strongest first: the id in the front matter; the same place with the same text; the same
text elsewhere; the same place; the same title and date; the same title and day; a sketch that is
clearly the nearest; the same address. Where two records answer equally well nobody is chosen: the
post gets an id of its own and a finding says how to give it the old one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.ledger.evidence import (
    ADDRESS,
    DAY,
    MEANING,
    SAME,
    SOURCE,
    TITLE,
    has_its_text,
    is_as_it_was,
    is_stranger,
    resembles,
    whole,
)
from feedsvc.ledger.pairing import Pairing
from feedsvc.model import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from feedsvc.ledger.state import Ledger
    from feedsvc.ledger.values import Observation, Record


class Matching(NamedTuple):
    """`pairs`: the record of each path that has one; `lost`: visible until now, no file."""

    pairs: dict[str, Record]
    lost: list[Record]
    findings: list[Finding]


def match(
    ledger: Ledger,
    observed: Mapping[str, Observation],
    gone: AbstractSet[str],
    kept: AbstractSet[str],
) -> Matching:
    """Match observations, by path, to records.

    `gone` are the paths whose file is not there; `kept` the ids of removed posts that lie unchanged
    where they were, and need not be observed.
    """
    if not ledger:
        return Matching({}, [], [])
    return _Matcher(ledger, observed, gone, kept).match()


class _Matcher:
    def __init__(
        self,
        ledger: Ledger,
        observed: Mapping[str, Observation],
        gone: AbstractSet[str],
        kept: AbstractSet[str],
    ) -> None:
        self.ledger = ledger
        self.observed = observed
        self.kept = kept
        self.absent = {path for path in gone if path not in observed}
        self.pairing = Pairing()
        self.findings: list[Finding] = []

    def match(self) -> Matching:
        self._by_explicit_id()
        edited, newcomers = self._by_place()
        if newcomers:
            newcomers = self._settle_unmoved(newcomers)
        newcomers = self._settle_edited(edited, newcomers)
        if newcomers:
            self._settle_newcomers(newcomers, edited)
        return Matching(self.pairing.pairs, self._absentees(edited), self.findings)

    def _by_explicit_id(self) -> None:
        claims = [(key, post) for key, post in self.observed.items() if post.id is not None]
        claims.sort(key=lambda claim: (not claim[1].visible, whole(claim[1].published), claim[0]))
        elsewhere = []
        by_name: dict[str, str | None] | None = None
        for key, post in claims:
            owner = self.ledger.get(post.id or "")
            if owner is None and post.named not in {"", post.id}:
                if by_name is None:
                    by_name = self._by_name()
                owner = self.ledger.get(by_name.get(post.named) or "")
            if owner is not None and owner.path == key:
                self.pairing.pair(key, owner)
            elif owner is not None:
                elsewhere.append((key, post, owner))
        # Of the post and copies that were made of it, the one that kept the text is the post.
        elsewhere.sort(key=lambda claim: (not claim[1].visible, not has_its_text(*claim[1:])))
        for key, post, owner in elsewhere:
            if (
                owner.id not in self.pairing.used
                and key not in self.pairing.pairs
                and self._left(owner, post)
            ):
                self.pairing.pair(key, owner)

    def _by_name(self) -> dict[str, str | None]:
        """The id that each text of an author became; None where several did."""
        found: dict[str, str | None] = {}
        for name, identity in self.ledger.named():
            found[name] = None if name in found else identity
        return found

    def _left(self, owner: Record, claimant: Observation) -> bool:
        """Whether the owner of an id is no longer the file at its path."""
        if owner.removed is not None:
            return owner.id not in self.kept
        if owner.path in self.absent:
            return True
        there = self.observed.get(owner.path)
        return there is not None and there.id not in {None, claimant.id}

    def _by_place(self) -> tuple[dict[str, Record], dict[str, Observation]]:
        edited: dict[str, Record] = {}
        newcomers = {}
        for key, post in self.observed.items():
            if key in self.pairing.pairs:
                continue
            record = self.ledger.at(key)
            if record is None or record.id in self.pairing.used:
                newcomers[key] = post
            elif post.readable and is_as_it_was(post, record):
                self.pairing.pair(key, record)
            else:
                edited[key] = record
        return edited, newcomers

    def _settle_unmoved(self, newcomers: Mapping[str, Observation]) -> dict[str, Observation]:
        """Pair removed posts with the files in which they lie as they were, hidden or not.

        Returns the files that are still without a record: no copy is taken for such a post.
        """
        self._by_former_place(newcomers, has_its_text)
        return {key: post for key, post in newcomers.items() if key not in self.pairing.pairs}

    def _settle_edited(
        self, edited: Mapping[str, Record], newcomers: Mapping[str, Observation]
    ) -> dict[str, Observation]:
        """Pair edited files with the record of their place, unless files were exchanged.

        Returns the files that are still without a record.
        """
        if not edited:
            return dict(newcomers)
        posts = {key: self.observed[key] for key in edited}
        free = self._absentees(edited)
        self.pairing.unique(posts, free, SOURCE)
        strangers = []
        for key, record in edited.items():
            if key not in self.pairing.pairs and is_stranger(posts[key], record):
                strangers.append(key)
            else:
                self.pairing.pair_free(key, record)
        posts.update(newcomers)
        if strangers:
            loose = {key: posts[key] for key in (*strangers, *newcomers)}
            for feature in (SOURCE, TITLE, DAY):
                self.pairing.unique(loose, free, feature)
            self.pairing.alike(loose, free)
        for key in strangers:
            self.pairing.pair_free(key, edited[key])
        return {key: post for key, post in posts.items() if key not in self.pairing.pairs}

    def _absentees(self, edited: Mapping[str, Record]) -> list[Record]:
        """Visible records whose file is absent, or whose place holds something else now."""
        places = [*sorted(self.absent), *edited]
        records = (self.ledger.at(path) for path in places)
        displaced = (
            self.ledger.at(key) for key, paired in self.pairing.pairs.items() if paired.path != key
        )
        found = {record.id: record for record in (*records, *displaced) if record is not None}
        return [record for record in found.values() if record.id not in self.pairing.used]

    def _settle_newcomers(
        self, newcomers: Mapping[str, Observation], edited: Mapping[str, Record]
    ) -> None:
        lost = self._absentees(edited)
        former = [one for one in self.ledger.removed() if one.id not in self.kept]
        shown = {key: post for key, post in newcomers.items() if post.visible and post.readable}
        hidden = {key: post for key, post in newcomers.items() if key not in shown}
        # A draft comes after what readers see: it must not take an identity from it.
        self.pairing.first(shown, lost, former, SOURCE)
        # What lies where a removed post was may be one that readers saw elsewhere until now.
        places = {record.path for record in former}
        returned = {key: post for key, post in shown.items() if key in places}
        self.pairing.unique(returned, lost, SAME)
        self._by_former_place(newcomers, resembles)
        doubts = self._pair_by_evidence(shown, lost, former)
        self._pair_by_evidence(hidden, lost, former)
        self._by_former_place(hidden, lambda _post, _record: True)
        self._report(doubts, {record.id for record in lost})

    def _by_former_place(
        self,
        newcomers: Mapping[str, Observation],
        fits: Callable[[Observation, Record], bool],
    ) -> None:
        at: dict[str, list[Record]] = {}
        for record in self.ledger.removed():
            if record.path in newcomers:
                at.setdefault(record.path, []).append(record)
        for key, records in at.items():
            free = [record for record in records if record.id not in self.pairing.used]
            # The one removed last is what was there last.
            free.sort(key=lambda record: (record.removed, record.id), reverse=True)
            for record in free:
                if key not in self.pairing.pairs and fits(newcomers[key], record):
                    self.pairing.pair(key, record)

    def _pair_by_evidence(
        self, posts: Mapping[str, Observation], lost: Sequence[Record], former: Sequence[Record]
    ) -> dict[str, list[Record]]:
        for feature in (SOURCE, MEANING, TITLE, DAY):
            self.pairing.first(posts, lost, former, feature)
        doubts = self.pairing.alike(posts, [*lost, *former])
        if doubts:
            self.pairing.alike({key: posts[key] for key in doubts}, lost)
        # Last, since a new post may be at the address that one that moved has left.
        self.pairing.first(posts, lost, former, ADDRESS)
        return {key: found for key, found in doubts.items() if key not in self.pairing.pairs}

    def _report(self, doubts: Mapping[str, list[Record]], lost: AbstractSet[str]) -> None:
        for key, records in doubts.items():
            if not any(record.id in lost for record in records):
                continue
            names = ", ".join(sorted(record.path for record in records))
            finding = Finding(
                "identity-ambiguous",
                f"It may be one of several posts that are gone ({names}); published as a new post.",
                self.observed[key].path,
                hint=f"If it is the first, write `id: {records[0].id}` in its front matter.",
            )
            self.findings.append(finding)
