"""The files that a site publishes, found on the disk."""

from __future__ import annotations

import posixpath
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from feedsvc.attachments.addresses import Whereabouts, named
from feedsvc.attachments.names import Names
from feedsvc.index.addresses import Use
from feedsvc.index.standing import Unread
from feedsvc.instants import to_microseconds
from feedsvc.model import LocalFile
from feedsvc.posts import fences, media
from feedsvc.repository.files import SiteFiles, opened
from feedsvc.repository.stamps import identity_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from feedsvc.index.addresses import Addresses, Learned
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGURATION = "feedsvc.toml"
_HEAD = 4096  # bytes in which front matter begins
_FRONT_MATTER = ("yaml", "toml", "json")


class Attachments:
    """The files that a site publishes, as they are on the disk now."""

    def __init__(
        self,
        settings: Settings,
        index: Addresses,
        dialect: Callable[[], Dialect],
        learn: Callable[[Sequence[Unread], datetime], Iterable[Learned]],
    ) -> None:
        """`learn` renders posts and tells what they refer to."""
        self._settings = settings
        self._index = index
        self._dialect = dialect
        self._learn = learn
        self._named = named(settings)

    def file(self, path: str, now: datetime) -> LocalFile | None:
        """Return the file that the posts visible at `now` mean by a path, None if there is none."""
        if not self._any(now):
            return None
        uses = self._uses(path, now)
        return self.first(SiteFiles(self._settings.folder), uses) if uses else None

    def files(self, now: datetime) -> Iterator[LocalFile]:
        """Yield every file that is published at `now`."""
        if not self._any(now):
            return
        disk = SiteFiles(self._settings.folder)
        uses = self._index.all(to_microseconds(now))
        for path, group in groupby(uses, key=lambda use: use.address):
            if path not in self._named and (found := self.first(disk, group)) is not None:
                yield found
        for path in self._named:
            if (found := self.first(disk, self._uses(path, now))) is not None:
                yield found

    def _any(self, now: datetime) -> bool:
        """Whether there may be any; what posts refer to is found out where it is not known.

        Nearly always it is: rendering an entry tells.
        """
        unlisted = [Unread(*one) for one in self._index.unlisted()]
        found = list(self._learn(unlisted, now))
        if found:
            with self._index.database.writing():
                self._index.note(found)
        if len(found) == len(unlisted):
            self._index.note_complete()
        return bool(self._named) or self._index.has_any()

    @cached_property
    def _whereabouts(self) -> Whereabouts:
        return Whereabouts.of(self._dialect(), self._settings)

    @cached_property
    def _names(self) -> Names:
        return Names(self._settings.folder)

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(self._dialect().suffixes)

    def _uses(self, path: str, now: datetime) -> list[Use]:
        uses = self._index.users(path, to_microseconds(now))
        return [*uses, Use(path, "", None)] if path in self._named else uses

    def first(self, disk: SiteFiles, uses: Iterable[Use]) -> LocalFile | None:
        """Return the file that the first of these uses means for which there is one.

        In a plain folder that is, where there is none in its place, the only file of a name or the
        one at a path from the top.
        """
        uses = list(uses)
        for use in uses:
            for place in self._whereabouts.places(use):
                if (found := self._published(disk, use.address, place)) is not None:
                    return found
        for use in () if self._settings.engine else uses:
            for place in self._of_vault(use):
                if (found := self._published(disk, use.address, place)) is not None:
                    return found
        return None

    def _of_vault(self, use: Use) -> list[str]:
        """Return where a file may lie as vaults of notes name theirs."""
        name = self._whereabouts.called(use)
        if "/" in name:
            return self._whereabouts.below_top(name)
        lone = self._names.place(name)
        return [] if lone is None else [lone]

    def _published(self, disk: SiteFiles, path: str, place: str) -> LocalFile | None:
        found = disk.find(place) if self._is_free(place) else None
        if found is None:
            return None
        real = disk.inner(found.path)
        if real != place and not self._is_free(real):
            return None
        if place.lower().endswith(self._suffixes) and _has_front_matter(found.path):
            return None
        return LocalFile(
            path,
            found.path,
            media.type_of_file(path),
            found.status.st_size,
            identity_of(found.status),
        )

    def _is_free(self, place: str) -> bool:
        """Whether a file may be shown to everybody, as far as its name tells."""
        folded = place.casefold()
        own = {_CONFIGURATION, posixpath.normpath(self._settings.ledger.path).casefold()}
        return not (
            place.startswith(".") or "/." in place or folded in own or self._index.is_post(place)
        )


def _has_front_matter(file: str) -> bool:
    try:
        with opened(file) as stream:
            head = stream.read(_HEAD)
    except OSError:
        return True
    return bool(fences.find(head.decode("utf-8-sig", "replace"), _FRONT_MATTER).kind)
