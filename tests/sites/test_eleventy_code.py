"""What Eleventy's JavaScript and templates plainly say: folders, addresses, drafts, feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc import sites
from feedsvc.feeds.values import FeedKey
from tests.sites.reading import Site, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import Post

NOW = datetime(2026, 1, 1, tzinfo=UTC)
POST = "---\ntitle: T\ndate: 2020-02-03\n---\n"


def site(folder: Path, files: dict[str, str], code: str = "") -> Site:
    return read_site(write(folder, {"eleventy.config.js": code, **files}))


def page(folder: Path, name: str, files: dict[str, str] | None = None, code: str = "") -> Post:
    return site(folder, {name: POST, **(files or {})}, code).posts[name]


def path(found: Post) -> str:
    return found.permalink.removeprefix("http://localhost:8000")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", {"_posts/a.md", "parts/a.md", "layout/a.md", "_x.md"}),
        ("dir: { includes: 'parts', layouts: 'layout' }", {"_posts/a.md", "_x.md"}),
        ("setIncludesDirectory('parts')", {"_posts/a.md", "layout/a.md", "_x.md"}),
        ("templateFormats: ['njk', 'html']", set()),
        ("setTemplateFormats('md,njk')", {"_posts/a.md", "parts/a.md", "layout/a.md", "_x.md"}),
    ],
)
def test_folders_of_other_use_hold_no_pages(tmp_path: Path, code: str, expected: set[str]) -> None:
    names = ("_posts/a.md", "parts/a.md", "layout/a.md", "_x.md", "_includes/a.md", "_data/a.md")
    assert set(site(tmp_path, dict.fromkeys(names, POST), code).readings) == expected


def test_ignored_paths_begin_at_the_site_not_at_the_input_folder(tmp_path: Path) -> None:
    files = {".eleventyignore": "src/old/\nnew/\n", "src/old/a.md": POST, "src/new/a.md": POST}
    assert set(site(tmp_path, files, "dir: { input: 'src' }").readings) == {"src/new/a.md"}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("blog/a/a.md", "/blog/a/"),
        ("blog/a/index.md", "/blog/a/"),
        ("blog/a/b.md", "/blog/a/b/"),
        ("a/2020-02-03-a.md", "/a/2020-02-03-a/"),
    ],
)
def test_a_file_that_is_named_like_its_folder_is_its_index(
    tmp_path: Path, name: str, url: str
) -> None:
    assert path(page(tmp_path, name)) == url


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("blog/a/2020-02-03-index.md", "a"),
        ("blog/2020-02-03-a/index.md", "a"),
        ("blog/2020-02-03-a.md", "a"),
    ],
)
def test_an_index_is_called_like_its_folder(tmp_path: Path, name: str, slug: str) -> None:
    assert page(tmp_path, name).slug == slug


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("permalink: 'x/{{ page.fileSlug }}/'", "/x/a/"),
        ("permalink: function({page}) { return `/y/${ page.fileSlug }/`; }", "/y/a/"),
        ("permalink: (data) => `/z/${data.page.fileSlug}/`", "/z/a/"),
        ("permalink({ page }) { return `/w/${page.fileSlug}/` }", "/w/a/"),
        ("permalink: (data) => (shown(data) ? data.permalink : false)", "/blog/a/"),
        ("// permalink: 'x/'", "/blog/a/"),
        ("permalink: '/{{ page.date | date(\"yyyy/MM\") }}/{{ page.fileSlug }}/'", "/2020/02/a/"),
        ("permalink: '/{{ page.date | toDatePath }}/{{ page.fileSlug }}/'", "/2020/02/03/a/"),
        ("permalink: '/{{ page.date | htmlDateString }}/'", "/2020-02-03/"),
        ("permalink: '{{ page.filePathStem }}.html'", "/blog/a.html"),
    ],
)
@pytest.mark.parametrize("suffix", ["js", "cjs", "mjs"])
def test_addresses_that_data_files_in_javascript_plainly_give(
    tmp_path: Path, code: str, url: str, suffix: str
) -> None:
    files = {f"blog/blog.11tydata.{suffix}": f"module.exports = {{ {code} }}"}
    name = "blog/2020-02-03-a.md"
    found = page(tmp_path, name, files)
    assert path(found) == url.replace("/blog/a/", "/blog/2020-02-03-a/")


@pytest.mark.parametrize(
    ("files", "code", "state"),
    [
        ({}, "", "published"),
        ({}, "addPreprocessor('drafts', '*', (data) => data.draft ? false : undefined)", "draft"),
        ({"eleventy.config.drafts.js": ""}, "", "draft"),
        ({"blog/blog.11tydata.js": "permalink: (data) => data.draft ? false : x"}, "", "draft"),
    ],
)
def test_draft_counts_where_the_sites_code_asks_for_it(
    tmp_path: Path, files: dict[str, str], code: str, state: str
) -> None:
    front = "---\ndate: 2020-02-03\ndraft: true\n---\n"
    found = site(tmp_path, {"blog/a.md": front, **files}, code).posts["blog/a.md"]
    assert found.state(NOW) == state


ATOM = "<feed>{% for post in collections.posts %}"
GLOB = "addCollection('posts', (api) => api.getFilteredByGlob("


@pytest.mark.parametrize(
    ("files", "code", "paths", "shown"),
    [
        ({"feed.njk": f"---\npermalink: feed.xml\n---\n{ATOM}"}, "", "/feed.xml", {"a", "b"}),
        (
            {"feed.njk": f"---\npermalink: /feed.xml\n---\n{ATOM}"},
            f"{GLOB}'./blog/*.md'))",
            "/feed.xml",
            {"a"},
        ),
        (
            {"x/feed/index.njk": f"---\npermalink: 'atom.xml'\n---\n{ATOM}"},
            f"const G = {{ posts: ['blog/**/*.{{md,njk}}', 'x'] }}\n{GLOB}G.posts))",
            "/atom.xml",
            {"a"},
        ),
        (
            {"blog/blog.json": '{"tags": "posts"}'},
            "addPlugin(feedPlugin, { outputPath: '/f.xml', collection: { name: 'posts' } })",
            "/f.xml",
            {"a"},
        ),
        (
            {},
            "addPlugin(feedPlugin, { outputPath: '/f.xml', collection: { name: 'posts' } })",
            "/f.xml",
            {"a", "b"},  # where the tag comes from is not to be seen
        ),
        ({"feed.njk": "---\npermalink: feed.xml\n---\n"}, "", "", {"a", "b"}),
    ],
)
def test_feeds_are_where_and_of_what_plugin_or_template_say(
    tmp_path: Path, files: dict[str, str], code: str, paths: str, shown: set[str]
) -> None:
    found = site(tmp_path, {"blog/a.md": POST, "notes/b.md": POST, **files}, code)
    settings = found.configuration.settings
    made = sites.layout(settings).feed_paths(FeedKey.site(), "atom", settings)
    assert made == ((paths,) if paths else ())
    posts = found.posts
    assert {name[-4] for name in ("blog/a.md", "notes/b.md") if posts[name].in_site_feed} == shown
