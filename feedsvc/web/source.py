"""What the web door asks of a site: one state of its posts at an instant, and a path's document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from feedsvc.model import Document
    from feedsvc.settings import Settings

Clock = Callable[[], datetime]


class Publication(Protocol):
    """One state of the posts at one instant; immutable. Paths are decoded and start with `/`."""

    def get(self, path: str) -> Document | None:
        """The document at `path`, None if nothing is published there."""
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
