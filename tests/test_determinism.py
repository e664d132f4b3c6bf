"""Same posts, same configuration, same ledger: same bytes, wherever and however they are built."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

POSTS = Path(__file__).parent.parent / "posts"

SURROUNDINGS = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"},
    {"TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONHASHSEED": "4"},  # ASCII
)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but those whose name begins with a dot."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


@pytest.fixture
def expected(run_feedsvc: Callable[..., str], tmp_path: Path) -> dict[str, bytes]:
    """The sample posts, exported once."""
    site = shutil.copytree(POSTS, tmp_path / "expected-site")
    run_feedsvc("export", tmp_path / "expected", "--site", site)
    return tree(tmp_path / "expected")


def test_export_does_not_depend_on_zone_locale_or_hash_seed(
    run_feedsvc: Callable[..., str], expected: dict[str, bytes], tmp_path: Path
) -> None:
    for number, surroundings in enumerate(SURROUNDINGS):
        site = shutil.copytree(POSTS, tmp_path / f"site-{number}")
        out = tmp_path / f"out-{number}"
        cache = str(tmp_path / f"cache-{number}")
        run_feedsvc("export", out, "--site", site, FEEDSVC_CACHE=cache, **surroundings)
        assert tree(out) == expected, surroundings


def test_export_does_not_depend_on_the_index(
    run_feedsvc: Callable[..., str], expected: dict[str, bytes], tmp_path: Path
) -> None:
    site = shutil.copytree(POSTS, tmp_path / "site")
    cache = tmp_path / "cache"
    run_feedsvc("export", tmp_path / "cold", "--site", site, FEEDSVC_CACHE=str(cache))
    run_feedsvc("export", tmp_path / "warm", "--site", site, FEEDSVC_CACHE=str(cache))
    shutil.rmtree(cache)
    run_feedsvc("export", tmp_path / "deleted", "--site", site, FEEDSVC_CACHE=str(cache))
    for out in ("cold", "warm", "deleted"):
        assert tree(tmp_path / out) == expected, out


def test_export_does_not_depend_on_the_order_of_files(
    run_feedsvc: Callable[..., str], expected: dict[str, bytes], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    for file in sorted((file for file in POSTS.rglob("*") if file.is_file()), reverse=True):
        copy = site / file.relative_to(POSTS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    run_feedsvc("export", tmp_path / "out", "--site", site)
    assert tree(tmp_path / "out") == expected


def test_an_index_that_has_seen_a_ledger_tells_nothing_of_it_without(
    run_feedsvc: Callable[..., str], tmp_path: Path
) -> None:
    site = shutil.copytree(POSTS, tmp_path / "site", ignore=lambda *_: ["feedsvc.lock"])
    visitor = site / "2026-05-01-visitor.md"
    visitor.write_text("---\ntitle: Visitor\n---\nHere for a moment.\n", "utf-8")
    run_feedsvc("export", tmp_path / "out", "--site", site)
    visitor.unlink()
    run_feedsvc("export", tmp_path / "out", "--site", site)
    assert b"deleted-entry" in tree(tmp_path / "out")["feed.atom"]
    without = {"FEEDSVC_LEDGER__ENABLED": "false"}
    run_feedsvc("export", tmp_path / "out", "--site", site, **without)
    cache = str(tmp_path / "fresh")
    run_feedsvc("export", tmp_path / "new", "--site", site, FEEDSVC_CACHE=cache, **without)
    assert tree(tmp_path / "out") == tree(tmp_path / "new")


def test_an_export_after_edits_equals_a_fresh_one(
    run_feedsvc: Callable[..., str], expected: dict[str, bytes], tmp_path: Path
) -> None:
    site = shutil.copytree(POSTS, tmp_path / "site", ignore=lambda *_: ["feedsvc.lock"])
    visitor = site / "2026-05-01-visitor.md"
    visitor.write_text("---\ntitle: Visitor\ntags: visit\n---\nHere for a moment.\n", "utf-8")
    run_feedsvc("export", tmp_path / "out", "--site", site)
    assert "tags/visit/feed.atom" in tree(tmp_path / "out")
    visitor.unlink()
    (site / "feedsvc.lock").unlink(missing_ok=True)  # which would go on announcing the removal
    run_feedsvc("export", tmp_path / "out", "--site", site)
    assert tree(tmp_path / "out") == expected
