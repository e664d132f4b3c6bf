"""Which files are posts: everything below the roots, nothing outside the site."""

from __future__ import annotations

import inspect
import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsvc.errors import SiteNotFoundError
from feedsvc.repository.differences import differences
from feedsvc.repository.files import MAX_BYTES, SiteFiles
from feedsvc.repository.scan import Scan, scan
from feedsvc.repository.stamps import is_fresh
from feedsvc.site import open_site

MD = frozenset({".md"})


def posts(found: Scan) -> dict[str, str]:
    roots = ((path, found.root_of(path, _is_post)) for path in found.files)
    return {path: root for path, root in roots if root is not None}


def _is_post(path: str) -> bool:
    return not path.endswith("_index.md")


def look(folder: Path, *roots: str) -> Scan:
    found = scan(folder, roots or ("posts",), MD)
    named = scan(folder, roots or ("posts",), MD, names_only=True)
    named.complete(folder)
    assert vars(named) == vars(found)  # names first and identities later, as for a first build
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("posts/a.md", "posts/sub/b.MD", "posts/c.png", "posts/_index.md", "other/d.md"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    return site


def test_posts_are_found_by_suffix_in_all_folders_below_the_root(folder: Path) -> None:
    found = look(folder)
    assert posts(found) == {"posts/a.md": "posts", "posts/sub/b.MD": "posts"}
    assert found.findings == []


def test_several_roots_and_a_file_in_two_of_them_counts_once(folder: Path) -> None:
    found = look(folder, "posts", "posts/sub", "other")
    assert sorted(posts(found)) == ["other/d.md", "posts/a.md", "posts/sub/b.MD"]
    assert found.roots["posts/sub/b.MD"] == ("posts", "posts/sub")


def test_a_file_below_several_roots_belongs_to_the_first_that_takes_it(folder: Path) -> None:
    found = look(folder, "posts", "posts/sub")
    assert found.root_of("posts/sub/b.MD", lambda path: "/" not in path) == "posts/sub"


def test_the_site_itself_may_be_the_root(folder: Path) -> None:
    assert "posts/a.md" in look(folder, "").files


def test_hidden_files_and_tools_folders_are_no_posts(folder: Path) -> None:
    for name in ("posts/.a.md", "posts/.git/b.md", "posts/node_modules/c.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("")
    assert len(posts(look(folder))) == 2


def test_a_root_that_is_missing_is_an_error_that_says_what_to_do(folder: Path) -> None:
    with pytest.raises(SiteNotFoundError, match=r"nowhere: .*\[posts\] path"):
        look(folder, "nowhere")


def test_a_link_to_a_post_inside_the_site_is_followed(folder: Path) -> None:
    (folder / "posts/link.md").symlink_to(folder / "other/d.md")
    (folder / "posts/more").symlink_to(folder / "other")
    found = look(folder)
    assert {"posts/link.md", "posts/more/d.md"} <= set(found.files)
    assert found.findings == []


@pytest.mark.parametrize(
    ("link", "target", "why"),
    [
        ("posts/out.md", "../../outside.md", "out of the site"),
        ("posts/out", "/", "out of the site"),
        ("posts/sub/up", "..", "circle"),
        ("posts/sub/self", "self", "nowhere or in a circle"),
        ("posts/dangling.md", "missing.md", "nowhere"),
        ("posts/all", "..", "circle"),
    ],
)
def test_a_link_out_of_the_site_or_in_a_circle_is_a_finding(
    folder: Path, link: str, target: str, why: str
) -> None:
    (folder.parent / "outside.md").write_text("secret")
    (folder / link).symlink_to(target)
    found = look(folder)
    assert sorted(posts(found)) == ["posts/a.md", "posts/sub/b.MD"]
    (finding,) = found.findings
    assert why in finding.message
    assert finding.path == link


def test_a_link_back_to_a_folder_that_a_link_led_away_from_is_a_circle(folder: Path) -> None:
    (folder / "posts/sub/away").symlink_to("../../other")
    (folder / "other/back").symlink_to("../posts")
    found = look(folder)
    assert sorted(found.files) == [
        "posts/_index.md",
        "posts/a.md",
        "posts/sub/away/d.md",
        "posts/sub/b.MD",
    ]
    (finding,) = found.findings
    assert finding.path == "posts/sub/away/back"
    assert "circle" in finding.message


def test_folders_may_lie_deeper_than_calls_may_nest(folder: Path) -> None:
    below = "posts"
    for _ in range(200):
        below += "/d"
        (folder / below).mkdir()
    (folder / below / "deep.md").write_text("deep")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        found = scan(folder, ("posts",), MD)
    finally:
        sys.setrecursionlimit(limit)
    assert f"{below}/deep.md" in posts(found)


def test_a_name_that_is_no_utf8_is_a_finding(folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder / "posts") + b"/caf\xe9.md")).write_text("x")
    except OSError:
        pytest.skip("the file system has UTF-8 names only")
    found = look(folder)
    assert len(posts(found)) == 2
    (finding,) = found.findings
    assert finding.path == "posts/caf\\xe9.md"


