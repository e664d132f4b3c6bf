"""What the code of Astro sites plainly says: folders, addresses, feeds, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc import sites
from feedsvc.content import render
from feedsvc.feeds.values import FeedKey, FeedKind
from tests.sites.reading import Site, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = {"astro.config.mjs": "defineConfig({ site: 'https://e.org' })"}
POST = "---\ndate: 2020-01-01\n---\nBody\n"
RSS = "import rss from '@astrojs/rss'; getCollection('blog'); "
LOADERS = {
    "src/content.config.ts": (
        "import { NOTES } from './consts';\nexport const BLOG = 'src/data/blog';\n"
        "const blog = defineCollection({ loader: glob({ base: `./${BLOG}` }) });\n"
        "const notesCollection = defineCollection({ loader: glob({ base: NOTES }) });\n"
        "export const collections = { blog, notes: notesCollection };"
    ),
    "src/consts.ts": "export const NOTES = './src/data/short'",
}


def site(folder: Path, files: dict[str, str]) -> Site:
    return read_site(write(folder, {**CONFIG, **files}))


def addresses(folder: Path, files: dict[str, str]) -> dict[str, str]:
    found = site(folder, files).posts
    return {path: post.permalink.removeprefix("https://e.org") for path, post in found.items()}


def test_folders_of_collections_may_be_constants(tmp_path: Path) -> None:
    names = ("src/data/blog/a.md", "src/data/short/b.md")
    assert addresses(tmp_path, {**LOADERS, **dict.fromkeys(names, POST)}) == {
        names[0]: "/blog/a/",
        names[1]: "/notes/b/",
    }


def test_pages_of_a_collection_ask_for_it_themselves_or_through_a_helper(tmp_path: Path) -> None:
    files = {
        "src/pages/[...id].astro": "import { all } from '../lib/posts';",
        "src/lib/posts.ts": "export const all = () => getCollection('blog')",
        "src/content/blog/a.md": POST,
    }
    assert addresses(tmp_path, files) == {"src/content/blog/a.md": "/a/"}


def test_pages_called_as_those_of_posts_are_come_before_others_of_a_collection(
    tmp_path: Path,
) -> None:
    files = {
        "src/pages/channels/[channel].astro": "getCollection('blog')",
        "src/pages/posts/[slug].astro": "getCollection('blog')",
        "src/content/blog/a.md": POST,
    }
    assert addresses(tmp_path, files) == {"src/content/blog/a.md": "/posts/a/"}


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("link: `/w/${post.id}/`", "/w/a/"),
        ("link: url(`/w/${post.slug}`)", "/w/a/"),
        ("link: `${context.site}w/${post.data.slug}/`", "/w/a/"),
        ("link: post.id,", "/a/"),
        ("link: made(post)", "/blog/a/"),
    ],
)
def test_the_feeds_links_tell_addresses_where_no_page_does(
    tmp_path: Path, link: str, expected: str
) -> None:
    files = {"src/pages/rss.xml.ts": RSS + link, "src/content/blog/a.md": POST}
    assert addresses(tmp_path, files) == {"src/content/blog/a.md": expected}


def test_pages_of_the_sites_own_language_come_before_others(tmp_path: Path) -> None:
    pages = dict.fromkeys(
        ("src/pages/en/p/[slug].astro", "src/pages/p/[slug].astro"), "getCollection('blog')"
    )
    assert addresses(tmp_path, {**pages, "src/content/blog/a.md": POST}) == {
        "src/content/blog/a.md": "/p/a/"
    }


def test_folders_of_languages_stand_before_the_collections_pages(tmp_path: Path) -> None:
    files = {
        "astro.config.mjs": "({ site: 'https://e.org', i18n: { defaultLocale: 'en' } })",
        "src/pages/[...locale]/p/[slug].astro": "getCollection('blog')",
        "src/pages/[...locale]/rss.xml.ts": RSS,
        **dict.fromkeys((f"src/content/blog/{name}/a.md" for name in ("en", "ar")), POST),
    }
    found = site(tmp_path, files)
    english, arabic = (found.posts[f"src/content/blog/{name}/a.md"] for name in ("en", "ar"))
    assert (english.permalink, english.edition) == ("https://e.org/p/a/", "")
    assert (arabic.permalink, arabic.edition, arabic.lang) == (
        "https://e.org/ar/p/a/",
        "ar",
        "ar",
    )
    settings = found.configuration.settings
    key = FeedKey(FeedKind.SITE, language="ar")
    assert sites.layout(settings).feed_paths(key, "rss", settings) == ("/ar/rss.xml",)


def test_the_sites_feed_has_the_collections_that_its_code_asks_for(tmp_path: Path) -> None:
    names = ("src/content/blog/a.md", "src/content/notes/b.md")
    files = {"src/pages/rss.xml.ts": RSS, **dict.fromkeys(names, POST)}
    found = site(tmp_path, files).posts
    assert [found[name].in_site_feed for name in names] == [True, False]


@pytest.mark.parametrize(
    ("code", "future"),
    [
        ("posts.filter((p) => p.data.date <= new Date())", False),
        ("Date.now() > p.data.date.getTime()", False),
        ("const now = DateTime.now(); p.data.date <= now", False),
        ("updated: new Date().toISOString()", True),
    ],
)
def test_what_is_to_come_waits_where_the_feeds_code_asks_for_the_present(
    tmp_path: Path, code: str, future: bool
) -> None:
    files = {"src/pages/rss.xml.ts": RSS + "import { x } from '../x'", "src/x.ts": code}
    found = site(tmp_path, {**files, "src/content/blog/a.md": POST})
    assert found.configuration.settings.posts.future is future


def test_ids_end_with_the_slash_of_astros_feed_package(tmp_path: Path) -> None:
    config = {"astro.config.mjs": "({ site: 'https://e.org', trailingSlash: 'never' })"}
    files = {**config, "src/pages/rss.xml.ts": RSS, "src/content/blog/a.md": POST}
    [post] = site(tmp_path, files).posts.values()
    assert (post.permalink, post.id) == ("https://e.org/blog/a", "https://e.org/blog/a/")


def test_a_slug_is_all_of_an_entrys_id(tmp_path: Path) -> None:
    slugged = POST.replace("date", "slug: s\ndate")
    assert addresses(tmp_path, {"src/content/blog/x/a.md": slugged}) == {
        "src/content/blog/x/a.md": "/blog/s/"
    }


def test_addresses_by_path_keep_folders_but_for_those_with_an_underscore(tmp_path: Path) -> None:
    path = "(filePath) => filePath.split('/').filter(path => !path.startsWith('_'))"
    slugged = POST.replace("date", "slug: s\ndate")
    names = ("src/data/blog/_old/a.md", "src/data/blog/x/b.md")
    files = {
        **LOADERS,
        "src/data/short/c.md": POST,
        "src/pages/rss.xml.ts": RSS + "import { getPath } from '../path'",
        "src/path.ts": f"export const getPath = {path}",
        names[0]: POST,
        names[1]: slugged,
        "src/data/blog/_d.md": POST,
    }
    found = addresses(tmp_path, files)
    assert [found.get(name) for name in names] == ["/blog/a/", "/blog/x/s/"]
    assert "src/data/blog/_d.md" not in found


def test_the_language_stands_in_a_file_of_constants(tmp_path: Path) -> None:
    files = {"src/consts.ts": "export const SITE = { title: 'T', lang: 'ko' }"}
    found = site(tmp_path, {**files, "src/content/blog/a.md": POST})
    assert found.configuration.settings.site.language == "ko"


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("", "/journal/x/a-b/"),
        ("permalink: /%slug%", "/x/a-b/"),
        ("permalink: '/%category%/%year%-%month%-%day%/%id%/%other%'", None),
    ],
)
def test_src_config_yaml_declares_address_and_permalinks_as_astrowinds(
    tmp_path: Path, permalink: str, address: str | None
) -> None:
    config = f"""
