"""Rules of which post a name means, engine by engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc import sites
from feedsvc.posts.references import FILE, INTERNAL, Reference, Shelf
from feedsvc.settings import PostsSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

SITE_URL = Settings(Path("/nowhere")).site.url


def found(
    engine: str,
    kind: str,
    name: str,
    *,
    among: Iterable[str],
    at: str,
    folders: tuple[str, ...],
    options: dict[str, Any] | None = None,
) -> str | None:
    settings = Settings(
        Path("/nowhere"),
        posts=PostsSettings(path=folders, dialect=engine),
        engine=engine,
        engine_options=options or {},
    )
    dialect = sites.dialect(settings)
    return dialect.find(Reference(kind, name), at, Shelf(among), settings)


JEKYLL = (
    "src/_posts/2020-01-02-a.md",
    "src/_posts/sub/2020-01-02-b.html",
    "src/cat/_posts/2020-01-02-a.md",
    "src/cat/_posts/2020-1-3-c.md",
)


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [
        ("post_url", "2020-01-02-a", JEKYLL[0]),
        ("post_url", "/2020-01-02-a", JEKYLL[0]),
        ("post_url", "cat/2020-01-02-a", JEKYLL[2]),
        ("post_url", "sub/2020-01-02-b", JEKYLL[1]),
        ("post_url", "2020-01-02-b", JEKYLL[1]),  # as Jekyll 3, by date and slug
        ("post_url", "2020-01-03-c", JEKYLL[3]),
        ("post_url", "2020-1-2-a", JEKYLL[0]),
        ("post_url", "2020-01-02-a.md", None),
        ("post_url", "2020-01-02-A", None),
        ("post_url", "2020-01-03-a", None),
        ("post_url", "a", None),
        ("link", "_posts/2020-01-02-a.md", JEKYLL[0]),
        ("link", "/cat/_posts/2020-01-02-a.md", JEKYLL[2]),
        ("link", "_posts/2020-01-02-a", None),
        (FILE, "sub/2020-01-02-b.html", JEKYLL[1]),
        (FILE, "/src/_posts/2020-01-02-a.md", JEKYLL[0]),
    ],
)
def test_jekyll_finds_posts_by_folder_date_and_slug(
    kind: str, name: str, meant: str | None
) -> None:
    folders = ("src/_posts", "src/cat/_posts")
    at = "src/_posts/2021-01-01-x.md"
    options = {"source": "src"}
    assert found("jekyll", kind, name, among=JEKYLL, at=at, folders=folders, options=options) == (
        meant
    )


HUGO = (
    "content/posts/a.md",
    "content/posts/My Page.md",
    "content/posts/bundle/index.md",
    "content/posts/bundle/sub/c.md",
    "content/news/a.md",
    "content/about.md",
    "content/posts/a.de.md",
    "content/posts/only.de.md",
    "content/posts/bundle/index.de.md",
    "content/posts/v1.2.md",
)
LANGUAGES = {"language": "en", "languages": {"en": {}, "de": {}}}


@pytest.mark.parametrize(
    ("kind", "name", "at", "meant"),
    [
        ("ref", "a.md", "content/posts/x.md", "content/posts/a.md"),
        ("ref", "a", "content/posts/x.md", "content/posts/a.md"),
        ("ref", "a", "content/news/x.md", "content/news/a.md"),
        ("ref", "a", "content/other/x.md", None),  # several pages have the name
        ("ref", "about", "content/posts/x.md", "content/about.md"),
        ("ref", "bundle", "content/news/x.md", "content/posts/bundle/index.md"),
        ("ref", "c.md", "content/news/x.md", "content/posts/bundle/sub/c.md"),
        ("ref", "sub/c.md", "content/news/x.md", None),  # a path is no name
        ("ref", "/posts/a", "content/news/x.md", "content/posts/a.md"),
        ("ref", "posts/a.md", "content/news/x.md", "content/posts/a.md"),
        ("ref", "/posts/bundle/", "content/news/x.md", "content/posts/bundle/index.md"),
        ("ref", "/posts/bundle/index.md", "content/news/x.md", "content/posts/bundle/index.md"),
        ("ref", "./a", "content/news/x.md", "content/news/a.md"),
        ("ref", "./about", "content/news/x.md", None),
        ("ref", "../posts/a.md", "content/news/x.md", "content/posts/a.md"),
        ("ref", "../a.md", "content/posts/bundle/index.md", "content/posts/a.md"),
        ("ref", "a.md", "content/posts/bundle/index.md", "content/posts/a.md"),
        ("ref", "../bundle/index.md", "content/posts/a.md", None),
        ("ref", "/POSTS/my page", "content/news/x.md", "content/posts/My Page.md"),
        ("ref", "my-page", "content/news/x.md", "content/posts/My Page.md"),
        ("ref", "a", "content/posts/x.de.md", "content/posts/a.de.md"),
        ("ref de", "/posts/a.md", "content/posts/x.md", "content/posts/a.de.md"),
        ("ref en", "a.md", "content/posts/x.de.md", "content/posts/a.md"),
        ("ref", "/posts/bundle", "content/posts/x.de.md", "content/posts/bundle/index.de.md"),
        ("ref", "only", "content/posts/x.md", None),
        ("ref", "only.de.md", "content/posts/x.md", None),
        ("ref de", "a.md", "content/news/x.md", "content/posts/a.de.md"),
        ("ref", "bundle/", "content/news/x.md", "content/posts/bundle/index.md"),
        ("ref", "v1.2", "content/posts/x.md", "content/posts/v1.2.md"),
        ("ref", "v1.2.md", "content/news/x.md", "content/posts/v1.2.md"),
        ("ref", "none", "content/posts/x.md", None),
        (FILE, "a.md", "content/posts/x.md", "content/posts/a.md"),
        (FILE, "/posts/a.md", "content/news/x.md", "content/posts/a.md"),
    ],
)
def test_hugo_finds_pages_from_the_folder_the_top_and_by_name(
    kind: str, name: str, at: str, meant: str | None
) -> None:
    assert found(
        "hugo", kind, name, among=HUGO, at=at, folders=("content",), options=LANGUAGES
    ) == (meant)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("b.md", "content/news/b.md"),
        ("../a.md", "content/a.md"),
        ("/a.md", "content/a.md"),
        ("/news/b.md", "content/news/b.md"),
        ("/b.md", None),
        ("news/b.md", None),
        ("../../../a.md", None),
    ],
)
def test_pelican_finds_articles_from_the_article_or_the_content(
    name: str, meant: str | None
) -> None:
    among, at = ("content/a.md", "content/news/b.md"), "content/news/x.md"
    layouts: list[tuple[str, dict[str, Any]]] = [
        ("content", {}),
        ("content/news", {"ARTICLE_PATHS": ["news"]}),
    ]
    for folder, options in layouts:
        made = found(
            "pelican", "filename", name, among=among, at=at, folders=(folder,), options=options
        )
        assert made == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("@/blog/a.md", "content/blog/a.md"),
        ("@/blog/b/index.md", "content/blog/b/index.md"),
        ("@/blog/b", None),
        ("@/a.md", None),
    ],
)
def test_zola_finds_pages_by_their_path_in_the_content(name: str, meant: str | None) -> None:
    among, at = ("content/blog/a.md", "content/blog/b/index.md"), "content/x.md"
    assert found("zola", INTERNAL, name, among=among, at=at, folders=("content",)) == meant
    assert found("feedsvc", INTERNAL, name, among=among, at=at, folders=("content",)) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("@/_index.md", "/"),
        ("@/Our Blog/_index.md", "/Our%20Blog/"),
        ("@/Our Blog/_index.fr.md", "/fr/Our%20Blog/"),
        ("@/other/_index.md", None),
    ],
)
def test_zola_leads_to_sections_by_their_folders(name: str, meant: str | None) -> None:
    sections = {"": {"Our Blog": []}, "fr": {"Our Blog": []}}
    options = {"sections": sections, "languages": ["fr"]}
    where = found("zola", INTERNAL, name, among=(), at="x", folders=("content",), options=options)
    assert where == (None if meant is None else f"{SITE_URL}{meant}")


@pytest.mark.parametrize("engine", ["feedsvc", "astro", "eleventy", "zola", "wordpress"])
def test_ordinary_links_are_relative_to_the_file(engine: str) -> None:
    among = ("posts/a.md", "posts/b/index.md")

    def meant(name: str, at: str) -> str | None:
        return found(engine, FILE, name, among=among, at=at, folders=("posts",))

    assert meant("a.md", "posts/x.md") == "posts/a.md"
    assert meant("../a.md", "posts/b/index.md") == "posts/a.md"
    assert meant("b/index.md", "posts/x.md") == "posts/b/index.md"
    assert meant("/posts/a.md", "posts/b/index.md") == "posts/a.md"
    assert meant("/a.md", "posts/b/index.md") == "posts/a.md"
    assert meant("a.md", "posts/b/index.md") is None
    assert meant("../posts/../../a.md", "posts/x.md") is None


NAMES = st.text("ab/.-_20md\0 é#", max_size=30)


@given(
    engine=st.sampled_from(["feedsvc", "jekyll", "hugo", "pelican", "zola"]),
    kind=st.sampled_from([FILE, INTERNAL, "post_url", "link", "ref", "ref de", "filename"]),
    name=NAMES,
    at=NAMES,
    among=st.sets(NAMES, max_size=5),
)
def test_a_name_leads_to_a_post_or_nowhere_whatever_it_is(
    engine: str, kind: str, name: str, at: str, among: set[str]
) -> None:
    made = found(engine, kind, name, among=among, at=at, folders=("a", ""), options=LANGUAGES)
    assert made is None or made in among
