"""How the files of the site differ from those that the index has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from feedsvc.repository.scan import Scan


class Differences(NamedTuple):
    """What is to be read, and what became of what was.

    `changed`: path and root of the posts that were never read as they are now; `held`: paths of
    files that were read otherwise before; `gone`: of those that are no more.
    """

    changed: list[tuple[str, str]]
    held: set[str]
    gone: list[str]


def differences(
    found: Scan,
    known: Iterable[tuple[str, str, int | None]],
    is_post: Callable[[str], bool],
    *,
    stale: Container[int | None],
    others: Container[str],
) -> Differences:
    """Hold the files found against those `known`: path, identity and number of their side files.

    `stale` are numbers of side files that changed, `others` files that are none as another is the
    page; for `is_post` see `Scan.root_of`. What once was a post under the same rules is one: only
    the path decides.
    """
    result = Differences([], set(), [])
    unread = dict(found.files)  # (a table of all that is known would take four times as much)
    for path, identity, side in known:
        if path not in unread or path in others:
            result.gone.append(path)
        elif unread[path] == identity and side not in stale:
            del unread[path]
        else:
            result.held.add(path)
    # (in that order the index grows at its ends, and files lie beside each other: a first build
    # takes up to 4 % less than in the order in which the system lists them)
    for path in sorted(unread):
        root = found.root_of(path, is_post)
        if root is not None and path not in others:
            result.changed.append((path, root))
    return result
