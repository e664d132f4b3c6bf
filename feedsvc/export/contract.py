"""What an export is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.model import JSON, Document, Finding
    from feedsvc.settings import Settings

Progress = Callable[[int, int], None]
"""Told how many of how many files are done."""


class Publication(Protocol):
    """What an export asks of a publication."""

    @property
    def version(self) -> str:
        """Equal if and only if everything published is equal."""

    def paths(self) -> Iterator[str]:
        """Every path that has a document."""

    def signature(self, path: str) -> str:
        """Change whenever the bytes of the document may change; cheap."""

    def get(self, path: str) -> Document | None:
        """Return the document of a path."""


class Site(Protocol):
    """What an export asks of a site."""

    @property
    def settings(self) -> Settings:
        """The configuration."""

    @property
    def findings(self) -> Iterable[Finding]:
        """What is wrong or doubtful in posts and configuration."""

    def publication(self, now: datetime) -> Publication:
        """Return what is published at `now`."""

    def recall(self, name: str) -> JSON:
        """Return what was remembered under a name on this machine, None if nothing is."""

    def remember(self, name: str, value: JSON) -> None:
        """Remember a value under a name, if this machine can."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What an export did: numbers of files, and the time it took.

    `kept` counts documents whose place is taken by a page that feedsvc did not write, `refused`
    those whose path cannot be a file; `notices` has a sentence for each, and for every file of
    an earlier export that has since been changed by somebody else and therefore stays.
    """

    target: str
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0
    refused: int = 0
    seconds: float = 0.0
    notices: tuple[str, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        counts = [
            f"wrote {self.written:,}",
            f"unchanged {self.unchanged:,}",
            f"removed {self.removed:,}",
        ]
        if self.kept:
            counts.append(f"left alone {self.kept:,}")
        if self.refused:
            counts.append(f"not exported {self.refused:,}")
        return f"{', '.join(counts)} in {self.seconds:.1f} s → {self.target}"
