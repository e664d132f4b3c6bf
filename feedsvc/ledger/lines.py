"""One line of the ledger: a record as JSON, and back.

`feedsvc.ledger.canonical` does the same for many lines at once; what it cannot tell comes here,
where each complaint has its words.
"""

from __future__ import annotations

import contextlib
import json
import re
from datetime import UTC, datetime
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias

from feedsvc.ledger.values import FeedRecord, Made, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.model import JSON

Line: TypeAlias = "Record | FeedRecord"

FEED: Final = b'{"feed":'
"""What the line of a feed begins with; that of a post begins with its path."""
_DIGEST = re.compile(r"[\w.=-]+", re.ASCII)
_SKETCH = re.compile(r"(?:[\w-]{4})+", re.ASCII)
_REQUIRED = ("path", "id", "link", "title", "seen", "published", "updated")
_TEXTS = ("dated", "revised", "named", "meaning", "source", "sketch", "file", "led")
_OPTIONAL = (*_TEXTS, "feeds", "moved", "touched", "removed")
_FEED_INSTANTS = ("touched", "archived", "gone")
_MAKING = ("made", "url", "since", "first")
_INSTANTS = frozenset(
    {"seen", "published", "updated", "removed", "gone", "touched", "archived", "since"}
)
_CLOCKED = frozenset({"seen", "removed", "gone"})
_END, CLOCKS_END = datetime(9999, 12, 31, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
"""What follows them is an instant, too: a second after any, some weeks after those of a clock."""


class LineError(ValueError):
    """What is wrong with a line, without its place."""


def encode(line: Line) -> bytes:
    """The canonical form: keys in fixed order, no blanks, absent where there is nothing to tell."""
    try:
        return _written_as(line, encode_basestring).encode()
    except UnicodeEncodeError:  # half of a surrogate pair, from an escape in front matter
        return _written_as(line, encode_basestring_ascii).encode()


def utf8(text: str) -> bytes:
    """The text in UTF-8, halves of surrogate pairs included."""
    return text.encode("utf-8", "surrogatepass")


def spellings(text: str) -> list[bytes]:
    """How a text may stand in a line of canonical form, the most likely first."""
    found = [encode_basestring(text), encode_basestring_ascii(text)]
    if '"' not in text and "\\" not in text:
        found.insert(0, f'"{text}"')  # a control character that somebody wrote by hand
    told = []
    for one in dict.fromkeys(found):
        with contextlib.suppress(UnicodeEncodeError):
            told.append(one.encode())
    return told


def _written_as(line: Line, quoted: Callable[[str], str]) -> str:
    """The line with its texts as `quoted` gives them; by hand in a third of the time of JSON."""
    return _post(line, quoted) if isinstance(line, Record) else _feed(line, quoted)


def _post(record: Record, quoted: Callable[[str], str]) -> str:
    path, identity, link, title, seen, published, updated, *texts, feeds, moved, at, gone = record
    first = written(published)  # of most posts all are the same
    line = (
        f'{{"path":{quoted(path)},"id":{quoted(identity)},"link":{quoted(link)}'
        f',"title":{quoted(title)},"seen":"{first if seen is published else written(seen)}"'
        f',"published":"{first}","updated":"{first if updated is published else written(updated)}"'
    )
    for name, text in zip(_TEXTS, texts, strict=True):
        if text:
            line += f',"{name}":{quoted(text)}'
    if feeds:
        line += f',"feeds":[{",".join(map(quoted, feeds))}]'
    if moved:
        line += f',"moved":[{",".join(map(quoted, moved))}]'
    if at is not None:
        line += f',"touched":"{written(at)}"'
    return line + ("}" if gone is None else f',"removed":"{written(gone)}"}}')


def _feed(feed: FeedRecord, quoted: Callable[[str], str]) -> str:
    folder, name, *instants = feed
    line = f'{{"feed":{quoted(folder)}'
    if name:
        line += f',"name":{quoted(name)}'
    for key, at in zip(_FEED_INSTANTS, instants, strict=True):
        if at is not None:
            line += f',"{key}":"{written(at)}"'
    return line + "}"


def written(instant: datetime) -> str:
    """An instant of the ledger as text."""
    return instant.isoformat()[:19] + "Z"


def encode_made(made: Made) -> dict[str, JSON]:
    """How documents are made, as the header says it; absent where there is nothing to tell."""
    fields: dict[str, JSON] = {"made": made.digest, "url": made.url}
    if made.since is not None:
        fields["since"] = written(made.since)
    fields["first"] = made.first
    return {name: value for name, value in fields.items() if value}


def decode_made(fields: dict[str, JSON]) -> Made:
    """What the header says of how documents are made. Raises LineError."""
    told: dict[str, Any] = {name: _value(name, fields[name]) for name in _MAKING if name in fields}
    return Made(**{("digest" if name == "made" else name): one for name, one in told.items()})


def decode(line: bytes) -> Line:
    """The record of any line. Raises LineError."""
    fields = decode_object(line)
    if "feed" in fields:
        return FeedRecord(**_checked(fields, ("feed",), ("name", *_FEED_INSTANTS)))
    return Record(**_checked(fields, _REQUIRED, _OPTIONAL))


def decode_object(line: bytes) -> dict[str, JSON]:
    """The JSON object that a line holds. Raises LineError."""
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        raise LineError("a conflict of a merge: keep the lines of both sides, one for each id")
    try:
        # Not strict: control characters are what `canonical` lets pass, too.
        value = json.loads(line.decode(), object_pairs_hook=_once, strict=False)
    except LineError:  # of `_once`
        raise
    except (ValueError, RecursionError) as error:  # also for a number with thousands of digits
        raise LineError("not a line of JSON") from error
    if not isinstance(value, dict):
        raise LineError("not a JSON object")
    return value


def _once(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise LineError("a key twice")
    return fields


def _checked(
    fields: dict[str, JSON], required: tuple[str, ...], optional: tuple[str, ...]
) -> dict[str, Any]:
    for name in required:
        if name not in fields:
            raise LineError(f'"{name}" is missing')
    for name in fields:
        if name not in required and name not in optional:
            raise LineError(f'"{name}" is not known')
    return {name: _value(name, value) for name, value in fields.items()}


def _value(name: str, value: JSON) -> object:
    if name in {"feeds", "moved"}:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            _complain(name, "a list of texts")
        if name == "moved":
            _check_unicode(name, "".join(map(str, value)))
        return tuple(value)
    if not isinstance(value, str):
        _complain(name, "a text")
    if name in _INSTANTS:
        return _instant(name, value)
    if name in {"id", "link", "feed", "name"}:
        _check_unicode(name, value)
    if name in {"path", "id", "feed"} and not value:
        _complain(name, "a text that is not empty")
    if name in {"meaning", "source", "file", "led", "made"} and not _DIGEST.fullmatch(value):
        _complain(name, "a digest")
    if name == "sketch" and not _SKETCH.fullmatch(value):
        _complain(name, "a sketch")
    return value


def _check_unicode(name: str, text: str) -> None:
    """Only what can be looked up in the index is an id or an address."""
    try:
        text.encode()
    except UnicodeEncodeError:
        _complain(name, "Unicode")


def _instant(name: str, value: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            _complain(name, "an instant with a time zone")
        instant = instant.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        if isinstance(error, LineError):
            raise
        raise LineError(f'"{name}" is not an instant such as 2026-01-31T12:00:00Z') from error
    if instant >= (end := CLOCKS_END if name in _CLOCKED else _END):
        _complain(name, f"an instant before {written(end)}")
    return instant


def _complain(name: str, kind: str) -> NoReturn:
    raise LineError(f'"{name}" is not {kind}')
