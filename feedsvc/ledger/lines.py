"""One line of the ledger: a record as JSON, and back.

A line in the very form that `encode` writes, without escapes, is recognised and checked by one
regular expression; that makes reading 100,000 lines a matter of tenths of a second. Any other line
goes through the JSON parser and explicit checks, which know what to complain of.
"""

from __future__ import annotations

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

# "Anything but a quotation mark" is the one class that `re` runs through at full speed.
_PLAIN = '"([^"]*+)"'
_NAME = '"([^"]++)"'
_DAY = (
    "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_TIME = r'"((?!0000)\d{4}-' + _DAY + 'T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)"'
_PLAINS = r'\["([^"]*+(?:","[^"]*+)*+)"\]'
_NAMES = f'"path":{_NAME},"id":{_NAME}'
_CANONICAL: Final = re.compile(
    r"\{"
    f'{_NAMES},"link":{_PLAIN},"title":{_PLAIN}'
    f',"seen":{_TIME},"published":{_TIME},"updated":{_TIME}'
    f'(?:,"dated":{_PLAIN})?+(?:,"revised":{_PLAIN})?+(?:,"named":{_PLAIN})?+'
    r'(?:,"meaning":"([\w.=-]++)")?+(?:,"source":"([\w=-]++)")?+'
    r'(?:,"sketch":"([\w-]{64}|(?:[\w-]{4})++)")?+(?:,"file":"([\w=-]++)")?+'
    r'(?:,"led":"([\w=-]++)")?+'
    f'(?:,"feeds":{_PLAINS})?+(?:,"moved":{_PLAINS})?+'
    f'(?:,"touched":{_TIME})?+(?:,"removed":{_TIME})?+'
    r"\}",
    re.ASCII,
)
# The same with no more groups than all lines are asked for: path, id and whether it is removed.
_KNOWN: Final = re.compile(
    re.sub(r"\((?!\?)", "(?:", _CANONICAL.pattern)
    .replace(f'"path":{_NAME.replace("(", "(?:")},"id":{_NAME.replace("(", "(?:")}', _NAMES)
    .replace('(?:,"removed"', '(,"removed"'),
    re.ASCII,
)
_DIGEST = re.compile(r"[\w.=-]+", re.ASCII)
_SKETCH = re.compile(r"(?:[\w-]{4})+", re.ASCII)
_REQUIRED = ("path", "id", "link", "title", "seen", "published", "updated")
_OPTIONAL = (
    *("dated", "revised", "named", "meaning", "source", "sketch", "file", "led", "feeds"),
    *("moved", "touched", "removed"),
)
_MAKING = ("made", "url", "since", "first")
_ALWAYS = frozenset({*_REQUIRED, "feed"})
_REMOVED = len(',"removed":"2026-01-31T12:00:00Z"}')
_INSTANTS = frozenset(
    {"seen", "published", "updated", "removed", "gone", "touched", "archived", "since"}
)


class LineError(ValueError):
    """What is wrong with a line, without its place."""


def encode(line: Line) -> str:
    """The canonical form: keys in fixed order, no blanks, absent where there is nothing to tell."""
    text = _written_as(line, encode_basestring)
    if not text.isascii() and not _is_unicode(text):
        return _written_as(line, encode_basestring_ascii)
    return text


def _written_as(line: Line, quoted: Callable[[str], str]) -> str:
    """The line with its texts as `quoted` gives them; by hand in half the time that JSON takes."""
    told = []
    for name, value in zip(line._fields, line, strict=True):
        if value or name in _ALWAYS:
            if isinstance(value, str):
                text = quoted(value)
            elif isinstance(value, tuple):
                text = f"[{','.join(map(quoted, value))}]"
            else:
                text = f'"{written(value)}"'  # type: ignore[arg-type]  # there are no others
            told.append(f'"{name}":{text}')
    return f"{{{','.join(told)}}}"


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


def peek(line: str) -> tuple[str, str, str | None] | None:
    """Path, id and what tells that it is removed, of a canonical record; None for other lines."""
    match = _KNOWN.fullmatch(line)
    # An escape must be decoded before it can be compared.
    return None if match is None or "\\" in line else match.groups()  # type: ignore[return-value]


def glance(line: str) -> tuple[str, str, bool] | None:
    """The same of a line as `encode` writes it; None if it must be decoded."""
    if not line.startswith('{"path":"') or "\\" in line:
        return None
    parts = line.split('"', 8)
    return parts[3], parts[7], line.startswith(',"removed":"', -_REMOVED)


def decode_record(line: str) -> Record:
    """The record of a line that is known to hold one."""
    match = None if "\\" in line else _CANONICAL.fullmatch(line)
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


def decode(line: str) -> Line:
    """The record of any line. Raises LineError."""
    fields = decode_object(line)
    if "feed" in fields:
        return FeedRecord(**_checked(fields, ("feed",), ("name", "touched", "archived", "gone")))
    return Record(**_checked(fields, _REQUIRED, _OPTIONAL))


def decode_object(line: str) -> dict[str, JSON]:
    """The JSON object that a line holds. Raises LineError."""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise LineError("a conflict of a merge: keep the lines of both sides, one for each id")
    try:
        value = json.loads(line, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError) as error:
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
        if not isinstance(value, list) or not all(isinstance(feed, str) for feed in value):
            _complain(name, "a list of texts")
        return tuple(value)
    if not isinstance(value, str):
        _complain(name, "a text")
    if name in _INSTANTS:
        return _instant(name, value)
    if name in {"path", "id", "feed"} and not value:
        _complain(name, "a text that is not empty")
    if name in {"meaning", "source", "file", "led", "made"} and not _DIGEST.fullmatch(value):
        _complain(name, "a digest")
    if name == "sketch" and not _SKETCH.fullmatch(value):
        _complain(name, "a sketch")
    return value


def _instant(name: str, value: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            _complain(name, "an instant with a time zone")
        return instant.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        if isinstance(error, LineError):
            raise
        raise LineError(f'"{name}" is not an instant such as 2026-01-31T12:00:00Z') from error


def _complain(name: str, kind: str) -> NoReturn:
    raise LineError(f'"{name}" is not {kind}')


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, from an escape in front matter
        return False
    return True
