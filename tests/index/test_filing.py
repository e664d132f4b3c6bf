"""Rows in the index: what they share, what tells of change, and where pages lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc.index.database import Database
from feedsvc.index.filing import Filing, Identified
from feedsvc.index.rows import Row, page_path

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://a.example/blog"


def identified(path: str, *sides: str, written: str = "1") -> Identified:
    beside = "".join(f";{side}={written}" for side in sides)
    return Identified("1.2.3", beside, Row(path, b"", 0, None, None, depends=sides))


@pytest.fixture
def filing(tmp_path: Path) -> Filing:
    return Filing(Database(tmp_path / "index.sqlite"))


def test_posts_read_with_the_same_files_share_one_set_until_none_has_it(filing: Filing) -> None:
    posts = [identified("a.md", "x", "y"), identified("b.md", "x", "y"), identified("c.md", "z")]
    filing.add(posts, filing.catalogue())
    filing.add([identified("d.md", "z"), identified("e.md")], filing.catalogue())
    known = {path: rest for path, *rest in filing.known()}
    assert known["a.md"] == known["b.md"] != known["c.md"] == known["d.md"]
    assert known["e.md"] == ["1.2.3", None]
    assert filing.side_files() == ["x", "y", "z"]
    filing.remove(["a.md", "b.md", "c.md"])
    filing.forget_sides()
    assert filing.catalogue().sides == {("z",): known["d.md"][1]}


def test_a_set_of_files_has_the_identity_that_posts_were_last_read_with(filing: Filing) -> None:
    filing.add([identified("a.md", "x"), identified("b.md", "x")], filing.catalogue())
    number = filing.catalogue().sides["x",]
    assert filing.catalogue().identities == {number: ";x=1"}
    catalogue = filing.catalogue()
    filing.touch([identified("a.md", "x", written="2")], catalogue)
    filing.remove(["b.md"])
    filing.add([identified("b.md", "x", written="2")], catalogue)
    assert filing.catalogue().identities == catalogue.identities == {number: ";x=2"}
    assert [*filing.known()] == [("a.md", "1.2.3", number), ("b.md", "1.2.3", number)]


@pytest.mark.parametrize("path", ["/", "/a", "/a/", "/a/b.html", "/a/~b/c_-d.e.f/", "/a..b/c."])
def test_a_page_lies_at_its_permalink_below_the_site(path: str) -> None:
    assert page_path(SITE + path, SITE) == path


def test_the_path_of_a_page_is_decoded() -> None:
    assert page_path(f"{SITE}/%C3%A9/b%20c", SITE) == "/é/b c"
    assert page_path(f"{SITE}/é/.well-known/", SITE) == "/é/.well-known/"


@pytest.mark.parametrize(
    "permalink",
    [
        "https://b.example/a",
        SITE,
        f"{SITE}ger/a",
        f"{SITE}/a?b",
        f"{SITE}/a#b",
        f"{SITE}/a//b",
        f"{SITE}/../a",
        f"{SITE}/a/./b",
        f"{SITE}/a/%2E%2e",
        f"{SITE}/a%5Cb",
        f"{SITE}/a%00",
        f"{SITE}/a%ff",
    ],
)
def test_a_permalink_that_is_no_plain_place_below_the_site_has_no_page(permalink: str) -> None:
    assert page_path(permalink, SITE) is None
