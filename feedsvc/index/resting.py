"""Posts that subscribers do not see, and that nobody touched since the ledger was asked.

They are no news, but what is may be mistaken for one of them, or be one of them at another place:
so a run that asks for what changed has to know of them what one that asks for everything knows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from feedsvc.index.facts import Facts
from feedsvc.index.rows import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.ledger.values import Record

_HIDDEN = (
    "SELECT path, number, json_extract(origin, :source) FROM posts JOIN texts USING (number)"
    " WHERE settled AND NOT (paged AND starts <= :now AND ends > :now)"
    " AND (path IN (SELECT value FROM json_each(:paths)) OR :untold AND seen IS NULL)"
)
_TOUCHED = (
    "SELECT EXISTS (SELECT 1 FROM posts WHERE NOT settled"
    " AND path IN (SELECT value FROM json_each(?)))"
)
_SOURCE = f"$[{Origin._fields.index('source')}]"


class Rest(NamedTuple):
    """`kept`: ids of removed posts that lie as they were; `numbers`: posts that need a look."""

    kept: frozenset[str] = frozenset()
    numbers: Sequence[int] = ()


class Resting(Facts):
    """What lies hidden in the folder."""

    def among(self, removed: Sequence[Record], now: int, *, vanished: bool) -> Rest:
        """Return what matters of hidden posts where these are removed, the last of them first.

        `vanished`: files are gone. Where they are, or where files of removed posts were written,
        any hidden post may be what was in one.
        """
        if not removed and not vanished:
            return Rest()
        ask = self.database.connection.execute
        # File systems disagree on the form of a name; the ledger has form C.
        paths = json.dumps(sorted({form for one in removed for form in _forms(one.path)}))
        untold = vanished or ask(_TOUCHED, (paths,)).fetchone()[0]
        given = {"now": now, "source": _SOURCE, "paths": paths, "untold": bool(untold)}
        found = {normalize("NFC", path): row for path, *row in ask(_HIDDEN, given)}
        kept = set()
        for one in removed:
            if one.path in found and found[one.path][1] == one.source != "":
                kept.add(one.id)
                del found[one.path]
        return Rest(frozenset(kept), sorted(number for number, _ in found.values()))


def _forms(path: str) -> tuple[str, ...]:
    return (path,) if path.isascii() else (path, normalize("NFD", path))
