"""Which engine a folder belongs to, and what its configuration says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.errors import ConfigError
from feedsvc.model import Author
from feedsvc.settings import DEFAULT_URL
from feedsvc.sites.engine import Engine
from tests.bounds import bounded
from tests.sites.reading import path, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.config import Configuration


NIKOLA = """
BLOG_TITLE = "x"
SITE_URL = "https://e.org/"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
"""


def configured(folder: Path, files: dict[str, str]) -> Configuration:
    return load_settings(write(folder, files), None, {})


@pytest.mark.parametrize(
    ("files", "engine", "line"),
    [
        (
            {"_config.yml": "title: x", "_posts/a.md": ""},
            "jekyll",
            "Jekyll site (_config.yml), posts in _posts/",
        ),
        (
            {"hugo.toml": "", "content/a.md": ""},
            "hugo",
            "Hugo site (hugo.toml), posts in content/",
        ),
        ({"hugo.yaml": "title: x"}, "hugo", "Hugo site (hugo.yaml), posts in content/"),
        ({"hugo.json": "{}"}, "hugo", "Hugo site (hugo.json), posts in content/"),
        ({"config.toml": "baseURL = 'https://e.org/'"}, "hugo", "Hugo site (config.toml)"),
        ({"config.yaml": "baseurl: https://e.org/"}, "hugo", "Hugo site (config.yaml)"),
        ({"config.toml": "title = 'x'", "archetypes/x.md": ""}, "hugo", "Hugo site (config.toml)"),
        ({"config/_default/hugo.toml": ""}, "hugo", "Hugo site (config/_default/)"),
        ({"config.toml": "base_url = 'https://e.org'"}, "zola", "Zola site (config.toml)"),
        ({"pelicanconf.py": ""}, "pelican", "Pelican site (pelicanconf.py)"),
        ({"conf.py": NIKOLA, "posts/a.md": ""}, "nikola", "Nikola site (conf.py), posts in posts/"),
        (
            {"conf.py": "project = 'x'\nextensions = ['ablog']\nblog_title = 'x'"},
            "",
            "Plain folder",
        ),
        ({"conf.py": "SITE_URL = 'x'\nAUTHOR = 'y'"}, "", "Plain folder"),
        ({".eleventy.js": ""}, "eleventy", "Eleventy site (.eleventy.js)"),
        ({"eleventy.config.mjs": ""}, "eleventy", "Eleventy site (eleventy.config.mjs)"),
        ({"astro.config.mjs": ""}, "astro", "Astro, Next.js or Gatsby site (astro.config.mjs)"),
        ({"gatsby-config.js": ""}, "astro", "Astro, Next.js or Gatsby site (gatsby-config.js)"),
        ({"next.config.ts": ""}, "astro", "Astro, Next.js or Gatsby site (next.config.ts)"),
        ({"config.toml": "something = 'else'"}, "", "Plain folder, posts in the folder itself"),
        (
            {"docs/_config.yml": "title: x", "a.md": ""},
            "",
            "Plain folder, posts in the folder itself; docs/ is a Jekyll site: name that folder if",
        ),
        ({"a.md": "---\ntitle: x\ndate: 2020-01-01\n---\n"}, "", "Plain folder"),
        ({"_config.yml": "title: x"}, "jekyll", "Jekyll site (_config.yml)"),
        ({"_config.toml": "", "config.toml": "baseURL = ''"}, "hugo", "Hugo site (config.toml)"),
        ({"_config.yml": "", "astro.config.mjs": ""}, "astro", "Astro, Next.js or Gatsby site"),
        (
            {"_config.yml": "", "Gemfile": "", "next.config.js": ""},
            "jekyll",
            "Jekyll site (_config.yml)",
        ),
    ],
)
def test_engine_is_recognised_by_its_configuration_file_in_the_folder_itself(
    tmp_path: Path, files: dict[str, str], engine: str, line: str
) -> None:
    found = configured(tmp_path, files)
    assert found.settings.engine == engine
    assert found.detection.startswith(line)


def test_bare_headers_above_the_posts_are_pelicans(tmp_path: Path) -> None:
    found = configured(tmp_path, {"content/a.md": "Title: A\nDate: 2020-01-01\n\nBody"})
    assert found.settings.engine == "pelican"
    assert found.detection == "Pelican site (`Key: value` lines above the posts), posts in content/"


def test_one_post_that_begins_with_a_word_and_a_colon_is_not_pelicans(tmp_path: Path) -> None:
    assert configured(tmp_path, {"a.md": "Note: this\nis prose.\n"}).settings.engine == ""


def test_one_post_with_headers_among_others_is_no_pelican_site(tmp_path: Path) -> None:
    fenced = "---\ntitle: x\ndate: 2020-01-01\n---\n"
    files = {"a.md": "Title: A\nDate: 2020-01-01\n\nBody", "b.md": fenced, "c.md": fenced}
    assert configured(tmp_path, files).settings.engine == ""


def test_every_engine_is_found_by_scanning_and_says_what_the_interface_asks_for() -> None:
    for name, engine in sites.engines().items():
        assert isinstance(engine, Engine)
        assert engine.name == name == engine.dialect.name
        assert engine.title


def test_engines_are_found_in_an_archive_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "feedsvc.zip"
    with ZipFile(archive, "w") as file:
        for name in ("jekyll/__init__.py", "hugo.py", "notes.txt"):
            file.writestr(name, "")
    sites.engines.cache_clear()
    monkeypatch.setattr(sites, "__path__", [str(archive)])
    try:
        assert list(sites.engines()) == ["hugo", "jekyll"]
    finally:
        sites.engines.cache_clear()


def test_feed_addresses_of_the_detected_engine_are_the_default(tmp_path: Path) -> None:
    assert configured(tmp_path, {"hugo.toml": ""}).settings.feeds.urls == "hugo"


def test_feedsvc_toml_overrides_whatever_the_engine_says(tmp_path: Path) -> None:
    found = configured(
        tmp_path,
        {
            "_config.yml": "title: theirs\nurl: https://theirs.example\npermalink: pretty",
            "feedsvc.toml": "[site]\ntitle = 'ours'\n[feeds]\nurls = 'feedsvc'",
        },
    ).settings
    assert (found.site.title, found.feeds.urls) == ("ours", "feedsvc")
    assert (found.site.url, found.posts.permalink) == ("https://theirs.example", "pretty")


# -- what each configuration says --------------------------------------------------------------


def test_jekyll_configuration_is_taken_over(tmp_path: Path) -> None:
    config = """
