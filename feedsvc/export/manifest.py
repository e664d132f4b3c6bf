"""What an export remembers in its target: which files it wrote.

`.feedsvc-export.json` names each file with a digest of its bytes. It is what allows a later
export to remove the files of vanished documents and nothing else. Same documents, same bytes.
While an export writes, `.feedsvc-export.journal` names the files it is about to write, so that
one that was interrupted leaves nothing behind that the next would not know as its own.
"""

from __future__ import annotations

import json
from pathlib import Path

from feedsvc.export.disk import replace
from feedsvc.export.places import refusal_of_file
from feedsvc.repository.files import EXPORTED

MANIFEST = EXPORTED
JOURNAL = ".feedsvc-export.journal"
_MARK = "feedsvc-export"
_VERSION = 1


def read_manifest(root: str) -> dict[str, str] | None:
    """Return file → digest as the last export left it, {} without one, None if it is damaged."""
    return _read(root, MANIFEST)


def read_journal(root: str) -> dict[str, str] | None:
    """Return the files an interrupted export was about to write, None if none was interrupted.

    A damaged journal names nothing.
    """
    if not Path(root, JOURNAL).exists():
        return None
    return _read(root, JOURNAL) or {}


def write_manifest(root: str, files: dict[str, str]) -> None:
    """Write the manifest; one with the same content is left untouched."""
    data = _encode(files)
    path = Path(root, MANIFEST)
    try:
        if path.read_bytes() == data:
            return
    except FileNotFoundError:
        pass
    replace(root, MANIFEST, data)


def write_journal(root: str, files: dict[str, str]) -> None:
    """Note the files that are about to be written."""
    replace(root, JOURNAL, _encode(files))


def close_journal(root: str) -> None:
    """Note that all is written."""
    Path(root, JOURNAL).unlink(missing_ok=True)


def _encode(files: dict[str, str]) -> bytes:
    # A line a file: targets are often kept in git, and a merge then sees single files.
    # What `indent=0` gives, a third as fast: that is written in Python.
    lines = ",\n".join([f"{json.dumps(file)}: {json.dumps(files[file])}" for file in sorted(files)])
    listed = f"{{\n{lines}\n}}" if files else "{}"
    return f'{{\n"{_MARK}": {_VERSION},\n"files": {listed}\n}}\n'.encode()


def _read(root: str, name: str) -> dict[str, str] | None:
    try:
        value = json.loads(Path(root, name).read_bytes())
        files = value["files"] if value[_MARK] == _VERSION else None
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(files, dict) or not all(map(_is_sound, files.items())):
        return None
    return files


def _is_sound(item: tuple[str, object]) -> bool:
    # A manifest can come from anywhere with the target; it must not lead a removal out of it.
    file, known = item
    return isinstance(known, str) and not refusal_of_file(file)
