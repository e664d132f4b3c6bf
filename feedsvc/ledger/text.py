"""The whole text of the ledger: a header, then one line for each post and feed.

Lines are sorted by a checksum of the id. Sorted by path, the two newest posts of two branches would
be neighbours at the end of the file, and git would call that a conflict; a checksum spreads them,
and a line stays where it is when its post is renamed.
"""

from __future__ import annotations

import json
import zlib
from codecs import BOM_UTF8
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
from feedsvc.ledger.snapshot import Snapshot
from feedsvc.ledger.state import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.ledger.values import Made

VERSION: Final = 1
_MARK = "feedsvc-ledger"
_FEW: Final = 64  # lines to put in their places; whoever changes more sorts all


def pieces(ledger: Ledger) -> list[bytes | memoryview]:
    """The bytes of the file, the same for the same state; what did not change is no copy."""
    posts, feeds = ledger.news
    keys = [utf8(key) for key in (*posts, *feeds)]
    lines = [*map(encode, posts.values()), *map(encode, feeds.values())]
    snapshot, header = ledger.snapshot, _header(ledger.made)
    if not lines and snapshot.data.startswith(header):
        return [snapshot.data]
    if len(lines) > _FEW:
        told = set(keys[: len(posts)]), set(keys[len(posts) :])
        for key, line in snapshot.lines():
            if key not in told[line.startswith(FEED)]:
                keys.append(key)
                lines.append(line)
        return [_arranged(header, keys, lines)]
    data, last = memoryview(snapshot.data), snapshot.begin
    found: list[bytes | memoryview] = [header]
    for begin, end, (_, _, line) in sorted(map(snapshot.room_for, keys, lines)):
        found += data[last:begin], line, b"\n"
        last = end
    return [*found, data[last:]]


def as_written(ledger: Ledger, written: Sequence[bytes | memoryview]) -> Ledger:
    """The ledger that `pieces` made these of: held as these where much of it is new."""
    if sum(map(len, ledger.news)) <= _FEW:
        return ledger
    return Ledger(Snapshot(b"".join(written)), ledger.made)


def arranged(made: Made, keys: Sequence[bytes], lines: Sequence[bytes]) -> bytes:
    """The bytes of the file of which these are the lines of posts and feeds, with their keys."""
    return _arranged(_header(made), keys, lines)


def _arranged(header: bytes, keys: Sequence[bytes], lines: Sequence[bytes]) -> bytes:
    ordered = sorted(zip(map(zlib.crc32, keys), keys, lines, strict=True))  # as `order` has it
    return b"\n".join([header[:-1], *(line for _, _, line in ordered), b""])


def _header(made: Made) -> bytes:
    text = json.dumps({_MARK: VERSION, **encode_made(made)}, separators=(",", ":"))
    return text.encode() + b"\n"


def parse(data: bytes, name: str, *, sound: bool = False) -> Ledger:
    """The ledger that a file holds; where it is `sound`, as written here, it is not checked.

    Raises LedgerError, which names the line, for anything that is damaged or was written by a
    newer version. CRLF is accepted: git may have put it there; so is the mark that editors on
    Windows begin a file with.
    """
    data = data.removeprefix(BOM_UTF8)
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
    return Snapshot(_arranged(data[:begin], *found.lines))


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