url: https://e.org
baseurl: /blog
name: The site
description: |
  Two
  lines
author: {name: Ada, email: ada@e.org, url: "https://e.org/ada"}
timezone: Europe/Berlin
lang: de_DE
source: src
collections_dir: texts
future: true
show_drafts: true
feed: {posts_limit: 5, excerpt_only: true, path: atom.xml}
collections: {posts: {permalink: "/p/:title/"}}
exclude: [texts/old]
"""
    found = configured(
        tmp_path,
        {
            "_config.yml": config,
            "src/texts/_posts/a.md": "",
            "src/texts/de/_posts/a.md": "",
            "src/texts/old/_posts/a.md": "",
            "src/texts/_site/_posts/a.md": "",
            "src/texts/.git/_posts/a.md": "",
            "src/elsewhere/_posts/a.md": "",
        },
    ).settings
    site = found.site
    assert (site.url, site.title, site.subtitle) == ("https://e.org/blog", "The site", "Two lines")
    assert site.author == Author("Ada", "ada@e.org", "https://e.org/ada")
    assert (site.timezone, site.language) == ("Europe/Berlin", "de-DE")
    assert found.posts.path == ("src/texts/_posts", "src/texts/de/_posts")
    assert found.posts.permalink == "/p/:title/"
    assert found.posts.future
    assert found.posts.drafts
    assert (found.feeds.limit, found.feeds.content) == (5, "summary")


def test_jekyll_defaults_are_the_style_date_and_ten_entries(tmp_path: Path) -> None:
    found = configured(tmp_path, {"_config.yml": "title: x"}).settings
    assert (found.posts.permalink, found.feeds.limit) == ("date", 10)
    assert found.posts.path == ("_posts",)


@pytest.mark.parametrize("text", ["---\ntitle: T\n---\ntitle: U\n", "# c\n\ntitle: T\n...\nx: [\n"])
def test_only_the_first_document_of_a_yaml_configuration_counts(tmp_path: Path, text: str) -> None:
    assert configured(tmp_path, {"_config.yml": text}).settings.site.title == "T"


def test_empty_configuration_is_one(tmp_path: Path) -> None:
    assert configured(tmp_path, {"_config.yml": "# nothing\n"}).settings.engine == "jekyll"


def test_configuration_that_cannot_be_opened_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"_config.yml": "title: x"})
    monkeypatch.setattr("pathlib.Path.open", _refuse)
    with pytest.raises(ConfigError, match=r"_config\.yml: cannot be read: Permission denied"):
        load_settings(tmp_path, None, {})


def _refuse(path: Path, *_: object, **__: object) -> Any:
    known = path.name == "_config.yml"
    raise PermissionError(13, "Permission denied") if known else FileNotFoundError


def test_values_of_the_configuration_that_are_not_large_are_there_for_posts_to_refer_to(
    tmp_path: Path,
) -> None:
    large = "large: [" + "abcdefgh, " * 4_000 + "]\n"
    jekyll = configured(tmp_path / "a", {"_config.yml": f"mail: a@e.org\nlist: [1]\n{large}"})
    assert jekyll.settings.engine_options["variables"] == {"mail": "a@e.org", "list": [1]}
    hugo = configured(tmp_path / "b", {"hugo.toml": "[params]\nmail = 'a@e.org'"}).settings
    assert hugo.engine_options["variables"] == {"mail": "a@e.org"}


def test_jekyll_base_path_without_a_host_is_kept(tmp_path: Path) -> None:
    found = configured(tmp_path, {"_config.yml": "baseurl: /blog/"}).settings
    assert found.site.url == "http://localhost:8000/blog"


def test_jekyll_site_on_github_pages_has_its_address_in_cname(tmp_path: Path) -> None:
    found = configured(tmp_path, {"_config.yml": "title: x", "CNAME": "www.e.org\n"}).settings
    assert found.site.url == "https://www.e.org"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("© 2026 R&D, [CC BY](https://cc.org/by)", "© 2026 R&D, CC BY"),
        ("&copy; <a href='/me'>Ada</a><br>(<em>all of it</em>)", "© Ada (all of it)"),
        ("vector<int> <3", "vector<int> <3"),
        ("<a href='/l'><img src='/l.png' alt='x'></a>", None),
    ],
)
def test_copyright_and_description_of_a_site_are_their_words(
    tmp_path: Path, written: str, shown: str | None
) -> None:
    hugo = f'copyright = "{written}"\n[params]\ndescription = "{written}"\n'
    found = configured(tmp_path / "hugo", {"hugo.toml": hugo}).settings.site
    assert (found.rights, found.subtitle) == (shown, shown or "")
    jekyll = f'description: "{written}"\n'
    found = configured(tmp_path / "jekyll", {"_config.yml": jekyll}).settings.site
    assert found.subtitle == (shown or "")


def test_hugo_configuration_is_taken_over_whatever_the_case_of_its_keys(tmp_path: Path) -> None:
    config = """
