"""Hugo's reading of pages, rule by rule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc.model import Markup, Post, State
from feedsvc.posts.undated import UNDATED
from feedsvc.site import open_site
from tests.sites.reading import Site, at, path, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "baseURL = 'https://e.org/'\ntimeZone = 'Asia/Shanghai'\n"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(folder: Path, files: dict[str, str], config: str = "") -> Site:
    return read_site(write(folder, {"hugo.toml": CONFIG + config, **files}))


def post(folder: Path, front: str, name: str = "posts/a-post.md", config: str = "") -> Post:
    path = f"content/{name}"
    return read(folder, {path: f"---\n{front}\n---\nBody\n"}, config).posts[path]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2020-02-03 10:00:00", "2020-02-03T10:00:00+08:00"),
        ("2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03T10:00:00Z", "2020-02-03T10:00:00+00:00"),
        ("2020-02-03 10:00:00 +0900", "2020-02-03T10:00:00+09:00"),
        ("Mon, 03 Feb 2020 10:00:00 GMT", "2020-02-03T10:00:00+08:00"),
        ("2020-02-03 10:00:00 +0000 UTC", "2020-02-03T10:00:00+00:00"),  # as Go prints it
        ("2020-02-03 10:00:00.5 +0100 CET", "2020-02-03T10:00:00.5+01:00"),
        ("1580724000", "2020-02-03T10:00:00+00:00"),
    ],
)
def test_naive_dates_are_in_the_sites_zone_and_names_of_zones_are_ignored(
    tmp_path: Path, written: str, instant: str
) -> None:
    assert post(tmp_path, f"date: {written}").published == at(instant)


@pytest.mark.parametrize(
    ("front", "instant"),
    [
        ("publishDate: 2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("pubdate: 2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("published: 2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("lastmod: 2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("Date: 2020-02-03\nlastmod: 2020-02-05", "2020-02-03T00:00:00+08:00"),
    ],
)
def test_other_keys_stand_in_for_the_date(tmp_path: Path, front: str, instant: str) -> None:
    assert post(tmp_path, front).published == at(instant)


def test_date_of_the_file_name_counts_only_with_filename(tmp_path: Path) -> None:
    name = "posts/2020-02-03-x.md"
    assert post(tmp_path, "title: t", name).published == UNDATED
    config = "[frontmatter]\ndate = [':fileModTime', ':filename', ':default']"
    found = post(tmp_path, "title: t", name, config)
    assert (found.published, path(found)) == (at("2020-02-03T00:00:00+08:00"), "/posts/x/")
    plain = post(tmp_path, "date: 2019-01-01", "posts/plain.md", config)
    assert plain.published == at("2019-01-01T00:00:00+08:00")


def test_impossible_date_of_the_file_name_is_passed_over(tmp_path: Path) -> None:
    config = "[frontmatter]\ndate = [':filename', ':default']"
    found = post(tmp_path, "date: 2019-01-01", "posts/2020-02-31-x.md", config)
    assert found.published == at("2019-01-01T00:00:00+08:00")
    assert [one.code for one in found.findings] == ["date-invalid"]


def test_frontmatter_configuration_names_other_keys(tmp_path: Path) -> None:
    config = "[frontmatter]\ndate = ['written']\nlastmod = ['touched']"
    found = post(tmp_path, "written: 2020-01-01\ntouched: 2020-02-01", config=config)
    assert (found.published.year, found.updated) == (2019, at("2020-02-01T00:00:00+08:00"))


def test_page_without_a_date_is_there_but_in_no_feed(tmp_path: Path) -> None:
    found = post(tmp_path, "title: t")
    assert (found.published, found.in_feeds) == (UNDATED, False)
    assert found.state(NOW) is State.PUBLISHED
    assert [one.code for one in found.findings] == ["date-missing"]


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: a b", ("a b",)),
        ("tags: a, b", ("a, b",)),
        ("tags: [A b, a, A b]", ("A b", "a")),
        ("tags: [2020, 1.5, true, null]", ("2020", "1.5", "true")),
        ("tag: x", ()),
        ("tags:", ()),
    ],
)
def test_text_is_one_term_and_the_singular_is_none(
    tmp_path: Path, front: str, tags: tuple[str, ...]
) -> None:
    assert post(tmp_path, front).tags == tags
    assert post(tmp_path, front.replace("tags", "categories")).categories == (
        () if front == "tag: x" else tags
    )


def test_taxonomies_may_have_other_names(tmp_path: Path) -> None:
    config = "[taxonomies]\ntag = 'Topics'\ncategory = 'sections'"
    found = post(tmp_path, "topics: [x]\ntags: [y]\nsections: [z]", config=config)
    assert (found.tags, found.categories) == (("x",), ("z",))


def test_title_comes_from_front_matter_alone(tmp_path: Path) -> None:
    assert post(tmp_path, "date: 2020-01-01").title == ""
    assert post(tmp_path, "title: 12:30").title == "12:30"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("yes", "yes"),
        ("No # sign", "No"),
        ("TRUE", "true"),
        ("2.0", "2"),
        ("1.5e+3", "1500"),
        ("0.10", "0.1"),
        (".nan", "NaN"),
        ("-.inf", "-Inf"),
    ],
)
def test_words_are_yaml_1_2_and_numbers_are_written_as_go_does(
    tmp_path: Path, written: str, read: str
) -> None:
    found = post(tmp_path, f"title: {written}\ntags: [x, {written.partition(' ')[0]}]")
    assert (found.title, found.tags) == (read, ("x", read))


def test_words_of_yaml_1_1_are_text_in_lists_and_maps(tmp_path: Path) -> None:
    front = "a: &w [on, {b: off, c: true}]\ntags:\n- yes\n- no\nd: *w"
    found = post(tmp_path, front)
    assert found.tags == ("yes", "no")
    assert found.extra == {key: ["on", {"b": "off", "c": True}] for key in "ad"}


@pytest.mark.parametrize(
    ("front", "title", "told"),
    [
        ("title: a\nTitle: b", "b", "`Title` and `title` are one key; `Title` was taken."),
        ("Title: a\ntitle: b", "a", "`title` and `Title` are one key; `Title` was taken."),
    ],
)
def test_of_a_key_in_two_spellings_that_with_capitals_counts(
    tmp_path: Path, front: str, title: str, told: str
) -> None:
    found = post(tmp_path, f"{front}\ndate: 2020-01-01")
    assert found.title == title
    assert [one.message for one in found.findings] == [told]


@pytest.mark.parametrize("opening", ["\n", "\ufeff", "\n\n \n", "\t", "\n  "])
def test_blanks_and_a_byte_order_mark_may_precede_the_fence(tmp_path: Path, opening: str) -> None:
    name = "content/a.md"
    assert read(tmp_path, {name: f"{opening}---\ntitle: t\n---\n"}).posts[name].title == "t"


def test_toml_and_json_front_matter_are_read(tmp_path: Path) -> None:
    files = {
        "content/a.md": "+++\ntitle = 't'\ndate = 2020-02-03T10:00:00\n+++\n",
        "content/b.md": '{"title": "t", "date": "2020-02-03T10:00:00"}\n\nBody',
    }
    for found in read(tmp_path, files).posts.values():
        assert (found.title, found.published) == ("t", at("2020-02-03T10:00:00+08:00"))


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ("draft: true", State.DRAFT),
        ('draft: "true"', State.DRAFT),
        ("draft: TRUE", State.DRAFT),
        ("draft: 1", State.DRAFT),
        ("draft: yes  # YAML 1.1\ndate: 2020-01-01", State.PUBLISHED),
        ("draft: truly\ndate: 2020-01-01", State.PUBLISHED),
        ('draft: ""\ndate: 2020-01-01', State.PUBLISHED),
        ("date: 2020-01-01\npublishDate: 2999-01-01", State.SCHEDULED),
        ("date: 2999-01-01", State.SCHEDULED),
        ("date: 2999-01-01\npublishDate: 2020-01-01", State.PUBLISHED),
        ("date: 2020-01-01\nexpiryDate: 2020-03-03", State.EXPIRED),
        ("date: 2020-01-01\nunpublishdate: 2020-03-03", State.EXPIRED),
        ("headless: true", State.UNPUBLISHED),
        ("build: {list: never}", State.UNPUBLISHED),
        ("_build: {list: false}", State.UNPUBLISHED),
        ("published: false", State.UNPUBLISHED),
        ("published: true\ndate: 2020-01-01", State.PUBLISHED),
        ("hidden: true\ndate: 2020-01-01", State.PUBLISHED),
    ],
)
def test_drafts_future_expired_and_unlisted_pages_are_held_back(
    tmp_path: Path, front: str, state: State
) -> None:
    assert post(tmp_path, front).state(NOW) is state


def test_switches_of_the_site_show_what_is_held_back(tmp_path: Path) -> None:
    config = "buildDrafts = true\nbuildFuture = true\nbuildExpired = true"
    for front in ("draft: true", "date: 2999-01-01", "date: 2020-01-01\nexpiryDate: 2020-02-01"):
        assert post(tmp_path, front, config=config).state(NOW) is State.PUBLISHED


def test_text_that_hugo_takes_for_no_draft_is_doubted(tmp_path: Path) -> None:
    for value in ("yes", "truly"):
        found = post(tmp_path, f"draft: {value}\ndate: 2020-01-01")
        assert [(one.code, one.line) for one in found.findings] == [("value-kind", 2)]


@pytest.mark.parametrize("key", ["build", "_build", "Build"])
def test_page_that_is_listed_locally_is_not_in_the_sites_feed(tmp_path: Path, key: str) -> None:
    found = post(tmp_path, f"date: 2020-01-01\n{key}: {{list: local}}")
    assert found.state(NOW) is State.PUBLISHED
    assert (found.in_feeds, found.in_site_feed) == (True, False)


def test_page_that_is_not_rendered_is_in_no_feed(tmp_path: Path) -> None:
    assert not post(tmp_path, "date: 2020-01-01\nbuild: {render: never}").in_feeds
    assert post(tmp_path, "date: 2020-01-01\nbuild: {render: link}").in_feeds


def test_pages_in_other_markup_are_read_or_told_of(tmp_path: Path) -> None:
    page = "---\ntitle: t\ndate: 2020-01-01\n---\nBody\n"
    names = ("a.pandoc", "b.rst", "c.org", "d.adoc")
    found = read(tmp_path, {f"content/{name}": page for name in names})
    assert {name: one.markup for name, one in found.posts.items()} == {
        "content/a.pandoc": Markup.MARKDOWN,
        "content/b.rst": Markup.RESTRUCTURED,
    }
    for name in ("content/c.org", "content/d.adoc"):
        assert found.codes(name) == {"markup-unknown"}


def test_templates_that_make_pages_are_told_of(tmp_path: Path) -> None:
    found = read(tmp_path, {"content/posts/_content.gotmpl": "{{ x }}", "content/a.gotmpl": "x"})
    assert found.codes("content/posts/_content.gotmpl") == {"markup-unknown"}
    assert len(found.readings) == 1


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (r"['README\.md$']", {"content/posts/a.md", "content/x/b.md"}),
        ("['content/x/']", {"content/posts/a.md", "content/posts/README.md"}),
        ("['(a+)+$', '(']", {"content/posts/a.md", "content/posts/README.md", "content/x/b.md"}),
    ],
)
def test_files_that_the_site_ignores_are_no_pages(
    tmp_path: Path, patterns: str, left: set[str]
) -> None:
    names = ("content/posts/a.md", "content/posts/README.md", "content/x/b.md")
    page = "---\ndate: 2020-01-01\n---\n"
    found = read(tmp_path, dict.fromkeys(names, page), f"ignoreFiles = {patterns}\n")
    assert set(found.posts) == left
    assert not any(found.codes(name) for name in names)


def test_parameters_of_the_site_are_known_below_their_tables(tmp_path: Path) -> None:
    config = "[params]\ntop = 1\n[params.Core.deep]\nVersion = 'v2'"
    site = read(tmp_path, {"content/a.md": ""}, config)
    variables = site.configuration.settings.engine_options["variables"]
    assert variables == {"top": 1, "core.deep.version": "v2"}


def test_what_goldmark_does_besides_is_asked_for(tmp_path: Path) -> None:
    extras = (
        "[markup.goldmark.extensions.extras]\nmark.enable = true\nsuperscript = {enable = true}"
    )
    config = f"{extras}\nsubscript = {{enable = false}}\ninsert = 1"
    options = read(tmp_path, {"content/a.md": ""}, config).configuration.settings.engine_options
    assert options["spans"] == ["==", "^"]
    assert options["alerts"] is True


def test_resources_of_a_leaf_bundle_and_section_pages_are_no_posts(tmp_path: Path) -> None:
    page = "---\ndate: 2020-01-01\n---\n"
    names = ("b/index.md", "b/other.md", "b/sub/deep.md", "_index.md", "s/_index.md", "s/x.md")
    found = read(tmp_path, {f"content/posts/{name}": page for name in names})
    assert set(found.posts) == {"content/posts/b/index.md", "content/posts/s/x.md"}
    assert path(found.posts["content/posts/b/index.md"]) == "/posts/b/"


@pytest.mark.parametrize(
    ("name", "front", "expected"),
    [
        ("posts/Mixed Case Name_x.y.md", "", "/posts/mixed-case-name_x.y/"),
        ("posts/What? A  name!.md", "", "/posts/what-a--name/"),
        ("posts/a -- b.md", "", "/posts/a----b/"),
        ("posts/日本語.md", "", "/posts/%E6%97%A5%E6%9C%AC%E8%AA%9E/"),
        ("posts/x.md", "slug: My Slug_Ü!", "/posts/my-slug_%C3%BC/"),
        ("posts/b/index.md", "slug: s", "/posts/s/"),
        ("posts/x.md", "url: /x/Y z", "/x/Y%20z/"),
        ("posts/x.md", "url: x/y.html", "/x/y.html"),
        ("posts/x.md", "url: /../../etc/", "/etc/"),
        ("posts/x.md", "url: /a/../b.html", "/b.html"),
        ("posts/x.md", "url: /v1.0/x", "/v1.0/x"),
        ("posts/x.md", "url: /v1.0/x/", "/v1.0/x/"),
        ("posts/x.md", "url: /x/index.html", "/x/"),
        ("posts/x.md", "url: index.html", "/"),
        ("posts/x.md", "url: no", "/no/"),
        ("posts/x.md", "url: /:monthname/:filename", "/January/x/"),
        ("posts/x.md", "slug: ../x", "/x/"),
        ("posts/x.md", "slug: ../../../x", "/x/"),
        ("posts/x.md", "slug: ./a/../b", "/posts/b/"),
        ("posts/x.md", "slug: a/b.c/", "/posts/a/b.c/"),
        ("posts/x.md", "slug: /a//b", "/posts/a/b/"),
        ("posts/x.md", "slug: -a-", "/posts/a/"),
        ("posts/x.md", "slug: 'yes'", "/posts/yes/"),
        ("posts/x.md", "slug: true", "/posts/true/"),
        ("posts/x.md", "slug: 2.0", "/posts/2/"),
        ("posts/x.md", "slug: [a]", "/posts/x/"),
        ("posts/x.md", "slug: index", "/posts/"),
        ("posts/x.md", "url: /:year/:slug/\ntitle: A B", "/2020/a-b/"),
        ("posts/x.md", "permalink: /ignored/", "/posts/x/"),
        ("posts/x.md", "slug: caf%c3%a9", "/posts/caf%C3%A9/"),
        ("top.md", "", "/top/"),
    ],
)
def test_url_is_the_files_path_unless_the_page_says_otherwise(
    tmp_path: Path, name: str, front: str, expected: str
) -> None:
    found = post(tmp_path, f"date: 2020-01-01\n{front}", name)
    assert path(found) == expected
    assert found.id == found.permalink


def test_absolute_url_of_a_page_stands_as_it_is(tmp_path: Path) -> None:
    found = post(tmp_path, "date: 2020-01-01\nurl: https://other.example/x")
    assert found.permalink == "https://other.example/x"


@pytest.mark.parametrize(
    ("config", "front", "expected"),
    [
        ("[permalinks]\nposts = '/:year/:month/:slug/'", "title: A Title", "/2020/02/a-title/"),
        ("[permalinks]\nposts = '/:slug/'", "slug: caf%c3%a9-%e2%80%93-x", "/caf%C3%A9--x/"),
        ("[permalinks]\nposts = '/:title/'", "title: 100%25 it", "/100-it/"),
        ("[permalinks.page]\nposts = '/:sections/:filename/'", "", "/posts/a-post/"),
        ("[permalinks]\nblog = '/:year/:title/'", "", "/posts/a-post/"),
        ("uglyURLs = true", "", "/posts/a-post.html"),
        ("uglyURLs = true", "slug: a/b/", "/posts/a/b.html"),
        ("uglyURLs = true", "slug: ../x", "/x.html"),
        ("uglyURLs = true", "slug: /", "/posts.html"),
        ("[permalinks]\nposts = '/p/:slug/'", "title: A T\nslug:", "/p/a-t/"),
        ("[permalinks]\nposts = '/p/:slug/'", "slug: index", "/p/"),
        ("[uglyURLs]\nposts = true", "", "/posts/a-post.html"),
        ("disablePathToLower = true", "slug: Ab", "/posts/Ab/"),
        ("removePathAccents = true", "slug: été", "/posts/ete/"),
    ],
)
def test_configuration_shapes_urls(tmp_path: Path, config: str, front: str, expected: str) -> None:
    assert path(post(tmp_path, f"date: 2020-02-04\n{front}", config=config)) == expected


def test_date_parts_of_urls_are_in_the_offset_that_was_written(tmp_path: Path) -> None:
    config = "[permalinks]\nposts = '/:year/:month/:day/:slug/'"
    for written in ("2020-02-04 23:00:00 -0800", "2020-02-04T23:00:00-08:00"):
        found = post(tmp_path, f"title: t\ndate: {written}", config=config)
        assert path(found) == "/2020/02/04/t/"
    utc = post(tmp_path, "title: t\ndate: '2020-02-04T23:00:00Z'", config=config)
    assert path(utc) == "/2020/02/04/t/"
    naive = post(tmp_path, "title: t\ndate: 2020-02-04 23:00:00", config=config)
    assert path(naive) == "/2020/02/04/t/"


def test_permalink_of_feedsvc_toml_wins_over_sections(tmp_path: Path) -> None:
    write(tmp_path, {"feedsvc.toml": "[posts]\npermalink = '/p/:title/'"})
    assert path(post(tmp_path, "date: 2020-01-01")) == "/p/a-post/"


LANGUAGES = (
    "defaultContentLanguage = 'en'\n[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
)


@pytest.mark.parametrize(
    ("name", "expected", "lang"),
    [
        ("posts/x.md", "/posts/x/", "en"),
        ("posts/x.de.md", "/de/posts/x/", "de"),
        ("posts/x.fr.md", "/posts/x.fr/", "en"),
        ("posts/b/index.de.md", "/de/posts/b/", "de"),
    ],
)
def test_language_of_the_file_name_leads_the_path(
    tmp_path: Path, name: str, expected: str, lang: str
) -> None:
    found = post(tmp_path, "date: 2020-01-01", name, LANGUAGES)
    assert (path(found), found.lang) == (expected, lang)


def test_languages_may_have_folders_of_their_own_and_be_switched_off(tmp_path: Path) -> None:
    config = """
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
[languages.en]
contentDir = "content/english"
[languages.de]
contentDir = "content/german"
disabled = true
"""
    english = post(tmp_path, "date: 2020-01-01", "english/posts/x.md", config)
    german = post(tmp_path, "date: 2020-01-01", "german/posts/x.md", config)
    assert (path(english), path(german)) == ("/en/posts/x/", "/de/posts/x/")
    assert german.state(NOW) is State.UNPUBLISHED


def test_default_language_may_have_its_folder_without_a_table_of_languages(tmp_path: Path) -> None:
    config = "defaultContentLanguage = 'en-US'\ndefaultContentLanguageInSubdir = true"
    assert path(post(tmp_path, "date: 2020-01-01", config=config)) == "/en-us/posts/a-post/"


@pytest.mark.parametrize(
    ("config", "prefix", "lang"),
    [
        ("[languages.fr]\n[languages.de]", "", "de"),
        ("[languages.fr]\nweight = 1\n[languages.de]", "/de", "de"),
        ("[languages.en]\n[languages.de]\nweight = 1", "/de", "de"),
        ("[languages.en]\ndisabled = true\n[languages.de]", "", "de"),
        ("disableLanguages = ['en']\n[languages.en]\n[languages.de]", "", "de"),
    ],
)
def test_first_language_is_the_sites_where_it_names_none_and_has_no_english(
    tmp_path: Path, config: str, prefix: str, lang: str
) -> None:
    found = post(tmp_path, "date: 2020-01-01", "posts/x.de.md", config)
    assert (path(found), found.lang) == (f"{prefix}/posts/x/", lang)


@pytest.mark.parametrize(
    ("name", "config", "expected"),
    [
        ("posts/x.en.md", "", "/posts/x/"),
        ("posts/x.de.md", "", "/posts/x.de/"),
        ("posts/x.pt-br.md", "defaultContentLanguage = 'pt-BR'", "/posts/x/"),
        ("posts/b/index.en.md", "", "/posts/b/"),
        ("posts/b/Index.md", "", "/posts/b/"),
    ],
)
def test_names_of_files_may_tell_the_only_language(
    tmp_path: Path, name: str, config: str, expected: str
) -> None:
    assert path(post(tmp_path, "date: 2020-01-01", name, config)) == expected


def test_files_of_the_only_language_make_sections_and_bundles(tmp_path: Path) -> None:
    page = "---\ndate: 2020-01-01\n---\n"
    names = (
        *("s/_index.en.md", "s/x.md", "h/x.md", "_INDEX.md"),
        *("b/index.en.md", "b/beside.md", "c/Index.md"),
    )
    found = read(tmp_path, {f"content/posts/{name}": page for name in names}).posts
    assert {name.removeprefix("content/posts/"): one.section for name, one in found.items()} == {
        "s/x.md": "posts/s", "h/x.md": "posts",
        "b/index.en.md": "posts", "c/Index.md": "posts",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["posts/.x.md", "posts/#x.md", "posts/x.md~"])
def test_files_that_editors_leave_behind_are_no_pages(tmp_path: Path, name: str) -> None:
    assert not read(tmp_path, {f"content/{name}": "---\ndate: 2020-01-01\n---\n"}).readings


def test_site_without_pages_publishes_none(tmp_path: Path) -> None:
    found = post(tmp_path, "date: 2020-01-01", config="disableKinds = ['Page']")
    assert found.state(NOW) is State.UNPUBLISHED


def test_languages_are_switched_off_by_name(tmp_path: Path) -> None:
    found = post(tmp_path, "", "posts/x.de.md", f"disableLanguages = ['de']\n{LANGUAGES}")
    assert found.state(NOW) is State.UNPUBLISHED


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ("", "/notes/x/"),
        ("lang = 'de'", "/de/notes/x/"),
        ("[module.mounts.sites.matrix]\nlanguages = ['de']", "/de/notes/x/"),
        ("[module.mounts.sites.matrix]\nlanguages = ['{en,de}']", "/notes/x/"),
    ],
)
def test_mounts_place_folders_in_the_content_and_in_a_language(
    tmp_path: Path, matrix: str, expected: str
) -> None:
    mount = "[[module.mounts]]\nsource = 'texts/deep'\ntarget = 'content/notes'\n"
    config = CONFIG + LANGUAGES + mount + matrix
    page = "---\ndate: 2020-01-01\n---\n"
    files = {"hugo.toml": config, "texts/deep/x.md": page, "content/other.md": page}
    found = read_site(write(tmp_path, files)).posts
    assert set(found) == {"texts/deep/x.md"}
    assert path(found["texts/deep/x.md"]) == expected


def test_cascade_targets_are_paths_in_the_content_not_on_disk(tmp_path: Path) -> None:
    config = (
        "[languages.en]\ncontentDir = 'content/en'\n[languages.de]\ncontentDir = 'content/de'\n"
        "[[cascade]]\ndraft = true\n[cascade.target]\npath = '/posts/**'"
    )
    found = post(tmp_path, "date: 2020-01-01", "en/posts/x.md", config)
    assert found.state(NOW) is State.DRAFT


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("id: portfolio-3", "https://e.org/posts/a-post/"),
        ("id: 7\nuuid: 0f8fad5b-d9cb-469f-a165-70867728950e", "https://e.org/posts/a-post/"),
        ("guid: https://old.example/?p=7", "https://old.example/?p=7"),
        ("id: urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",) * 2,
    ],
)
def test_id_is_the_permalink_unless_front_matter_has_a_uri(
    tmp_path: Path, front: str, expected: str
) -> None:
    assert post(tmp_path, f"date: 2020-01-01\n{front}").id == expected.removeprefix("id: ")


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("top.md", ""),
        ("about/index.md", ""),
        ("blog/x.md", "blog"),
        ("blog/bundle/index.md", "blog"),
        ("blog/plain/x.md", "blog"),
        ("blog/Old Times/x.md", "blog/old-times"),
        ("blog/Old Times/deep/x.md", "blog/old-times"),
        ("blog/moved/x.md", "elsewhere"),
    ],
)
def test_section_is_the_nearest_folder_with_an_index_else_the_top_one(
    tmp_path: Path, name: str, section: str
) -> None:
    files = {
        "content/blog/Old Times/_index.md": "---\ntitle: Old\n---\n",
        "content/blog/moved/_index.md": "---\nurl: /elsewhere/\n---\n",
        f"content/{name}": "---\ndate: 2020-01-01\n---\n",
    }
    assert read(tmp_path, files).posts[f"content/{name}"].section == section


def test_translations_belong_to_the_edition_and_the_section_of_their_language(
    tmp_path: Path,
) -> None:
    config = """
