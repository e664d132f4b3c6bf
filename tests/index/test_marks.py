"""Marks of feeds: kept on one basis, for one state of the posts, and never for earlier instants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc.index.database import Database
from feedsvc.index.marks import Mark, Marks

if TYPE_CHECKING:
    from pathlib import Path

BASIS, NOW, WINDOW = b"settings;", 1_000, 10
ONE, TWO, THREE = Mark(b"1", 1, 10), Mark(b"2", 2, 20), Mark(b"3")


@pytest.fixture
def marks(tmp_path: Path) -> Marks:
    marks = Marks(Database(tmp_path / "index.sqlite"))
    marks.keep(BASIS, NOW, marks.state(), {1: ONE, 2: TWO})
    return marks


def test_those_that_were_kept_last_are_there_and_no_others(marks: Marks) -> None:
    assert marks.marks(BASIS, NOW, WINDOW) == {1: ONE, 2: TWO}
    marks.keep(BASIS, NOW + 1, marks.state(), {2: TWO, 3: THREE})
    assert marks.marks(BASIS, NOW + 1, WINDOW) == {2: TWO, 3: THREE}
    marks.keep(BASIS, NOW + 2, marks.state(), {2: THREE})
    assert marks.marks(BASIS, NOW + 9, WINDOW) == {2: THREE}


def test_on_another_basis_or_at_an_earlier_instant_none_holds(marks: Marks) -> None:
    assert marks.marks(b"others;", NOW, WINDOW) == {}
    assert marks.marks(BASIS, NOW - 1, WINDOW) == {}


def test_none_is_kept_of_posts_that_have_moved_on(marks: Marks) -> None:
    marks.keep(BASIS, NOW, b"another state", {3: THREE})
    assert marks.marks(BASIS, NOW, WINDOW) == {1: ONE, 2: TWO}
