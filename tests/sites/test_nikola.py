"""Nikola's reading of posts, rule by rule; Nikola 8.3 was asked for each of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.errors import ConfigError
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.model import Author, Markup, State
from tests.bounds import bounded
from tests.sites.reading import Site, at, path, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import Post

CONFIG = """
BLOG_AUTHOR = {"en": "Ann", "de": "Anna"}
BLOG_TITLE = {"en": "Words", "de": "Worte"}
SITE_URL = "https://e.org"
BLOG_DESCRIPTION = "Some <b>words</b>"
DEFAULT_LANG = "en"
TRANSLATIONS = {DEFAULT_LANG: "", "de": "./de", "pt_br": "pt"}
POSTS = (
    ("posts/*.rst", "posts", "post.tmpl"),
    ("posts/*.md", "posts", "post.tmpl"),
    ("posts/*.html", "posts", "post.tmpl"),
    ("posts/*.ipynb", "posts", "post.tmpl"),
    ("news/*.txt", {"en": "news", "de": "nachrichten"}, "post.tmpl"),
)
PAGES = (("pages/*.rst", "", "page.tmpl"),)
TIMEZONE = "Europe/Berlin"
"""
META = (
    '<meta name="slug" content="s"><meta name="keywords" content="x, Y y">'
    '<meta name="date" content="2014-01-05 10:00">'
)
TOML = 'title = "T"\nslug = "s"\ndate = 2014-01-05T10:00:00\ntags = ["x", "Y y"]'
HEAD = ".. title: A\n.. date: 2014-01-05 10:00\n"


def read(folder: Path, files: dict[str, str], more: str = "") -> Site:
    return read_site(write(folder, {"conf.py": CONFIG + more, **files}))


def post(folder: Path, front: str, name: str = "posts/a.rst", more: str = "") -> Post:
    return read(folder, {name: f"{front}\n\nBody\n"}, more).posts[name]


def test_configuration_is_read_without_running_it(tmp_path: Path) -> None:
    more = 'import os\nos.makedirs("was-run")\nBASE_URL = "https://b.e.org/"\nFEED_LENGTH = 5\n'
    found = read(tmp_path, {}, f"{more}FUTURE_IS_NOW = True\n").configuration.settings
    assert not (tmp_path / "was-run").exists()
    site = found.site
    assert (site.url, site.title, site.subtitle) == ("https://b.e.org", "Words", "Some words")
    assert (site.author, site.language, site.timezone) == (Author("Ann"), "en", "Europe/Berlin")
    assert found.posts.path == ("posts", "news")
    assert found.posts.future
    assert found.feeds.limit == 5
    assert found.languages["de"].title == "Worte"
    assert found.languages["pt_br"].language == "pt-BR"


def test_settings_of_versions_before_six_are_understood(tmp_path: Path) -> None:
    config = """
