"""The ledger as this process knows it: its file, and what was told and could not be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.ledger.place import identity

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.index.standing import Standing
    from feedsvc.index.unwritten import Unwritten
    from feedsvc.ledger import Ledger, Reconciled, Unsaved


class Known(NamedTuple):
    """A ledger, and what tells whether that is still all that is known.

    `file` is what the file holds; `unsaved` is what the ledger says besides, `token` tells it.
    """

    ledger: Ledger
    file: Ledger
    identity: bytes
    unsaved: Unsaved | None
    token: bytes


class Memory:
    """Reads the ledger when it is another one, and notes in the index how far it was taken over."""

    def __init__(self, path: Path, standing: Standing, unwritten: Unwritten) -> None:
        self._path = path
        self._standing = standing
        self._unwritten = unwritten
        self._known: Known | None = None

    def read(self) -> Known:
        """Return the ledger as it is now. Raises LedgerError."""
        at, token = identity(self._path), self._unwritten.token()
        if self._known is None or (self._known.identity, self._known.token) != (at, token):
            from feedsvc.ledger import read

            file = read(self._path, sound=self._standing.fact("written") == at)
            unsaved = self._unwritten.lines()
            ledger = file if unsaved is None else unsaved.onto(file)
            self._known = Known(ledger, file, at, unsaved, token)
        return self._known

    def has_page(self, identity: str, path: str, page: str) -> bool:
        """Whether subscribers know a post, by its id or where it lies, at that (decoded) page.

        Raises LedgerError.
        """
        from unicodedata import normalize
        from urllib.parse import unquote

        ledger = self.read().ledger
        known = ledger.get(identity)
        if known is None or known.removed is not None:  # its author may have chosen another id
            known = ledger.at(path if path.isascii() else normalize("NFC", path))
        return known is not None and unquote(known.link) == page

    def has_feed(self, folder: str, name: str) -> bool:
        """Whether subscribers know the feed in that folder as the one of that name.

        Raises LedgerError.
        """
        known = self.read().ledger.feeds.get(folder)
        return known is not None and known.name == name

    def is_behind(self) -> bool:
        """Whether the index has not taken over the file as it is."""
        return self._standing.fact("ledger") != identity(self._path)

    def lacks_anything(self) -> bool:
        """Whether something was told that could not be written."""
        return bool(self._unwritten.token())

    def take_over(self, outcome: Reconciled, before: Known, *, whole: bool) -> None:
        """Note the outcome of a step from what was known; inside `Database.writing()`.

        Unless that was asked about the `whole` folder, the index is behind where it had not taken
        over the ledger that the step was taken from: that may say what is new of other posts.
        """
        at, file, unsaved = outcome.written or before.identity, outcome.ledger, None
        if not outcome.saved:
            from feedsvc.ledger import Unsaved

            # Held against the file that was known: what others have written since is not ours.
            file = before.file
            unsaved = Unsaved.between(file, outcome.ledger)
        elif outcome.written:
            self._standing.set_fact("written", at)
        if unsaved is not None and not unsaved.is_anything:
            unsaved = None
        token = self._unwritten.keep(unsaved, before.token)
        self._known = Known(outcome.ledger, file, at, unsaved, token)
        origin = outcome.origin or before.identity
        in_step = whole or self._standing.fact("ledger") == origin
        self._standing.set_fact("ledger", at if in_step else b"")
