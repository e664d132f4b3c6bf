"""The feed addresses and entry ids that an engine's subscribers already have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.feeds.values import FeedKey, FeedKind
from tests.sites.reading import read_site, write

if TYPE_CHECKING:
    from pathlib import Path

SITE = FeedKey(FeedKind.SITE)
FORMATS = ("atom", "rss", "json")


def category(name: str) -> FeedKey:
    return FeedKey(FeedKind.CATEGORY, name, "slug")


def tag(name: str) -> FeedKey:
    return FeedKey(FeedKind.TAG, name, "slug")


def author(name: str) -> FeedKey:
    return FeedKey(FeedKind.AUTHOR, name, "slug")


def paths(folder: Path, key: FeedKey, layout: str = "", **files: str) -> dict[str, tuple[str, ...]]:
    write(folder, files)
    overrides: dict[str, Any] = {"feeds": {"urls": layout}} if layout else {}
    settings = load_settings(folder, overrides, {}).settings
    chosen = sites.layout(settings)
    return {form: made for form in FORMATS if (made := chosen.feed_paths(key, form, settings))}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("atom.xml", ("/atom.xml",)),
        ("https://example.org/feeds/all.xml?new#top", ("/feeds/all.xml",)),
        ("//example.org/all.xml", ("/all.xml",)),
        ("http://[", ()),
    ],
)
def test_jekyll_feed_is_at_the_path_of_what_its_configuration_says_and_at_none_without_one(
    tmp_path: Path, written: str, expected: tuple[str, ...]
) -> None:
    config = f"title: Site\nplugins: [jekyll-feed]\nfeed:\n  path: {written!r}\n"
    assert paths(tmp_path, SITE, **{"_config.yml": config}).get("atom", ()) == expected


@pytest.mark.parametrize(
    ("layout", "key", "expected"),
    [
        ("jekyll", SITE, {"atom": ("/feed.xml",)}),
        ("jekyll", category("Alpha One"), {"atom": ("/feed/Alpha One.xml",)}),
        ("jekyll", category("a/b"), {}),
        ("jekyll", tag("News_1"), {"atom": ("/feed/by_tag/News_1.xml",)}),
        ("jekyll", tag("C++"), {}),
        ("jekyll", author("Ada"), {}),
        ("hugo", SITE, {"rss": ("/index.xml",)}),
        ("hugo", category("Alpha One"), {"rss": ("/categories/alpha-one/index.xml",)}),
        ("hugo", tag("日本 語"), {"rss": ("/tags/日本-語/index.xml",)}),
        ("hugo", tag("C/D"), {"rss": ("/tags/c/d/index.xml",)}),
        ("hugo", tag("?!"), {}),
        ("hugo", author("Ada"), {}),
        ("pelican", SITE, {"atom": ("/feeds/all.atom.xml", "/feeds/all-en.atom.xml")}),
        ("pelican", category("Alpha One"), {"atom": ("/feeds/alpha-one.atom.xml",)}),
        ("pelican", tag("x"), {}),
        (
            "pelican",
            author("Ada B"),
            {"atom": ("/feeds/ada-b.atom.xml",), "rss": ("/feeds/ada-b.rss.xml",)},
        ),
        (
            "wordpress",
            SITE,
            {"rss": ("/feed", "/feed/rss2"), "atom": ("/feed/atom",), "json": ("/feed/json",)},
        ),
        ("zola", SITE, {"atom": ("/atom.xml",)}),
        ("zola", tag("Ünï x"), {"atom": ("/tags/uni-x/atom.xml",)}),
        ("astro", SITE, {"rss": ("/rss.xml",)}),
        ("eleventy", SITE, {}),
        ("feedsvc", SITE, {}),
    ],
)
def test_layout_keeps_the_addresses_of_its_engine(
    tmp_path: Path, layout: str, key: FeedKey, expected: dict[str, tuple[str, ...]]
) -> None:
    found = paths(tmp_path, key, layout)
    assert {form: tuple(p.rstrip("/") for p in made) for form, made in found.items()} == expected


@pytest.mark.parametrize(
    ("key", "folder"),
    [
        (category("Crème Brûlée!"), "/category/creme-brulee/feed/"),
        (tag("C++ & C#"), "/tag/c-c/feed/"),
        (author("Ada"), "/author/ada/feed/"),
        (tag("?"), ""),
    ],
)
def test_wordpress_terms_have_feeds_with_a_trailing_slash(
    tmp_path: Path, key: FeedKey, folder: str
) -> None:
    found = paths(tmp_path, key, "wordpress")
    assert found.get("rss", ("",))[0] == folder
    assert found.get("atom", ("",))[0] == (f"{folder}atom/" if folder else "")


def test_jekyll_feed_settings_move_its_feeds(tmp_path: Path) -> None:
    config = "feed: {path: atom.xml, tags: {path: 'by/tag/'}}"
    assert paths(tmp_path, SITE, **{"_config.yml": config}) == {"atom": ("/atom.xml",)}
    assert paths(tmp_path, tag("x")) == {"atom": ("/by/tag/x.xml",)}


def test_feed_templates_of_a_jekyll_site_keep_their_addresses(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: x",
        "feed.xml": '---\n---\n<rss version="2.0">',
        "atom.xml": "---\nlayout: null\n---\n<feed>",
        "index.xml": "<feed>not a template</feed>",
    }
    assert paths(tmp_path, SITE, **files) == {"rss": ("/feed.xml",), "atom": ("/atom.xml",)}


@pytest.mark.parametrize(
    ("config", "name", "expected"),
    [
        ("category_dir: blog/categories", "C++ & Co_Co", "/blog/categories/c-co-co/atom.xml"),
        ("category_dir: /topics/", "日本語 Notes", "/topics/日本語-notes/atom.xml"),
        ("title: x", "Ruby", "/categories/ruby/atom.xml"),
        ("category_dir: ../out", "Ruby", "/categories/ruby/atom.xml"),
    ],
)
def test_octopress_sites_have_feeds_of_their_categories(
    tmp_path: Path, config: str, name: str, expected: str
) -> None:
    files = {
        "_config.yml": f"source: src\n{config}",
        "src/atom.xml": "---\nlayout: null\n---\n<feed>",
        "src/_includes/custom/category_feed.xml": "---\nlayout: null\n---\n<feed>",
    }
    assert paths(tmp_path, category(name), **files) == {"atom": (expected,)}
    assert paths(tmp_path, tag(name)) == {}


def test_hugo_feeds_follow_taxonomies_and_output_formats(tmp_path: Path) -> None:
    config = """
