"""The reading of Pelican, Eleventy, Zola and Astro, rule by rule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from feedsvc.model import Post, State
from feedsvc.posts.undated import UNDATED
from feedsvc.sites.patterns import safe_pattern
from tests.sites.reading import Site, at, path, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)


YAML = '---\ntitle: "A\\u3000B  C\\_?"\ndate: 2020-02-03\n---\n'


@pytest.mark.parametrize(
    ("config", "file", "text"),
    [
        ("hugo.toml", "content/posts/a.md", YAML),
        ("_config.yml", "_posts/2020-02-03-a.md", YAML),
        ("eleventy.config.js", "a.md", YAML),
        ("pelicanconf.py", "content/a.md", "Title: A\u3000B  C\xa0?\nDate: 2020-02-03\n\n"),
        ("config.toml", "content/a.md", '+++\ntitle="A\u3000B  C\xa0?"\ndate=2020-02-03\n+++\n'),
    ],
)
def test_titles_keep_the_blanks_that_somebody_meant(
    tmp_path: Path, config: str, file: str, text: str
) -> None:
    own = {"config.toml": "base_url = 'https://e.org'", "pelicanconf.py": "PATH = 'content'"}
    site = read_site(write(tmp_path, {config: own.get(config, ""), file: text}))
    assert site.posts[file].title == "A\u3000B C\xa0?"


# -- Pelican -----------------------------------------------------------------------------------

PELICAN = "SITEURL = 'https://e.org'\nTIMEZONE = 'Asia/Tokyo'\nPATH = 'content'\n"


def pelican(folder: Path, headers: str, name: str = "a.md", config: str = "") -> Site:
    files = {"pelicanconf.py": PELICAN + config, f"content/{name}": f"{headers}\n\nBody\n"}
    return read_site(write(folder, files))


def article(folder: Path, headers: str, name: str = "a.md", config: str = "") -> Post:
    return pelican(folder, f"Title: A Title\n{headers}", name, config).posts[f"content/{name}"]


DATED = "Date: 2020-02-03 10:00"


def test_pelican_headers_end_at_the_first_blank_line(tmp_path: Path) -> None:
    found = article(tmp_path, f"{DATED}\nSlug: s\nAuthor: Ada")
    assert (found.title, found.slug, found.body) == ("A Title", "s", "Body\n")
    assert [author.name for author in found.authors] == ["Ada"]


def test_pelican_path_of_an_article_begins_below_the_content(tmp_path: Path) -> None:
    config = "ARTICLE_PATHS = ['blog']\nARTICLE_URL = '{path}'"
    assert path(article(tmp_path, DATED, "blog/b/a.md", config)) == "/blog/b/a.md"


def test_pelican_article_with_an_empty_url_leads_to_the_site(tmp_path: Path) -> None:
    found = article(tmp_path, f"{DATED}\nUrl:\nSave_as:")
    assert (found.permalink, found.id) == ("https://e.org/", "tag:e.org,2020-02-03:/")


def test_pelican_headers_may_stand_between_fences(tmp_path: Path) -> None:
    site = pelican(tmp_path, "---\nTitle: T\nDate: 2020-02-03\n---")
    assert site.posts["content/a.md"].title == "T"


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2020-02-03 10:00", "2020-02-03T10:00:00+09:00"),
        ("2020-02-03_10:00", "2020-02-03T10:00:00+09:00"),
        ("2020-02-03", "2020-02-03T00:00:00+09:00"),
        ("2020-02-03 10:00:00+01:00", "2020-02-03T10:00:00+01:00"),
    ],
)
def test_pelican_naive_dates_are_in_timezone(tmp_path: Path, written: str, instant: str) -> None:
    found = article(tmp_path, f"Date: {written}\nModified: 2020-03-01")
    assert found.published == at(instant)
    assert found.updated == at("2020-03-01T00:00:00+09:00")


@pytest.mark.parametrize(
    ("written", "instant", "code"),
    [
        ("10.04.2024 15:16", "2024-10-04T15:16:00+09:00", "date-ambiguous"),
        ("25.12.2020", "2020-12-25T00:00:00+09:00", ""),
        ("3/4/20", "2020-03-04T00:00:00+09:00", "date-invalid"),
        ("08-02-71 15:00 +0100", "1971-08-02T15:00:00+01:00", "date-invalid"),
        ("10.04.2024 15:16 UTC", "2024-10-04T15:16:00Z", "date-ambiguous"),
        ("2020-02-03 at 10:00", "2020-02-03T10:00:00+09:00", "date-ambiguous"),
    ],
)
def test_pelican_dates_of_several_meanings_are_read_as_dateutil_does_and_reported(
    tmp_path: Path, written: str, instant: str, code: str
) -> None:
    found = article(tmp_path, f"Date: {written}")
    assert found.published == at(instant)
    assert [one.code for one in found.findings] == [code] * bool(code)


def test_pelican_date_that_the_day_of_the_build_would_complete_is_none(tmp_path: Path) -> None:
    assert "date-missing" in pelican(tmp_path, "Title: T\nDate: Feb 2020").codes("content/a.md")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("Tags: a b, c", ("a b", "c")),
        ("Tags: a, b; c", ("a, b", "c")),
    ],
)
def test_pelican_lists_have_commas_or_semicolons(
    tmp_path: Path, tags: str, expected: tuple[str, ...]
) -> None:
    assert article(tmp_path, f"{DATED}\n{tags}").tags == expected


def test_pelican_authors_are_a_list(tmp_path: Path) -> None:
    found = article(tmp_path, f"{DATED}\nAuthors: Ada; Lovelace, Countess")
    assert [author.name for author in found.authors] == ["Ada", "Lovelace, Countess"]


def test_pelican_category_comes_from_header_folder_or_settings(tmp_path: Path) -> None:
    assert article(tmp_path, f"{DATED}\nCategory: Own", "f/a.md").categories == ("Own",)
    assert article(tmp_path, DATED, "x/f/a.md").categories == ("f",)
    assert article(tmp_path, DATED).categories == ("misc",)
    config = "DEFAULT_CATEGORY = 'else'\nUSE_FOLDER_AS_CATEGORY = False"
    assert article(tmp_path, DATED, "f/a.md", config).categories == ("else",)


def test_pelican_metadata_comes_from_file_names_and_paths(tmp_path: Path) -> None:
    assert article(tmp_path, "", "2020-02-03-x.md").published == at("2020-02-03T00:00+09:00")
    config = (
        "FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)'\n"
        "PATH_METADATA = r'(?P<lang>\\w\\w)/.*'\n"
        "EXTRA_PATH_METADATA = {'de/2020-02-03_s.md': {'Author': 'Extra'}}\n"
        "DEFAULT_METADATA = {'Author': 'Default', 'Summary': 'Short'}"
    )
    found = article(tmp_path, "", "de/2020-02-03_s.md", config)
    assert (found.slug, found.lang, found.summary) == ("s", "de", "Short")
    assert [author.name for author in found.authors] == ["Extra"]
    assert path(found) == "/s-de.html"


@pytest.mark.parametrize(
    ("setting", "published"),
    [("(2019, 1, 2)", "2019-01-02T00:00+09:00"), ("'2019-01-02'", "2019-01-02T00:00+09:00")],
)
def test_pelican_default_date_stands_in(tmp_path: Path, setting: str, published: str) -> None:
    found = article(tmp_path, "Slug: s", config=f"DEFAULT_DATE = {setting}")
    assert found.published == at(published)


@pytest.mark.parametrize(
    ("headers", "code"), [("Title: T", "date-missing"), ("Date: 2020-01-01", "title-missing")]
)
def test_pelican_article_needs_title_and_date(tmp_path: Path, headers: str, code: str) -> None:
    site = pelican(tmp_path, headers)
    assert (site.posts, site.codes("content/a.md")) == ({}, {code})


@pytest.mark.parametrize(
    ("status", "state", "in_feeds"),
    [
        ("draft", State.DRAFT, True),
        ("hidden", State.PUBLISHED, False),
        ("skip", State.UNPUBLISHED, True),
        ("published", State.PUBLISHED, True),
    ],
)
def test_pelican_status(tmp_path: Path, status: str, state: State, in_feeds: bool) -> None:
    found = article(tmp_path, f"{DATED}\nStatus: {status}")
    assert (found.state(NOW), found.in_feeds) == (state, in_feeds)


def test_pelican_publishes_the_future_unless_told_not_to(tmp_path: Path) -> None:
    assert article(tmp_path, "Date: 2999-01-01").state(NOW) is State.PUBLISHED
    later = article(tmp_path, "Date: 2999-01-01", config="WITH_FUTURE_DATES = False")
    assert later.state(NOW) is State.SCHEDULED


@pytest.mark.parametrize(
    ("title", "config", "expected"),
    [
        ("A <b>Title</b>, really!", "", "/a-title-really.html"),
        ("Über Zürich", "", "/uber-zurich.html"),
        ("Q &amp; A", "", "/q-a.html"),
        ("Привет мир", "", "/privet-mir.html"),
        ("Über", "SLUGIFY_USE_UNICODE = True", "/%C3%BCber.html"),
        ("A Title", "SLUGIFY_PRESERVE_CASE = True", "/A-Title.html"),
        ("A Title", "SLUGIFY_SOURCE = 'basename'", "/a.html"),
        ("C++ x", "SLUG_REGEX_SUBSTITUTIONS = [(r'\\+\\+', 'pp'), (r'\\s+', '_')]", "/cpp_x.html"),
        ("A x", "SLUG_REGEX_SUBSTITUTIONS = [('(', ''), ('a', r'\\9'), 3]", "/a%20x.html"),
        ("!!!", "", "/a.html"),
    ],
)
def test_pelican_slug_is_made_of_the_title(
    tmp_path: Path, title: str, config: str, expected: str
) -> None:
    site = pelican(tmp_path, f"Title: {title}\n{DATED}", config=config)
    assert path(site.posts["content/a.md"]) == expected


def test_pelican_slug_of_a_heading_has_the_letters_of_references_in_it(tmp_path: Path) -> None:
    text = "It&#039;s & so\n==============\n\n:date: 2020-02-03"
    site = pelican(tmp_path, text, "b.rst")
    assert path(site.posts["content/b.rst"]) == "/it039s-so.html"


@pytest.mark.parametrize(
    ("config", "headers", "expected"),
    [
        ("'{date:%Y}/{date:%b}/{date:%-d}/{slug}/'", "", "/2020/Feb/3/a-title/"),
        (
            "'{category}/{author}/{slug}.html'",
            "Category: C D\nAuthor: Ada",
            "/c-d/ada/a-title.html",
        ),
        ("'{lang}/{slug.__class__}/{unknown}'", "", "/en/%7Bslug.__class__%7D/a"),
        ("'{slug}.html'", "Lang: de", "/a-title-de.html"),
        ("'{slug}.html'", "Url: own/place/", "/own/place/"),
        ("'{slug}.html'", "Url: https://other.example/x", "https://other.example/x"),
    ],
)
def test_pelican_article_url(tmp_path: Path, config: str, headers: str, expected: str) -> None:
    found = article(tmp_path, f"{DATED}\n{headers}", config=f"ARTICLE_URL = {config}")
    assert path(found) == expected


def test_pelican_address_of_what_a_plugin_makes_has_the_files_name(tmp_path: Path) -> None:
    config = "ARTICLE_URL = '{date:%Y}/{filename}/'"
    found = article(tmp_path, DATED, "2020-02-03-own.md", config)
    assert path(found) == "/2020/own/"
    assert [one.code for one in found.findings] == ["permalink-template"]


def test_pelican_takes_a_permalink_of_feedsvc_toml(tmp_path: Path) -> None:
    write(tmp_path, {"feedsvc.toml": "[posts]\npermalink = '/:year/:title/'"})
    assert path(article(tmp_path, DATED)) == "/2020/a-title/"


def test_pelican_entry_id_is_the_feed_generators_tag_uri(tmp_path: Path) -> None:
    found = article(tmp_path, "Date: 2020-02-03 00:30")
    assert found.id == "tag:e.org,2020-02-03:/a-title.html"


def test_pelican_pages_and_excluded_folders_are_no_articles(tmp_path: Path) -> None:
    write(tmp_path, {"content/pages/about.md": "Title: A\n", "content/old/x.md": "Title: X\n"})
    assert list(pelican(tmp_path, DATED, config="ARTICLE_EXCLUDES = ['old']").readings) == [
        "content/a.md"
    ]


def test_a_pattern_that_python_may_read_otherwise_some_day_is_used_in_silence() -> None:
    assert safe_pattern("[[a]+") is not None


@pytest.mark.parametrize("pattern", ["(a+)+$", "(?P<slug>(.*)*x)", "(", "x" * 600])
def test_pelican_patterns_that_could_take_for_ever_are_not_used(
    tmp_path: Path, pattern: str
) -> None:
    found = article(tmp_path, DATED, "a" * 60 + "!.md", f"FILENAME_METADATA = r'{pattern}'")
    assert found.slug == "a-title"


@pytest.mark.parametrize(
    ("config", "url"),
    [
        ("CLEAN_URLS = True", "/a-title/"),
        ("ARTICLE_PERMALINK_STRUCTURE = '/%Y/%(category)s/'", "/2020/misc/a-title.html"),
        ("ARTICLE_URL = '{mood}/{path}'", "/calm/a.md"),
        ("ARTICLE_URL = '{path}/'\nPATH_METADATA = r'(?P<path>.*)\\.md'", "/a/"),
        ("from own.base import *", "/own/a-title/"),
        ("from own.base import *\nARTICLE_URL = '{slug}'", "/a-title"),
        ("from pelicanconf import ARTICLE_URL", "/a-title.html"),
        ("import os\nARTICLE_URL = os.environ.get('X', 'b/{slug}')", "/b/a-title"),
        ("ARTICLE_URL = os.getenv('X', 'c/{slug}')\nARTICLE_URL += '/'", "/c/a-title/"),
        ("import os\nARTICLE_URL = 'd/{slug}'\nARTICLE_URL = os.sep", "/d/a-title"),
    ],
)
def test_pelican_addresses_of_old_and_of_shared_settings(
    tmp_path: Path, config: str, url: str
) -> None:
    write(tmp_path, {"own/base.py": "from own.base import *\nARTICLE_URL = 'own/{slug}/'"})
    assert path(article(tmp_path, f"{DATED}\nMood: calm", config=config)) == url


@pytest.mark.parametrize(
    "config",
    [
        "import blog.liquid_photo\nPLUGINS = ['sitemap', blog.liquid_photo]",
        "import blog.liquid_photo as photo\nPLUGINS = [photo, 'sitemap']",
    ],
)
def test_pelican_plugins_may_be_modules(tmp_path: Path, config: str) -> None:
    """The list was unknown with them, and what `liquid_tags` shows came out as source."""
    write(tmp_path, {"pelicanconf.py": PELICAN + config, "content/a.md": f"{DATED}\n\nBody\n"})
    options = read_site(tmp_path).configuration.settings.engine_options
    assert sorted(options["PLUGINS"]) == ["blog.liquid_photo", "sitemap"]


@pytest.mark.parametrize(
    ("config", "category"),
    [
        ("", ("sub",)),
        ("CATEGORY_SAVE_AS = ''", ()),
        ("USE_FOLDER_AS_CATEGORY = False", ("misc",)),
        ("DEFAULT_CATEGORY = 'x'\nUSE_FOLDER_AS_CATEGORY = False", ("x",)),
        ("PATH_METADATA = r'(?P<category>\\w)'", ("s",)),
        (
            "EXTRA_PATH_METADATA = {'sub': {'category': 'y'}}\nUSE_FOLDER_AS_CATEGORY = False",
            ("y",),
        ),
    ],
)
def test_pelican_category_of_the_path(
    tmp_path: Path, config: str, category: tuple[str, ...]
) -> None:
    found = article(tmp_path, f"{DATED}\nCategory:", "sub/a.md", config)
    assert found.categories == category


def test_pelican_signs_with_the_author_of_the_site(tmp_path: Path) -> None:
    write(tmp_path, {"feedsvc.toml": "[site]\nauthor = {name = 'Ada', email = 'a@e.org'}\n"})
    own = article(tmp_path, DATED, config="AUTHOR = 'Ada'").authors
    assert [(author.name, author.email) for author in own] == [("Ada", "a@e.org")]
    other = article(tmp_path, f"{DATED}\nAuthors: Bo, Cy", config="AUTHOR = 'Ada'").authors
    assert [author.name for author in other] == ["Bo", "Cy"]


@pytest.mark.parametrize(
    ("header", "state"),
    [
        ("Status: published", "published"),
        ("Status: draft", "draft"),
        ("Status: skip", "unpublished"),
        ("Status: pending", "unpublished"),
        ("Status:", "published"),
    ],
)
def test_pelican_publishes_known_states_only(tmp_path: Path, header: str, state: str) -> None:
    site = pelican(tmp_path, f"Title: T\n{DATED}\n{header}")
    assert site.posts["content/a.md"].state(NOW) == state
    assert site.codes("content/a.md") == ({"value-kind"} if "pending" in header else set())


def test_pelican_takes_the_first_line_of_headers_that_are_one(tmp_path: Path) -> None:
    assert article(tmp_path, f"{DATED}\nTags: a, b\n    c").tags == ("a", "b")


def test_pelican_titles_are_html(tmp_path: Path) -> None:
    assert pelican(tmp_path, f"Title: Q&amp;A\n{DATED}").posts["content/a.md"].title == "Q&A"


def test_pelican_ids_hold_the_address_as_it_is_written(tmp_path: Path) -> None:
    found = article(tmp_path, f"{DATED}\nSlug: \u00fcber uns")
    assert found.id == "tag:e.org,2020-02-03:/\u00fcber uns.html"


def test_pelican_looks_for_articles_where_they_are_not_excluded(tmp_path: Path) -> None:
    head = f"Title: T\n{DATED}\n"
    names = ("blog/pages/a.md", "blog/old/a.md", "blog/x.tmp.md", "blog/.x/a.md", "pages/a.md")
    write(tmp_path, {f"content/{name}": head for name in names})
    config = "ARTICLE_PATHS = ['blog']\nARTICLE_EXCLUDES = ['blog/old']\n"
    config += "IGNORE_FILES = ['*.tmp.*', '.x']"
    assert list(pelican(tmp_path, head, "blog/b.md", config).readings) == [
        "content/blog/b.md",
        "content/blog/pages/a.md",
    ]


# -- Eleventy ----------------------------------------------------------------------------------


def eleventy(folder: Path, files: dict[str, str], config: str = "") -> Site:
    data = '{"url": "https://e.org", "title": "T"}'
    return read_site(write(folder, {".eleventy.js": config, "_data/site.json": data, **files}))


def page(folder: Path, front: str, name: str = "a.md", **files: str) -> Post:
    more = {key.replace("__", "/").replace("_json", ".json"): text for key, text in files.items()}
    return eleventy(folder, {name: f"---\n{front}\n---\nBody\n", **more}).posts[name]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2020-02-03 10:00:00", "2020-02-03T10:00:00+00:00"),
        ("2020-02-03T10:00", "2020-02-03T10:00:00+00:00"),
        ('"2020-02-03"', "2020-02-03T00:00:00+00:00"),
        ("2020-02-03T10:00:00+09:00", "2020-02-03T10:00:00+09:00"),
    ],
)
def test_eleventy_naive_dates_are_utc(tmp_path: Path, written: str, instant: str) -> None:
    write(tmp_path, {"feedsvc.toml": "[site]\ntimezone = 'Asia/Tokyo'"})
    assert page(tmp_path, f"date: {written}").published == at(instant)


def test_eleventy_date_may_come_from_the_name_of_file_or_folder(tmp_path: Path) -> None:
    for name, url in (("2020-02-03-x.md", "/2020-02-03-x/"), ("2020-02-03-d/index.md", None)):
        found = page(tmp_path, "title: t", name)
        assert found.published == at("2020-02-03T00:00+00:00")
        assert path(found) == (url or "/2020-02-03-d/")
    assert page(tmp_path, "date: 2020-02-05", "2020-02-03-x.md").published.day == 5


@pytest.mark.parametrize("front", ["title: t", "date: Last Modified", "date: git Created"])
def test_eleventy_page_without_a_date_is_there_but_in_no_feed(tmp_path: Path, front: str) -> None:
    found = page(tmp_path, front)
    assert (found.published, found.in_feeds) == (UNDATED, False)


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: a b", ("a b",)),
        ("tags: a, b", ("a", "b")),
        ("tags: [a b, C, C]", ("a b", "C")),
        ("tags:", ()),
        ("tag: x", ()),
    ],
)
def test_eleventy_tags_split_at_commas_never_at_blanks(
    tmp_path: Path, front: str, tags: tuple[str, ...]
) -> None:
    assert page(tmp_path, front).tags == tags


def test_eleventy_data_files_complete_front_matter_and_their_tags_add_up(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        "title: own\ntags: own",
        "posts/a.md",
        posts__posts_json='{"tags": ["posts"], "title": "folder", "lang": "de"}',
        posts__a_json='{"tags": "side", "lang": "fr"}',
    )
    assert (found.title, found.lang) == ("own", "fr")
    assert found.tags == ("posts", "side", "own")


def test_eleventy_tags_of_a_data_file_in_javascript_are_read_without_running_it(
    tmp_path: Path,
) -> None:
    code = "export default { tags: ['posts', \"b\"], layout: 'x' }"
    files = {"posts/a.md": "---\ntitle: t\n---\n", "posts/posts.11tydata.js": code}
    assert eleventy(tmp_path, files).posts["posts/a.md"].tags == ("posts", "b")


@pytest.mark.parametrize("text", ["{", "[1]", '{"a":' * 100_000, '{"x": "' + "y" * 300_000 + '"}'])
def test_eleventy_data_files_that_are_wrong_are_ignored(tmp_path: Path, text: str) -> None:
    assert page(tmp_path, "title: own", posts_json=text, a_json=text).title == "own"


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("permalink: /x/y/", "/x/y/"),
        ("permalink: /x/index.html", "/x/"),
        ('permalink: "/p/{{ page.fileSlug }}/"', "/p/a/"),
        ('permalink: "/{{ title | slugify }}/"', "/some-title/"),
        ("permalink: \"/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}/\"", "/2020/02/a/"),
        ('permalink: "/{{ page.filePathStem }}.html"', "/posts/a.html"),
        ('permalink: "/{{ unknown }}/"', "/posts/a/"),
        ('permalink: "/{% if x %}y{% endif %}/"', "/posts/a/"),
        ('permalink: "/{{ title | mystery }}/"', "/posts/a/"),
        ("title: t", "/posts/a/"),
    ],
)
def test_eleventy_permalinks_may_be_simple_templates(
    tmp_path: Path, front: str, expected: str
) -> None:
    more = "" if "title:" in front else "title: Some Title\n"
    found = page(tmp_path, f"{more}date: 2020-02-03\n{front}", "posts/a.md")
    assert path(found) == expected
    assert found.id == found.permalink
    assert any(one.code == "permalink-template" for one in found.findings) == (
        expected == "/posts/a/" and "permalink" in front
    )


def test_eleventy_index_is_its_folder(tmp_path: Path) -> None:
    assert path(page(tmp_path, "title: t", "posts/index.md")) == "/posts/"
    assert path(page(tmp_path, "title: t", "index.md")) == "/"


def test_eleventy_pages_take_a_permalink_of_feedsvc_toml(tmp_path: Path) -> None:
    write(tmp_path, {"feedsvc.toml": "[posts]\npermalink = '/:year/:title/'"})
    assert path(page(tmp_path, "date: 2020-01-01")) == "/2020/a/"


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ("permalink: false", State.UNPUBLISHED),
        ("eleventyExcludeFromCollections: true", State.UNPUBLISHED),
        ("draft: true", State.PUBLISHED),
        ("published: false", State.PUBLISHED),
        ("date: 2999-01-01", State.PUBLISHED),
    ],
)
def test_eleventy_knows_neither_drafts_nor_a_time_to_come(
    tmp_path: Path, front: str, state: State
) -> None:
    assert page(tmp_path, front).state(NOW) is state


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_eleventy_json_fences_are_read_and_the_body_begins_behind_them(
    tmp_path: Path, mark: str, end: str
) -> None:
    text = f'{mark}---json{end}{{"title": "t"}}{end}---{end}Body'
    site = eleventy(tmp_path, {"a.md": text})
    found = site.posts["a.md"]
    assert found.title == "t"
    assert found.body.strip() == "Body"
    from feedsvc import sites

    again = sites.dialect(site.configuration.settings)
    start = site.readings["a.md"].body_start
    body = again.body(text.encode(), start)
    assert body.text == found.body
    assert text.splitlines()[body.line - 1 :][-1] == "Body"


def test_eleventy_json_fence_that_is_never_closed_is_no_json(tmp_path: Path) -> None:
    assert eleventy(tmp_path, {"a.md": '---json\n{"title": "t"}'}).posts["a.md"].title == ""


def test_eleventy_leaves_out_includes_output_modules_and_what_is_ignored(tmp_path: Path) -> None:
    names = ("_includes/x.md", "node_modules/x/y.md", "public/x.md", "drafts/x.md", ".x/y.md")
    files = dict.fromkeys((*names, "x.css", "a.njk"), "x") | {".eleventyignore": "# no\ndrafts/\n"}
    site = eleventy(tmp_path, files, "return { dir: { output: 'public' } }")
    assert set(site.readings) == {"a.njk"}


@pytest.mark.parametrize(("code", "left"), [("", {"a.md"}), ("c.setUseGitIgnore(false);", None)])
def test_eleventy_leaves_out_what_git_ignores_unless_told_otherwise(
    tmp_path: Path, code: str, left: set[str] | None
) -> None:
    files = dict.fromkeys(("a.md", "notes/b.md", "old/c.md"), "x")
    ignored = {".gitignore": "# no\nnotes/\n/old\n"}
    found = eleventy(tmp_path, files | ignored, code).readings
    assert set(found) == (left or set(files))


# -- Astro and Next ----------------------------------------------------------------------------


def astro(folder: Path, front: str, name: str = "src/content/blog/a.md", config: str = "") -> Any:
    code = "defineConfig({ site: 'https://e.org', " + config + " })"
    files = {"astro.config.mjs": code, name: f"---\n{front}\n---\nBody\n"}
    return read_site(write(folder, files)).posts.get(name)


@pytest.mark.parametrize("key", ["date", "pubDate", "publishDate", "pubDatetime", "publishedAt"])
def test_astro_dates_have_many_names_and_are_utc(tmp_path: Path, key: str) -> None:
    found = astro(tmp_path, f"{key}: Feb 3 2020\nupdatedDate: 2020-02-04")
    assert found.published == at("2020-02-03T00:00+00:00")
    assert found.updated == at("2020-02-04T00:00+00:00")


@pytest.mark.parametrize(
    ("name", "front", "expected"),
    [
        ("src/content/blog/My Post.mdx", "", "/blog/my-post/"),
        ("src/content/blog/x/index.md", "", "/blog/x/"),
        ("src/content/blog/a.md", "slug: other", "/blog/other/"),
        ("posts/2020-01-01-x.md", "", "/posts/2020-01-01-x/"),
    ],
)
def test_astro_addresses_follow_the_folders(
    tmp_path: Path, name: str, front: str, expected: str
) -> None:
    found = astro(tmp_path, f"date: 2020-01-01\n{front}", name)
    assert found.permalink == f"https://e.org{expected}" == found.id


def test_astro_addresses_may_go_without_a_slash_or_by_a_pattern(tmp_path: Path) -> None:
    front = "date: 2020-01-01"
    assert path(astro(tmp_path, front, config="trailingSlash: 'never'")) == "/blog/a"
    write(tmp_path, {"feedsvc.toml": "[posts]\npermalink = '/:title/'"})
    assert path(astro(tmp_path, front)) == "/a/"


def test_astro_drafts_are_held_back_and_underscored_files_are_none(tmp_path: Path) -> None:
    assert astro(tmp_path, "date: 2020-01-01\ndraft: true").state(NOW) is State.DRAFT
    assert astro(tmp_path, "date: 2020-01-01", "src/content/blog/_a.md") is None


# -- WordPress ---------------------------------------------------------------------------------


def test_wordpress_ids_are_numbers_where_they_are_known(tmp_path: Path) -> None:
    config = "[site]\nurl = 'https://e.org'\n[posts]\ndialect = 'wordpress'"
    files = {"feedsvc.toml": config}
    files |= {f"{n}.md": f"---\ndate: 2020-01-01\n{f}\n---\n" for n, f in
              (("a", "wordpress_id: 12"), ("b", "wordpress_id: x"))}  # fmt: skip
    found = read_site(write(tmp_path, files)).posts
    assert found["a.md"].id == "https://e.org/?p=12"
    assert found["b.md"].id == found["b.md"].permalink


@pytest.mark.parametrize(
    ("name", "files", "expected"),
    [
        ("src/content/blog/a.md", {"src/pages/posts/[...slug].astro": "getCollection('blog')"},
         "/posts/a/"),
        ("src/content/blog/a.md", {"src/pages/[slug]/index.astro": 'getCollection("blog")'}, "/a/"),
        ("src/content/blog/a.md", {"src/pages/blog/[page].astro": "getCollection('blog')"},
         "/blog/a/"),
        ("src/content/blog/a.md", {"src/pages/[lang]/b/[id].astro": "getCollection('blog')"},
         "/blog/a/"),
        ("src/data/blog/x/a.md", {"src/content.config.ts": "base: 'src/data/blog'"}, "/blog/x/a/"),
    ],
)  # fmt: skip
def test_astro_collections_are_where_pages_are_made_of_them(
    tmp_path: Path, name: str, files: dict[str, str], expected: str
) -> None:
    write(tmp_path, files)
    assert path(astro(tmp_path, "date: 2020-01-01", name)) == expected


def test_astro_files_without_a_date_are_listed_and_in_no_feed(tmp_path: Path) -> None:
    found = astro(tmp_path, "title: A", "src/content/tags/a.md")
    assert (found.published, found.in_feeds) == (UNDATED, False)


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        ({"content/blog/a.md": ""}, ("content/blog",)),
        ({"content/a.md": "", "blog/a.md": ""}, ("blog",)),
        ({"content/a.md": ""}, ("content/blog",)),
    ],
)
def test_pelicans_article_paths_are_below_the_folder_that_has_them(
    tmp_path: Path, files: dict[str, str], folders: tuple[str, ...]
) -> None:
    write(tmp_path, {"pelicanconf.py": "ARTICLE_PATHS = ['blog']\n", **files})
    (tmp_path / folders[0]).mkdir(parents=True, exist_ok=True)
    assert read_site(tmp_path).configuration.settings.posts.path == folders


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"hugo.yaml": "markup: {goldmark: {renderer: {hardWraps: true}}}\n"}, True),
        ({"hugo.yaml": "markup: {goldmark: {renderer: {hardWraps: false}}}\n"}, False),
        ({"_config.yml": "title: t\nkramdown: {hard_wrap: true}\n"}, True),
        ({"_config.yml": "title: t\nkramdown: {hard_wrap: true, input: kramdown}\n"}, False),
        ({"_config.yml": "title: t\n"}, False),
        (
            {
                ".eleventy.js": "const md = require('./md.js')\nconfig.setLibrary('md', md)\n",
                "md.js": "module.exports = require('markdown-it')({ html: true, breaks: true })\n",
            },
            True,
        ),
        ({".eleventy.js": "x.amendLibrary('md', (md) => md.set({ breaks : true }))"}, True),
        ({".eleventy.js": "x.addPassthroughCopy({ breaks: true })"}, False),
        ({".eleventy.js": "// markdown-it\nmarkdownIt({ breaks: false })"}, False),
    ],
)
def test_ends_of_lines_are_some_for_readers_where_the_site_says_so(
    tmp_path: Path, files: dict[str, str], expected: bool
) -> None:
    options = read_site(write(tmp_path, files)).configuration.settings.engine_options
    assert (options.get("breaks") is True) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import alerts from 'markdown-it-github-alerts'", True),
        ('const a = require("@me/markdown-it-callouts")', True),
        ("// markdown-it-github-alerts\nimport a from 'markdown-it-anchor'", None),
    ],
)
def test_notes_are_some_where_the_site_has_a_plugin_for_them(
    tmp_path: Path, code: str, expected: bool | None
) -> None:
    options = read_site(write(tmp_path, {".eleventy.js": code})).configuration.settings
    assert options.engine_options.get("alerts") is expected


def test_attributes_are_some_where_the_site_has_their_plugin(tmp_path: Path) -> None:
    code = "import attrs from 'markdown-it-attrs'"
    options = read_site(write(tmp_path, {".eleventy.js": code})).configuration.settings
    assert options.engine_options["attributes"] is True


def test_markdown_it_may_set_quotes(tmp_path: Path) -> None:
    code = "const md = markdownIt({\n  typographer: true\n})"
    options = read_site(write(tmp_path, {".eleventy.js": code})).configuration.settings
    assert options.engine_options["typographer"] is True
    assert options.engine_options["guillemets"] is False


@pytest.mark.parametrize(
    ("config", "name"),
    [(".eleventy.js", "a.md"), ("_config.yml", "source/_posts/a.md")],
)
def test_bytes_that_are_no_text_are_replaced(tmp_path: Path, config: str, name: str) -> None:
    write(tmp_path, {config: "new_post_name: x", name: ""})
    (tmp_path / name).write_bytes(b"---\ntitle: M\xfcller\ndate: 2020-02-03\n---\nK\xf6rper\n")
    site = read_site(tmp_path)
    assert (site.posts[name].title, site.posts[name].body) == ("M\ufffdller", "K\ufffdrper\n")
    assert site.codes(name) == {"encoding"}
