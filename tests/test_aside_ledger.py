"""A ledger that another process writes while the index is told of it: nothing else is different."""

from __future__ import annotations

import errno
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SiteFactory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere")

# In a process of its own: beside other threads, as tests may have them, nothing is forked.
EXPORT = """
    import os, sys
    from datetime import datetime, UTC
    from pathlib import Path
    from feedsvc.errors import FeedsvcError
    from feedsvc.export import export
    from feedsvc.ledger import file
    from feedsvc.site import open_site

    site, out, cache, many, refusal = *map(Path, sys.argv[1:4]), *map(int, sys.argv[4:])
    file._MANY = many
    here, real, wrote = os.getpid(), file._replace, []
    def replace(path, data):
        with Path(f"{out}.wrote").open("a") as told:
            told.write("here " if os.getpid() == here else "elsewhere ")
        if refusal:
            raise OSError(refusal, os.strerror(refusal))
        real(path, data)
    file._replace = replace
    now = datetime(2026, 6, 1, tzinfo=UTC)
    try:
        print(export(open_site(site, cache=cache, jobs=1), out, now=now))
    except FeedsvcError as error:
        print(error)
"""


@pytest.fixture
def site(make_site: SiteFactory) -> Path:
    posts = {
        f"{n}.md": f"---\ntitle: Post {n}\ndate: 2026-05-{n:02}\ntags: [a{n % 3}]\n---\nText {n}.\n"
        for n in range(1, 31)
    }
    return make_site(posts, config='[site]\nurl = "https://example.org"\n')


def run(site: Path, out: Path, cache: Path, many: int, refusal: int = 0) -> tuple[str, str]:
    """Export; the answer, and which processes tried to write the ledger."""
    told = out.with_name(f"{out.name}.wrote")
    told.unlink(missing_ok=True)
    arguments = [str(one) for one in (site, out, cache, many, refusal)]
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(EXPORT), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout, told.read_text("utf-8") if told.exists() else ""


def files(folder: Path) -> dict[str, bytes]:
    found = (one for one in folder.rglob("*") if one.is_file() and one.name[0] != ".")
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found}


def test_the_same_is_told_and_known(site: Path, tmp_path: Path) -> None:
    ledger = site / "feedsvc.lock"
    _, wrote = run(site, tmp_path / "a", tmp_path / "cache a", 10_000)
    assert wrote == "here "
    written = ledger.read_bytes()
    ledger.unlink()
    _, wrote = run(site, tmp_path / "b", tmp_path / "cache b", 10)
    assert wrote == "elsewhere "
    assert ledger.read_bytes() == written
    assert files(tmp_path / "a") == files(tmp_path / "b")
    told, wrote = run(site, tmp_path / "b", tmp_path / "cache b", 10)
    assert told.startswith("wrote 0,")
    assert not wrote


def test_what_cannot_be_written_is_told_to_nobody(site: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    for _ in range(2):
        told, wrote = run(site, out, cache, 10, errno.ENOSPC)
        assert "No space left" in told
        assert wrote == "elsewhere here "
        assert not (site / "feedsvc.lock").exists()
        assert not (out / "feed.atom").exists()
    told, wrote = run(site, out, cache, 10)
    assert wrote == "elsewhere "
    assert (out / "feed.atom").exists()
