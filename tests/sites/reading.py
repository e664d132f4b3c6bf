"""Reads every post of a folder in its dialect, as the repository would, without an index."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.posts.dialect import Reading, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.config import Configuration
    from feedsvc.model import Post
    from feedsvc.settings import Settings

SHARED = Path(__file__).parents[3] / "shared"


def at(text: str) -> datetime:
    """The instant in UTC that ISO 8601 text with an offset names."""
    return datetime.fromisoformat(text).astimezone(UTC)


def path(found: Post) -> str:
    """Where a post lies below the address of most sites of these tests."""
    return found.permalink.removeprefix("https://e.org")


class Site(NamedTuple):
    """A folder as it was read: `readings` by path relative to the site."""

    configuration: Configuration
    readings: Mapping[str, Reading]

    @property
    def posts(self) -> dict[str, Post]:
        return {path: one.post for path, one in self.readings.items() if one.post is not None}

    def codes(self, path: str) -> set[str]:
        return {finding.code for finding in self.readings[path].findings}


def read_site(folder: Path, overrides: dict[str, Any] | None = None) -> Site:
    """Every file that the site's dialect takes for a post."""
    configuration = load_settings(folder, overrides, {})
    settings = configuration.settings
    return Site(configuration, dict(_readings(settings)))


def _readings(settings: Settings) -> Any:
    dialect = sites.dialect(settings)
    for root in settings.posts.path:
        for here, _, names in os.walk(settings.folder / root):
            for name in sorted(names):
                path = (Path(here) / name).relative_to(settings.folder).as_posix()
                below = path[len(root) + 1 :] if root else path
                if dialect.is_post(below, settings):
                    data = (settings.folder / path).read_bytes()
                    yield path, dialect.read(_source(settings.folder, path, root, data), settings)


def _source(folder: Path, path: str, root: str, data: bytes) -> Source:
    def side(name: str) -> bytes | None:
        file = folder / name
        return file.read_bytes() if file.is_file() else None

    def size(name: str) -> int | None:
        file = folder / name
        return file.stat().st_size if file.is_file() else None

    return Source(path, root, data, side, size)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Make a site of these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder
