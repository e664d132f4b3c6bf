"""Folders that bodies draw in as a whole: read once while they rest, and nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from feedsvc.errors import StaleError
from feedsvc.repository import sides
from feedsvc.repository.trees import SiteTrees

if TYPE_CHECKING:
    from pathlib import Path

NAME = "_topics/**"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("_topics/b.md", "_topics/sub/a.md", "other.md"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    return site


def held(files: SiteTrees) -> dict[str, bytes]:
    tree = files.tree(NAME)[1]
    assert tree is not None
    return dict(tree.files)


def test_a_tree_has_the_files_of_a_folder_and_of_those_below_it_by_path(folder: Path) -> None:
    assert list(held(SiteTrees(folder)).items()) == [
        ("_topics/b.md", b"_topics/b.md"),
        ("_topics/sub/a.md", b"_topics/sub/a.md"),
    ]


def test_it_is_the_same_until_a_file_changes(folder: Path) -> None:
    files = SiteTrees(folder)
    before = files.tree(NAME)
    assert files.tree(NAME)[1] is before[1]
    (folder / "_topics/b.md").write_text("something else")
    after = files.tree(NAME)
    assert after[0] != before[0]
    assert held(files)["_topics/b.md"] == b"something else"


def test_no_link_leads_out_of_the_site(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/s.md").write_text("secret")
    (folder / "_topics/s.md").symlink_to(tmp_path / "secret/s.md")
    (folder / "_topics/all").symlink_to(tmp_path / "secret")
    (folder / "_topics/gone.md").symlink_to(tmp_path / "gone.md")
    assert list(held(SiteTrees(folder))) == ["_topics/b.md", "_topics/sub/a.md"]


def test_a_folder_that_is_not_there_is_empty(folder: Path) -> None:
    assert SiteTrees(folder).tree("_absent/**")[1] is not None
    assert sides.listing(str(folder), "_absent").files == {}


def test_line_ends_make_no_other_digest(folder: Path) -> None:
    (folder / "_topics/b.md").write_bytes(b"a\nb\n")
    before = SiteTrees(folder).tree_digest(NAME)
    (folder / "_topics/b.md").write_bytes(b"a\r\nb\r\n")
    assert SiteTrees(folder).tree_digest(NAME) == before
    (folder / "_topics/b.md").write_bytes(b"a\n\nb\n")
    assert SiteTrees(folder).tree_digest(NAME) != before


def test_a_file_that_changes_while_it_is_read_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = SiteTrees.read

    def changing(self: SiteTrees, path: str) -> tuple[bytes, str]:
        os.utime(folder / path, ns=(1, 1))
        return read(self, path)

    monkeypatch.setattr(SiteTrees, "read", changing)
    with pytest.raises(StaleError, match=r"_topics/b\.md changed"):
        SiteTrees(folder).tree(NAME)
    assert SiteTrees(folder).tree_digest(NAME)
