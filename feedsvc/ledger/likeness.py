"""Pairs of sketches that clearly belong together, found without comparing all with all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from feedsvc.ledger.similarity import ALIKE, hashes, similarity

if TYPE_CHECKING:
    from collections.abc import Mapping

MARGIN: Final = 0.2
"""How much nearer than the next one a partner must be."""

_COMMON = 64  # a clause in more records than this is boilerplate
_NEAREST = 8  # candidates that are compared


def likenesses(
    wanted: Mapping[str, str], offered: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Pair the sketches of `wanted` with those of `offered`, both by name.

    Returns the clear pairs, and for each other name in `wanted` that is like something the names
    in `offered` that it is like, nearest first. Costs O(n) for n sketches.
    """
    posts = _postings(offered)
    rows: dict[str, list[tuple[float, str]]] = {}
    highest: dict[str, tuple[float, float]] = {}  # the two best scores of each that is offered
    for name, sketch in wanted.items():
        shared = Counter(other for value in hashes(sketch) for other in posts.get(value, ()))
        # Ties in the counts are broken by name, so that no order of files decides.
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:_NEAREST]
        scores = [(similarity(sketch, offered[other]), other) for other in nearest]
        rows[name] = sorted(scores, key=lambda score: (-score[0], score[1]))
        for score, other in scores:
            first, second = highest.get(other, (0.0, 0.0))
            highest[other] = (max(first, score), max(second, min(first, score)))
    clear: dict[str, str] = {}
    doubtful: dict[str, list[str]] = {}
    for name, row in rows.items():
        if not row or row[0][0] < ALIKE:
            continue
        best, other = row[0]
        first, second = highest[other]
        rival = max(first if best < first else second, row[1][0] if len(row) > 1 else 0.0)
        if round(best - rival, 9) >= MARGIN:  # (1.0 - 0.8 is less than 0.2)
            clear[name] = other
        else:
            doubtful[name] = [other for score, other in row if score >= ALIKE]
    return clear, doubtful


def _postings(sketches: Mapping[str, str]) -> dict[bytes, list[str]]:
    postings: dict[bytes, list[str]] = {}
    for name, sketch in sketches.items():
        for value in hashes(sketch):
            postings.setdefault(value, []).append(name)
    return {value: names for value, names in postings.items() if len(names) <= _COMMON}
