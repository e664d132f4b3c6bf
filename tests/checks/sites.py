"""Example sites of the catalogue on disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.checks.rule import Example


def write(folder: Path, files) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def build(folder: Path, example: Example) -> Path:
    folder.mkdir(exist_ok=True)
    write(folder, example.files)
    if example.link:
        (folder / example.path).symlink_to(example.link)
    for number in range(example.copies):
        write(folder, {f"{number}.md": text for text in example.files.values()})
    if example.grows:
        os.truncate(folder / example.path, example.grows)
    return folder
