"""What there is of a post beside its body: the fields above it and the files that it draws in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping


def _no_fields() -> Mapping[str, object]:
    return {}


def _no_file(_path: str) -> None:
    return None


class Beside(NamedTuple):
    """`fields` reads the front matter, `read` a file of the site (relative path) among `paths`.

    Only those files are there: a post is rendered anew when one of them changes, so that what
    it shows may come from nowhere else.
    """

    fields: Callable[[], Mapping[str, object]] = _no_fields
    paths: Collection[str] = ()
    read: Callable[[str], bytes | None] = _no_file


NOTHING = Beside()


class Folder(NamedTuple):
    """The site's folder while posts are read: `read` gives a file's bytes, by relative path.

    `below` gives the files in a folder and in those below it, and these folders themselves.
    """

    read: Callable[[str], bytes | None]
    below: Callable[[str], Iterable[str]]


class Sources(NamedTuple):
    """The files that a body may draw in, and the texts of those that are themselves templates."""

    paths: tuple[str, ...]
    texts: tuple[str, ...]


NO_SOURCES = Sources((), ())
