"""Many documents are written by several processes; nobody can tell by the files."""

from __future__ import annotations

import pytest

from feedsvc.errors import ExportError
from feedsvc.export import export
from feedsvc.export.spreading import _SPREAD_FROM, BATCH, FIRST, batches_of
from feedsvc.export.writing import Job
from feedsvc.repository import workers
from feedsvc.site import open_site

from .conftest import NOW

MANY = FIRST + BATCH * (_SPREAD_FROM + 1)


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


def jobs(*folders):
    return [Job(f"/{folder}/{form}", f"{folder}/{form}") for folder in folders for form in "abc"]


def test_what_one_feed_shows_is_written_by_one_process():
    together = list(batches_of(jobs(*map(str, range(100)))))
    assert [len(batch) for batch in together[:2]] == [FIRST + 2, BATCH + 1]
    assert all(batch[-1].path.endswith("c") for batch in together)
    assert [job for batch in together for job in batch] == jobs(*map(str, range(100)))


def test_a_folder_of_many_documents_is_shared_out():
    parts = list(batches_of(jobs(*["posts"] * 100)))
    assert max(map(len, parts)) == 2 * BATCH


def test_several_processes_write_the_bytes_that_one_writes(folder, tmp_path):
    for jobs in (1, 2):
        site = open_site(folder, jobs=jobs, cache=tmp_path / f"cache{jobs}")
        summary = export(site, tmp_path / f"out{jobs}", now=NOW)
        site.close()
        assert summary.written > MANY
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")


def test_several_processes_leave_what_one_leaves_for_the_next_export(folder, tmp_path):
    """The signatures of all documents, and what is in each feed."""
    left = []
    for jobs in (1, 2):
        with open_site(folder, jobs=jobs, cache=tmp_path / f"cache{jobs}") as site:
            export(site, tmp_path / "out", now=NOW)
            record = site.session.recall(f"export {tmp_path / 'out'}")
            ask = site.session.database.connection.execute
            marks = ask("SELECT * FROM marks ORDER BY feed").fetchall()
        left.append((record, marks))
    assert left[0] == left[1]
    assert all(None not in mark for mark in left[0][1])


def test_the_processes_that_read_posts_tell_of_them_and_write_them(folder, tmp_path, monkeypatch):
    started = []
    start = workers._started
    monkeypatch.setattr(workers, "_started", lambda jobs: started.append(jobs) or start(jobs))
    monkeypatch.setattr("feedsvc.repository.repository._PARALLEL_FROM", 100)
    monkeypatch.setattr("feedsvc.repository.repository._CHUNK", 20)
    monkeypatch.setattr("feedsvc.learning._BATCH", 20)
    monkeypatch.setattr("feedsvc.announcement._LEAST", 20)
    ledgers = []
    for jobs in (1, 2):
        site = open_site(folder, jobs=jobs, cache=tmp_path / f"cache{jobs}")
        export(site, tmp_path / f"out{jobs}", now=NOW)
        assert not site.crew.is_there
        site.close()
        ledgers.append((folder / "feedsvc.lock").read_bytes())
        (folder / "feedsvc.lock").unlink()
    assert started == [2]
    assert ledgers[0] == ledgers[1]
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")


def test_an_error_of_another_process_is_told_as_ones_own(folder, tmp_path):
    (tmp_path / "out" / "2020" / "01").mkdir(parents=True)
    (tmp_path / "out" / "2020" / "01" / "01").write_text("in the way")
    site = open_site(folder, jobs=2)
    with pytest.raises(ExportError, match=r"2020/01/01: a file is in the way.*more\)"):
        export(site, tmp_path / "out", now=NOW)
    site.close()
