"""A defect in a dialect costs one post; a broken installation must not cost all of them."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import pytest

from feedsvc.posts.dialect import Dialect, Reading, Source
from feedsvc.repository.files import SiteFiles
from feedsvc.repository.reading import Batch, read_batch
from feedsvc.settings import PostsSettings, Settings

if TYPE_CHECKING:
    from pathlib import Path


class Failing(Dialect):
    def __init__(self, error: Exception) -> None:
        self.error = error

    def read(self, source: Source, settings: Settings) -> Reading:
        raise self.error


def batch(folder: Path, error: Exception) -> Batch:
    (folder / "a.md").write_text("A")
    settings = Settings(folder)._replace(posts=PostsSettings(path=("",)))
    return Batch(settings, Failing(error), (("a.md", ""),))


def test_a_dialect_that_fails_costs_one_post_and_says_so(tmp_path: Path) -> None:
    (row,) = read_batch(batch(tmp_path, ZeroDivisionError("division\nby zero")))
    assert row.post is None
    assert "ZeroDivisionError: division by zero" in (row.findings or "")


def test_a_missing_library_stops_the_run_instead_of_emptying_the_feeds(tmp_path: Path) -> None:
    with pytest.raises(ImportError):
        read_batch(batch(tmp_path, ImportError("no yaml here")))


def test_rows_are_those_of_the_files_in_their_order_however_many_are_read_at_once(
    tmp_path: Path,
) -> None:
    names = [f"{number}.md" for number in range(70)]
    for number, name in enumerate(names):
        text = f"---\ntitle: T{number}\ndate: 2026-05-30\n---\n" + "Words. " * (
            number * 3000 % 200_000
        )
        (tmp_path / name).write_text(text)
    (tmp_path / names[40]).unlink()
    settings = Settings(tmp_path)._replace(posts=PostsSettings(path=("",)))
    files = tuple((name, "") for name in names)
    rows = read_batch(Batch(settings, Dialect(), files))
    assert [row.path for row in rows] == names
    alone = [read_batch(Batch(settings, Dialect(), (one,)))[0] for one in files]
    assert rows == alone
    assert [row.path for row in rows if row.post is None] == [names[40]]


@pytest.mark.parametrize("error", [None, errno.EAGAIN, errno.EOPNOTSUPP])
def test_the_disk_is_asked_for_all_files_of_a_batch_where_the_first_may_not_be_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int | None
) -> None:
    told: list[str] = []
    announce, read = SiteFiles.announce, SiteFiles.read

    def announced(self: SiteFiles, path: str) -> None:
        told.append(f"announce {path}")
        announce(self, path)

    def opened(self: SiteFiles, path: str) -> tuple[bytes, str]:
        told.append(f"read {path}")
        return read(self, path)

    def preadv(*_: object) -> int:
        if error:
            raise OSError(error, "")
        return 1

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "preadv", preadv, raising=False)
    monkeypatch.setattr(os, "RWF_NOWAIT", 8, raising=False)
    monkeypatch.setattr(os, "posix_fadvise", lambda *_: None, raising=False)
    monkeypatch.setattr(os, "POSIX_FADV_WILLNEED", 3, raising=False)
    monkeypatch.setattr(SiteFiles, "announce", announced)
    monkeypatch.setattr(SiteFiles, "read", opened)
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\n")
    rows = read_batch(Batch(Settings(tmp_path), Dialect(), (("a.md", ""), ("gone.md", ""))))
    asked = ["announce a.md", "announce gone.md"] if error else []
    assert told == [*asked, "read a.md", "read gone.md"]
    assert [row.post is None for row in rows] == [False, True]
