"""What the web door asks of a site: one state of its posts at an instant, and a path's document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from feedsvc.attachments.opening import OpenFile
    from feedsvc.model import Document, LocalFile
    from feedsvc.settings import Settings

Clock = Callable[[], datetime]


class Publication(Protocol):
    """One state of the posts at one instant; immutable. Paths are decoded and start with `/`."""

    def get(self, path: str) -> Document | None:
        """The document at `path`, None if nothing is published there."""
        ...

    @property
    def valid_until(self) -> datetime | None:
        """When the next scheduled or expiring post changes what is published, None: never."""
        ...

    def file(self, path: str) -> LocalFile | None:
        """The file that visible posts refer to by `path`, None if there is none."""
        ...

    def gone(self, path: str) -> bool:
        """Whether something was published at `path` and has been taken back."""
        ...

    def redirect(self, path: str) -> str | None:
        """The absolute URL that what was at `path` has moved to for good."""
        ...


class Site(Protocol):
    """A folder of posts under one configuration."""

    @property
    def settings(self) -> Settings:
        """The configuration that every document is made under."""
        ...

    def current(self, now: datetime) -> Publication:
        """What is published at `now`; cheap enough for every request, safe in threads.

        The same object as long as the same is published.
        """
        ...

    def open_file(self, file: LocalFile) -> OpenFile | None:
        """A published file, open; None where it has gone since."""
        ...
