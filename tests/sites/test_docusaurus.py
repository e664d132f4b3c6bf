"""Docusaurus' reading of its blog's posts; version 3 was asked for each of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc import sites
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.model import Author, Markup, State
from feedsvc.posts.undated import UNDATED
from tests.content.bodies import codes, rendered
from tests.sites.reading import Site, at, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """
const config: Config = {
  title: 'T', tagline: "Tag", url: 'https://e.org', baseUrl: '/b/',
  presets: [['classic', {docs: false, blog: {routeBasePath: 'weblog', showReadingTime: true}}]],
};
export default config;
"""
PAGE = "https://e.org/b/weblog"


def read(folder: Path, files: dict[str, str], config: str = CONFIG) -> Site:
    return read_site(write(folder, {"docusaurus.config.ts": config, **files}))


@pytest.mark.parametrize(
    ("name", "front", "instant", "path"),
    [
        ("2019-03-14-a-b.md", "", "2019-03-14T00:00:00Z", "2019/03/14/a-b"),
        ("2019/03/15-c.md", "", "2019-03-15T00:00:00Z", "2019/03/15/c"),
        ("2018/04-05/d.mdx", "", "2018-04-05T00:00:00Z", "2018/04/05/d"),
        ("sub/2020-01-02-dir/index.md", "", "2020-01-02T00:00:00Z", "2020/01/02/sub/dir"),
        ("2019-1-2-l.md", "", "2019-01-02T00:00:00Z", "2019/1/2/l"),
        ("2019-03-18.md", "", "2019-03-18T00:00:00Z", "2019/03/18/"),
        ("x2019-03-17-n.md", "", "2019-03-17T00:00:00Z", "2019/03/17/xn"),
        ("dir2/index.md", "date: 2021-05-06T10:00:00", "2021-05-06T10:00:00Z", "dir2"),
        ("f.md", "date: 2021-05-06 23:30\nslug: /a/b", "2021-05-06T23:30:00Z", "a/b"),
        ("g.md", "date: 2021-05-06T23:30:00+09:00", "2021-05-06T14:30:00Z", "g"),
        ("p.md", "date: 2021/05/10\nslug: r", "2021-05-10T00:00:00Z", "r"),
        ("2099-01-01-j.md", "", "2099-01-01T00:00:00Z", "2099/01/01/j"),
    ],
)
def test_days_and_addresses_are_made_of_the_path(
    tmp_path: Path, name: str, front: str, instant: str, path: str
) -> None:
    text = f"---\ntitle: t\n{front}\n---\nBody\n"
    found = read(tmp_path, {f"blog/{name}": text}).posts[f"blog/{name}"]
    assert (found.published, found.permalink) == (at(instant), f"{PAGE}/{path}")
    assert found.state(at("2026-01-01T00:00:00Z")) is State.PUBLISHED


def test_ids_are_the_addresses_as_they_are_read(tmp_path: Path) -> None:
    text = "---\ntitle: t\nid: name\ndate: 2021-05-10\n---\n"
    found = read(tmp_path, {"blog/日本 p.md": text}).posts["blog/日本 p.md"]
    assert found.id == f"{PAGE}/日本 p"


def test_a_title_is_the_heading_or_the_name_and_no_date_keeps_a_post_out_of_feeds(
    tmp_path: Path,
) -> None:
    posts = read(tmp_path, {"blog/a.md": "# Heading\n", "blog/2019-03-18.md": "x"}).posts
    assert [posts[f"blog/{name}.md"].title for name in ("a", "2019-03-18")] == [
        "Heading",
        "2019 03 18",
    ]
    assert posts["blog/a.md"].published == UNDATED
    assert not posts["blog/a.md"].in_feeds


def test_drafts_and_unlisted_posts_are_in_no_feed(tmp_path: Path) -> None:
    front = "---\ntitle: t\ndate: 2021-05-10\n{}\n---\n"
    site = read(
        tmp_path,
        {
            "blog/a.md": front.format("draft: true"),
            "blog/b.md": front.format("unlisted: true"),
            "blog/c.md": front.format("status: draft\npublished: false"),
            "blog/_d.md": front.format(""),
            "blog/_e/f.md": front.format(""),
            "docs/g.md": front.format(""),
        },
    )
    now = at("2026-01-01T00:00:00Z")
    assert {path: (one.state(now), one.in_feeds) for path, one in site.posts.items()} == {
        "blog/a.md": (State.DRAFT, True),
        "blog/b.md": (State.PUBLISHED, False),
        "blog/c.md": (State.PUBLISHED, True),
    }


def test_people_and_tags_go_by_their_names(tmp_path: Path) -> None:
    front = "title: t\ndate: 2021-05-10\nauthors: [x, {name: Ada}, {key: x, name: Y}, z]\n"
    tags = "tags: [a, {label: B C, permalink: /bc}]"
    site = read(
        tmp_path,
        {
            "blog/a.md": f"---\n{front}{tags}\n---\n",
            "blog/authors.yml": "x:\n  name: Xena\n  url: https://x.org\ny: 3\n",
        },
    )
    found = site.posts["blog/a.md"]
    assert found.authors == (
        Author("Xena", uri="https://x.org"),
        Author("Ada"),
        Author("Y", uri="https://x.org"),
        Author("z"),
    )
    assert (found.tags, found.categories) == (("a", "B C"), ())


MADE = """
module.exports = async function make() { return {
  title: 'A', url: 'https://a.org/', baseUrl: '/', plugins: [['@docusaurus/plugin-content-blog',
    {path: './blog', routeBasePath: '/', feedOptions: {title: 'F', limit: 5}}]],
} }
"""
PLAIN = "export default {title: 'A', url: 'https://a.org', blog: {feedOptions: {limit: false}}}"


@pytest.mark.parametrize(
    ("config", "told", "paths", "limit"),
    [
        (CONFIG, ("https://e.org/b", "T Blog"), ("/weblog/rss.xml", "/weblog/atom.xml"), 20),
        (
            MADE,
            ("https://a.org", "F"),
            ("/rss.xml", "/atom.xml"),
            5,
        ),
        (
            PLAIN,
            ("https://a.org", "A Blog"),
            ("/blog/rss.xml", "/blog/atom.xml"),
            20,
        ),
    ],
)
def test_the_configuration_tells_addresses_names_and_feeds(
    tmp_path: Path, config: str, told: tuple[str, str], paths: tuple[str, str], limit: int
) -> None:
    settings = read(tmp_path, {"blog/a.md": ""}, config).configuration.settings
    assert (settings.site.url, settings.site.title) == told
    assert settings.feeds.limit == limit
    layout, whole = sites.layout(settings), FeedKey(FeedKind.SITE)
    assert tuple(layout.feed_paths(whole, form, settings)[0] for form in ("rss", "atom")) == paths


@pytest.mark.parametrize(("slash", "path"), [("true", "/blog/a/"), ("false", "/blog/a")])
def test_addresses_end_as_trailing_slash_says(tmp_path: Path, slash: str, path: str) -> None:
    config = f"module.exports = {{url: 'https://e.org', trailingSlash: {slash}}}"
    found = read(tmp_path, {"blog/a.md": "---\ndate: 2020-01-01\n---\n"}, config)
    assert found.posts["blog/a.md"].permalink == f"https://e.org{path}"


def test_markdown_is_mdx_with_admonitions() -> None:
    text = "import X from 'y';\n\n:::tip[Hi]\n\na *b*\n\n:::\n\n<X y={1} />\n\n{/* truncate */}c\n"
    made = rendered(text, Markup.MARKDOWN, engine="docusaurus")
    assert "<strong>Hi</strong>" in made.content.html
    assert "<em>b</em>" in made.content.html
    assert not {"import", ":::", "<X", "truncate"} & set(made.content.html.split())
    assert codes(made) == ["component-removed"]


@pytest.mark.parametrize(
    ("heading", "shown"),
    [("T {#t-1}", "T"), ("A `b` {#t}", "A <code>b</code>"), ("[T](/t) {#t}", "T</a>")],
)
def test_ids_of_headings_are_no_text(heading: str, shown: str) -> None:
    made = rendered(f"## {heading}\n", Markup.MARKDOWN, engine="docusaurus").content.html
    assert made.endswith(f"{shown}</h2>\n")


def test_an_escaped_bracket_begins_no_element() -> None:
    made = rendered("a \\<X /> b", Markup.MARKDOWN, engine="docusaurus").content.html
    assert made == "<p>a &lt;X /&gt; b</p>\n"


@pytest.mark.parametrize("said", ['title="/a <b>.js"', "{1,3} title='/a <b>.js' showLineNumbers"])
def test_titles_of_code_stand_above_it(said: str) -> None:
    made = rendered(f"a\n```js {said}\nx\n```\n", Markup.MARKDOWN, engine="docusaurus")
    assert "<p>a</p>\n<p>/a &lt;b&gt;.js</p>\n<pre><code" in made.content.html


def test_options_of_other_plugins_are_not_the_blogs(tmp_path: Path) -> None:
    config = """
const baseUrl = 'https://github.com/a/b/edit';
const config = {
  title: 'T', url: 'https://e.org', baseUrl: '/',
  presets: [['classic', {blog: {path: 'blog', remarkPlugins: [[x, {path: 'y'}]]}}]],
  plugins: [['content-docs', {path: 'more', routeBasePath: '/more', limit: 3}]],
};
export default config;
"""
    found = read(tmp_path, {"blog/2020-02-03-a.md": "---\ntitle: t\n---\n"}, config)
    assert found.posts["blog/2020-02-03-a.md"].permalink == "https://e.org/blog/2020/02/03/a"
    assert found.configuration.settings.feeds.limit == 20
