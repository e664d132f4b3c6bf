"""The bytes of a file on their way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

BLOCK = 1 << 17  # bytes of a file that are in memory while it is being sent


class Sender:
    """Gives `length` bytes of a file from `start` on, a block at a time; closes the file.

    `whole`: that is all of it.
    """

    def __init__(self, stream: FileIO, start: int, length: int, *, whole: bool = False) -> None:
        self.stream = stream
        self.whole = whole
        self._left = length
        stream.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = self.stream.read(min(BLOCK, self._left)) if self._left else b""
        if not block:  # all is sent, or the file was cut short meanwhile
            self.close()
            raise StopIteration
        self._left -= len(block)
        return block

    def close(self) -> None:
        """Close the file; what serves WSGI calls this, however sending ends (PEP 3333)."""
        self.stream.close()