BLOG_AUTHOR = "Ann"
BLOG_URL = "https://e.org"
post_pages = (
    ("posts/*.rst", "posts", "post.tmpl", True),
    ("stories/*.txt", "stories", "story.tmpl", False),
)
post_compilers = {"rest": (".rst",), "markdown": (".txt",)}
"""
    files = {"conf.py": config, "posts/a.rst": f"{HEAD}\nBody", "stories/b.txt": f"{HEAD}\nBody"}
    found = read_site(write(tmp_path, files))
    assert found.configuration.detection == "Nikola site (conf.py), posts in posts/"
    assert [one.permalink for one in found.posts.values()] == ["https://e.org/posts/a.html"]


@pytest.mark.parametrize(
    ("name", "zone"), [("UTC+7", "Etc/GMT-7"), ("GMT-3", "Etc/GMT+3"), ("", "UTC")]
)
def test_time_zones_are_those_that_dateutil_knows(tmp_path: Path, name: str, zone: str) -> None:
    found = read(tmp_path, {}, f'TIMEZONE = "{name}"').configuration.settings
    assert found.site.timezone == zone


def test_a_configuration_that_is_no_python_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^conf\.py:\d+: is not Python"):
        read(tmp_path, {}, "print 'x'\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", ".. title: T\n.. slug: s\n.. date: 2014-01-05 10:00\n.. tags: x, Y y\n\n{}"),
        ("a.md", "<!--\n.. title: T\n.. slug: s\n.. date: 2014-01-05 10:00\n.. tags: x,Y y\n\n{}"),
        ("a.md", "---\ntitle: T\nslug: s\ndate: 2014-01-05 10:00:00\ntags: [x, Y y]\n---\n{}"),
        ("a.md", f"+++\n{TOML}\n+++\n{{}}"),
        ("a.md", "Title: T\nSlug: s\nDate: 2014-01-05 10:00\nTags: x, Y y\n\n{}"),
        ("a.rst", ":title: T\n:slug: s\n:date: 2014-01-05 10:00\n:tags: x, Y y\n\n{}"),
        ("a.html", f"<head><title>T</title>{META}</head><body>{{}}"),
    ],
    ids=["comments", "html-comment", "yaml", "toml", "headers", "docinfo", "meta"],
)  # fmt: skip
def test_metadata_are_read_in_every_form(tmp_path: Path, name: str, text: str) -> None:
    found = read(tmp_path, {f"posts/{name}": text.format("Body")}).posts[f"posts/{name}"]
    assert (found.title, found.tags, found.body.strip()) == ("T", ("x", "Y y"), "Body")
    assert found.permalink == found.id == "https://e.org/posts/s/"
    assert found.published == at("2014-01-05T10:00:00+01:00")
    assert found.findings == ()


def test_a_file_beside_the_post_has_its_metadata(tmp_path: Path) -> None:
    text = "Heading\n=======\n\nNote: this is text.\n"
    files = {"posts/a.rst": text, "posts/a.meta": f"{HEAD}.. category: c\n"}
    found = read(tmp_path, files).posts["posts/a.rst"]
    assert (found.title, found.categories, found.body) == ("A", ("c",), text)


def test_metadata_end_at_the_first_blank_line_and_empty_values_are_none(tmp_path: Path) -> None:
    found = read(tmp_path, {"posts/A b.rst": f"\n{HEAD}.. slug: \nx\n\n.. tags: t\n"})
    assert found.posts["posts/A b.rst"].permalink == "https://e.org/posts/a-b/"
    assert found.posts["posts/A b.rst"].tags == ()
    assert found.posts["posts/A b.rst"].body == ".. tags: t\n"


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2014-01-05 10:00:00 UTC-03:00", "2014-01-05T10:00:00-03:00"),
        ("2014-01-05 10:00:00 UTC", "2014-01-05T10:00:00+00:00"),
        ("2014/07/05 10:00", "2014-07-05T10:00:00+02:00"),
        ("2014-01-05", "2014-01-05T00:00:00+01:00"),
        ("Sun, 05 Jan 2014 10:00:00 +0900", "2014-01-05T10:00:00+09:00"),
    ],
)
def test_dates_are_instants(tmp_path: Path, written: str, instant: str) -> None:
    found = post(tmp_path, f".. title: A\n.. date: {written}\n.. updated: 2015-02-03 04:05:06")
    assert found.published == at(instant)
    assert found.updated == at("2015-02-03T04:05:06+01:00")
    assert found.findings == ()


def test_a_date_of_two_meanings_is_read_as_nikola_does_and_told(tmp_path: Path) -> None:
    found = post(tmp_path, ".. title: A\n.. date: 05.12.2014 10:00")
    assert found.published == at("2014-05-12T10:00:00+02:00")
    assert [one.code for one in found.findings] == ["date-ambiguous"]


def test_a_post_without_a_date_is_left_out_and_told(tmp_path: Path) -> None:
    site = read(tmp_path, {"posts/a.rst": ".. title: A\n\nBody\n"})
    assert site.posts == {}
    assert site.codes("posts/a.rst") == {"date-missing"}


@pytest.mark.parametrize(
    ("front", "name", "more", "expected"),
    [
        ("", "posts/Zwölf Männer 2.rst", "", "/posts/zwolf-manner-2/"),
        ("", "posts/sub/a.rst", "", "/posts/sub/a/"),
        (".. slug: index", "posts/sub/a.rst", "", "/posts/sub/"),
        (".. slug: x/y c+(d)", "posts/a.rst", "", "/posts/x/y%20c%2B%28d%29/"),
        (".. pretty_url: False", "posts/a.rst", "", "/posts/a.html"),
        ("", "posts/a.rst", "PRETTY_URLS = False", "/posts/a.html"),
        (".. pretty_url: yes", "posts/a.rst", "PRETTY_URLS = False", "/posts/a/"),
        ("", "posts/a.rst", "STRIP_INDEXES = False", "/posts/a/index.html"),
        ("", "news/a b.txt", "USE_SLUGIFY = False", "/news/a%20b/"),
        ("", "posts/a.rst", "TRANSLATIONS = {'en': 'blog'}", "/blog/posts/a/"),
        ("", "posts/a.rst", "POSTS = [('posts/*.rst', '/', 'x')]", "/a/"),
    ],
)  # fmt: skip
def test_addresses_and_ids_are_nikolas(
    tmp_path: Path, front: str, name: str, more: str, expected: str
) -> None:
    found = post(tmp_path, f"{HEAD}{front}", name, more)
    assert path(found) == expected
    assert found.id == found.permalink


def test_guid_is_the_id_and_a_uuid_is_none(tmp_path: Path) -> None:
    named = post(tmp_path, f"{HEAD}.. guid: https://old.example/1")
    assert named.id == "https://old.example/1"
    uuid = "eba0c072-c758-4232-95cd-a02c6dd98abd"
    assert post(tmp_path, f"{HEAD}.. uuid: {uuid}").id == "https://e.org/posts/a/"


def test_only_what_posts_name_is_a_post(tmp_path: Path) -> None:
    text = f"{HEAD}\nBody\n"
    names = ("posts/a.txt", "posts/.b.rst", "posts/.c/d.rst", "news/e.rst", "pages/f.rst")
    assert read(tmp_path, dict.fromkeys(names, text)).posts == {}


@pytest.mark.parametrize(
    ("front", "more", "withheld", "in_feeds"),
    [
        (".. status: draft", "", State.DRAFT, True),
        (".. status: private", "", None, False),
        (".. status: featured", "", None, True),
        (".. tags: Draft, x", "", State.DRAFT, True),
        (".. tags: private", "", None, False),
        (".. tags: draft", "USE_TAG_METADATA = False", None, True),
    ],
)
def test_status_says_who_sees_a_post(
    tmp_path: Path, front: str, more: str, withheld: State | None, in_feeds: bool
) -> None:
    found = post(tmp_path, f"{HEAD}{front}", more=more)
    assert (found.withheld, found.in_feeds) == (withheld, in_feeds)


def test_a_status_that_nikola_does_not_know_is_told(tmp_path: Path) -> None:
    found = post(tmp_path, f"{HEAD}.. status: hidden")
    assert (found.withheld, [one.code for one in found.findings]) == (None, ["value-kind"])


def test_categories_have_those_above_them(tmp_path: Path) -> None:
    assert post(tmp_path, f"{HEAD}.. category: a/b/c").categories == ("a/b/c", "a/b", "a")
    assert post(tmp_path, f"{HEAD}.. category:  x y ").categories == ("x y",)
    assert post(tmp_path, f"{HEAD}.. section: s").categories == ("s",)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("CATEGORY_DESTPATH_AS_DEFAULT = True", ("posts",)),
        ("POSTS_SECTIONS = True", ("posts",)),
        ("POSTS_SECTIONS = POSTS_SECTION_FROM_META = True", ()),
        ("CATEGORY_DESTPATH_AS_DEFAULT = CATEGORY_DESTPATH_TRIM_PREFIX = True", ("sub",)),
        ("POSTS_SECTIONS = True\nPOSTS_SECTION_NAME = {'posts': 'Blog'}", ("Blog",)),
    ],
)
def test_folders_are_categories_where_the_site_says_so(
    tmp_path: Path, more: str, expected: tuple[str, ...]
) -> None:
    assert post(tmp_path, HEAD, "posts/sub/a.rst", more).categories == expected


def test_author_media_and_description(tmp_path: Path) -> None:
    front = (
        ".. author: Bob, Carl\n.. previewimage: p.png\n.. description: Short\n"
        ".. enclosure: https://e.org/x.mp3\n.. enclosure_length: 1234"
    )
    found = post(tmp_path, f"{HEAD}{front}")
    assert found.authors == (Author("Bob, Carl"),)
    assert (found.image, found.summary) == ("https://e.org/posts/a/p.png", "Short")
    assert [(one.url, one.length) for one in found.enclosures] == [("https://e.org/x.mp3", 1234)]
    several = post(tmp_path, f"{HEAD}{front}", more="MULTIPLE_AUTHORS_PER_POST = True")
    assert several.authors == (Author("Bob"), Author("Carl"))
    assert post(tmp_path, HEAD).authors == (Author("Ann"),)


def test_metadata_of_other_programs_and_of_names_are_mapped(tmp_path: Path) -> None:
    more = (
        "METADATA_MAPPING = {'yaml': {'keywords': 'tags', 'When': 'date'}}\n"
        "FILE_METADATA_REGEXP = r'posts/(?P<date>[\\d-]{10})-(?P<slug>.*?)-(?P<title>[^-]*)\\.md'"
    )
    name = "posts/2020-02-03-the-slug-some_words.md"
    found = read(tmp_path, {name: "---\nkeywords: [x]\n---\nBody"}, more).posts[name]
    assert (found.title, found.tags) == ("Some words", ("x",))
    assert path(found) == "/posts/the-slug/"
    assert found.published == at("2020-02-03T00:00:00+01:00")
    found = read(tmp_path, {name: "---\nWhen: 2021-01-01\n---\nBody"}, more).posts[name]
    assert found.published == at("2021-01-01T00:00:00+01:00")


def test_translations_have_what_their_originals_say(tmp_path: Path) -> None:
    files = {
        "news/a.txt": f"{HEAD}.. slug: s\n.. tags: x\n\nWords\n",
        "news/a.de.txt": ".. title: B\n.. date: 2020-01-01\n\nWorte\n",
        "news/a.pt_br.txt": "Palavras\n",
    }
    found = read(tmp_path, files).posts
    german = found["news/a.de.txt"]
    assert (german.title, german.tags, german.lang) == ("B", ("x",), "de")
    assert german.published == at("2014-01-05T10:00:00+01:00")
    assert (path(german), german.edition) == ("/de/nachrichten/s/", "de")
    assert german.authors == (Author("Anna"),)
    other = found["news/a.pt_br.txt"]
    assert (other.title, path(other), other.lang) == ("A", "/pt/news/s/", "pt-BR")
    assert (found["news/a.txt"].edition, found["news/a.txt"].lang) == ("", None)


@pytest.mark.parametrize(
    ("more", "expected"),
    [("", ("", "/posts/ade/")), ("SHOW_UNTRANSLATED_POSTS = False", ("de", "/de/posts/ade/"))],
)
def test_a_translation_of_nothing_is_in_the_feed_that_nikola_has_it_in(
    tmp_path: Path, more: str, expected: tuple[str, str]
) -> None:
    found = post(tmp_path, HEAD, "posts/a.de.rst", more)
    assert (found.edition, path(found)) == expected
    assert found.lang == "de"


def test_a_translation_is_read_again_with_its_original(tmp_path: Path) -> None:
    site = read(tmp_path, {"posts/a.rst": f"{HEAD}\nx\n", "posts/a.de.rst": "y\n"})
    assert "posts/a.rst" in site.readings["posts/a.de.rst"].depends


@pytest.mark.parametrize(
    ("name", "more", "markup"),
    [
        ("a.md", "", Markup.MARKDOWN),
        ("a.html", "", Markup.HTML),
        ("a.rst", "", Markup.RESTRUCTURED),
        ("a.md", "COMPILERS = {'html': ['.md']}", Markup.HTML),
        ("a.md", "COMPILERS = {'pandoc': ('.md',)}", Markup.MARKDOWN),
    ],
)
def test_compilers_say_what_bodies_are_in(
    tmp_path: Path, name: str, more: str, markup: Markup
) -> None:
    assert post(tmp_path, HEAD, f"posts/{name}", more).markup is markup


@pytest.mark.parametrize(
    ("name", "more"),
    [("a.ipynb", ""), ("a.md", "COMPILERS = {'textile': ['.md']}")],
)
def test_what_is_in_another_markup_is_one_finding(tmp_path: Path, name: str, more: str) -> None:
    site = read(tmp_path, {f"posts/{name}": f"{HEAD}\nBody"}, more)
    assert site.posts == {}
    assert [one.code for one in site.readings[f"posts/{name}"].findings] == ["markup-unknown"]


def test_folders_that_feedsvc_toml_names_are_read_too(tmp_path: Path) -> None:
    toml = '[posts]\npath = "more"\n'
    found = read(tmp_path, {"feedsvc.toml": toml, "more/a.rst": f"{HEAD}\nBody\n"}).posts
    assert path(found["more/a.rst"]) == "/more/a/"


def test_the_dialect_may_be_chosen_for_a_plain_folder(tmp_path: Path) -> None:
    files = {"feedsvc.toml": '[posts]\ndialect = "nikola"\n', "posts/x/a.rst": f"{HEAD}\nBody\n"}
    found = read_site(write(tmp_path, files)).posts
    assert found["posts/x/a.rst"].permalink == "http://localhost:8000/posts/x/a/"


def _paths(folder: Path, key: FeedKey, more: str) -> dict[str, str]:
    settings = load_settings(write(folder, {"conf.py": CONFIG + more}), None, {}).settings
    layout = sites.layout(settings)
    made = {form: layout.feed_paths(key, form, settings) for form in ("rss", "atom", "json")}
    return {form: paths[0] for form, paths in made.items() if paths}


SITE, TAG, CATEGORY = FeedKind.SITE, FeedKind.TAG, FeedKind.CATEGORY
ATOM = "GENERATE_ATOM = True\n"
NAMED = "ATOM_FILENAME_BASE = 'feed'\nINDEX_PATH = 'blog'\nGENERATE_RSS = False"
RSS = "RSS_FILENAME_BASE = 'f'\nRSS_EXTENSION = '.rss'"
FLAT = "CATEGORY_OUTPUT_FLAT_HIERARCHY"


@pytest.mark.parametrize(
    ("kind", "name", "more", "expected"),
    [
        (SITE, "", "", {"rss": "/rss.xml"}),
        (SITE, "", ATOM, {"rss": "/rss.xml", "atom": "/index.atom"}),
        (SITE, "", f"{ATOM}{NAMED}", {"atom": "/blog/feed.atom"}),
        (SITE, "", f"RSS_PATH = 'x'\n{RSS}", {"rss": "/x/f.rss"}),
        (SITE, "", "DISABLE_MAIN_RSS_FEED = True", {}),
        (TAG, "C++ Größe", "", {"rss": "/categories/c++-grosse.xml"}),
        (TAG, "x", ATOM, {"rss": "/categories/x.xml", "atom": "/categories/x.atom"}),
        (TAG, "A b", "TAG_PATH = {'en': 'tags'}\nSLUG_TAG_PATH = False", {"rss": "/tags/A b.xml"}),
        (CATEGORY, "a/B c", "", {"rss": "/categories/cat_a/b-c.xml"}),
        (CATEGORY, r"a\/b", "CATEGORY_PREFIX = ''", {"rss": "/categories/ab.xml"}),
        (CATEGORY, "a/b", "PRETTY_URLS = False\nCATEGORY_PATH = 'x'", {"rss": "/x/cat_a-b.xml"}),
        (CATEGORY, "a/b", f"{FLAT} = True", {"rss": "/categories/cat_b.xml"}),
        (FeedKind.AUTHOR, "Ann B.", "", {"rss": "/authors/ann-b.xml"}),
        (FeedKind.AUTHOR, "Ann", "ENABLE_AUTHOR_PAGES = False", {}),
        (FeedKind.SECTION, "x", "", {}),
    ],
)  # fmt: skip
def test_feeds_stay_where_they_are(
    tmp_path: Path, kind: FeedKind, name: str, more: str, expected: dict[str, str]
) -> None:
    assert _paths(tmp_path, FeedKey(kind, name, "slug"), more) == expected


def test_feeds_of_languages_lie_below_their_folders(tmp_path: Path) -> None:
    key = FeedKey(SITE, "", "", "pt_br")
    assert _paths(tmp_path, key, ATOM) == {"rss": "/pt/rss.xml", "atom": "/pt/index.atom"}
    key = FeedKey(TAG, "x", "x", "de")
    more = "TAG_PATH = {'en': 'tags', 'de': 'worte'}"
    assert _paths(tmp_path, key, more) == {"rss": "/de/worte/x.xml"}


@pytest.mark.parametrize(
    "text", [".. a: " * 50_000, "\n.. : x" * 40_000, ".. " * 90_000, " " * 300_000], ids=range(4)
)
def test_metadata_of_any_text_take_no_long_time(tmp_path: Path, text: str) -> None:
    bounded(read, tmp_path, {"posts/a.rst": text})
