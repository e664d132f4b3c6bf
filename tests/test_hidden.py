"""Posts that lie hidden in the folder, and what comes and goes beside them.

Whoever looks only at what changed must come to what a machine does that looks at everything.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

import pytest

from feedsvc.export import export
from feedsvc.model import State
from feedsvc.site import open_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SiteFactory

TEXT = "One clause of it. Another, of more words; a third! And a fourth: the last of them all."
OTHER = "Bees sleep at night. Between five and eight hours; often in flowers. Feet in feet."
CONFIG = "[site]\nurl = 'https://blog.example'\ntitle = 'Blog'\n"


def post(title: str, body: str = TEXT, *more: str, day: int = 1) -> str:
    head = "\n".join([f"title: {title}", f"date: 2026-05-{day:02} 10:00:00 +0000", *more])
    return f"---\n{head}\n---\n{body}\n"


class Blog:
    """A folder that is exported from time to time, each time on a fresh machine, too."""

    def __init__(self, folder: Path, tmp_path: Path) -> None:
        self.folder = folder
        self.now = datetime(2026, 5, 20, 12, tzinfo=UTC)
        self._tmp = tmp_path
        self._runs = 0

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def move(self, path: str, other: str) -> None:
        (self.folder / path).rename(self.folder / other)

    def forget(self) -> None:
        """Lose the index."""
        shutil.rmtree(self._tmp / "cache")

    def run(self) -> dict[str, str]:
        """Export; return the id of each visible post by path."""
        self.now += timedelta(hours=1)
        self._runs += 1
        ids = self._export(self.folder, "out", "cache")
        twin = shutil.copytree(self.folder, self._tmp / f"twin-{self._runs}")
        assert self._export(twin, f"out-{self._runs}", f"cache-{self._runs}") == ids
        assert (twin / "feedsvc.lock").read_bytes() == (self.folder / "feedsvc.lock").read_bytes()
        assert self.tree(f"out-{self._runs}") == self.tree("out")
        return ids

    def tree(self, name: str) -> dict[str, bytes]:
        out = self._tmp / name
        return {
            file.relative_to(out).as_posix(): file.read_bytes()
            for file in out.rglob("*")
            if file.is_file()
        }

    def _export(self, folder: Path, out: str, cache: str) -> dict[str, str]:
        with closing(open_site(folder, cache=self._tmp / cache, jobs=1)) as site:
            export(site, self._tmp / out, now=self.now)
            return {
                one.path: one.id
                for one in site.posts(self.now)
                if one.state(self.now) == State.PUBLISHED
            }


@pytest.fixture
def blog(make_site: SiteFactory, tmp_path: Path) -> Blog:
    return Blog(make_site({"feedsvc.toml": CONFIG, "posts/z.md": post("Z", OTHER)}), tmp_path)


HIDDEN = pytest.mark.parametrize("hidden", ["draft: true", "expires: 2026-05-20 12:30:00 +0000"])


@HIDDEN
def test_a_post_that_moves_keeps_its_id_from_a_hidden_copy_that_was_shown(
    blog: Blog, hidden: str
) -> None:
    blog.write("posts/a.md", post("A"))
    blog.write("posts/copy.md", post("A"))
    told = blog.run()["posts/a.md"]
    blog.write("posts/copy.md", post("A", TEXT, hidden))
    blog.run()
    blog.move("posts/a.md", "posts/b.md")
    assert blog.run()["posts/b.md"] == told


def test_a_post_that_moves_keeps_its_id_from_a_copy_that_was_deleted_before(blog: Blog) -> None:
    blog.write("posts/a.md", post("A"))
    blog.write("posts/copy.md", post("A"))
    told = blog.run()["posts/a.md"]
    (blog.folder / "posts/copy.md").unlink()
    blog.run()
    blog.move("posts/a.md", "posts/b.md")
    assert blog.run()["posts/b.md"] == told


def test_a_copy_of_a_hidden_post_takes_no_id_from_it(blog: Blog) -> None:
    blog.write("posts/a.md", post("A"))
    told = blog.run()["posts/a.md"]
    blog.write("posts/a.md", post("A", TEXT, "draft: true"))
    blog.run()
    blog.write("posts/b.md", post("A"))
    assert told not in blog.run().values()
    blog.write("posts/a.md", post("A"))
    assert blog.run()["posts/a.md"] == told


def test_a_copy_takes_no_written_id_from_a_hidden_post(blog: Blog) -> None:
    blog.write("posts/a.md", post("A", TEXT, "id: tag:a.example,2026:a"))
    blog.run()
    blog.write("posts/a.md", post("A", TEXT, "id: tag:a.example,2026:a", "draft: true"))
    blog.run()
    blog.write("posts/b.md", post("A", TEXT, "id: tag:a.example,2026:a"))
    assert blog.run()["posts/b.md"] != "tag:a.example,2026:a"


@pytest.mark.parametrize("forgets", [False, True])
def test_a_post_moved_and_edited_keeps_its_id_from_a_draft_of_its_text(
    blog: Blog, forgets: bool
) -> None:
    blog.write("posts/a.md", post("A"))
    blog.write("posts/draft.md", post("A", TEXT, "draft: true"))
    told = blog.run()["posts/a.md"]
    (blog.folder / "posts/a.md").unlink()
    blog.write("posts/b.md", post("B", f"{TEXT} A fifth."))
    if forgets:
        blog.forget()
    assert blog.run()["posts/b.md"] == told


def test_a_deleted_post_goes_on_as_the_draft_that_has_its_text(blog: Blog) -> None:
    blog.write("posts/a.md", post("A"))
    blog.write("posts/draft.md", post("A", TEXT, "draft: true"))
    told = blog.run()["posts/a.md"]
    (blog.folder / "posts/a.md").unlink()
    blog.run()
    blog.write("posts/draft.md", post("A"))
    assert blog.run()["posts/draft.md"] == told


REWRITTEN = post("Quite another", OTHER[::-1], "draft: true", day=9)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "text", [post("A", OTHER[::-1], "draft: true"), REWRITTEN, "---\ntitle: [\n---\n"]
)
def test_a_hidden_post_that_is_rewritten_or_broken_stays_itself(
    blog: Blog, text: str, form: Literal["NFC", "NFD"]
) -> None:
    path = normalize(form, "posts/å.md")  # file systems disagree
    blog.write(path, post("A"))
    blog.run()
    blog.write(path, post("A", TEXT, "draft: true"))
    blog.write("posts/draft.md", post("A", TEXT, "draft: true"))
    blog.run()
    blog.write(path, text)
    blog.run()
    blog.write("posts/new.md", post("New", OTHER, day=2))
    blog.run()


def test_what_a_hidden_post_was_goes_on_in_another_once_that_is_rewritten(blog: Blog) -> None:
    blog.write("posts/a.md", post("A"))
    blog.run()
    blog.write("posts/a.md", post("A", TEXT, "draft: true"))
    blog.run()
    blog.write("posts/a.md", REWRITTEN)
    blog.run()
    blog.write("posts/b.md", post("A"))
    blog.run()
    blog.write("posts/a.md", REWRITTEN.replace("draft: true", ""))
    blog.run()


def test_a_page_that_gets_the_address_of_a_hidden_one_leads_on_from_its_own(blog: Blog) -> None:
    blog.write("posts/a.md", post("A", TEXT, "slug: same"))
    blog.write("posts/b.md", post("B", OTHER[::-1], "slug: same"))
    blog.write("posts/c.md", post("C", "[B](b.md) and no more than this.", day=3))
    blog.run()
    pages = [path for path in blog.tree("out") if path.startswith("2026/05/01/same")]
    assert len(pages) == 2
    blog.write("posts/a.md", post("A", TEXT, "slug: same", "draft: true"))
    blog.run()
    other = next(path for path in pages if path != "2026/05/01/same/index.html")
    assert b"https://blog.example/2026/05/01/same/" in blog.tree("out")[other]
    assert b'href="https://blog.example/2026/05/01/same/"' in blog.tree("out")["feed.json"].replace(
        b'\\"', b'"'
    )


def test_links_follow_a_page_that_a_feed_drives_from_its_address(blog: Blog) -> None:
    blog.write("posts/a.md", post("A", TEXT, "permalink: /tags/x/"))
    blog.write("posts/c.md", post("C", "[A](a.md) and no more than this.", day=3))
    blog.run()
    blog.write("posts/z.md", post("Z", OTHER, "tags: [x]"))
    blog.run()
    assert b"https://blog.example/tags/x-" in blog.tree("out")["2026/05/03/c/index.html"]
