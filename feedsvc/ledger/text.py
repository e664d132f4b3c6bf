"""The whole text of the ledger: a header, then one line for each post and feed.

Lines are sorted by a checksum of the id. Sorted by path, the two newest posts of two branches would
be neighbours at the end of the file, and git would call that a conflict; a checksum spreads them,
and a line stays where it is when its post is renamed.
"""

from __future__ import annotations

import json
from itertools import starmap
from typing import TYPE_CHECKING, Final

from feedsvc.errors import LedgerError
from feedsvc.ledger.lines import (
    FEED,
    LineError,
    decode_made,
    decode_object,
    encode,
    encode_made,
    utf8,
)
from feedsvc.ledger.snapshot import Snapshot, order
from feedsvc.ledger.state import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedsvc.ledger.values import Made

VERSION: Final = 1
_MARK = "feedsvc-ledger"
_FEW: Final = 64  # lines to put in their places; whoever changes more sorts all


def dump(ledger: Ledger) -> bytes:
    """The bytes of the file: the same for the same state."""
    posts, feeds = ledger.news
    news = [(utf8(key), encode(one)) for told in (posts, feeds) for key, one in told.items()]
    snapshot, header = ledger.snapshot, _header(ledger.made)
    if len(news) > _FEW:
        told = {(key, line.startswith(FEED)): line for key, line in (*snapshot.lines(), *news)}
        return _arranged(header, ((key, line) for (key, _), line in told.items()))
    data, last = memoryview(snapshot.data), snapshot.begin
    pieces: list[bytes | memoryview] = [header]
    for begin, end, (_, _, line) in sorted(starmap(snapshot.room_for, news)):
        pieces += data[last:begin], line, b"\n"
        last = end
    return b"".join([*pieces, data[last:]])


def _arranged(header: bytes, lines: Iterable[tuple[bytes, bytes]]) -> bytes:
    return header + b"".join(b"%b\n" % line for _, _, line in sorted(starmap(order, lines)))


def _header(made: Made) -> bytes:
    text = json.dumps({_MARK: VERSION, **encode_made(made)}, separators=(",", ":"))
    return text.encode() + b"\n"


def parse(data: bytes, name: str, *, sound: bool = False) -> Ledger:
    """The ledger that a file holds; `sound`: it is as `dump` wrote it, which need not be checked.

    Raises LedgerError, which names the line, for anything that is damaged or was written by a
    newer version. CRLF is accepted: git may have put it there.
    """
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    if not data.endswith(b"\n"):
        data += b"\n"
    begin = data.index(b"\n") + 1
    made = _checked_header(data[: begin - 1], name)
    return Ledger(Snapshot(data) if sound else _checked(data, begin, name), made)


def _checked(data: bytes, begin: int, name: str) -> Snapshot:
    from feedsvc.ledger.canonical import DamageError, survey  # costly: most files are sound

    try:
        found = survey(data, begin)
    except DamageError as damage:
        raise _damage(name, damage.number + 2, str(damage)) from damage
    if found.lines is None:
        return Snapshot(data, found)
    return Snapshot(_arranged(data[:begin], found.lines))


def _checked_header(line: bytes, name: str) -> Made:
    try:
        fields = decode_object(line)
    except LineError as error:
        told = "this is no ledger" if line and not line.startswith((b"<", b"{")) else str(error)
        raise _damage(name, 1, told) from error
    version = fields.get(_MARK)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _damage(name, 1, f'the header {{"{_MARK}": {VERSION}}} is missing')
    if version > VERSION:
        raise LedgerError(
            f"{name}:1: written by a newer feedsvc (ledger version {json.dumps(version)}, "
            f"this one knows {VERSION}): upgrade feedsvc"
        )
    try:
        return decode_made(fields)
    except LineError as error:
        raise _damage(name, 1, str(error)) from error


def _damage(name: str, line: int, what: str) -> LedgerError:
    return LedgerError(f"{name}:{line}: {what}; mend the line or restore the file from its history")
