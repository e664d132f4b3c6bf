"""A published file, opened to be sent."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from feedsvc.repository.files import entity_tag_of, opened
from feedsvc.repository.stamps import identity_of, is_fresh

if TYPE_CHECKING:
    from io import FileIO

    from feedsvc.model import JSON, LocalFile


class Memory(Protocol):
    """What is remembered on this machine and may be forgotten at any time."""

    def recall(self, name: str) -> JSON: ...
    def remember(self, name: str, value: JSON) -> None: ...


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is open; whoever has it closes `stream`, which is at the file's beginning.

    `etag` is the opaque tag made from all bytes, as that of a `Document`; `last_modified` is in
    UTC, whole seconds; `size` is in bytes.
    """

    stream: FileIO = field(repr=False)
    media_type: str
    size: int
    etag: str
    last_modified: datetime


def open_file(file: LocalFile, memory: Memory) -> OpenFile | None:
    """Open a file that is published, None where it has gone since.

    Its tag is made by reading all of it, in pieces, once for as long as nobody writes it.
    """
    try:
        stream = opened(file.source)
    except OSError:
        return None
    try:
        status = os.fstat(stream.fileno())
        identity = identity_of(status)
        name = f"tag {file.source}"
        match memory.recall(name):
            case [known, str(tag)] if known == identity:
                pass
            case _:
                tag = entity_tag_of(stream)
                stream.seek(0)
                if not is_fresh(identity, time.time_ns()):
                    memory.remember(name, [identity, tag])
    except BaseException:
        stream.close()
        raise
    changed = datetime.fromtimestamp(int(status.st_mtime), UTC)
    return OpenFile(stream, file.media_type, status.st_size, tag, changed)