BaseURL = "https://e.org/sub/"
Title = "The site"
languageCode = "pt-BR"
timeZone = "America/Sao_Paulo"
copyright = "CC BY"
contentDir = "inhalt"
buildDrafts = true
buildFuture = true
[params]
Description = "About"
author = "Ada"
[services.rss]
limit = 7
"""
    found = configured(tmp_path, {"hugo.toml": config}).settings
    site = found.site
    assert (site.url, site.title, site.subtitle) == ("https://e.org/sub", "The site", "About")
    assert (site.language, site.timezone, site.rights) == ("pt-BR", "America/Sao_Paulo", "CC BY")
    assert site.author == Author("Ada")
    assert (found.posts.path, found.feeds.limit) == (("inhalt",), 7)
    assert found.posts.drafts
    assert found.posts.future


def test_hugo_configuration_folder_is_merged_with_production_last(tmp_path: Path) -> None:
    found = configured(
        tmp_path,
        {
            "config/_default/hugo.toml": "baseURL = 'http://localhost/'\ntitle = 'T'",
            "config/_default/params.toml": "description = 'D'",
            "config/_default/languages.toml": "[en]\nweight = 1",
            "config/_default/params.en.toml": "subtitle = 'S'",
            "config/production/hugo.toml": "baseURL = 'https://e.org/'",
        },
    ).settings
    assert (found.site.url, found.site.title) == ("https://e.org", "T")
    assert found.site.subtitle == "S"
    assert found.engine_options["languages"] == {"en": {"weight": 1, "disabled": False}}


LANGUAGE_FOLDERS = """
defaultContentLanguage = "de"
[languages.de]
contentDir = "content/de"
title = "Deutsch"
[languages.en]
contentDir = "content/en"
"""


def test_hugo_content_folders_of_all_languages_are_read(tmp_path: Path) -> None:
    found = configured(tmp_path, {"hugo.toml": LANGUAGE_FOLDERS}).settings
    assert found.posts.path == ("content/de", "content/en")
    assert (found.site.title, found.site.language) == ("Deutsch", "de")


def test_hugo_mounts_stand_in_for_content_folders(tmp_path: Path) -> None:
    mounts = "".join(
        f"[[module.mounts]]\nsource = '{source}'\ntarget = '{target}'\n"
        for source, target in [
            ("notes", "content/notes"),
            ("./texts/", "content"),
            ("texts/old", "content/archive"),
            ("../elsewhere", "content"),
            ("README.md", "content/about.md"),
            ("theme/css", "assets"),
        ]
    )
    found = configured(tmp_path, {"hugo.toml": LANGUAGE_FOLDERS + mounts}).settings
    assert found.posts.path == ("notes", "texts")


def test_relative_base_url_of_hugo_leaves_the_default(tmp_path: Path) -> None:
    found = configured(tmp_path, {"hugo.toml": "baseURL = '/'"})
    assert found.settings.site.url == "http://localhost:8000"
    assert found.findings == ()


def test_base_url_of_hugo_without_a_scheme_is_https(tmp_path: Path) -> None:
    found = configured(tmp_path, {"hugo.toml": "baseURL = '//e.org/b'"})
    assert found.settings.site.url == "https://e.org/b"


def test_pelican_configuration_is_read_without_running_it(tmp_path: Path) -> None:
    config = """
