"""What authors do to posts between two runs, and that subscribers know them still.

Each is something that happens to real blogs; `tests/test_histories.py` makes up others.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from feedsvc.errors import LedgerError
from feedsvc.site import open_site, publish
from tests.subscriber import DOORS, Year

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=sorted(DOORS))
def year(request: pytest.FixtureRequest, tmp_path: Path) -> Year:
    return Year(tmp_path, request.param)


def body(year: Year, soul: str) -> str:
    return (year.blog.folder / year.path[soul]).read_text("utf-8")


def test_a_post_renamed_retitled_and_dated_anew_at_once_is_the_same(year: Year) -> None:
    blog, path = year.blog, year.path["old1"]
    blog.edit(path, "title: On old1", "title: Quite another")
    blog.edit(path, f"date: {path[:10]}", "date: 2025-10-20")
    blog.move(path, "elsewhere/quite-another.md")
    assert year.told() == [("updated", "old1")]


@pytest.mark.parametrize("name", ["OLD1.md", "Old1.MD.md", "old1.markdown"])
def test_a_rename_in_case_or_suffix_only_is_nothing(name: str, year: Year) -> None:
    year.blog.move(year.path["old1"], name)
    assert year.told() == []


def test_two_posts_that_swap_names_and_are_edited_keep_their_ids(year: Year) -> None:
    blog, one, other = year.blog, year.path["old1"], year.path["old2"]
    blog.edit(one, "Clause 4", "Clause four")
    blog.move(one, "between.md")
    blog.move(other, one)
    blog.move("between.md", other)
    assert year.told() == [("updated", "old1")]


def test_a_post_split_in_two_goes_on_as_the_half_that_stays(year: Year) -> None:
    blog, path = year.blog, year.path["old1"]
    head, _, rest = body(year, "old1").partition("Clause 7")
    (blog.folder / path).write_text(head, "utf-8")
    second = blog.write("second.md", "second")
    second.write_text(second.read_text("utf-8").partition("Clause")[0] + f"Clause 7{rest}", "utf-8")
    assert year.told() == [("new", "second"), ("updated", "old1")]


def test_a_copy_that_was_a_template_is_a_post_of_its_own(year: Year) -> None:
    text = body(year, "old0").replace("soul-old0", "soul-copy").replace("Clause 9", "Point nine")
    (year.blog.folder / "copy.md").write_text(text, "utf-8")
    assert year.told() == [("new", "copy")]
    year.blog.edit("copy.md", "title: On old0", "title: Something else")
    assert year.told() == [("updated", "copy")]


def test_posts_of_one_title_and_date_in_two_languages_stay_apart(year: Year) -> None:
    blog = year.blog
    for language, soul in (("en", "two"), ("de", "zwei")):
        file = blog.write(f"same.{language}.md", soul, title="Berlin", lang=language)
        file.write_text(file.read_text("utf-8").replace("what is told", f"words {language}"))
    assert year.told() == [("new", "two"), ("new", "zwei")]
    for language in ("en", "de"):
        blog.move(f"same.{language}.md", f"{language}/berlin.md")
        blog.edit(f"{language}/berlin.md", "Clause 4", "Clause four")
    assert year.told() == [("updated", "two"), ("updated", "zwei")]


def test_a_mass_move_is_nothing(year: Year) -> None:
    blog = year.blog
    for number in range(60):
        date = blog.now - timedelta(days=400 + number)
        blog.write(f"{date:%Y-%m-%d}-many{number}.md", f"many{number}", date=date)
    assert len(year.told()) == 60  # late posts are news for the window
    for file in sorted(blog.folder.glob("*.md")):
        blog.move(file.name, f"content/blog/{file.name[:4]}/{file.name[11:]}")
    assert year.told() == []
    blog.wait(days=30)
    assert year.told() == []


def test_moving_from_jekyll_to_hugo_with_the_ledger_is_nothing(year: Year) -> None:
    blog = year.blog
    for file in sorted(blog.folder.glob("*.md")):
        blog.move(file.name, f"_posts/{file.name}")
    (blog.folder / "_config.yml").write_text("title: Blog\nurl: https://example.org\n", "utf-8")
    assert year.told() == []
    (blog.folder / "_config.yml").unlink()
    (blog.folder / "hugo.toml").write_text('baseURL = "https://hugo.example/"\n', "utf-8")
    blog.configure(site_url="https://hugo.example")
    for file in sorted((blog.folder / "_posts").glob("*.md")):
        blog.move(f"_posts/{file.name}", f"content/posts/{file.name[11:]}")
        path = f"content/posts/{file.name[11:]}"
        date = re.search("date: (.{10}) (.{8})", (blog.folder / path).read_text("utf-8"))
        assert date
        blog.edit(path, date[0], f"date: {date[1]}T{date[2]}Z")
    assert year.told() == []


def test_dates_without_a_zone_move_nobody_when_the_zone_of_the_site_changes(year: Year) -> None:
    before = year.feed()
    for zone in ("Asia/Tokyo", "America/Lima", "Pacific/Auckland"):
        year.blog.configure(site_timezone=zone)
        assert year.told() == []
    published = re.compile(b"<published>[^<]*")
    assert published.findall(year.last) == published.findall(before)


def test_a_scheduled_post_brought_forward_is_new_once(year: Year) -> None:
    blog = year.blog
    soon = blog.now + timedelta(days=9)
    blog.write("soon.md", "soon", date=soon)
    assert year.told() == []
    blog.edit("soon.md", f"date: {soon:%Y-%m-%d}", f"date: {blog.now - timedelta(days=1):%Y-%m-%d}")
    assert year.told() == [("new", "soon")]
    blog.wait(days=20)
    assert year.told() == []


def test_a_scheduled_post_that_is_withdrawn_before_its_second_was_never_there(year: Year) -> None:
    blog = year.blog
    for name in ("draft", "gone"):
        blog.write(f"{name}.md", name, date=blog.now + timedelta(days=9))
    assert year.told() == []
    blog.edit("draft.md", "title:", "draft: true\ntitle:")
    (blog.folder / "gone.md").unlink()
    blog.wait(days=12)
    assert year.told() == []
    assert b"deleted-entry" not in year.last
    blog.edit("draft.md", "draft: true\n", "")
    assert year.told() == [("new", "draft")]


def test_a_post_put_off_is_taken_back_and_comes_again_under_its_id(year: Year) -> None:
    blog = year.blog
    blog.write("put-off.md", "later")
    assert year.told() == [("new", "later")]
    text = (blog.folder / "put-off.md").read_text("utf-8")
    date = re.search("date: (.*)", text)
    assert date
    later = blog.now + timedelta(days=9)
    blog.edit("put-off.md", date[0], f"date: {later:%Y-%m-%d %H:%M:%S}")
    assert year.told() == []
    assert b"deleted-entry" in year.last
    blog.wait(days=9)
    assert year.told() == [("updated", "later")]  # it has another date now
    assert b"deleted-entry" not in year.last


def test_what_is_removed_and_back_before_anybody_looked_is_nothing(year: Year) -> None:
    blog, path = year.blog, year.path["old0"]
    text = (blog.folder / path).read_bytes()
    (blog.folder / path).unlink()
    (blog.folder / path).write_bytes(text)
    assert year.told() == []
    assert year.same_bytes or year.last == year.feed()
    assert b"deleted-entry" not in year.last


def test_an_expired_post_whose_end_is_put_off_comes_back_as_it_was(year: Year) -> None:
    blog = year.blog
    end = blog.now + timedelta(days=5)
    blog.write("ends.md", "ends", expires=f"{end:%Y-%m-%d %H:%M:%S}")
    assert year.told() == [("new", "ends")]
    blog.wait(days=6)
    assert year.told() == []
    assert b"deleted-entry" in year.last
    blog.edit("ends.md", f"expires: {end:%Y-%m-%d}", f"expires: {end.year + 1}-01-01")
    assert year.told() == []
    assert b"soul-ends" in year.last
    assert b"deleted-entry" not in year.last


def test_a_clock_that_goes_back_announces_nothing_and_takes_nothing_back(year: Year) -> None:
    blog = year.blog
    blog.write("new.md", "new")
    assert year.told() == [("new", "new")]
    blog.now -= timedelta(days=3)
    assert year.told() == []
    blog.edit("new.md", "Clause 4", "Clause four")
    assert year.told() == [("updated", "new")]
    blog.now -= timedelta(days=3)
    blog.edit("new.md", "Clause 5", "Clause five")
    assert year.told() == [("updated", "new")]
    blog.now = datetime(2027, 1, 1, tzinfo=UTC)
    assert year.told() == []


@pytest.mark.parametrize("elsewhere", [False, True])
def test_posts_that_a_clock_set_back_hides_are_not_taken_back(elsewhere: bool, year: Year) -> None:
    blog = year.blog
    blog.write("new.md", "new")
    blog.write("other.md", "other", tags="[only]")
    assert year.told() == [("new", "new"), ("new", "other")]
    right = blog.now
    blog.now = datetime(2025, 12, 1, tzinfo=UTC)
    blog.edit("new.md", "Clause 4", "Clause four")
    blog.move("other.md", "moved.md")
    if elsewhere:
        blog.clone()  # whose index does not know what time it was
    assert year.told() == []
    assert b"soul-new" not in year.last
    assert b"deleted-entry" not in year.last
    assert '"removed"' not in (blog.folder / "feedsvc.lock").read_text("utf-8")
    blog.now = right
    assert year.told() == [("updated", "new")]
    assert b"soul-other" in year.last


def test_a_draft_made_of_a_post_while_the_clock_is_set_back_is_taken_back(year: Year) -> None:
    blog = year.blog
    blog.write("new.md", "new")
    assert year.told() == [("new", "new")]
    blog.now = datetime(2025, 12, 1, tzinfo=UTC)
    blog.edit("new.md", "title:", "draft: true\ntitle:")
    assert year.told() == []
    assert '"removed"' in (blog.folder / "feedsvc.lock").read_text("utf-8")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("kept", ["ours", "theirs"])
def test_branches_that_each_renamed_a_post_conflict_and_either_side_is_right(
    kept: str, year: Year
) -> None:
    blog, path = year.blog, year.path["old1"]

    def git(*arguments: str, check: bool = True) -> None:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=blog.folder, check=check, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "base")
    for branch, name in (("ours", "one.md"), ("theirs", "other.md")):
        git("checkout", "-q", "-B", branch, "main")
        blog.move(path, name)
        assert year.told() == []
        git("add", "-A")
        git("commit", "-qm", branch)
    git("checkout", "-q", "ours")
    git("merge", "theirs", check=False)
    with pytest.raises(LedgerError, match=r"feedsvc\.lock:\d+: a conflict of a merge") as told:
        publish(open_site(blog.folder, jobs=1), blog.now).get("/feed.atom")
    line = int(re.findall(r"feedsvc\.lock:(\d+):", str(told.value))[0])
    lines = (blog.folder / "feedsvc.lock").read_text("utf-8").split("\n")
    assert lines[line - 1].startswith("<<<<<<<")
    git("checkout", f"--{kept}", "feedsvc.lock")
    for name in ("one.md", path):
        (blog.folder / name).unlink(missing_ok=True)
    assert (blog.folder / "other.md").exists()
    assert year.told() == []


def test_a_post_that_came_and_went_before_anybody_looked_changes_nothing(year: Year) -> None:
    assert year.told() == []
    before = year.last
    end = year.blog.now + timedelta(hours=1)
    year.blog.write("brief.md", "brief", expires=f"{end:%Y-%m-%d %H:%M:%S}")
    assert year.told() == []
    assert year.last == before