defaultContentLanguage = "de"
[taxonomies]
tag = "Topics"
[languages.fr.taxonomies]
tag = "sujets"
[outputFormats.RSS]
baseName = "feed"
path = "news"
"""
    files = {"hugo.toml": config}
    assert paths(tmp_path, SITE, **files) == {"rss": ("/news/feed.xml",)}
    assert paths(tmp_path, tag("A b")) == {"rss": ("/news/topics/a-b/feed.xml",)}
    french = FeedKey(FeedKind.TAG, "A b", "x", "fr")
    assert paths(tmp_path, french) == {"rss": ("/news/fr/sujets/a-b/feed.xml",)}


@pytest.mark.parametrize(
    ("config", "theme", "expected"),
    [
        ("theme = 't'", "[outputFormats.RSS]\nbaseName = 'feed'", "/feed.xml"),
        ("theme = ['x', 't']", "[outputFormats.RSS]\nbaseName = 'feed'", "/feed.xml"),
        ("[[module.imports]]\npath = 't'", "[outputFormats.RSS]\nbaseName = 'feed'", "/feed.xml"),
        (
            "theme = 't'\n[outputFormats.RSS]\npath = 'p'",
            "[outputFormats.RSS]\nbaseName = 'feed'",
            "/p/index.xml",
        ),
        ("theme = 't'", "[outputFormats.RSS]\nbaseName = ", "/index.xml"),
        ("theme = '../t'", "[outputFormats.RSS]\nbaseName = 'feed'", "/index.xml"),
    ],
)
def test_hugo_themes_add_output_formats_to_those_of_the_site(
    tmp_path: Path, config: str, theme: str, expected: str
) -> None:
    files = {"hugo.toml": config, "themes/t/hugo.toml": theme}
    assert paths(tmp_path, SITE, **files) == {"rss": (expected,)}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("", "/tags/x/index.xml"),
        ("_merge = 'deep'\n", "/t/x/index.xml"),
        ("[permalinks]\n_merge = 'shallow'\nposts = '/:slug/'\n", "/t/x/index.xml"),
        ("_merge = 'deep'\n[permalinks]\n_merge = 'none'\n", "/tags/x/index.xml"),
    ],
)
def test_hugo_themes_add_what_merge_says(tmp_path: Path, config: str, expected: str) -> None:
    files = {
        "hugo.toml": f"theme = 't'\n{config}",
        "themes/t/config/_default/permalinks.toml": "tags = '/t/:slug/'",
    }
    assert paths(tmp_path, tag("x"), **files) == {"rss": (expected,)}


def test_hugo_feeds_keep_the_suffix_that_older_versions_gave_them(tmp_path: Path) -> None:
    suffix = "[mediaTypes.'application/rss+xml']\nsuffixes = ['rss']\n"
    both = {"rss": ("/index.xml", "/index.rss")}
    assert paths(tmp_path, SITE, **{"hugo.toml": suffix}) == both
    config = f"{suffix}[outputFormats.rss]\nmediaType = 'application/rss+xml'\n"
    assert paths(tmp_path, SITE, **{"hugo.toml": config}) == {"rss": ("/index.rss",)}


@pytest.mark.parametrize(
    ("in_folder", "expected"),
    [
        (False, ["/index.xml", "/posts/old/index.xml", "/fr/index.xml", "/fr/posts/index.xml"]),
        (
            True,
            ["/en/index.xml", "/en/posts/old/index.xml", "/fr/index.xml", "/fr/posts/index.xml"],
        ),
    ],
)
def test_hugo_sections_and_languages_have_feeds(
    tmp_path: Path, in_folder: bool, expected: list[str]
) -> None:
    config = (
        f"defaultContentLanguageInSubdir = {str(in_folder).lower()}\n"
        "[languages.en]\n[languages.fr]\nweight = 1"
    )
    keys = [
        SITE,
        FeedKey(FeedKind.SECTION, "posts/old", "posts-old"),
        FeedKey(FeedKind.SITE, language="fr"),
        FeedKey(FeedKind.SECTION, "posts", "posts", "fr"),
    ]
    found = [paths(tmp_path, key, **{"hugo.toml": config}) for key in keys]
    assert found == [{"rss": (path,)} for path in expected]


def test_hugo_output_formats_that_are_feeds_are_kept_where_the_site_makes_them(
    tmp_path: Path,
) -> None:
    config = """
