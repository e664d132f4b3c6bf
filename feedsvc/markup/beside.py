"""What there is of a post beside its body: the fields above it and the files that it draws in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping


def _no_fields() -> Mapping[str, object]:
    return {}


def _no_file(_path: str) -> None:
    return None


class Tree:
    """The files of a folder and of those below it, by path relative to the site.

    The same object for all posts as long as no file changes: `made` keeps what was made of it.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.made: dict[object, object] = {}


def _no_tree(_path: str) -> Tree | None:
    return None


class Beside(NamedTuple):
    """`fields` reads the front matter, `read` a file of the site (relative path) among `paths`.

    `tree` reads a folder whose name with `posts.references.TREE` is among them, None where it is
    not or holds too much. Only what is in `paths` is there: a post is rendered anew when any of
    it changes, so that what it shows may come from nowhere else.
    """

    fields: Callable[[], Mapping[str, object]] = _no_fields
    paths: Collection[str] = ()
    read: Callable[[str], bytes | None] = _no_file
    tree: Callable[[str], Tree | None] = _no_tree


NOTHING = Beside()


class Folder(NamedTuple):
    """The site's folder while posts are read: `read` gives a file's bytes, by relative path.

    `below` gives the files in a folder and in those below it, and these folders themselves.
    """

    read: Callable[[str], bytes | None]
    below: Callable[[str], Iterable[str]]


class Sources(NamedTuple):
    """The files that a body may draw in, and the texts of those that are themselves templates.

    A path that ends in `posts.references.TREE` is a folder with all that is in it.
    """

    paths: tuple[str, ...]
    texts: tuple[str, ...]


NO_SOURCES = Sources((), ())
