"""What is done and undone, lost and restored: subscribers know their posts through all of it.

By authors, by version control, by clocks and by upgrades; see also `tests/test_identities.py`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from feedsvc.errors import LedgerError
from feedsvc.ledger.file import read
from feedsvc.site import open_site, publish
from tests.subscriber import DOORS, Subscriber, Year

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(params=sorted(DOORS))
def year(request: pytest.FixtureRequest, tmp_path: Path) -> Year:
    return Year(tmp_path, request.param)


def lock(year: Year) -> Path:
    return year.blog.folder / "feedsvc.lock"


def rewrite(year: Year, change: Callable[[str], str]) -> None:
    for path in sorted(year.blog.folder.rglob("*.md")):
        text = change(path.read_bytes().decode("utf-8"))
        path.write_bytes(text.encode("utf-8"))


def test_permalinks_changed_and_changed_back_lead_to_every_post_from_everywhere(year: Year) -> None:
    blog = year.blog
    blog.configure(posts_permalink="/first/:title/")
    assert year.told() == []
    blog.configure(posts_permalink="/second/:title/")
    assert year.told() == []
    assert year.door.get("/first/old1/").location.endswith("/second/old1/")
    blog.configure(posts_permalink="/first/:title/")
    assert year.told() == []
    assert year.door.get("/second/old1/").location.endswith("/first/old1/")
    assert b"soul-old1" in year.feed("/first/old1/")


def test_a_tag_renamed_and_renamed_back_is_nothing_to_its_subscribers(year: Year) -> None:
    blog, tagged = year.blog, [year.path["old0"], year.path["old1"]]
    for path in tagged:
        blog.edit(path, "title:", "tags: t\ntitle:")
    assert year.told() == []
    reader = Subscriber()
    assert reader.poll(year.feed("/tags/t/feed.atom")) == [("new", "old0"), ("new", "old1")]
    for path in tagged:
        blog.edit(path, "tags: t\n", "tags: u\n")
    assert year.told() == []
    assert reader.poll(year.feed("/tags/t/feed.atom")) == []
    assert reader.poll(year.feed("/tags/u/feed.atom")) == []
    blog.wait(days=20)
    assert year.told() == []
    assert year.door.get("/tags/t/feed.atom").status == year.gone
    for path in tagged:
        blog.edit(path, "tags: u\n", "tags: t\n")
    assert year.told() == []
    assert reader.poll(year.feed("/tags/t/feed.atom")) == []
    assert reader.shown == {"old0", "old1"}


def test_a_draft_published_at_last_under_an_old_date_is_new_once_and_stays(year: Year) -> None:
    blog = year.blog
    blog.write("draft.md", "draft", date=blog.now - timedelta(days=700), draft="true")
    assert year.told() == []
    blog.wait(days=60)
    blog.edit("draft.md", "draft: true\n", "")
    assert year.told() == [("new", "draft")]
    blog.wait(days=10)
    assert year.told() == []
    assert "draft" in year.reader.shown
    blog.wait(days=10)
    assert year.told() == []
    assert "draft" not in year.reader.shown


def test_an_old_ledger_restored_tells_again_what_it_had_not_been_told_and_no_more(
    year: Year,
) -> None:
    blog, backup = year.blog, lock(year).read_bytes()
    blog.edit(year.path["old0"], "Clause 4", "Clause four")
    blog.move(year.path["old1"], "renamed.md")
    blog.edit(year.path["old2"], "title:", "draft: true\ntitle:")
    blog.write("new.md", "new")
    assert year.told() == [("new", "new"), ("updated", "old0")]
    ids = {record.id for record in read(lock(year)).records()}
    lock(year).write_bytes(backup)
    assert year.told() == [("updated", "old0")]
    assert {record.id for record in read(lock(year)).records()} == ids


def test_a_ledger_of_a_newer_release_stops_every_door_and_is_left_as_it_is(year: Year) -> None:
    newer = lock(year).read_bytes().replace(b'{"feedsvc-ledger":1', b'{"feedsvc-ledger":2', 1)
    lock(year).write_bytes(newer)
    year.blog.write("new.md", "new")
    if year.name == "app":
        year.publish()
        assert year.door.get("/feed.atom").status == 503
    else:
        with pytest.raises(LedgerError, match=r"feedsvc\.lock:1: written by a newer feedsvc"):
            year.publish()
    with pytest.raises(LedgerError, match="upgrade feedsvc"):
        publish(open_site(year.blog.folder, jobs=1), year.blog.now).get("/feed.atom")
    assert lock(year).read_bytes() == newer


def test_a_clock_that_was_years_ahead_for_a_while_costs_no_later_edit(year: Year) -> None:
    blog = year.blog
    right = blog.now
    blog.now = datetime(2036, 1, 1, tzinfo=UTC)
    blog.edit(year.path["old0"], "Clause 4", "Clause four")
    blog.write("ahead.md", "ahead", date=right)
    assert year.told() == [("new", "ahead"), ("updated", "old0")]
    blog.now = right
    assert year.told() == []
    blog.edit(year.path["old0"], "Clause 5", "Clause five")
    blog.edit("ahead.md", "Clause 5", "Clause five")
    blog.write("after.md", "after")
    assert year.told() == [("new", "after"), ("updated", "ahead"), ("updated", "old0")]
    (blog.folder / "ahead.md").unlink()
    assert year.told() == []
    assert "ahead" not in year.reader.shown


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        lambda text: re.sub(r"title: (.*)", r'title: "\1"', text),
        lambda text: text.replace("*length*", "<em>length</em>"),
    ],
    ids=["line ends", "byte order mark", "quotes", "markup"],
)
def test_files_written_otherwise_and_back_are_nothing(
    change: Callable[[str], str], year: Year
) -> None:
    before = {path: path.read_bytes() for path in year.blog.folder.rglob("*.md")}
    feed = year.feed()
    rewrite(year, change)
    assert year.told() == []
    for path, data in before.items():
        path.write_bytes(data)
    assert year.told() == []
    assert year.last == feed


def test_a_post_deleted_along_with_another_setting_is_taken_back(year: Year) -> None:
    year.blog.configure(posts_permalink="/other/:title/")
    (year.blog.folder / year.path["old1"]).unlink()
    assert year.told() == []
    assert "old1" not in year.reader.shown
    [removed] = read(lock(year)).removed()
    assert removed.path == year.path["old1"]


def test_front_matter_in_another_notation_is_nothing(year: Year) -> None:
    def toml(text: str) -> str:
        head, body = re.fullmatch(r"---\n(.*?)---\n(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        lines = [line.split(": ", 1) for line in head.splitlines()]
        told = "".join(f'{key} = "{value}"\n' for key, value in lines)
        return f"+++\n{told}+++\n{body}"

    rewrite(year, toml)
    assert year.told() == []


def test_the_present_id_written_into_the_front_matter_is_nothing_and_holds(year: Year) -> None:
    blog = year.blog
    record = read(lock(year)).at(year.path["old1"])
    assert record is not None
    blog.edit(year.path["old1"], "title:", f"id: {record.id}\ntitle:")
    assert year.told() == []
    lock(year).unlink()
    blog.configure(posts_permalink="/:title.html")
    blog.move(year.path["old1"], "elsewhere/entirely.md")
    assert ("new", "old1") not in year.told()
    again = read(lock(year)).at("elsewhere/entirely.md")
    assert again is not None
    assert again.id == record.id


def test_two_posts_made_one_leave_the_one_and_take_the_other_back(year: Year) -> None:
    blog, one, other = year.blog, year.path["old0"], year.path["old1"]
    text = (blog.folder / other).read_text("utf-8").rpartition("---\n")[2]
    with (blog.folder / one).open("a", encoding="utf-8") as file:
        file.write(f"\n## From another post\n\n{text}")
    (blog.folder / other).unlink()
    assert year.told() == [("updated", "old0")]
    assert b"deleted-entry" in year.last
    assert year.reader.shown == {"old0", "old2", "old3", "old4"}


def test_a_new_post_made_of_two_old_ones_is_neither(year: Year) -> None:
    blog = year.blog
    texts = [(blog.folder / year.path[soul]).read_text("utf-8") for soul in ("old0", "old1")]
    blog.write("both.md", "both")
    with (blog.folder / "both.md").open("a", encoding="utf-8") as file:
        file.writelines(text.rpartition("---\n")[2] for text in texts)
    for soul in ("old0", "old1"):
        (blog.folder / year.path[soul]).unlink()
    assert year.told() == [("new", "both")]
    assert year.reader.shown == {"both", "old2", "old3", "old4"}