[outputs]
home = ["HTML", "RSS", "ATOM", "JSONFeed", "Search"]
term = ["HTML", "atom"]
[outputFormats.Atom]
mediaType = "application/atom+xml"
baseName = "atom"
[outputFormats.jsonfeed]
mediaType = "application/json"
baseName = "feed"
[outputFormats.search]
mediaType = "application/json"
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
"""
    assert paths(tmp_path, SITE, **{"hugo.toml": config}) == {
        "atom": ("/atom.xml",),
        "rss": ("/index.xml",),
        "json": ("/feed.json",),
    }
    assert paths(tmp_path, tag("x")) == {
        "atom": ("/tags/x/atom.xml",),
        "rss": ("/tags/x/index.xml",),
    }
    assert paths(tmp_path, FeedKey(FeedKind.SECTION, "a", "a")) == {"rss": ("/a/index.xml",)}


def test_pelican_feed_settings_move_and_switch_off_feeds(tmp_path: Path) -> None:
    config = (
        "FEED_ALL_ATOM = None\nFEED_ATOM = 'atom.xml'\nFEED_RSS = 'rss.xml'\n"
        "FEED_RSS_URL = 'known/as/'\nTRANSLATION_FEED_ATOM = 'all/%s.xml'\nDEFAULT_LANG = 'De'\n"
        "TAG_FEED_RSS = 'feeds/tag/%s.rss.xml'\nCATEGORY_FEED_ATOM = 'c/{slug}.xml'\n"
        "CATEGORY_REGEX_SUBSTITUTIONS = [('C[+][+]', 'cpp')]"
    )
    files = {"pelicanconf.py": config}
    assert paths(tmp_path, SITE, **files) == {
        "atom": ("/atom.xml", "/all/de.xml"),
        "rss": ("/rss.xml", "/known/as/"),
    }
    assert paths(tmp_path, tag("A B")) == {"rss": ("/feeds/tag/a-b.rss.xml",)}
    assert paths(tmp_path, category("C++")) == {"atom": ("/c/cpp.xml",)}
    assert paths(tmp_path, category("!!!"), "") == {"atom": ("/c/!!!.xml",)}


def test_eleventy_and_zola_feeds_are_where_the_configuration_says(tmp_path: Path) -> None:
    code = 'addPlugin(feedPlugin, { outputPath: "/feed/feed.xml" })'
    found = paths(tmp_path / "a", SITE, **{".eleventy.js": code})
    assert found == {"atom": ("/feed/feed.xml",)}
    config = "base_url = 'https://e.org'\nfeed_filenames = ['rss.xml', 'atom.xml']"
    found = paths(tmp_path / "b", SITE, **{"config.toml": config})
    assert found == {"rss": ("/rss.xml",), "atom": ("/atom.xml",)}


@pytest.mark.parametrize("name", ["..", ".", "a\\b", "a\0b", "a\nb", "x" * 300, "../x", ""])
@pytest.mark.parametrize("layout", ["jekyll", "hugo", "pelican", "wordpress", "zola", "astro"])
def test_no_name_leads_out_of_the_site(tmp_path: Path, layout: str, name: str) -> None:
    section = FeedKey(FeedKind.SECTION, name, "slug")
    for key in (category(name), tag(name), author(name), section):
        for made in paths(tmp_path, key, layout).values():
            for path in made:
                assert path.startswith("/")
                assert not {"", ".", ".."} & set(path.strip("/").split("/"))
                assert path.isprintable()
                assert all(len(part.encode()) <= 255 for part in path.split("/"))


# -- ids ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("jekyll", "https://e.org/2020/02/03/a"),
        ("hugo", "https://e.org/2020/02/03/a/"),
        ("pelican", "tag:e.org,2020-02-03:/2020/02/03/a/"),
        ("wordpress", "https://e.org/?p=7"),
        ("feedsvc", "tag:e.org,2020-02-03:/a"),
    ],
)
def test_entry_ids_go_with_the_addresses_that_were_kept(
    tmp_path: Path, layout: str, expected: str
) -> None:
    files = {"a.md": "---\ndate: 2020-02-03\nwordpress_id: 7\n---\n"}
    overrides = {"feeds": {"urls": layout}, "site": {"url": "https://e.org"}}
    assert read_site(write(tmp_path, files), overrides).posts["a.md"].id == expected


def test_id_of_the_front_matter_beats_the_layouts(tmp_path: Path) -> None:
    files = {"a.md": "---\ndate: 2020-02-03\nid: urn:x:1\n---\n"}
    found = read_site(write(tmp_path, files), {"feeds": {"urls": "jekyll"}})
    assert found.posts["a.md"].id == "urn:x:1"


def test_addresses_of_feedsvc_alone_do_not_change_the_ids_of_a_site(tmp_path: Path) -> None:
    files = {"_config.yml": "url: https://e.org", "_posts/2020-02-03-a.md": ""}
    write(tmp_path, files)
    kept = read_site(tmp_path).posts
    assert read_site(tmp_path, {"feeds": {"urls": "feedsvc"}}).posts == kept


def test_jekyll_collections_have_the_feed_that_the_configuration_names(tmp_path: Path) -> None:
    files = {
        "_config.yml": "collections: [changes, notes]\n"
        "feed: {path: 'https://e.org/atom.xml', collections: {changes: {path: c.xml}, notes: }}",
    }
    expected = {"changes": "/c.xml", "notes": "/feed/notes.xml"}
    for name, path in expected.items():
        key = FeedKey(FeedKind.SECTION, name, name)
        assert paths(tmp_path, key, **files) == {"atom": (path,)}
    assert paths(tmp_path, SITE, **files) == {"atom": ("/atom.xml",)}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (FeedKey(FeedKind.SITE, language="fr"), "/fr/atom.xml"),
        (FeedKey(FeedKind.SECTION, "In side", "in-side"), "/In side/atom.xml"),
        (FeedKey(FeedKind.SECTION, "a/b", "b", "fr"), "/fr/a/b/atom.xml"),
        (FeedKey(FeedKind.TAG, "c", "c", "fr"), "/fr/tags/c/atom.xml"),
    ],
)
def test_zola_feeds_of_sections_and_languages(tmp_path: Path, key: FeedKey, expected: str) -> None:
    assert paths(tmp_path, key, **{"config.toml": "base_url = 'x'"}) == {"atom": (expected,)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"astro.config.mjs": "", "src/pages/rss.xml.ts": "", "src/pages/atom.xml.js": ""},
            {"rss": ("/rss.xml",), "atom": ("/atom.xml",)},
        ),
        ({"astro.config.mjs": "", "src/pages/notes/rss.xml.ts": ""}, {"rss": ("/rss.xml",)}),
        ({"next.config.js": "", "app/feed.xml/route.ts": ""}, {"rss": ("/feed.xml",)}),
        ({"next.config.js": "", "public/feed.json": ""}, {"json": ("/feed.json",)}),
        ({"gatsby-config.js": "output: '/blog.xml'"}, {"rss": ("/blog.xml",)}),
    ],
)
def test_feeds_of_javascript_sites_are_named_by_their_files(
    tmp_path: Path, files: dict[str, str], expected: dict[str, tuple[str, ...]]
) -> None:
    assert paths(tmp_path, SITE, **files) == expected


def test_zola_terms_are_below_the_root_of_taxonomies_and_one_by_their_slug(tmp_path: Path) -> None:
    config = "base_url = 'x'\ntaxonomy_root = '/topics/'\n[slugify]\ntaxonomies = 'safe'\n"
    found = paths(tmp_path, tag("C: d"), **{"config.toml": config})
    assert found == {"atom": ("/topics/tags/C d/atom.xml",)}
    settings = load_settings(tmp_path, {}, {}).settings
    layout = sites.layout(settings)
    assert layout.merges_terms
    assert layout.same_term("C? d", settings) == layout.same_term("C d", settings) == "C d"
