"""A defect in a dialect costs one post; a broken installation must not cost all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from feedsvc.posts.dialect import Dialect, Reading, Source
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
    settings = replace(Settings(folder), posts=PostsSettings(path=("",)))
    return Batch(settings, Failing(error), (("a.md", ""),))


def test_a_dialect_that_fails_costs_one_post_and_says_so(tmp_path: Path) -> None:
    (row,) = read_batch(batch(tmp_path, ZeroDivisionError("division\nby zero")))
    assert row.post is None
    assert "ZeroDivisionError: division by zero" in (row.findings or "")


def test_a_missing_library_stops_the_run_instead_of_emptying_the_feeds(tmp_path: Path) -> None:
    with pytest.raises(ImportError):
        read_batch(batch(tmp_path, ImportError("no yaml here")))
