"""What authors and subscribers know of posts: the model that histories are held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tests.subscriber import Alert


@dataclass
class Soul:
    """A post as its author knows it; `updated` and `seen` are what readers have been told."""

    name: str
    path: str
    published: datetime
    ends: datetime | None = None
    updated: datetime | None = None
    seen: datetime | None = None
    hidden: bool = False  # a draft, or its file away
    broken: bool = False
    edited: bool = False  # visibly, since readers were last told
    away: bytes | None = None  # the text of the file that is away

    def visible(self, now: datetime) -> bool:
        ended = self.ends is not None and self.ends <= now
        return self.published <= now and not (ended or self.hidden or self.broken)


@dataclass
class Told:
    """What one subscriber knows: `updated` by soul."""

    known: dict[str, datetime] = field(default_factory=dict)

    def alerts(self, shown: list[Soul]) -> list[Alert]:
        found = []
        for soul in shown:
            before = self.known.get(soul.name)
            if before != soul.updated:
                found.append(("new" if before is None else "updated", soul.name))
            assert soul.updated is not None
            self.known[soul.name] = soul.updated
        return sorted(found)
