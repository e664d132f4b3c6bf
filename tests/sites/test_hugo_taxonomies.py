"""Which feeds a Hugo site has by its `taxonomies` and `disableKinds`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc import open_site
from tests.sites.reading import read_site, write

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = "baseURL: https://e.org/\n"
PAGE = "---\ndate: 2020-01-01\ntags: [a]\ncategories: [b]\nworte: [c]\nseries: [d]\n---\n"
BOTH = {"/categories/b/index.xml", "/tags/a/index.xml"}


def published(folder: Path, config: str, files: dict[str, str] | None = None) -> set[str]:
    pages = {"content/posts/x.md": PAGE} if files is None else files
    site = open_site(write(folder, {"hugo.yaml": CONFIG + config, **pages}), jobs=1)
    try:
        return set(site.publication(NOW).paths())
    finally:
        site.close()


@pytest.mark.parametrize(
    ("config", "feeds"),
    [
        ("", BOTH),
        ("taxonomies: {category: categories}", {"/categories/b/index.xml"}),
        ("taxonomies: {tag: worte, series: series}", {"/worte/c/index.xml"}),
        ("taxonomies: {tags: tags, series: series}", {"/tags/a/index.xml"}),
        ("taxonomies: {}", set[str]()),
        ("taxonomies: {tag: ''}", set[str]()),
        ("taxonomies: [tags]", BOTH),
        ("disableKinds: [taxonomy]", BOTH),
        ("disableKinds: [Term]", set[str]()),
    ],
)
def test_terms_have_feeds_only_where_the_site_has_the_taxonomy(
    tmp_path: Path, config: str, feeds: set[str]
) -> None:
    paths = published(tmp_path, config)
    ends = "/index.xml"
    assert {p for p in paths if p.endswith(ends) and p.count("/") == 3} == feeds
    kinds = {"tags" if "tag" in p or "worte" in p else "categories" for p in feeds}
    assert {p.split("/")[1] for p in paths if p.endswith("feed.atom") and p.count("/") == 3} == {
        "sections", *kinds
    }  # fmt: skip


def test_languages_have_taxonomies_of_their_own_instead(tmp_path: Path) -> None:
    config = """
taxonomies: {tag: tags}
languages: {en: {weight: 1}, fr: {weight: 2, taxonomies: {tag: worte}}, de: {taxonomies: {}}}
"""
    names = ("x.md", "x.fr.md", "x.de.md")
    paths = published(tmp_path, config, {f"content/posts/{name}": PAGE for name in names})
    assert {path for path in paths if path.endswith(("/a/index.xml", "/c/index.xml"))} == {
        "/tags/a/index.xml", "/fr/worte/c/index.xml"
    }  # fmt: skip


def test_sections_that_have_no_page_have_no_feed(tmp_path: Path) -> None:
    assert "/posts/index.xml" in published(tmp_path / "with", "")
    assert "/posts/index.xml" not in published(tmp_path / "without", "disableKinds: [section]")


def test_pages_keep_what_stands_under_the_usual_keys_without_a_taxonomy(tmp_path: Path) -> None:
    files = {"hugo.yaml": CONFIG + "taxonomies: {}", "content/posts/x.md": PAGE}
    (post,) = read_site(write(tmp_path, files)).posts.values()
    assert (post.tags, post.categories) == (("a",), ("b",))