import os
os.makedirs("was-run")
AUTHOR = "Ada"
SITENAME: str = "The " + "site"
HOST = "e.org"
SITEURL = f"http://{HOST}"
TIMEZONE = "Asia/Tokyo"
DEFAULT_LANG = "ja"
PATH = "texts"
ARTICLE_PATHS = ("blog",) + ("notes",)
WITH_FUTURE_DATES = False
FEED_MAX_ITEMS = 9
ARTICLE_URL = "p/{slug}/"
CACHE = os.environ["SECRET"]
UNKNOWN = CACHE + "x"
NUMBER = -1
TABLE = {"a": [1, 2.5, None, True]}
if True:
    SITENAME = "not looked at"
"""
    publish = "from pelicanconf import *\nSITEURL = 'https://e.org'\n"
    found = configured(tmp_path, {"pelicanconf.py": config, "publishconf.py": publish}).settings
    assert not (tmp_path / "was-run").exists()
    site = found.site
    assert (site.title, site.url, site.author) == ("The site", "https://e.org", Author("Ada"))
    assert (site.timezone, site.language) == ("Asia/Tokyo", "ja")
    assert found.posts.path == ("texts/blog", "texts/notes")
    assert found.posts.permalink == "p/{slug}/"
    assert not found.posts.future
    assert found.feeds.limit == 9


def test_eleventy_configuration_is_looked_at_but_not_run(tmp_path: Path) -> None:
    config = """