def test_a_named_pipe_is_no_post_and_holds_nobody_up(folder: Path) -> None:
    os.mkfifo(folder / "posts/pipe.md")
    assert len(posts(look(folder))) == 2


def test_of_files_that_are_read_anyway_the_identity_is_what_reading_found(folder: Path) -> None:
    found = scan(folder, ("posts",), MD, names_only=True)
    assert set(found.files.values()) == {""}
    (folder / "posts/_index.md").unlink()
    read = f"9.{10**18 + 1}.7"
    found.learn("posts/a.md", read)
    found.learn("posts/sub/b.MD", "")  # it could not be read
    found.complete(folder)
    own = look(folder).files["posts/sub/b.MD"]
    assert found.files == {"posts/a.md": read, "posts/sub/b.MD": own}
    assert found.rests_ns >= 10**18 + 1


def test_after_a_first_build_nothing_is_read_again(folder: Path, tmp_path: Path) -> None:
    (folder / "posts/a.md").write_text("---\ndate: 2026-05-30\n---\n")
    os.utime(folder / "posts/a.md", (1.5, 1.5))  # long at rest
    for name in ("posts/sub/b.MD", "posts/_index.md", "other/d.md"):
        os.utime(folder / name, (1.5, 1.5))
    now = datetime(2026, 6, 1, tzinfo=UTC)
    with closing(open_site(folder, cache=tmp_path / "cache")) as site:
        assert site.refresh(now)
        assert site.look is not None
        assert site.look.read > 0
        site.refresh(now)
        assert site.look.read == 0


def test_the_fingerprint_changes_with_every_write_and_only_then(folder: Path) -> None:
    before = look(folder).fingerprint()
    assert look(folder).fingerprint() == before
    os.utime(folder / "posts/a.md", ns=(1, 1))
    assert look(folder).fingerprint() != before


class TestSiteFiles:
    """Side files come from inside the folder only."""

    def test_inside(self, folder: Path) -> None:
        files = SiteFiles(folder)
        assert files.side("posts/a.md") == b"posts/a.md"
        assert files.size("posts/a.md") == 10

    @pytest.mark.parametrize(
        "path", ["../outside.md", "posts/../../outside.md", "/etc/passwd", "a\0b", "posts", "none"]
    )
    def test_outside_or_no_file(self, folder: Path, path: str) -> None:
        (folder.parent / "outside.md").write_text("secret")
        files = SiteFiles(folder)
        assert files.side(path) is None
        assert files.size(path) is None

    def test_a_file_beyond_the_bound_is_refused(self, folder: Path) -> None:
        with (folder / "posts/big.md").open("wb") as big:
            big.truncate(MAX_BYTES + 1)
        with pytest.raises(ValueError, match="larger than 32 MB"):
            SiteFiles(folder).read("posts/big.md")


@pytest.mark.parametrize(
    ("mtime_ns", "seconds", "fresh"),
    [
        (1_000_000_000_500_000_000, 0.05, True),
        (1_000_000_000_500_000_000, 0.2, False),
        (1_000_000_000_000_000_000, 1.5, True),
        (1_000_000_000_000_000_000, 2.5, False),
    ],
)
def test_a_file_rests_for_as_long_as_its_time_stamp_may_stay(
    mtime_ns: int, seconds: float, fresh: bool
) -> None:
    assert is_fresh(f"10.{mtime_ns}.7", mtime_ns + int(seconds * 1e9)) is fresh


def test_what_cannot_be_followed_counts_among_what_was_left_out(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (folder / "posts/out").symlink_to(outside)
    (folder / "posts/a.md").write_text("---\ntitle: A\ndate: 2026-05-01\n---\n")
    (folder / "posts/sub/b.MD").unlink()
    site = open_site(folder)
    site.refresh(datetime(2026, 6, 1, tzinfo=UTC))
    assert site.shortfall.startswith("1 file was left out")


def test_new_files_are_read_in_the_order_of_their_paths_however_the_system_lists_them() -> None:
    found = Scan()
    for name in ("b", "c", "a"):
        found.files[f"posts/{name}.md"], found.roots[f"posts/{name}.md"] = "", ("posts",)
    read = differences(found, (), _is_post, stale=set(), others=())
    assert [path for path, _ in read.changed] == ["posts/a.md", "posts/b.md", "posts/c.md"]


def test_files_of_a_suffix_that_only_the_engine_reads_are_found_once_the_site_is_its(
    tmp_path: Path,
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n")
    (tmp_path / "content/b.rst").write_text("B\n=\n\n:date: 2026-05-02\n\nWords.\n")
    now = datetime(2026, 6, 1, tzinfo=UTC)
    with open_site(tmp_path) as site:
        assert [post.title for post in site.posts(now)] == ["A"]
    (tmp_path / "pelicanconf.py").write_text("PATH = 'content'\n")
    with open_site(tmp_path) as site:
        assert "B" in [post.title for post in site.posts(now)]
