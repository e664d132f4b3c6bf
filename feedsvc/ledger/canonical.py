"""Many lines of the ledger at once, in the very form that `lines.encode` writes.

Such a line, without escapes, is recognised and checked by one regular expression; that makes
reading 100,000 lines a matter of tenths of a second. Any other goes through `lines.decode`. The
expressions cost milliseconds to compile: whoever asks for a few lines does without this module.
"""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from itertools import chain, pairwise, starmap
from operator import lt
from typing import TYPE_CHECKING, Final, NamedTuple

from feedsvc.ledger.lines import LineError, decode, encode, utf8
from feedsvc.ledger.values import FeedRecord, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.ledger.lines import Line

# "Anything but a quotation mark" is the one class that `re` runs through at full speed.
_PLAIN = '"([^"]*+)"'
_NAME = '"([^"]++)"'
_DAY = (
    "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_TIME = r'"([12]\d\d\d-' + _DAY + 'T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)"'
_PLAINS = r'\["([^"]*+(?:","[^"]*+)*)"\]'
_NAMES = f'"path":{_NAME},"id":{_NAME}'
_SEEN, _LATER = f',"seen":{_TIME}', f',"published":{_TIME},"updated":{_TIME}'
_REMOVED = f'(?>,"removed":{_TIME}|)'
_OTHERS = (
    f'(?>,"dated":{_PLAIN}|)(?>,"revised":{_PLAIN}|)(?>,"named":{_PLAIN}|)'
    r'(?>,"meaning":"([\w.=-]++)"|)(?>,"source":"([\w=-]++)"|)'
    r'(?>,"sketch":"([\w-]{64}|(?:[\w-]{4}|(?!))++)"|)(?>,"file":"([\w=-]++)"|)'
    r'(?>,"led":"([\w=-]++)"|)'
    f'(?>,"feeds":{_PLAINS}|)(?>,"moved":{_PLAINS}|)'
    f'(?>,"touched":{_TIME}|)'
)
_RECORD: Final = re.compile(
    rf'\{{{_NAMES},"link":{_PLAIN},"title":{_PLAIN}{_SEEN}{_LATER}{_OTHERS}{_REMOVED}\}}', re.ASCII
)


def _ungrouped(pattern: str) -> str:
    return re.sub(r"\((?!\?)", "(?:", pattern)


# A whole line with what all lines are asked for: path, id and whether it is removed; or any other.
# Of most posts three instants are the same one: checked once, it need only be compared.
_AGAIN = rf'(?:"\4"|{_ungrouped(_TIME)})'
_LINES: Final = re.compile(
    (
        rf'(\{{{_NAMES},"link":{_ungrouped(_PLAIN)},"title":{_ungrouped(_PLAIN)}{_SEEN}'
        rf',"published":{_AGAIN},"updated":{_AGAIN}{_ungrouped(_OTHERS)}'
        rf"({_ungrouped(_REMOVED)})\}}\n)|([^\n]*+\n)"
    ).encode()
)


_PIECE: Final = 1 << 16


class DamageError(Exception):
    """What is wrong with a line; its number counts from 0 at the first after the header."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(what)
        self.number = number


class Survey(NamedTuple):
    """Where the lines of posts begin in the data, by id and, unless removed, by path: in UTF-8.

    `lines` is None where the data is in canonical form; otherwise these are the ids or folders of
    all lines, and the lines as they would be in that.
    """

    ids: dict[bytes, int]
    paths: dict[bytes, int]
    lines: tuple[list[bytes], list[bytes]] | None


def survey(data: bytes, begin: int) -> Survey:
    """Check all lines from `begin`, where the second one begins; `data` ends with a line's end.

    Raises DamageError.
    """
    ids: dict[bytes, int] = {}
    paths: dict[bytes, int] = {}
    feeds: dict[bytes, int] = {}
    keys: list[bytes] = []
    mended: dict[int, bytes] = {}
    start = begin
    for line, path, key, _, away, other in chain.from_iterable(_pieces(data, begin)):
        known = ids
        if not line or b"\\" in line:  # an escape must be decoded before it can be compared
            line = line or other  # noqa: PLW2901
            entry = _decode(line, len(keys))
            if (canonical := encode(entry) + b"\n") != line:
                mended[len(keys)] = canonical
            if isinstance(entry, FeedRecord):
                key, away, known = utf8(entry.feed), line, feeds  # noqa: PLW2901
            else:
                path, key = utf8(entry.path), utf8(entry.id)  # noqa: PLW2901
                away = b"" if entry.removed is None else line  # noqa: PLW2901
        elif not line.isascii():
            _check_encoding(line, len(keys))
        if known.setdefault(key, start) != start:
            raise _twice(len(keys), "feed" if known is feeds else "id", key)
        if not away and paths.setdefault(path, start) != start:
            raise _twice(len(keys), "path", path)
        keys.append(key)
        start += len(line)
    places = zip(map(zlib.crc32, keys), keys, strict=True)
    if not mended and all(starmap(lt, pairwise(places))):
        return Survey(ids, paths, None)
    lines = data[begin:-1].split(b"\n")
    for number, canonical in mended.items():
        lines[number] = canonical[:-1]
    return Survey(ids, paths, (keys, lines))


def _pieces(data: bytes, begin: int) -> Iterator[list[tuple[bytes, ...]]]:
    """The groups of all lines, some at a time: what lies in the processor's cache is cheaper."""
    while begin < len(data):
        end = data.rfind(b"\n", begin, begin + _PIECE) + 1 or data.index(b"\n", begin) + 1
        found = _LINES.findall(data, begin, end)
        if len(found) != data.count(b"\n", begin, end):  # a text runs over the end of its line
            lines = data[begin : end - 1].split(b"\n")
            found = [_LINES.findall(line + b"\n")[0] for line in lines]
        yield found
        begin = end


def _decode(line: bytes, number: int) -> Line:
    _check_encoding(line, number)
    try:
        return decode(line[:-1])
    except LineError as error:
        raise DamageError(number, str(error)) from error


def _check_encoding(line: bytes, number: int) -> None:
    # A line at a time: one far sign would widen the whole text.
    try:
        line.decode()
    except UnicodeDecodeError as error:
        raise DamageError(number, "not UTF-8") from error


def _twice(number: int, kind: str, value: bytes) -> DamageError:
    told = f"the {kind} {value.decode(errors='replace')} stands in a line above, too"
    return DamageError(number, f"{told}: keep one of them")


def decode_record(line: bytes) -> Record:
    """The record of a line that is known to hold one."""
    match = None if b"\\" in line else _RECORD.fullmatch(line.decode())
    if match is None:
        record = decode(line)
        assert isinstance(record, Record)
        return record
    path, identity, link, title, seen, published, updated, *rest = match.groups()
    dated, revised, named, meaning, source, sketch, file, led, feeds, moved, touched, removed = rest
    return Record(
        path,
        identity,
        link,
        title,
        datetime.fromisoformat(seen),
        datetime.fromisoformat(published),
        datetime.fromisoformat(updated),
        dated or "",
        revised or "",
        named or "",
        meaning,
        source or "",
        sketch or "",
        file or "",
        led or "",
        tuple(feeds.split('","')) if feeds is not None else (),
        tuple(moved.split('","')) if moved is not None else (),
        None if touched is None else datetime.fromisoformat(touched),
        None if removed is None else datetime.fromisoformat(removed),
    )
