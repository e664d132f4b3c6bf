"""Many documents are written by several processes; nobody can tell by the files."""

from __future__ import annotations

import pytest

from feedsvc.errors import ExportError
from feedsvc.export import export
from feedsvc.export.spreading import _SPREAD_FROM, BATCH
from feedsvc.site import open_site

from .conftest import NOW

MANY = BATCH * _SPREAD_FROM


@pytest.fixture
def folder(make_site):
    posts = {
        f"posts/{number}.md": f"---\ntitle: Post {number}\ndate: 2020-01-01\n---\n*{number}*\n"
        for number in range(MANY)
    }
    # Terms make the settings a value that cannot be hashed.
    return make_site(posts, config='[tags.a]\ntitle = "A"\n')


def contents(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_several_processes_write_the_bytes_that_one_writes(folder, tmp_path):
    for jobs in (1, 2):
        site = open_site(folder, jobs=jobs, cache=tmp_path / f"cache{jobs}")
        summary = export(site, tmp_path / f"out{jobs}", now=NOW)
        site.close()
        assert summary.written > MANY
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")


def test_an_error_of_another_process_is_told_as_ones_own(folder, tmp_path):
    (tmp_path / "out" / "2020" / "01").mkdir(parents=True)
    (tmp_path / "out" / "2020" / "01" / "01").write_text("in the way")
    site = open_site(folder, jobs=2)
    with pytest.raises(ExportError, match=r"2020/01/01: a file is in the way.*more\)"):
        export(site, tmp_path / "out", now=NOW)
    site.close()
