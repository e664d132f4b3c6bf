"""Which file of an export stands for which path of the publication.

A static host answers `/x/` with `x/index.html`. A path whose last name has no extension gets a
folder of its own as well: every host sends `/x` on to `/x/`, while a file without an extension
would be offered as a download.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

INDEX = "index.html"
_FORBIDDEN = frozenset("\0" if os.name == "posix" else '\0\\:*?"<>|')
# Files that nothing below refuses, as nearly all are.
_PLAIN = re.compile(r"(?:[A-Za-z0-9_+~-][A-Za-z0-9_+~.-]{0,99}(?:/|\Z))+(?<!/)").fullmatch
_LONGEST_NAME = 255  # bytes; the limit of ext4, APFS and NTFS
_PUBLIC_DOT_NAMES = frozenset({".well-known"})  # RFC 8615; all other dot names are tools' own


def place(path: str) -> str:
    """Return the file, relative to the target and POSIX, for a path such as `/tags/a/feed.atom`.

    Raises ValueError, saying why, for a path that cannot or must not be a file.
    """
    *folders, last = path.removeprefix("/").split("/")
    if last and "." in last:
        names = [*folders, last]
    elif last:
        names = [*folders, last, INDEX]
    else:
        names = [*folders, INDEX]
    file = "/".join(names)
    if reason := refusal_of_file(file):
        raise ValueError(reason)
    return file


def refusal_of_file(file: str) -> str:
    """Say why `file` (relative, POSIX) cannot be that of a document; "" if it can."""
    if _PLAIN(file):
        return ""
    return next(filter(None, map(refusal, file.split("/"))), "")


def refusal(name: str) -> str:
    """Say why `name` cannot be the name of an exported file or folder; "" if it can."""
    if not name:
        return "an empty name"
    if name[0] == "." and name not in _PUBLIC_DOT_NAMES:
        return f"the name {name!r} starts with a dot"
    if not _FORBIDDEN.isdisjoint(name):
        return f"the name {name!r} holds a character that files cannot have"
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        return f"the name {name!r} is no Unicode text"
    return "a name longer than 255 bytes" if length > _LONGEST_NAME else ""


class Refused(NamedTuple):
    """A path of the publication that has no file, and why."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: not exported: {self.reason}"


class Places(NamedTuple):
    """`paths`: file → path of the publication; `refused`: the paths without."""

    paths: dict[str, str]
    refused: list[Refused]


def places(paths: Iterable[str], files: Iterable[str] = (), *, folded: bool) -> Places:
    """Give every path its file; of paths that need the same file the first keeps it.

    `files` are paths of local files, which have the very names in them, after the documents.
    `folded`: the disk takes names that differ in case or Unicode form for the same.
    """
    result = Places({}, [])
    taken: dict[str, str] = {}
    for path in sorted(paths):
        try:
            file = place(path)
        except ValueError as error:
            result.refused.append(Refused(path, str(error)))
            continue
        other = taken.setdefault(fold(file) if folded else file, path)
        if other == path:
            result.paths[file] = path
        else:
            result.refused.append(Refused(path, f"{other} needs the same file"))
    _add_files(result, taken, files, folded=folded)
    _refuse_files_below_files(result, taken, folded=folded)
    return result


def _add_files(
    result: Places, taken: dict[str, str], files: Iterable[str], *, folded: bool
) -> None:
    files = sorted(files)
    above = {parent for file in taken for parent in parents(file)} if files else set()
    for path in files:
        file = path[1:]
        key = fold(file) if folded else file
        reason = refusal_of_file(file)
        if not reason and (key in taken or key in above):
            reason = f"{taken.get(key, 'a page below it')} needs the same file"
        if reason:
            result.refused.append(Refused(path, reason))
        else:
            taken[key] = path
            result.paths[file] = path


def _refuse_files_below_files(result: Places, taken: dict[str, str], *, folded: bool) -> None:
    above: dict[str, str | None] = {}  # what is a file where a folder, or one above, has to be
    for file in list(result.paths):
        folder = file.rpartition("/")[0]
        if folder not in above:
            ways = (taken.get(fold(way) if folded else way) for way in parents(file))
            above[folder] = next((other for other in ways if other is not None), None)
        other = above[folder]
        if other is not None:
            path = result.paths.pop(file)
            result.refused.append(Refused(path, f"{other} is a file, not a folder"))


def parents(file: str) -> Iterable[str]:
    """Yield the folders above a file, the nearest first."""
    while (cut := file.rfind("/")) > 0:
        file = file[:cut]
        yield file


def fold(file: str) -> str:
    """Return what a disk compares that ignores case and Unicode form."""
    if file.isascii():
        return file.lower()
    return unicodedata.normalize("NFC", file).casefold()
