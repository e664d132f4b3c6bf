"""What the ledger could not be written, kept in the index: over restarts, for all processes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from feedsvc.index.facts import Facts

if TYPE_CHECKING:
    from feedsvc.ledger.unsaved import Unsaved

_TOKEN, _LINES = "unsaved", "unsaved-lines"


class Unwritten(Facts):
    """What subscribers were told and the file of the ledger lacks."""

    def token(self) -> bytes:
        """Return what tells it from what it was at other times; empty: the file lacks nothing."""
        return self.fact(_TOKEN) or b""

    def lines(self) -> Unsaved | None:
        """Return it, None where the file lacks nothing."""
        data = self.fact(_LINES)
        if not data:
            return None
        from feedsvc.ledger.unsaved import Unsaved

        return Unsaved.parse(data)

    def keep(self, unsaved: Unsaved | None, token: bytes) -> bytes:
        """Note what the file lacks now (None: nothing); inside `Database.writing()`.

        `token` is that of what was known to be lacking before. What other processes have noted
        since stays. Returns the token of `unsaved` alone: another than that of what was noted
        where there is more.
        """
        held = self.token()
        others = self.lines() if held != token else None
        if others is not None:
            unsaved = others if unsaved is None else others.then(unsaved)
        if unsaved is None and not held:
            return b""
        new = b"" if unsaved is None else os.urandom(8)
        self.set_fact(_TOKEN, new)
        self.set_fact(_LINES, b"" if unsaved is None else unsaved.dump())
        return new if others is None else b"?"
