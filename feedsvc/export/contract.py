"""What an export is given. Imported for types only: a protocol takes time to make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.attachments.opening import Memory
    from feedsvc.elsewhere import Way, Worked
    from feedsvc.model import Finding, LocalFile
    from feedsvc.publication.choices import Discoveries
    from feedsvc.repository.workers import Crew
    from feedsvc.session import Handle
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

    def build(self, path: str) -> tuple[bytes, str] | None:
        """Return the bytes of the document of a path, and their media type."""

    def discoveries(self) -> Discoveries:
        """Return what was found out about feeds since this was asked last."""

    def take_over(self, discoveries: Discoveries) -> None:
        """Know what another process found out about feeds of the same publication."""

    def keep(self) -> None:
        """Remember what was found out, so that the next publication need not."""

    @property
    def files(self) -> Mapping[str, LocalFile]:
        """Every file that is published as it is, by path."""

    def departures(self) -> dict[str, str]:
        """Return for each path that was left the path of what was there."""

    def redirect(self, path: str) -> str | None:
        """Return the absolute URL of what was at a path that was left."""


class Site(Protocol):
    """What an export asks of a site."""

    @property
    def settings(self) -> Settings:
        """The configuration."""

    @property
    def findings(self) -> Iterable[Finding]:
        """What is wrong or doubtful in posts and configuration."""

    @property
    def crew(self) -> Crew:
        """The processes that may write."""

    # Only a site's own publication makes sense here, which a protocol cannot say.
    def way(self, publication: Any, reopen: Callable[[Handle], Worked]) -> Way:
        """Return how other processes get the publication, or something of it."""

    def flush(self) -> None:
        """Write what was rendered."""

    def publication(self, now: datetime, *, keep: bool, frozen: bool) -> Publication:
        """Return what is published at `now`.

        `keep`: it is what subscribers get, for the ledger to remember; `frozen`: it must know.
        """

    @property
    def session(self) -> Memory:
        """What remembers on this machine."""
