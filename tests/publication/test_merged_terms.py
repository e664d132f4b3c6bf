"""Terms that Hugo takes for one: at its address are the posts of all spellings."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import feedparser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.site import Site, open_site

if TYPE_CHECKING:
    from collections.abc import Iterable

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CONFIG = "baseURL = 'https://e.org/'\n"


def page(title: str, *tags: str, day: int = 1, draft: bool = False) -> str:
    front = (
        f"title: {title}\ndate: 2026-05-{day:02d}\ntags: {list(tags)}\ndraft: {str(draft).lower()}"
    )
    return f"---\n{front}\n---\nWords of {title}.\n"


def opened(folder: Path, pages: dict[str, str], cache: Path | None = None) -> Site:
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text(CONFIG, "utf-8")
    for name, text in pages.items():
        (folder / "content" / name).write_text(text, "utf-8")
    return open_site(folder, overrides={"ledger": {"enabled": False}}, cache=cache, jobs=1)


def titles(site: Site, path: str) -> set[str]:
    document = site.publication(NOW).get(path)
    return {entry.title for entry in feedparser.parse(document.body).entries} if document else set()


def test_hugos_address_has_the_posts_of_every_spelling(tmp_path: Path) -> None:
    pages = {
        "a.md": page("A", "HTML", day=1),
        "b.md": page("B", "html", day=2),
        "c.md": page("C", "Html", "HTML", day=3),
        "d.md": page("D", "C++", day=4),
        "e.md": page("E", "C", day=5),
    }
    with closing(opened(tmp_path, pages)) as site:
        assert titles(site, "/tags/html/index.xml") == {"A", "B", "C"}
        assert titles(site, "/tags/html/feed.atom") == {"A", "B", "C"}
        assert titles(site, "/tags/c/index.xml") == {"E"}  # of another path, so another term
        assert titles(site, "/tags/c++/index.xml") == {"D"}
        counts = {one.key.name: one.size for one in site.publication(NOW).feeds()}
        assert (counts["HTML"], counts["html"], counts["Html"]) == (3, 1, 1)


def test_blanks_and_hyphens_are_one_term_to_hugo(tmp_path: Path) -> None:
    pages = {"a.md": page("A", "Foo Bar"), "b.md": page("B", "foo-bar", day=2)}
    with closing(opened(tmp_path, pages)) as site:
        assert titles(site, "/tags/foo-bar/index.xml") == {"A", "B"}


def test_a_plain_folder_keeps_terms_apart(tmp_path: Path) -> None:
    for name, tag in (("a", "HTML"), ("b", "html")):
        text = page(name, tag, day=1 + (name == "b"))
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    with closing(open_site(tmp_path, jobs=1)) as site:
        assert titles(site, "/tags/html/feed.atom") == {"a"}


PAGE = st.none() | st.tuples(
    st.lists(st.sampled_from(("A", "a", "Á", "b")), max_size=3, unique=True),
    st.sampled_from((1, 2, 3)),
    st.booleans(),
)


@settings(max_examples=50, deadline=None)
@example(
    [[(0, (["A"], 1, False))], [(1, (["a"], 2, False))], [(0, None)], [(2, (["A"], 3, False))]]
)
@example(  # whose spelling has the clean address follows from its own posts alone
    [[(0, (["a"], 1, False)), (1, (["A"], 1, False)), (2, (["A"], 2, False))], [(1, None)]]
)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from((0, 1, 2, 3)), PAGE), min_size=1, max_size=3), max_size=6
    )
)
def test_edits_leave_what_a_fresh_index_would_have(
    rounds: list[list[tuple[int, tuple[list[str], int, bool] | None]]],
) -> None:
    with TemporaryDirectory() as name:
        folder, caches = Path(name, "site"), (Path(name, str(n)) for n in range(100))
        site = opened(folder, {}, next(caches))
        for edits in rounds:
            for number, made in edits:
                path = folder / f"content/{number}.md"
                if made is None:
                    path.unlink(missing_ok=True)
                else:
                    tags, day, draft = made
                    path.write_text(page(f"T{number}", *tags, day=day, draft=draft), "utf-8")
            with closing(opened(folder, {}, next(caches))) as fresh:
                assert dict(bodies(site)) == dict(bodies(fresh))
        site.close()


def bodies(site: Site) -> Iterable[tuple[str, bytes]]:
    publication = site.publication(NOW)
    for path in publication.paths():
        document = publication.get(path)
        assert document is not None
        yield path, document.body
