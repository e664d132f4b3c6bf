"""What every site engine's module offers: detection, configuration, dialect, syntax, URL layout."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.settings import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON, Finding
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_LONGEST = 240  # bytes in a segment; file systems take 255
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")


class Detection(NamedTuple):
    """An engine's claim to a folder.

    `evidence` is what was recognised (a file's name relative to the folder, or a phrase);
    `certainty` decides between several claims: 100 for the engine's own configuration file, less
    for a look at the posts.
    """

    evidence: str
    certainty: int = 100


class Layer(NamedTuple):
    """What an engine's own configuration says.

    `values` has the shape of `feedsvc.toml`; `options` are JSON values that the engine's dialect
    and layout want to remember (`Settings.engine_options`); `source` names the file for messages.
    """

    values: Mapping[str, JSON] = NOTHING
    options: Mapping[str, JSON] = NOTHING
    findings: tuple[Finding, ...] = ()
    source: str = ""


class Layout:
    """The feed paths that an engine's subscribers already use.

    `knows_languages`: it has feeds of its own for languages besides the site's. A layout that has
    none is not asked for those. `merges_terms`: it takes terms of which `same_term` gives one text
    for one, and at their address are the posts of all.
    """

    knows_languages = False
    merges_terms = False

    def same_term(self, name: str, settings: Settings) -> str:  # noqa: ARG002
        """What is equal for names that the engine takes for one term."""
        return name

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:  # noqa: ARG002
        """Site-relative paths (leading `/`, not percent-encoded) of one feed in one format.

        They come beside feedsvc's own paths; empty where the engine has no such feed.
        """
        return ()


def safe(*paths: str) -> tuple[str, ...]:
    """Those of the paths that can be one on disk and in a URL, each with one leading `/`."""
    found = dict.fromkeys("/" + path.lstrip("/") for path in paths)
    return tuple(path for path in found if _is_safe(path))


def _is_safe(path: str) -> bool:
    segments = path[1:].removesuffix("/").split("/")
    fits = all(len(segment.encode()) <= _LONGEST for segment in segments)
    return fits and not _UNSAFE.search(path) and not {"", ".", ".."} & set(segments)


class Engine(ABC):
    """One site engine. A module of `feedsvc.sites` offers one as `ENGINE` and is found by that.

    `name` is what `[posts] dialect` and `[feeds] urls` call it, `title` what people do;
    `layout` is None where the engine makes no feeds of its own.
    """

    name: str
    title: str
    layout: Layout | None = None

    @abstractmethod
    def detect(self, folder: Path) -> Detection | None:
        """Whether the folder is a site of this engine; looks at that folder only."""

    @abstractmethod
    def configure(self, folder: Path) -> Layer:
        """Read the engine's configuration; without one, the engine's defaults.

        Raises ConfigError where the file cannot be read as a whole.
        """

    def post_folders(self, settings: Settings) -> tuple[str, ...]:
        """The posts folders as they are now, where a running server is to look again."""
        return settings.posts.path

    @property
    @abstractmethod
    def dialect(self) -> Dialect:
        """How this engine reads a post, the same object every time; imported when first asked."""

    def syntax(self, settings: Settings) -> Syntax:  # noqa: ARG002
        """What this engine alone understands in the bodies of such a site.

        Asked when something is rendered; what renders it is imported then.
        """
        from feedsvc.markup.syntax import NONE

        return NONE
