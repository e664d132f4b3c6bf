"""The whole text of the ledger: a header, then one line for each post and feed.

Lines are sorted by a checksum of the id. Sorted by path, the two newest posts of two branches would
be neighbours at the end of the file, and git would call that a conflict; a checksum spreads them,
and a line stays where it is when its post is renamed.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Final

from feedsvc.errors import LedgerError
from feedsvc.ledger.lines import (
    Line,
    LineError,
    decode,
    decode_made,
    decode_object,
    encode,
    encode_made,
    glance,
    peek,
)
from feedsvc.ledger.state import Ledger
from feedsvc.ledger.values import FeedRecord, Made, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERSION: Final = 1
_MARK = "feedsvc-ledger"


def dump(ledger: Ledger) -> bytes:
    """The bytes of the file: the same for the same state."""
    keys: list[str] = []
    lines: list[str] = []
    for identity, entry in ledger.lines():
        keys.append(identity)
        lines.append(entry if isinstance(entry, str) else encode(entry))
    keys += ledger.feeds
    lines += map(encode, ledger.feeds.values())
    placed = sorted(zip(_places(keys), keys, lines, strict=True))
    return "\n".join([_header(ledger.made), *(line for _, _, line in placed), ""]).encode()


def _header(made: Made) -> str:
    return json.dumps({_MARK: VERSION, **encode_made(made)}, separators=(",", ":"))


def parse(data: bytes, name: str, *, sound: bool = False) -> Ledger:
    """The ledger that a file holds; `sound`: it is as `dump` wrote it, which need not be checked.

    Raises LedgerError, which names the line, for anything that is damaged or was written by a
    newer version. CRLF is accepted: git may have put it there.
    """
    text = _text(data, name)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    made = _checked_header(lines[0] if lines else "", name)
    entries: dict[str, Record | str] = {}
    paths: dict[str, str] = {}
    removed: dict[str, str] = {}
    feeds: dict[str, FeedRecord] = {}
    look = glance if sound else peek
    for number, line in enumerate(lines[1:], 2):
        known = look(line)
        entry: Record | str = line
        if known is None:
            decoded = _decode(line, name, number)
            if isinstance(decoded, FeedRecord):
                if decoded.feed in feeds:
                    raise _twice(name, number, "feed", decoded.feed)
                feeds[decoded.feed] = decoded
                continue
            known, entry = (decoded.path, decoded.id, decoded.removed is not None), decoded
        path, identity, away = known
        if identity in entries:
            raise _twice(name, number, "id", identity)
        entries[identity] = entry
        if away:
            removed[identity] = path
        elif paths.setdefault(path, identity) is not identity:
            raise _twice(name, number, "path", path)
    return Ledger(entries, paths, removed, feeds, made)


def _twice(name: str, line: int, kind: str, value: str) -> LedgerError:
    return _damage(name, line, f"the {kind} {value} stands in a line above, too: keep one of them")


def _decode(line: str, name: str, number: int) -> Line:
    try:
        return decode(line)
    except LineError as error:
        raise _damage(name, number, str(error)) from error


def _places(keys: Sequence[str]) -> Iterable[int]:
    try:
        return list(map(zlib.crc32, map(str.encode, keys)))
    except UnicodeEncodeError:  # half of a surrogate pair
        return [zlib.crc32(key.encode("utf-8", "surrogatepass")) for key in keys]


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _damage(name, line, "not UTF-8") from error


def _checked_header(line: str, name: str) -> Made:
    try:
        fields = decode_object(line)
    except LineError as error:
        told = "this is no ledger" if line and not line.startswith(("<", "{")) else str(error)
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
