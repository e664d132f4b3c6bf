"""Files → rows of the index, in this process or in a worker."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from xxhash import xxh3_128_digest

from feedsvc.index.rows import Row, make_row
from feedsvc.ledger import fingerprint
from feedsvc.markup.beside import NO_SOURCES, Folder
from feedsvc.model import Finding, Severity
from feedsvc.posts.dialect import Dialect, Reading, Source
from feedsvc.posts.media import is_media, type_of_file
from feedsvc.posts.references import TREE, holds, names_file
from feedsvc.repository.grouping import few
from feedsvc.repository.trees import SiteTrees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedsvc.markup.beside import Sources
    from feedsvc.posts.references import Reference
    from feedsvc.settings import Settings


_TEXTS = (".json", ".yml", ".yaml", ".toml", ".md", ".html")  # most of what posts depend on
_MEDIA = ("image/", "audio/", "video/", "font/")


class Batch(NamedTuple):
    """Files that one worker reads: (path, root), both site-relative."""

    settings: Settings
    dialect: Dialect
    files: tuple[tuple[str, str], ...]


class _File(NamedTuple):
    """One file as it was opened; `refusal` says why it could not be, `absent` that it is gone."""

    path: str
    root: str
    data: bytes = b""
    identity: str = ""
    refusal: str = ""
    absent: bool = False


def read_batch(batch: Batch) -> list[Row]:
    """Read files; whatever is wrong with one becomes a finding in its row."""
    files = SiteTrees(batch.settings.folder)
    # Of files that are in memory already, announcing each would be 4 % of what reading it takes.
    if batch.files and not files.is_in_memory(batch.files[0][0]):
        for path, _ in batch.files:
            files.announce(path)
    opened = (_open(files, *file) for file in batch.files)
    groups = few(opened, lambda one: len(one.data))
    return [row for group in groups for row in _rows(batch, files, group)]


def read_plainly(
    settings: Settings, dialect: Dialect, files: tuple[tuple[str, str], ...]
) -> list[tuple[Any, ...]]:
    """The same as plain tuples, which another process hands over in half the time."""
    return [tuple(row) for row in read_batch(Batch(settings, dialect, files))]


def _open(files: SiteTrees, path: str, root: str) -> _File:
    try:
        return _File(path, root, *files.read(path))
    except FileNotFoundError:
        return _File(path, root, absent=True)
    except (OSError, ValueError) as error:
        return _File(path, root, refusal=getattr(error, "strerror", None) or str(error))


def _rows(batch: Batch, files: SiteTrees, group: list[_File]) -> list[Row]:
    """Make the rows of a few files, step by step for all of them."""
    readings = [_reading(batch, files, one) for one in group]
    keeps = batch.settings.ledger.enabled
    read = zip(group, readings, strict=True)
    prints = [_fingerprint(batch.dialect, *one) if keeps else None for one in read]
    contents, references = [], []
    beside: dict[tuple[str, ...], bytes] = {}  # posts of one folder depend on the same files
    for at, (one, reading) in enumerate(zip(group, readings, strict=True)):
        drawn = _drawn_in(batch, files, reading)
        if reading.depends not in beside:
            beside[reading.depends] = _beside(files, reading.depends)
        content = one.data + beside[reading.depends]
        if drawn.paths:
            content += b"".join([b"\0" + _drawn_mark(files, path) for path in drawn.paths])
            readings[at] = reading._replace(depends=(*reading.depends, *drawn.paths))
        contents.append(content)
        references.append(_references(batch, reading, drawn.texts))
    url = batch.settings.site.url
    feedless = batch.dialect.feedless(batch.settings)
    return [
        make_row(
            one.path,
            one.identity,
            content,
            reading,
            url,
            fingerprint=print_,
            references=named,
            feedless=feedless,
        )
        for one, content, reading, print_, named in zip(
            group, contents, readings, prints, references, strict=True
        )
    ]


def _reading(batch: Batch, files: SiteTrees, one: _File) -> Reading:
    if one.absent:
        return Reading(None, ())
    if one.refusal:
        return Reading(None, (_unreadable(one.path, one.refusal),))
    return _interpret(batch, Source(one.path, one.root, one.data, files.side, files.size))


def _drawn_in(batch: Batch, files: SiteTrees, reading: Reading) -> Sources:
    """The other files that the body shows something of."""
    signs = batch.dialect.source_signs
    if reading.post is None or not holds(reading.post.body, signs):
        return NO_SOURCES
    from feedsvc.content.leftovers import sources  # which most sites do not need

    return sources(reading.post, batch.settings, Folder(files.side, files.below))


def _references(batch: Batch, reading: Reading, drawn: tuple[str, ...]) -> tuple[Reference, ...]:
    if reading.post is None:
        return ()
    body = "\n".join([reading.post.body, *drawn])
    further = batch.dialect.further_references(reading.post, batch.settings)
    if holds(body, batch.dialect.reference_signs) or names_file(body):
        from feedsvc.content.references import references  # which most sites do not need

        return (*references(body, batch.settings), *further)
    return further


def _fingerprint(dialect: Dialect, file: _File, reading: Reading) -> tuple[str, str] | None:
    if reading.post is None or reading.origin is None:
        return None
    body = reading.post.body
    encoded = dialect.encoded_body(file.data, body, reading.body_start)
    return fingerprint(body, *reading.origin.parts, encoded=encoded)


def _interpret(batch: Batch, source: Source) -> Reading:
    """Read a post; a defect in a dialect must not take the others down with it."""
    try:
        return batch.dialect.read(source, batch.settings)
    except ImportError:
        raise  # a broken installation is no fault of the posts, and must not empty the feeds
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".replace("\n", " ")[:200]
        return Reading(None, (_unreadable(source.path, reason),))


def _unreadable(path: str, reason: str) -> Finding:
    return Finding(
        "post-unreadable",
        f"The post cannot be read ({reason}); it was left out.",
        path,
        severity=Severity.ERROR,
        hint="Mend the file; the rest is published.",
    )


def _drawn_mark(files: SiteTrees, path: str) -> bytes:
    """A digest of a file, or folder, that many bodies may draw in, line ends aside."""
    if path.endswith(TREE):
        return files.tree_digest(path)
    data = files.side(path) or b""
    return _kept(data) if len(data) <= _KEPT else _digest(data)


def _digest(data: bytes) -> bytes:
    return xxh3_128_digest(data.replace(b"\r\n", b"\n"))


_KEPT = 1 << 18
_kept = lru_cache(64)(_digest)


def _beside(files: SiteTrees, depends: Iterable[str]) -> bytes:
    """What of other files posts depend on: their bytes; of media only the sizes."""
    return b"".join([b"\0" + _side(files, path) for path in depends])


def _side(files: SiteTrees, path: str) -> bytes:
    if path.lower().endswith(_TEXTS):
        return files.side(path) or b""
    size = files.size(path)
    if size is not None and not (is_media(path) or type_of_file(path).startswith(_MEDIA)):
        # It was read for what it says: code, a template, reStructuredText.
        data = files.side(path)
        if data is not None:  # (None: too large)
            return data
    return str(size).encode()