site: {{name: N, site: 'https://a.org/', base: /b/, trailingSlash: true}}
metadata: {{title: {{default: T}}, description: D}}
i18n: {{language: pt}}
apps: {{blog: {{post: {{{permalink}}}, list: {{pathname: journal}}}}}}
"""
    files = {
        "src/config.yaml": config,
        "src/content.config.ts": "const p = defineCollection({ loader: glob({ base: 'posts' }) })",
        "posts/x/A b.md": POST.replace("date", "category: Ein Fall\ndate"),
    }
    found = site(tmp_path, files)
    about = found.configuration.settings.site
    assert (about.url, about.title, about.subtitle) == ("https://a.org/b", "T", "D")
    assert about.language == "pt"
    (post,) = found.posts.values()
    made = address or "/ein-fall/2020-01-01/x/a-b/%25other%25/"
    assert (post.permalink, post.id) == (f"https://a.org/b{made}", f"https://a.org/b{made}")


def test_declared_addresses_end_without_a_slash_unless_asked_for(tmp_path: Path) -> None:
    config = "site: {site: 'https://a.org'}\napps: {blog: {post: {permalink: '/%slug%'}}}"
    files = {"src/config.yaml": config, "src/content/post/a.md": POST, "src/pages/rss.xml.ts": RSS}
    (post,) = site(tmp_path, files).posts.values()
    assert (post.permalink, post.id) == ("https://a.org/a", "https://a.org/a")


@pytest.mark.parametrize("text", ["apps: [", "apps: {blog: 1}", "site: {site: 'https://a.org'}"])
def test_other_files_of_that_name_declare_nothing(tmp_path: Path, text: str) -> None:
    (post,) = site(tmp_path, {"src/config.yaml": text, "src/content/p/a.md": POST}).posts.values()
    assert post.permalink == "https://e.org/p/a/"


def test_ids_have_no_slash_where_the_feeds_code_asks_for_none(tmp_path: Path) -> None:
    code = RSS + "rss({ trailingSlash: false })"
    config = {"astro.config.mjs": "{ site: 'https://e.org', trailingSlash: 'never' }"}
    files = {"src/pages/rss.xml.ts": code, "src/content/blog/a.md": POST}
    (post,) = read_site(write(tmp_path, config | files)).posts.values()
    assert (post.permalink, post.id) == ("https://e.org/blog/a", "https://e.org/blog/a")


@pytest.mark.parametrize(
    ("config", "expected"),
    [("", "“a” — b"), ("markdown: { smartypants: false }", "&quot;a&quot; -- b")],
)
def test_quotes_and_dashes_are_typographic_unless_told_otherwise(
    tmp_path: Path, config: str, expected: str
) -> None:
    written = {"astro.config.mjs": f"defineConfig({{ site: 'https://e.org', {config} }})"}
    body = '---\ndate: 2020-01-01\n---\n"a" -- b\n'
    read = site(tmp_path, {**written, "src/content/blog/a.md": body})
    made = render(read.posts["src/content/blog/a.md"], read.configuration.settings)
    assert made.content.html == f"<p>{expected}</p>\n"


def test_the_folder_of_a_page_is_in_its_address_once(tmp_path: Path) -> None:
    files = {"next.config.js": "module.exports = {}", "src/pages/a/index.mdx": POST}
    found = read_site(write(tmp_path, files)).posts["src/pages/a/index.mdx"]
    assert found.permalink.endswith("8000/a/")


@pytest.mark.parametrize(
    ("config", "path", "address"),
    [
        ("gatsby-config.js", "content/Hello World/index.md", "/Hello%20World/"),
        ("gatsby-config.js", "content/Notes/Vue_3.0, part 1.md", "/Notes/Vue_3.0,%20part%201/"),
        ("next.config.js", "posts/My-Post_v1.2.md", "/posts/My-Post_v1.2/"),
        ("astro.config.mjs", "src/content/blog/My-Post_v1.2.md", "/blog/my-post_v12/"),
    ],
)
def test_only_astro_writes_the_names_of_files_in_its_own_way(
    tmp_path: Path, config: str, path: str, address: str
) -> None:
    files = {config: "siteUrl: 'https://e.org', path: 'content'", path: POST}
    found = read_site(write(tmp_path, files)).posts[path]
    assert found.permalink.endswith(address)
    assert found.permalink.count("/") == address.count("/") + 2


@pytest.mark.parametrize(
    ("slug", "address"),
    [("/posts/b", "/posts/b/"), ("/c/d/", "/c/d/"), ("b", "/posts/b/")],
)
def test_a_slug_of_gatsbys_that_is_a_path_is_all_of_it(
    tmp_path: Path, slug: str, address: str
) -> None:
    text = f"---\ndate: 2020-01-01\nslug: {slug}\n---\n"
    made = {"gatsby-config.js": "siteUrl: 'https://e.org', path: 'content'"}
    found = read_site(write(tmp_path, {**made, "content/posts/a.md": text})).posts
    assert found["content/posts/a.md"].permalink == f"https://e.org{address}"


def test_a_timestamp_dates_a_post_to_the_second(tmp_path: Path) -> None:
    text = "---\ntimestamp: 2024-05-01 23:45:06+08:00\n---\nBody\n"
    path = "src/content/note/2024-04-30-a.md"
    assert site(tmp_path, {path: text}).posts[path].published.isoformat() == (
        "2024-05-01T15:45:06+00:00"
    )


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("post.data.permalink", "/old/place/"),
        ("new URL(post.data.permalink, context.site).href", "/old/place/"),
        ("`/blog/${post.id}/`", "/blog/a/"),
    ],
)
def test_posts_say_their_addresses_where_the_feed_asks_them(
    tmp_path: Path, link: str, address: str
) -> None:
    code = f"{RSS}rss({{ items: posts.map((post) => ({{ link: {link} }})) }})"
    text = "---\ndate: 2020-01-01\npermalink: /old/place/\n---\n"
    path = "src/content/blog/a.md"
    files = {"src/pages/rss.xml.js": code, path: text, "src/content/blog/b.md": POST}
    found = addresses(tmp_path, files)
    assert (found[path], found["src/content/blog/b.md"]) == (address, "/blog/b/")


@pytest.mark.parametrize("call", ["rss", "getRssString"])
def test_the_title_of_a_site_that_says_none_is_its_feeds(tmp_path: Path, call: str) -> None:
    feed = (
        "import rss from '@astrojs/rss'; import { ABOUT } from '../utils/about';\n"
        f"{call}({{ title: ABOUT.name, description: `Words`, items: [{{ title: 'No' }}] }})"
    )
    about = {"src/utils/about.ts": "export const ABOUT = { name: 'A name' };"}
    made = {"src/pages/rss.xml.js": feed, "src/content/blog/a.md": POST, **about}
    told = site(tmp_path, made).configuration.settings.site
    assert (told.title, told.subtitle) == ("A name", "Words")
    told = site(tmp_path, {"src/consts.ts": "export const SITE_TITLE = 'T'"}).configuration
    assert told.settings.site.title == "T"


EXPORTED = """import { ada } from '../authors'