export default function (cfg) {
  // dir: { input: "wrong" }
  cfg.addPlugin(feedPlugin, {
    outputPath: "/feed/feed.xml",
    metadata: { language: "en-GB", title: "The site", base: "https://e.org/" },
  });
  return { dir: { input: "./src", output: "public" } };
}
"""
    found = configured(tmp_path, {"eleventy.config.js": config, "src/a.md": ""}).settings
    assert found.posts.path == ("src",)
    assert (found.site.title, found.site.url) == ("The site", "https://e.org")
    assert found.site.language == "en-GB"
    assert found.engine_options["output"] == "public"


@pytest.mark.parametrize(
    "text",
    ["/*" * 500_000, "dir: {" * 150_000, "dir" + " " * 1_000_000, '\\"' * 500_000],
    ids=lambda text: text[:6],
)
def test_eleventy_configuration_of_any_text_takes_no_long_time(tmp_path: Path, text: str) -> None:
    found = bounded(configured, tmp_path, {".eleventy.js": text})
    assert found.settings.posts.path == ("",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("metadata.json", '{"title": "T", "url": "https://e.org", "author": {"name": "Ada"}}'),
        ("site.js", "module.exports = { title: 'T', url: 'https://e.org' }"),
    ],
)
def test_eleventy_site_data_names_the_site(tmp_path: Path, name: str, text: str) -> None:
    found = configured(tmp_path, {".eleventy.js": "", f"_data/{name}": text}).settings
    assert (found.site.title, found.site.url) == ("T", "https://e.org")


def test_zola_configuration_is_taken_over(tmp_path: Path) -> None:
    config = """
