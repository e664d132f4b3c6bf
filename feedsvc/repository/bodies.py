"""The body of a post that the index holds, and what it draws in, read again to be rendered."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.content import characters
from feedsvc.errors import StaleError, UnreadableError
from feedsvc.markup.beside import Beside
from feedsvc.posts.references import TREE
from feedsvc.repository import grouping
from feedsvc.repository.stamps import identity_of
from feedsvc.repository.trees import SiteTrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feedsvc.index.store import Stored
    from feedsvc.markup.beside import Tree
    from feedsvc.model import Post
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings


class Opened(NamedTuple):
    """A post as a whole, the line that its body begins in, and what lies beside that.

    `clean` tells that the body holds no character that XML forbids.
    """

    post: Post
    first_line: int
    beside: Beside
    data: bytes
    clean: bool


class Bodies:
    """Reads bodies of one site's posts; every file as the index knows it, or not at all."""

    def __init__(self, settings: Settings, dialect: Dialect) -> None:
        self._settings = settings
        self._dialect = dialect
        self._files = SiteTrees(settings.folder)
        self._drawn: dict[str, tuple[str, bytes]] = {}

    def open(self, stored: Stored) -> Opened:
        """Return the post with its body.

        Raises StaleError when the file is not what the index says any more.
        """
        path = stored.path
        try:
            data, identity = self._files.read(path)
        except FileNotFoundError as error:
            raise _changed(path) from error
        except (OSError, ValueError) as error:
            raise UnreadableError(path, str(error)) from error
        if identity != stored.identity.split(";")[0].rstrip("~"):
            raise _changed(path)
        body = self._dialect.body(data, stored.body_start)
        beside = Beside(
            partial(self._fields, data, path),
            stored.depends,
            partial(self._beside, stored),
            partial(self._tree, stored),
        )
        clean = not characters.may_be_in(data)
        return Opened(stored.post(body.text), body.line, beside, data, clean)

    def _fields(self, data: bytes, path: str) -> Mapping[str, object]:
        return self._dialect.written(data, path)

    def _beside(self, stored: Stored, path: str) -> bytes | None:
        """A file that the post was read with.

        Raises StaleError for one that was written or removed since.
        """
        if path not in stored.depends:
            return None
        found = self._files.find(path)
        if found is None:
            absent = f";{path}=absent" in stored.identity
            if not absent and not os.path.lexists(self._settings.folder / path):
                raise _changed(path)
            return None
        identity = identity_of(found.status)
        if f";{path}={identity}" not in stored.identity:
            raise _changed(path)
        known = self._drawn.get(path)
        if known is None or known[0] != identity:
            try:
                data, identity = self._files.read(path)
            except (OSError, ValueError):
                return None
            known = self._drawn[path] = identity, data
        return known[1]

    def _tree(self, stored: Stored, folder: str) -> Tree | None:
        """A folder that the post was read with.

        Raises StaleError where a file in it came, changed or went since.
        """
        name = f"{folder}{TREE}"
        if name not in stored.depends:
            return None
        identity, tree = self._files.tree(name)
        if f";{name}={identity}" not in stored.identity:
            raise _changed(folder)
        return tree


def few(posts: Iterable[Stored]) -> Iterator[list[Stored]]:
    """Yield posts a few at a time, to be rendered step by step."""
    return grouping.few(posts, lambda one: int(one.identity.partition(".")[0] or 0))


def _changed(path: str) -> StaleError:
    return StaleError(f"{path} changed while it was being published")