export const {name} = {{
  title: `A title: "quoted"`, // as it stands
  date: '2020-02-03T10:00:00Z',
  tags: ['a', "b"],
  draft: false,
  authors: [ada],
}}

# Heading

Text
"""


@pytest.mark.parametrize("name", ["meta", "metadata", "metadata: Metadata", "frontmatter"])
def test_a_page_of_mdx_says_of_itself_what_it_exports(tmp_path: Path, name: str) -> None:
    exported = EXPORTED.replace("{name}", name).replace("{{", "{").replace("}}", "}")
    files = {"next.config.js": "module.exports = {}", "posts/a.mdx": exported}
    found = site(tmp_path, files).posts["posts/a.mdx"]
    assert (found.title, found.tags) == ('A title: "quoted"', ("a", "b"))
    assert found.published.isoformat() == "2020-02-03T10:00:00+00:00"
    assert found.findings == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "export const meta = {\n  date: '2020-02-03',\n}\n"),
        ("a.mdx", "---\ntitle: A\n---\nexport const meta = {\n  date: '2020-02-03',\n}\n"),
        ("a.mdx", "export const chart = {\n  date: '2020-02-03',\n}\n"),
        ("a.mdx", "export const meta = {\n  date: '2020-02-03',\n"),
    ],
)
def test_nothing_else_that_is_exported_is_front_matter(
    tmp_path: Path, name: str, text: str
) -> None:
    found = site(tmp_path, {"next.config.js": "module.exports = {}", f"posts/{name}": text})
    assert found.posts[f"posts/{name}"].published.year == 1
