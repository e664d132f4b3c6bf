"""Which id each post has: the one it was first published under, and no other post's."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.ledger.evidence import whole
from feedsvc.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.ledger.state import Ledger
    from feedsvc.ledger.values import Observation, Record


class Naming(NamedTuple):
    """`ids` of all readable posts by path; `retired`: records whose author chose another id."""

    ids: dict[str, str]
    retired: list[Record]
    findings: list[Finding]


def name_posts(
    ledger: Ledger, observed: Mapping[str, Observation], pairs: Mapping[str, Record]
) -> Naming:
    """Give every readable post its id; `pairs` are the records that `match` found."""
    if not ledger:
        wanted = _wanted(observed)
        if len(set(wanted.values())) == len(wanted):
            return Naming(wanted, [], [])  # as most first runs find it, nobody has a rival
    return _among_rivals(ledger, observed, pairs)


def _among_rivals(
    ledger: Ledger, observed: Mapping[str, Observation], pairs: Mapping[str, Record]
) -> Naming:
    naming = Naming({}, [], [])
    taken: dict[str, str] = {}  # id → path of the post that got it in this run
    for key, known in pairs.items():
        if not observed[key].readable or _stays(observed[key], known):
            naming.ids[key] = known.id
            taken[known.id] = observed[key].path
    naming.findings.extend(_in_vain(ledger, observed, naming.ids, taken))
    rest = [key for key, post in observed.items() if key not in naming.ids and post.readable]
    # Visible posts before drafts and older ones first, whatever the order of the files.
    rest.sort(key=lambda key: (not observed[key].visible, whole(observed[key].published), key))
    for key in rest:
        post, record = observed[key], pairs.get(key)
        if post.id is not None and post.id not in taken and post.id not in ledger:
            identity = post.id
            if record is not None:
                naming.retired.append(record)
                naming.findings.append(_changed(post, record))
        else:
            if post.id is not None:
                owner = taken.get(post.id) or _owner(ledger, post.id)
                naming.findings.append(_claimed(post, owner))
            identity = post.minted if record is None else record.id
            if record is None and (identity in taken or identity in ledger):
                identity = next(
                    other
                    for number in count(2)
                    if (other := f"{post.minted}#{number}") not in taken and other not in ledger
                )
        # A draft has nothing to lose yet, so it reserves nothing.
        if post.visible or record is not None:
            taken[identity] = post.path
        naming.ids[key] = identity
    return naming


def _wanted(observed: Mapping[str, Observation]) -> dict[str, str]:
    """The ids that posts would have if there were no others."""
    return {
        key: post.minted if post.id is None else post.id
        for key, post in observed.items()
        if post.readable
    }


def _stays(post: Observation, record: Record) -> bool:
    """Whether the author says nothing else of the id than when it was fixed.

    What he wrote may be no URI: the id that it is made into depends on the site's address.
    """
    return post.id in {None, record.id} or (post.named != "" and post.named == record.named)


def _in_vain(
    ledger: Ledger,
    observed: Mapping[str, Observation],
    ids: Mapping[str, str],
    taken: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield the claims to other posts' ids that were settled in an earlier run."""
    for key, identity in ids.items():
        post = observed[key]
        if post.id is None or post.id == identity:
            continue
        if owner := taken.get(post.id) or _owner(ledger, post.id):
            yield _claimed(post, owner)


def _owner(ledger: Ledger, identity: str) -> str:
    record = ledger.get(identity)
    return record.path if record is not None else ""


def _changed(post: Observation, record: Record) -> Finding:
    return Finding(
        "id-changed",
        f"The id was {record.id} until now; subscribers will see the post as a new one.",
        post.path,
        severity=Severity.NOTE,
        hint=f"To avoid that, write `id: {record.id}` again.",
    )


def _claimed(post: Observation, owner: str) -> Finding:
    return Finding(
        "id-duplicate",
        f"The id {post.id} is that of {owner}; this post got another one.",
        post.path,
        hint="Remove or change `id` in the front matter of the copy.",
    )
