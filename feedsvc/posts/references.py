"""References from one post to another by the name of its file, and where they lead.

A reference is found in the body when the post is read and looked up among the paths of all posts
whenever these change. What a name means is a rule of the dialect: `Dialect.find`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from feedsvc.posts.paths import FilePath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from feedsvc.model import Post
    from feedsvc.settings import Settings

FILE = "file"
"""An ordinary relative link to a source file, `[see](../other.md)`; it may lead to another file."""

INTERNAL = "@"
"""Zola's link to a source file, `[see](@/blog/other.md)`."""

PAGE = "page"
"""An ordinary link to a page (`[see](/blog/other/)`), which may lead to the one in its language."""

WIKI = "[["
"""A link to a note by its name, `[[other]]`, wherever it lies."""

TITLE = "title"
"""The title of the post that a link names, which is what the link says without words of its own."""

TREE = "/**"
"""Ends the name of a folder that a body draws in as a whole, with all files below it."""

# Every body is searched: this is as quick as it gets for more than one character.
names_file = re.compile(r"\.m[adk]").search
"""Whether a text may hold the name of a Markdown file."""

_Key = TypeVar("_Key", bound=Hashable)


def holds(text: str, signs: Iterable[str]) -> bool:
    """Whether one of the signs is in a text; none of them is empty.

    Asked of every body: one character is searched for ten times as fast as several.
    """
    for sign in signs:  # noqa: SIM110  # `any` would take three times as long
        if sign[0] in text and sign in text:
            return True
    return False


class Reference(NamedTuple):
    """A name as a post writes it, decoded, without query and fragment.

    `kind` is what decides how it is looked up: the tag, shortcode or sign that it stands in, or
    `FILE`.
    """

    kind: str
    name: str


OWNER = Reference("owner", "")
"""Written nowhere: the page at whose address the files beside a post are, where it is another."""


Links: TypeAlias = Mapping[Reference, str | None]
"""Absolute URLs by reference, None where no post is published (yet, or any more).

An ordinary link that leads to no post at all is not among them.
"""


class Shelf:
    """The paths of all posts that could be read, looked at from several sides."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)
        self._sorted: dict[object, Mapping[Hashable, tuple[str, ...]]] = {}

    def first(self, candidates: Iterable[str]) -> str | None:
        """The first of these paths at which there is a post."""
        return next((path for path in candidates if path in self.paths), None)

    def by(self, key: Callable[[str], _Key]) -> Mapping[_Key, tuple[str, ...]]:
        """Paths by what `key` makes of them, sorted; the same `key` is asked once a path."""
        found = self._sorted.get(key)
        if found is None:
            gathered: dict[Hashable, list[str]] = {}
            for path in sorted(self.paths):
                gathered.setdefault(key(path), []).append(path)
            found = self._sorted[key] = {name: tuple(paths) for name, paths in gathered.items()}
        return found  # type: ignore[return-value]  # keyed by `key` alone


class Referring:
    """The rule of a dialect about references between posts; this one is of ordinary links."""

    source_signs: tuple[str, ...] = ()
    """Without one of these a body draws in no other file of the site."""

    reference_signs: str | tuple[str, ...] = ("[[",)
    """Rare signs; without one of them a body holds only ordinary links to other posts."""

    def further_references(self, post: Post, settings: Settings) -> tuple[Reference, ...]:  # noqa: ARG002
        """What else the post refers to: `OWNER` where files beside it may be another's, pages."""
        return ()

    def find(
        self,
        reference: Reference,
        path: str,
        shelf: Shelf,
        settings: Settings,
    ) -> str | None:
        """The path of the post that the one at `path` means, None where there is none.

        The absolute URL where it means a page that is no post.
        """
        if reference.kind == WIKI:
            return _note(reference.name, path, shelf)
        found = shelf.first(places(reference.name, path, settings))
        if found is None and not settings.engine and "/" in reference.name:
            # Obsidian may write paths from the vault's top
            return shelf.first(places(f"/{reference.name}", path, settings))
        return found


def _note(name: str, path: str, shelf: Shelf) -> str | None:
    """The note of this name, or at the end of this path; the nearest of several."""
    if name.startswith("."):
        return shelf.first([f"{beside(name, path)}.md"])
    name = f"/{name.strip('/')}".casefold()
    called = shelf.by(_called).get(name.rpartition("/")[2], ())
    fitting = [one for one in called if f"/{FilePath.of(one).bare}".casefold().endswith(name)]
    folder = posixpath.dirname(path)
    fitting.sort(key=lambda one: (posixpath.dirname(one) != folder, one.count("/")))
    return fitting[0] if fitting else None


def _called(path: str) -> str:
    return FilePath.of(path).stem.casefold()


def places(name: str, path: str, settings: Settings) -> Iterator[str]:
    """Where the file may lie that an ordinary link in the one at `path` names.

    That is beside it; what begins with a slash is below the site's folder or that of the posts.
    """
    if not name.startswith("/"):
        yield beside(name, path)
        return
    for folder in ("", *settings.posts.path):
        yield beside(name.lstrip("/"), f"{folder}/" if folder else "")


def beside(name: str, path: str) -> str:
    """The normal form of a file's name that is relative to the folder of `path`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