defaultContentLanguage = "en"
[languages.en]
contentDir = "content/english"
[languages.fr]
contentDir = "content/french"
locale = "fr-CA"
[languages.fr.taxonomies]
tag = "sujets"
"""
    page = "---\ndate: 2020-01-01\ntags: [a]\nsujets: [b]\n---\n"
    files = {
        "content/english/blog/x.md": page,
        "content/french/blog/x.md": page,
        "content/french/blog/vieux/_index.md": "",
        "content/french/blog/vieux/y.md": page,
    }
    found = read(tmp_path, files, config).posts
    told = {
        name.removeprefix("content/"): (one.edition, one.section, one.lang, one.tags)
        for name, one in found.items()
    }
    assert told == {
        "english/blog/x.md": ("", "blog", "en", ("a",)),
        "french/blog/x.md": ("fr", "blog", "fr-CA", ("b",)),
        "french/blog/vieux/y.md": ("fr", "blog/vieux", "fr-CA", ("b",)),
    }


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ range .Site.RegularPages }}", {"blog", "docs", "note"}),
        ('{{ range where .Site.RegularPages "Type" "blog" | first 10 }}', {"blog", "note"}),
        ('{{ where site.RegularPages "Section" "in" (slice "blog" "x") }}', {"blog"}),
        ('{{ range (where $.Site.Pages ".Section" "==" `docs`) }}', {"docs", "note"}),
        ('{{ where .Site.RegularPages "Type" "in" site.Params.mainSections }}', {"blog", "note"}),
        ('{{ where .Site.RegularPages "Type" "ne" "docs" }}', {"blog", "note"}),
        ('{{ where site.RegularPages "Section" "not in" (slice "docs") }}', {"blog"}),
        ('{{ where .Site.RegularPages "Params.hidden" "!=" true }}', {"blog", "docs", "note"}),
    ],
)
@pytest.mark.parametrize("place", ["layouts/index.rss.xml", "themes/t/layouts/_default/rss.xml"])
def test_site_feed_holds_what_the_sites_own_template_shows(
    tmp_path: Path, template: str, shown: set[str], place: str
) -> None:
    page = "---\ndate: 2020-01-01\n---\n"
    files = {
        place: template,
        "content/blog/blog.md": page,
        "content/docs/docs.md": page,
        "content/docs/note.md": "---\ndate: 2020-01-01\ntype: blog\n---\n",
    }
    config = "theme = 't'\n[params]\nmainSections = ['blog']"
    found = read(tmp_path, files, config).posts.values()
    assert {one.slug for one in found if one.in_site_feed} == shown
    assert all(one.in_feeds for one in found)


def test_main_section_is_that_of_the_most_pages_unless_the_site_names_some(tmp_path: Path) -> None:
    page = "---\ndate: 2020-01-01\n---\n"
    names = ("Old Blog/a.md", "Old Blog/b/c.md", "d/_index.md", "d/e.md", "d/_f.md", "x.md", "y.md")
    template = '{{ range where site.RegularPages "Section" "in" site.Params.mainSections }}'
    files = {f"content/{name}": page for name in (*names, "z.md")}
    found = read(tmp_path, {"layouts/index.rss.xml": template, **files}).posts.values()
    assert {one.slug for one in found if one.in_site_feed} == {"a", "c"}


def test_page_at_the_top_is_in_no_section_and_of_the_type_page(tmp_path: Path) -> None:
    page = "---\ndate: 2020-01-01\n---\n"
    files = {f"content/{name}": page for name in ("top.md", "about/index.md", "blog/x.md")}
    files["layouts/index.rss.xml"] = '{{ range where site.RegularPages "Type" "!=" "page" }}'
    found = read(tmp_path, files).posts.values()
    assert {one.slug for one in found if one.in_site_feed} == {"x"}


def test_sections_cascade_front_matter_down_the_nearest_first(tmp_path: Path) -> None:
    files = {
        "content/_index.md": "---\ncascade: {author: root, lang: fr}\n---\n",
        "content/posts/_index.md": (
            "+++\n[[cascade]]\nauthor = 'posts'\n[cascade.params]\nimage = '/i.png'\n+++\n"
        ),
        "content/posts/x.md": "---\ndate: 2020-01-01\n---\n",
        "content/other/x.md": "---\ndate: 2020-01-01\nauthor: own\n---\n",
    }
    found = read(tmp_path, files).posts
    nested, other = found["content/posts/x.md"], found["content/other/x.md"]
    assert [author.name for author in nested.authors] == ["posts"]
    assert (nested.lang, nested.image) == ("fr", "https://e.org/i.png")
    assert [author.name for author in other.authors] == ["own"]


@pytest.mark.parametrize(
    ("target", "fits"),
    [
        ("path = '/posts/**'", True),
        ("path = '{/other/**,/posts/*}'", True),
        ("path = '/other/**'", False),
        ("kind = 'page'", True),
        ("kind = 'section'", False),
        ("lang = 'xx'", True),  # what fits none of the languages means all
        ("environment = 'development'", False),
    ],
)
def test_cascade_of_the_configuration_reaches_its_targets(
    tmp_path: Path, target: str, fits: bool
) -> None:
    config = f"[[cascade]]\ndraft = true\n[cascade.target]\n{target}"
    found = post(tmp_path, "date: 2020-01-01", config=config)
    assert (found.state(NOW) is State.DRAFT) == fits


def test_cascade_changes_read_a_page_again(tmp_path: Path) -> None:
    site = read(tmp_path, {"content/posts/x.md": "---\ndate: 2020-01-01\n---\n"})
    depends = site.readings["content/posts/x.md"].depends
    assert {"content/_index.md", "content/posts/_index.md"} <= set(depends)


@pytest.mark.parametrize("value", ["3", "[a]", "{a: b}", "true", "2020-01-01", "~", "''"])
def test_values_of_any_kind_make_a_page(tmp_path: Path, value: str) -> None:
    keys = ("title", "slug", "url", "tags", "draft", "build", "cascade", "date", "expirydate")
    front = "\n".join(f"{key}: {value}" for key in keys)
    assert post(tmp_path, front).path


@pytest.mark.parametrize(
    ("config", "front", "path"),
    [  # as Hugo 0.168 has them
        ("", "title: a / b", "/x/a-b/"),
        ("", "title: Übér X/Y", "/x/%C3%BCb%C3%A9r-x-y/"),
        ("", "title: C++ a+b (EL5+)", "/x/c-a-b-el5/"),  # a plus is a blank, as in a query
        ("", "title: t\nslug: a/B", "/x/a/b/"),
        ("disablePathToLower = true\n", "title: t\nslug: a/B", "/x/a/B/"),
        ("disablePathToLower = true\n", "title: Big", "/x/Big/"),
    ],
)
def test_a_slash_makes_a_folder_of_a_slug_but_not_of_a_title(
    tmp_path: Path, config: str, front: str, path: str
) -> None:
    config = f"{config}baseURL = 'https://e.org/'\n[permalinks]\nposts = '/x/:slug/'\n"
    files = {"hugo.toml": config, "content/posts/a.md": f"---\ndate: 2020-01-01\n{front}\n---\n"}
    found = read_site(write(tmp_path, files)).posts["content/posts/a.md"]
    assert found.permalink == f"https://e.org{path}"


@pytest.mark.parametrize(
    ("target", "hit"),
    [  # as Hugo 0.168 reads them
        ("{path: '{,/**}/_includes{,/**}'}", False),
        ("{path: '{/docs/**,/posts/**}'}", True),
        ("{path: '/posts/*'}", True),
        ("{path: '/*'}", False),
        ("{path: '/post?/a'}", True),
        ("{sites: {matrix: {languages: [fr]}}}", False),
        ("{sites: {matrix: {languages: [en]}}}", True),
        ("{path: '{'}", False),
    ],
)
def test_a_cascade_is_for_the_paths_and_languages_that_its_target_names(
    tmp_path: Path, target: str, hit: bool
) -> None:
    config = (
        "languages: {en: {weight: 1}, fr: {weight: 2}}\n"
        f"cascade: [{{build: {{list: never}}, target: {target}}}]\n"
    )
    files = {"hugo.yaml": config, "content/posts/a.md": "---\ntitle: t\ndate: 2020-01-01\n---\n"}
    found = read_site(write(tmp_path, files)).posts["content/posts/a.md"]
    assert (found.withheld is State.UNPUBLISHED) is hit


def test_of_files_for_one_page_that_which_hugo_takes_is_listed(tmp_path: Path) -> None:
    text = "---\ntitle: T\ndate: 2020-01-01\n---\n"
    taken = ["a/index.md", "b/index.markdown", "c.html", "d.md"]
    behind = ["a/index.html", "a/index.markdown", "b/index.html", "c.htm", "d.html"]
    files = {f"content/posts/{name}": text for name in (*taken, *behind)}
    folder = write(tmp_path / "site", {"hugo.toml": "baseURL = 'https://e.org'\n", **files})
    site = open_site(folder, cache=tmp_path / "cache")

    def listed() -> list[str]:
        site.refresh(NOW)
        return sorted(post.path.removeprefix("content/posts/") for post in site.posts(NOW))

    assert listed() == taken
    (folder / "content/posts/d.md").unlink()
    assert listed() == [*taken[:3], "d.html"]
    (folder / "content/posts/d.md").write_text(text)
    assert listed() == taken