base_url = "https://e.org"
title = "T"
description = "D"
default_language = "fr"
feed_filenames = ["rss.xml"]
feed_limit = 5
author = "Ada"
"""
    found = configured(tmp_path, {"config.toml": config, "content/a.md": ""}).settings
    assert (found.site.title, found.site.subtitle, found.site.language) == ("T", "D", "fr")
    assert found.site.author == Author("Ada")
    assert (found.posts.path, found.feeds.limit) == (("content",), 5)


def test_astro_configuration_names_address_and_base_path(tmp_path: Path) -> None:
    config = "export default defineConfig({ site: 'https://e.org', base: '/sub' })"
    found = configured(tmp_path, {"astro.config.mjs": config, "src/content/a.md": ""}).settings
    assert found.site.url == "https://e.org/sub"
    assert found.posts.path == ("src/content",)


def test_links_and_licences_say_nothing_of_the_site(tmp_path: Path) -> None:
    config = """
        export const navBar: Link[] = [{ name: "Source", url: "https://code.example/" },
            { name: "Friend", url: "https://friend.example/" }]
        export const licenseConfig: License = { name: "CC", url: "https://licence.example/by/4.0/" }
        export const SITE = { title: "T", license: { url: "https://licence.example/" } }
        """
    files = {"astro.config.mjs": "export default { site: process.env.SITE }"}
    files |= {"src/config.ts": config, "src/content/a.md": ""}
    found = configured(tmp_path / "a", files).settings
    assert (found.site.title, found.site.url) == ("T", DEFAULT_URL)
    files["src/config.ts"] = f'{config}\nexport const url = "https://e.org"'
    assert configured(tmp_path / "b", files).settings.site.url == "https://e.org"


# -- configuration that is wrong ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("_config.yml", "title: a: b", "_config.yml:1:9:"),
        ("_config.yml", "- a", "_config.yml: must hold"),
        ("_config.yml", "a: !!python/object/apply:os.system [x]\n'", "_config.yml:"),
        ("_config.yml", "a: " + "[" * 5000, "_config.yml:1:"),
        ("_config.yml", "x: [" + "y, " * 400_000, "_config.yml: is larger than"),
        ("hugo.toml", "title = \nb = 1", "hugo.toml:1:"),
        ("hugo.toml", "a" + ".a" * 2000 + " = 1", "hugo.toml:1: has more than"),
        ("hugo.toml", "a = " + "1" * 5000, "hugo.toml: cannot be read as TOML"),
        ("hugo.json", "{", "hugo.json:1:2:"),
        ("hugo.json", '{"a": ' + "1" * 5000 + "}", "hugo.json: cannot be read as JSON"),
        ("hugo.json", '{"a": ' + "[" * 100_000, "hugo.json: is nested too deeply"),
        ("pelicanconf.py", "def", "pelicanconf.py:1: is not Python"),
        ("pelicanconf.py", "A = " + "(" * 5000, "pelicanconf.py"),
        ("_config.yml", "timezone: Mars/Phobos", "_config.yml: time zone"),
    ],
)
def test_broken_configuration_of_an_engine_is_one_line_with_file_and_place(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, {name: text})
    assert str(caught.value).startswith(place)
    assert "\n" not in str(caught.value)


def test_yaml_aliases_that_grow_without_bound_are_an_error(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(ConfigError, match=r"_config\.yml:\d+: .*more than"):
        configured(tmp_path, {"_config.yml": "\n".join(lines)})


def test_configuration_that_is_not_utf_8_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_bytes(b"a: b\ntitle: caf\xe9")
    with pytest.raises(ConfigError, match=r"_config\.yml:2: is not UTF-8"):
        load_settings(tmp_path, None, {})


def test_wrong_value_of_an_engine_is_left_out_with_a_finding(tmp_path: Path) -> None:
    found = configured(tmp_path, {"_config.yml": "url: example.org\ntitle: T\nlang: '?'"})
    assert found.settings.site.url == "http://localhost:8000"
    assert {finding.code for finding in found.findings} == {"config-value"}
    assert [finding.path for finding in found.findings] == ["_config.yml", "_config.yml"]


def test_wrong_time_zone_of_an_engine_does_not_matter_where_feedsvc_toml_names_one(
    tmp_path: Path,
) -> None:
    files = {"_config.yml": "timezone: Mars", "feedsvc.toml": "[site]\ntimezone = 'UTC'"}
    assert configured(tmp_path, files).settings.site.timezone == "UTC"


@pytest.mark.parametrize("value", ["3", "[a]", "{a: b}", "true", "2020-01-01", "null", "''"])
def test_values_of_the_wrong_kind_never_stop_an_engine(tmp_path: Path, value: str) -> None:
    keys = (
        *("url", "baseurl", "title", "author", "timezone_", "lang", "permalink", "source"),
        *("collections", "defaults", "future", "feed", "exclude", "collections_dir"),
        *("baseURL", "languages", "permalinks", "params", "services", "module", "taxonomies"),
        *("frontmatter", "cascade", "uglyURLs", "outputFormats", "contentDir", "copyright"),
    )
    text = "\n".join(f"{key}: {value}" for key in keys)
    assert configured(tmp_path / "a", {"_config.yml": text}).settings.engine == "jekyll"
    assert configured(tmp_path / "b", {"hugo.yaml": text}).settings.engine == "hugo"
    names: Any = ("SITEURL", "PATH", "ARTICLE_PATHS", "AUTHOR", "FEED_MAX_ITEMS", "DEFAULT_DATE")
    literals = {"true": "True", "null": "None", "{a: b}": "{'a': 'b'}", "[a]": "['a']"}
    literal = literals.get(value, value.replace("2020-01-01", "'2020-01-01'"))
    text = "\n".join(f"{name} = {literal}" for name in names)
    assert configured(tmp_path / "c", {"pelicanconf.py": text}).settings.engine == "pelican"


def test_source_outside_of_the_site_is_not_followed(tmp_path: Path) -> None:
    found = configured(tmp_path, {"_config.yml": "source: ../other", "_posts/a.md": ""}).settings
    assert found.posts.path == ("_posts",)


def test_jekyll_needs_no_configuration_where_layouts_lie_beside_the_posts(tmp_path: Path) -> None:
    name = "_posts/2020-02-03-a.md"
    write(tmp_path, {name: "---\n---\n", "_layouts/post.html": ""})
    site = read_site(tmp_path)
    assert site.configuration.settings.engine == "jekyll"
    assert site.posts[name].permalink.endswith("/2020/02/03/a.html")


@pytest.mark.parametrize(
    ("files", "url", "paths"),
    [
        (
            {
                "astro.config.mjs": "export default { site: SITE.website }",
                "src/config.ts": "export const SITE = { website: 'https://e.org/', title: 'T' }",
                "src/content.config.ts": (
                    "glob({ pattern: '**/*.md', base: './src/data/blog' }) // {base: 'x'}\n"
                    "glob({ pattern: '**/*.md', base: 'src/data/notes' })"
                ),
                "src/data/blog/a.md": "",
                "src/data/notes/a.md": "",
            },
            "https://e.org",
            ("src/data/blog", "src/data/notes"),
        ),
        (
            {
                "next.config.js": "",
                "data/siteMetadata.js": "module.exports = { siteUrl: 'https://e.org', title: 'T' }",
                "data/blog/a.mdx": "",
            },
            "https://e.org",
            ("data",),
        ),
        ({"next.config.js": "", "public/a/index.md": ""}, "http://localhost:8000", ("public",)),
        (
            {
                "gatsby-config.js": "siteMetadata: { siteUrl: `https://e.org`, title: `T` },"
                "plugins: [{ options: { path: `${__dirname}/content/blog` } }]",
                "content/blog/a/index.md": "",
            },
            "https://e.org",
            ("content/blog",),
        ),
    ],
)
def test_sites_of_javascript_say_their_address_and_where_posts_are(
    tmp_path: Path, files: dict[str, str], url: str, paths: tuple[str, ...]
) -> None:
    found = configured(tmp_path, files).settings
    assert (found.site.url, found.posts.path) == (url, paths)


def test_sites_of_others_within_a_folder_are_not_told_of(tmp_path: Path) -> None:
    found = configured(tmp_path, {"themes/hugo.toml": "", "a/b/hugo.toml": "", ".x/hugo.toml": ""})
    assert found.detection == "Plain folder, posts in the folder itself"


def test_gatsbys_own_pages_are_posts_only_where_there_are_no_others(tmp_path: Path) -> None:
    sources = "{path: `${__dirname}/src/pages/`}, {path: `${__dirname}/content/posts`}"
    write(tmp_path, {"gatsby-config.js": sources, "src/pages/now.md": "a"})
    assert load_settings(tmp_path, {}, {}).settings.posts.path == ("src/pages",)
    write(tmp_path, {"content/posts/a/index.mdx": "a"})
    assert load_settings(tmp_path, {}, {}).settings.posts.path == ("content/posts",)


GATSBY = (
    "{ title: `Ada's notes`, description: 'W', siteUrl: 'https://e.org/', author: {name: 'A'} }"
)


@pytest.mark.parametrize(
    "files",
    [
        {"gatsby-config.js": f"module.exports = {{ siteMetadata: {GATSBY}, PLUGINS }}"},
        {
            "gatsby-config.js": f"const meta = {GATSBY}\n"
            "module.exports = { siteMetadata: meta, PLUGINS }"
        },
        {
            "gatsby-config.js": "const meta = require('./meta')\nmodule.exports = "
            "{ siteMetadata: meta, PLUGINS }",
            "meta.js": f"module.exports = {GATSBY}",
        },
        {
            "gatsby-config.ts": "import siteMetadata from './src/meta'\nexport default "
            "{ siteMetadata, PLUGINS }",
            "src/meta.ts": f"export default {GATSBY}",
        },
    ],
)
def test_what_a_gatsby_site_is_called_stands_in_its_metadata(
    tmp_path: Path, files: dict[str, str]
) -> None:
    plugins = "plugins: [{ options: { name: 'images', path: 'content', url: 'https://x.org/' } }]"
    made = {name: text.replace("PLUGINS", plugins) for name, text in files.items()}
    site = configured(tmp_path, made).settings.site
    assert (site.url, site.title, site.subtitle) == ("https://e.org", "Ada's notes", "W")
    assert site.author
    assert site.author.name == "A"


def test_plugins_of_gatsby_have_names_that_are_not_the_sites(tmp_path: Path) -> None:
    config = "siteMetadata: { ...made() }, plugins: [{ options: { name: 'images', path: 'a' } }]"
    assert configured(tmp_path, {"gatsby-config.js": config}).settings.site.title != "images"


@pytest.mark.parametrize(
    "written",
    [
        "'content/posts'",
        "`./content/posts/`",
        "`${__dirname}/content/posts`",
        "__dirname + '/content/posts'",
        "path.resolve(__dirname, 'content', 'posts')",
        'path.join(__dirname, "content/posts")',
        "path.resolve('content/posts')",
        "path.resolve(`${__dirname}/content`, `posts`)",
        "resolve(\n  __dirname,\n  `content`,\n  `posts`,\n)",
    ],
)
def test_a_source_of_gatsbys_is_named_in_one_text_or_in_parts(tmp_path: Path, written: str) -> None:
    sources = "{path: path.join(root, 'content')}, {path: `${__dirname}/src/images`}, {path: %s}"
    files = {"gatsby-config.ts": sources % written, "content/posts/a.md": "a"}
    assert configured(tmp_path, files).settings.posts.path == ("content/posts",)


@pytest.mark.parametrize("written", ["`content/${name}`", "path.resolve(`content/${name}`)"])
def test_sources_of_gatsbys_that_only_code_names_lie_below_one(
    tmp_path: Path, written: str
) -> None:
    sources = f"names.map((name) => ({{path: {written}}})), {{path: 'content/about'}}"
    files = {"gatsby-config.ts": sources, "content/about/a.md": "a", "content/tech/b.md": "b"}
    assert configured(tmp_path, files).settings.posts.path == ("content",)


def test_a_gatsby_site_has_pages_at_their_paths_whatever_its_source(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "gatsby-config.js": "{siteUrl: 'https://e.org'}, {path: `${__dirname}/src`}",
            "src/pages/posts/a/index.md": "---\ndate: 2020-01-01\n---\n",
            "src/notes/pages/b.md": "---\ndate: 2020-01-01\n---\n",
        },
    )
    assert sorted(map(path, read_site(tmp_path).posts.values())) == ["/notes/pages/b/", "/posts/a/"]


def test_posts_of_javascript_sites_are_looked_for_where_there_are_any(tmp_path: Path) -> None:
    write(
        tmp_path, {"astro.config.mjs": "", "src/pages/about.md": "a", "src/content/config.ts": ""}
    )
    assert load_settings(tmp_path, {}, {}).settings.posts.path == ("src/pages",)
    write(tmp_path, {"src/posts/a.mdx": "a"})
    assert load_settings(tmp_path, {}, {}).settings.posts.path == ("src/posts",)


@pytest.mark.parametrize(
    ("package", "expected"),
    [("remark-github-blockquote-alert", True), ("rehype-callouts", True), ("remark-gfm", False)],
)
def test_notes_are_made_where_a_plugin_makes_them(
    tmp_path: Path, package: str, expected: bool
) -> None:
    write(
        tmp_path,
        {"astro.config.mjs": "", "package.json": f'{{"dependencies": {{"{package}": "1"}}}}'},
    )
    assert load_settings(tmp_path, {}, {}).settings.engine_options["alerts"] is expected


def test_a_plugin_of_the_sites_own_may_make_notes(tmp_path: Path) -> None:
    config = "import remarkCallout from './plugins/callout.mjs'; remarkPlugins: [remarkCallout]"
    options = configured(tmp_path, {"astro.config.mjs": config}).settings.engine_options
    assert options["alerts"] is True
