"""Which files of the site may be posts by their place and name."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from xxhash import xxh3_128_digest

from feedsvc.errors import SiteNotFoundError
from feedsvc.model import Finding, Severity, is_unicode
from feedsvc.repository.stamps import changed_ns, identity_of, rests_ns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})


class Scan:
    """What a look at the folder found: identity (size, mtime, inode) by site-relative path.

    `roots` holds for each path the roots it lies below, in the order given; from `rests_ns` on
    (since the epoch) no file can have changed unseen. Of files that are to be read in any case the
    identity is "" until then. `shut` are folders that could not be listed, with their roots.
    """

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.roots: dict[str, tuple[str, ...]] = {}
        self.findings: list[Finding] = []
        self.shut: list[tuple[str, str]] = []
        self.rests_ns = 0

    def add_hidden(self, known: Iterable[str]) -> None:
        """Add those of the known files that are in folders that could not be listed.

        They are not gone, as far as anybody knows; whether they can be read, reading tells.
        """
        for path in known:
            for folder, root in self.shut:
                if path.startswith(f"{folder}/") and path not in self.files:
                    self.files[path] = ""
                    self.roots[path] = (root,)

    def learn(self, path: str, identity: str) -> None:
        """Take over the identity that reading found out of a file, if it was not asked for."""
        if identity and self.files[path] == "":
            self.files[path] = identity
            self.rests_ns = max(self.rests_ns, rests_ns(changed_ns(identity)))

    def complete(self, folder: Path) -> None:
        """Ask for the identities that are still lacking."""
        for path in [path for path, identity in self.files.items() if not identity]:
            try:
                self.learn(path, identity_of(os.stat(f"{folder}/{path}")))  # noqa: PTH116
            except OSError:  # gone since
                del self.files[path]

    def fingerprint(self) -> bytes:
        """Digest of all paths and identities in the order in which the system lists them."""
        listed = "\0".join([*self.files, *self.files.values()])
        return xxh3_128_digest(listed.encode())

    def root_of(self, path: str, is_post: Callable[[str], bool]) -> str | None:
        """Return the root below which a file is a post, None where it is none.

        `is_post` is given the path below a root.
        """
        for root in self.roots[path]:
            if is_post(path[len(root) + 1 :] if root else path):
                return root
        return None


def scan(
    folder: Path, roots: tuple[str, ...], suffixes: Iterable[str], *, names_only: bool = False
) -> Scan:
    """Look at all files below `roots` (relative to `folder`) that may be posts by their name.

    `suffixes` are in lower case. With `names_only` nothing more is asked of plain files (see
    `Scan`). Raises SiteNotFoundError when a root cannot be listed. Symbolic links that lead out of
    the site, into a circle or nowhere are findings.
    """
    found = Scan()
    for root in roots:
        top = f"{folder}/{root}" if root else str(folder)
        try:
            os.scandir(top).close()
        except OSError as error:
            raise SiteNotFoundError(
                f"{top}: {error.strerror}; give a folder that holds posts or set [posts] path"
            ) from error
        _Walk(folder, root, tuple(suffixes), found, names_only).take_in_all(top)
    return found


class _Folder(NamedTuple):
    """A folder to be listed: `below` is its path in the root, "" or ending in `/`.

    `real` is its real path, `parents` are those of the folders that the walk came by.
    """

    path: str
    below: str
    real: str
    parents: tuple[str, ...]


class _Walk:
    """A walk through one root; it need not remember where it came from, however deep that is."""

    def __init__(
        self,
        folder: Path,
        root: str,
        suffixes: tuple[str, ...],
        found: Scan,
        names_only: bool,
    ) -> None:
        self._real = os.path.realpath(folder)
        self._root = root
        self._alone = (root,)  # the roots of most files
        self._prefix = f"{root}/" if root else ""
        self._suffixes = suffixes
        self._found = found
        self._names_only = names_only

    def take_in_all(self, top: str) -> None:
        """Take in everything below the root."""
        waiting = [_Folder(top, "", os.path.realpath(top), ())]
        while waiting:
            # (a folder's own, and all below, come before the next one beside it)
            waiting += reversed(self._take_in(waiting.pop()))

    def _take_in(self, folder: _Folder) -> list[_Folder]:
        """Take in the files of one folder; returns the folders in it."""
        inner = []
        suffixes = self._suffixes
        prefix = self._prefix + folder.below
        note, names_only = self._note, self._names_only
        try:
            with os.scandir(folder.path) as items:
                for item in items:
                    name = item.name
                    if name[0] == ".":
                        continue
                    is_link = item.is_symlink()
                    if is_link and not self._stays(item, prefix + name, folder):
                        continue
                    if item.is_dir():
                        if name not in _SKIPPED_FOLDERS:
                            inner.append(_within(folder, item, is_link=is_link))
                    elif name.endswith(suffixes) or name.lower().endswith(suffixes):
                        plain = names_only and item.is_file(follow_symlinks=False)
                        note(prefix + name, None if plain else item.stat())
        except OSError as error:
            self._refuse(prefix.rstrip("/"), f"the folder cannot be listed: {error.strerror}")
            self._found.shut.append((prefix.rstrip("/"), self._root))
        return inner

    def _note(self, path: str, status: os.stat_result | None) -> None:
        found = self._found
        if path in found.files:
            found.roots[path] += (self._root,)
        elif not path.isascii() and not is_unicode(path):
            self._refuse(path, "the file name is not UTF-8")
        elif status is None:
            found.files[path] = ""
            found.roots[path] = self._alone
        elif S_ISREG(status.st_mode):
            changed = status.st_mtime_ns
            found.files[path] = f"{status.st_size}.{changed}.{status.st_ino}"
            found.roots[path] = self._alone
            found.rests_ns = max(found.rests_ns, rests_ns(changed))

    def _stays(self, item: os.DirEntry[str], path: str, folder: _Folder) -> bool:
        """Whether a symbolic link leads to something inside the site that is not above it."""
        target = os.path.realpath(item.path)
        here = folder.real
        if not os.path.exists(target):  # noqa: PTH110
            self._refuse(path, "the symbolic link leads nowhere or in a circle")
        elif target != self._real and not target.startswith(self._real + os.sep):
            self._refuse(path, "the symbolic link leads out of the site's folder")
        elif target in (*folder.parents, here) or here.startswith(target + os.sep):
            self._refuse(path, "the symbolic link leads in a circle")
        else:
            return True
        return False

    def _refuse(self, path: str, why: str) -> None:
        self._found.findings.append(
            Finding(
                "file-unreadable",
                f"{why[0].upper()}{why[1:]}; it was left out.",
                path.encode(errors="surrogateescape").decode(errors="backslashreplace"),
                severity=Severity.ERROR,
                hint="Put the file itself into the folder, under a plain name, readable.",
            )
        )


def _within(folder: _Folder, item: os.DirEntry[str], *, is_link: bool) -> _Folder:
    """Return a folder in another one; the system is asked only where links lead."""
    real = os.path.realpath(item.path) if is_link else os.path.join(folder.real, item.name)  # noqa: PTH118
    parents = (*folder.parents, folder.real)
    return _Folder(item.path, f"{folder.below}{item.name}/", real, parents)
