"""Folders that bodies draw in as a whole, each read once for as long as no file in it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xxhash import xxh3_128

from feedsvc.errors import StaleError
from feedsvc.markup.beside import Tree
from feedsvc.posts.references import TREE
from feedsvc.repository.files import SiteFiles
from feedsvc.repository.sides import listing

if TYPE_CHECKING:
    from pathlib import Path

_BYTES = 32 << 20  # of one folder


class SiteTrees(SiteFiles):
    """A site's files, and its folders by names that end in `TREE`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._trees: dict[str, tuple[str, Tree | None]] = {}
        self._digests: dict[str, bytes] = {}

    def tree(self, name: str) -> tuple[str, Tree | None]:
        """Return a folder's identity and its files, None where they are too many or too large.

        Raises StaleError for one that changes meanwhile.
        """
        there = listing(str(self.folder), name.removesuffix(TREE))
        known = self._trees.get(name)
        if known is None or known[0] != there.identity:
            tree = None if there.files is None else self._held(there.files)
            known = self._trees[name] = there.identity, tree
        return known

    def _held(self, files: dict[str, str]) -> Tree | None:
        if sum(int(identity.partition(".")[0]) for identity in files.values()) > _BYTES:
            return None
        held = {}
        for path, identity in files.items():
            try:
                if self.find(path) is None:  # a link that leads out of the site
                    continue
                held[path], now = self.read(path)
            except (OSError, ValueError):
                continue
            if now != identity:
                raise StaleError(f"{path} changed while it was being read")
        return Tree(held)

    def tree_digest(self, name: str) -> bytes:
        """Return what tells the texts of a folder's files from others, line ends aside.

        Found out once.
        """
        known = self._digests.get(name)
        if known is None:
            mixed = xxh3_128()
            try:
                tree = self.tree(name)[1]
            except StaleError:
                tree = None  # it will be read again, as it was written just now
            for path, data in (tree.files if tree else {}).items():
                text = data.replace(b"\r\n", b"\n")
                mixed.update(f"{path}\0{len(text)}\0".encode() + text)
            known = self._digests[name] = mixed.digest()
        return known
