"""What is taken away of earlier exports: files as they were left, and nothing else."""

from __future__ import annotations

from feedsvc.export.removal import remove, sweep_all


def test_a_folder_where_an_export_wrote_a_file_is_somebodys_and_stays(tmp_path):
    (tmp_path / "feed.atom").mkdir()
    assert remove(str(tmp_path), {"feed.atom": "", "gone/feed.atom": "1"}) == (0, [])
    assert (tmp_path / "feed.atom").is_dir()


def test_what_somebody_removed_before_is_no_error_and_leaves_no_folder(tmp_path):
    (tmp_path / "tags").mkdir()
    assert remove(str(tmp_path), {"tags/feed.atom": "1", "gone/feed.atom": "1"}) == (0, [])
    assert not (tmp_path / "gone").exists()


def test_a_file_without_a_digest_comes_from_an_interrupted_export_and_goes(tmp_path):
    (tmp_path / "feed.atom").write_text("<feed/>")
    (tmp_path / "feed.rss").write_text("<rss/>")
    removed, kept = remove(str(tmp_path), {"feed.atom": "", "feed.rss": "another"})
    assert removed == 1
    assert [one.partition(": ")[0] for one in kept] == [f"{tmp_path}/feed.rss"]


def test_what_is_left_in_one_folder_goes_though_another_is_none_any_more(tmp_path):
    names = [f"{number}" for number in range(20)]
    for name in names[1:]:
        (tmp_path / name).mkdir()
        (tmp_path / name / ".feedsvc-1.tmp").touch()
    (tmp_path / names[0]).touch()
    sweep_all(str(tmp_path), [f"{name}/feed.atom" for name in names])
    assert not [*tmp_path.glob("*/.feedsvc-*")]
