"""The reading of Zola sites, rule by rule, and what Zola itself made of the same pages.

`probes/zola.json` holds single pages, each a site of its own with `CONFIG` and what `config` adds,
and what Zola 0.22.0 made of them; `answer` is null where it made nothing without an error.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.model import Post, State
from feedsvc.posts.undated import UNDATED
from feedsvc.sites.zola.paths import segment
from tests.sites.reading import at, path, read_site, write

if TYPE_CHECKING:
    from feedsvc.settings import Settings

NOW = datetime(2026, 1, 1, tzinfo=UTC)


ZOLA = "base_url = 'https://e.org'\n"


def zola(folder: Path, front: str, name: str = "blog/a.md", config: str = "") -> Post:
    files = {"config.toml": ZOLA + config, f"content/{name}": f"+++\n{front}\n+++\nBody\n"}
    return read_site(write(folder, files)).posts[f"content/{name}"]


def test_zola_reads_toml_with_taxonomies_and_extra(tmp_path: Path) -> None:
    front = """
title = "T"
date = 2020-02-03T10:00:00
updated = 2020-02-04
authors = ["Ada"]
[taxonomies]
tags = ["a b", "c"]
categories = ["D"]
[extra]
image = "/i.png"
"""
    found = zola(tmp_path, front)
    assert (found.title, found.published) == ("T", at("2020-02-03T10:00:00+00:00"))
    assert found.updated == at("2020-02-04T00:00:00+00:00")
    assert (found.tags, found.categories) == (("a b", "c"), ("D",))
    assert ([one.name for one in found.authors], found.image) == (["Ada"], "https://e.org/i.png")
    assert found.id == found.permalink == "https://e.org/blog/a/"


@pytest.mark.parametrize(
    ("name", "front", "expected"),
    [
        ("blog/2020-02-03-x.md", "", "/blog/x/"),
        ("blog/2020-02-03_x.md", "", "/blog/x/"),
        ("blog/2020-02-03-x/index.md", "", "/blog/x/"),
        ("blog/Ünï Code.md", "", "/blog/uni-code/"),
        ("Our Blog/Ünï.md", "", "/Our Blog/uni/"),  # folders stand as they are
        ("blog/2020-02-03.md", "", "/blog/2020-02-03/"),
        ("blog/2020-13-03-x.md", "", "/blog/2020-13-03-x/"),
        ("blog/2020-02-03T10:00:00Z-x.md", "", "/blog/x/"),
        ("index.fr.md", "", "/fr/"),
        ("blog/a.md", "slug = 'Other One'", "/blog/other-one/"),
        ("blog/a.md", "path = 'x/y'", "/x/y/"),
        ("blog/a.fr.md", "", "/fr/blog/a/"),
        ("top.md", "", "/top/"),
    ],
)
def test_zola_addresses(tmp_path: Path, name: str, front: str, expected: str) -> None:
    config = "default_language = 'en'\n[languages.fr]\n"
    found = zola(tmp_path, f"date = 2020-02-03\n{front}", name, config)
    assert unquote(path(found)) == expected
    assert found.lang == ("fr" if ".fr." in name else None)


def test_zola_slug_strategies_and_kept_dates(tmp_path: Path) -> None:
    config = "[slugify]\npaths = 'safe'\npaths_keep_dates = true"
    assert path(zola(tmp_path, "", "2020-02-03-Ä x.md", config)) == "/2020-02-03-%C3%84%20x/"
    config = "[slugify]\npaths = 'off'"
    assert path(zola(tmp_path, "", "Ä x.md", config)) == "/%C3%84%20x/"


def test_zola_date_of_the_file_name_stands_in_and_no_date_means_no_feed(tmp_path: Path) -> None:
    for name in ("2020-02-03-x.md", "2020-02-03.md", "2020-02-03x.md"):
        assert zola(tmp_path, "", name).published == at("2020-02-03T00:00+00:00")
    assert not zola(tmp_path, "title = 'x'").in_feeds


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ("draft = true", State.DRAFT),
        ("render = false", State.UNPUBLISHED),
        ("date = 2999-01-01", State.PUBLISHED),
    ],
)
def test_zola_states(tmp_path: Path, front: str, state: State) -> None:
    assert zola(tmp_path, front).state(NOW) is state


def test_zola_sections_are_no_pages_but_what_lies_beside_an_index_is(tmp_path: Path) -> None:
    text = "+++\ndate = 2020-01-01\n+++\n"
    names = ("blog/_index.md", "blog/x/index.md", "blog/x/notes.md")
    files = {"config.toml": ZOLA, **{f"content/{name}": text for name in names}}
    found = read_site(write(tmp_path, files)).posts
    assert {unquote(path(post)) for post in found.values()} == {"/blog/x/", "/blog/x/notes/"}


def test_zola_pages_below_a_draft_section_are_drafts(tmp_path: Path) -> None:
    text = "+++\ndraft = true\n+++\n"
    files = {"content/a/_index.md": text, "content/b/_index.md": f"+++\n+++\n{text}"}
    below = zola_page(tmp_path, "content/a/c/x.md", "date = 2020-01-01", files)
    assert below.state(NOW) is State.DRAFT
    assert zola_page(tmp_path, "content/b/x.md", "date = 2020-01-01").state(NOW) is State.PUBLISHED


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt.md", {"a.md", "b/README.md"}),
        ("**/README.md", {"a.md", "c.txt.md"}),
        ("*/b/*", {"a.md", "c.txt.md"}),
        ("content/a.md", {"a.md", "b/README.md", "c.txt.md"}),
    ],
)
def test_zola_ignores_content_that_the_site_names(
    tmp_path: Path, pattern: str, names: set[str]
) -> None:
    pages = ("a.md", "b/README.md", "c.txt.md")
    files = {f"content/{name}": "+++\ndate = 2020-01-01\n+++\n" for name in pages}
    config = f"{ZOLA}\nignored_content = ['{pattern}']\n"
    found = read_site(write(tmp_path, {"config.toml": config, **files})).posts
    assert set(found) == {f"content/{name}" for name in names}


def zola_page(folder: Path, name: str, front: str, files: dict[str, str] | None = None) -> Post:
    config = "base_url = 'https://e.org'\n[languages.fr]\n"
    made = {"config.toml": config, name: f"+++\n{front}\n+++\n", **(files or {})}
    return read_site(write(folder, made)).posts[name]


@pytest.mark.parametrize(
    ("front", "instant"),
    [
        ("path = '2020/02/03/a'", "2020-02-03T00:00:00Z"),
        ("path = '2020/02/03/a'\ndate = 2021-01-01", "2021-01-01T00:00:00Z"),
        ("path = '2020/02/31/a'", "0001-01-01T00:00:00Z"),
        ("path = 'a/2020/02/03/b'", "2020-02-03T00:00:00Z"),
    ],
)
def test_zola_page_without_a_date_has_the_day_that_its_path_begins_with(
    tmp_path: Path, front: str, instant: str
) -> None:
    assert zola_page(tmp_path, "content/a.md", front).published == at(instant)


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("content/news/a.md", "news"),
        ("content/news/a/index.md", "news"),
        ("content/news/old/a.md", ""),  # a section of its own, without a feed
        ("content/news/old/more/a.md", ""),
        ("content/news/2020/a.md", "news"),  # transparent: the section above has its pages, too
        ("content/a.md", ""),
    ],
)
def test_zola_sections_have_the_feeds_that_they_ask_for(
    tmp_path: Path, name: str, section: str
) -> None:
    files = {
        "content/_index.md": "+++\ngenerate_feeds = true\n+++\n",
        "content/news/_index.md": "+++\ngenerate_feeds = true\n+++\n",
        "content/news/old/_index.md": "+++\n+++\n",
        "content/news/2020/_index.md": "+++\ntransparent = true\n+++\n",
    }
    assert zola_page(tmp_path, name, "date = 2020-01-01", files).section == section


def test_zola_pages_of_another_language_are_in_the_feeds_of_that(tmp_path: Path) -> None:
    assert zola_page(tmp_path, "content/a.fr.md", "date = 2020-01-01").edition == "fr"
    assert zola_page(tmp_path, "content/a.md", "date = 2020-01-01").edition == ""


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("技术与旅行", "ji-shu-yu-lv-xing"),
        ("什么是价值", "shen-me-shi-jia-zhi"),
        ("🐘🦀 and 😀x", "elephant-crab-and-grinning-x"),
        ("I ❤ tea ✓", "i-heart-tea-ok"),
        ("الاسم", "lsm"),
        ("コーヒー", "kohi"),
        ("a…b—c", "a-b-c"),
        ("x→y", "x-y"),
        ("𝓐 Ⱡ", "a-l"),
        ("\U00020000", ""),
    ],
)
def test_zola_names_in_other_scripts_are_spelt_in_ascii_as_zola_does(name: str, slug: str) -> None:
    assert segment(name, "on") == slug


def configured(folder: Path, config: str) -> Settings:
    site = write(folder, {"config.toml": ZOLA + config, "content/_index.md": "+++\n+++\n"})
    return load_settings(site, {}, {}).settings


LANGUAGES = """
title = "Harbour"
default_language = "en"
feed_filenames = ["rss.xml"]
taxonomies = [{name = "keywords", feed = true}, {name = "category"}]
[languages.en]
description = "Ships"
[languages.fr]
title = "Port"
feed_filenames = ["feed.xml", "rss.xml"]
taxonomies = [{name = "tags"}]
"""


def test_zola_languages_have_titles_feeds_and_taxonomies_of_their_own(tmp_path: Path) -> None:
    settings = configured(tmp_path, LANGUAGES)
    assert (settings.site.title, settings.site.subtitle) == ("Harbour", "Ships")
    assert settings.languages["fr"].title == "Port"
    assert set(settings.languages) == {"fr"}
    layout = sites.layout(settings)

    def paths(key: FeedKey) -> list[str]:
        return [path for form in ("atom", "rss") for path in layout.feed_paths(key, form, settings)]

    assert paths(FeedKey.site()) == ["/rss.xml"]
    assert paths(FeedKey(FeedKind.SITE, language="fr")) == ["/fr/feed.xml", "/fr/rss.xml"]
    assert paths(FeedKey(FeedKind.TAG, "A b", "a-b")) == ["/keywords/a-b/rss.xml"]
    assert paths(FeedKey(FeedKind.CATEGORY, "c", "c")) == ["/category/c/rss.xml"]
    assert paths(FeedKey(FeedKind.TAG, "x", "x", "fr")) == [
        "/fr/tags/x/feed.xml",
        "/fr/tags/x/rss.xml",
    ]
    assert paths(FeedKey(FeedKind.AUTHOR, "Ada", "ada")) == []


def test_zola_tags_are_those_of_the_taxonomy_that_the_site_has_for_them(tmp_path: Path) -> None:
    front = "date = 2020-01-01\n[taxonomies]\nkeywords = ['a']\ntags = ['b']\ncategory = ['c']\n"
    own = zola(tmp_path, front, config=LANGUAGES)
    assert (own.tags, own.categories) == (("a",), ("c",))
    french = zola(tmp_path, front, "blog/a.fr.md", LANGUAGES)
    assert french.tags == ("b",)


def test_zola_extra_makes_no_drafts_dates_or_tags(tmp_path: Path) -> None:
    extra = "draft = true\ndate = 2020-01-01\nslug = 'x'\ntags = ['a']\nupdated = 2021-01-01"
    found = zola(tmp_path, f"date = 2020-02-03\n[extra]\n{extra}")
    assert (found.state(NOW), found.tags, path(found)) == (State.PUBLISHED, (), "/blog/a/")
    assert found.updated == at("2021-01-01T00:00+00:00")  # sites' own templates show that


def test_zola_markdown_options_are_taken_over(tmp_path: Path) -> None:
    options = configured(
        tmp_path,
        "[markdown]\nsmart_punctuation = true\nrender_emoji = true\ngithub_alerts = true\n",
    ).engine_options
    assert (options["typographer"], options["emoji"], options["alerts"]) == (True, True, True)
    options = configured(tmp_path / "x", "").engine_options
    assert (options["typographer"], options["emoji"]) == (False, False)
    assert options["description_lists"] is False


@pytest.mark.parametrize(
    ("asked", "loop", "shown"),
    [
        ('get_section(path="blog/_index.md")', "section.pages", {"blog/a.md", "blog/2020/a.md"}),
        ('get_section(path=root ~ "_index.md")', "section.pages | reverse", {"a.md"}),
        ('get_section(path="none/_index.md")', "section.pages", None),
        ('get_section(path="blog/_index.md")', "pages", None),
        ("config.title", "pages", None),
    ],
)
def test_zola_feed_template_that_asks_for_a_section_shows_its_pages(
    tmp_path: Path, asked: str, loop: str, shown: set[str] | None
) -> None:
    names = {"a.md", "blog/a.md", "blog/2020/a.md", "notes/a.md"}
    template = f"{{% set section = {asked} %}}{{% for page in {loop} %}}{{% endfor %}}"
    sections = {"blog": "", "blog/2020": "transparent = true\n", "notes": ""}
    files = {
        "config.toml": ZOLA,
        "templates/atom.xml": template,
        **{f"content/{name}": "+++\ndate = 2020-01-01\n+++\n" for name in names},
        **{f"content/{name}/_index.md": f"+++\n{said}+++\n" for name, said in sections.items()},
    }
    posts = read_site(write(tmp_path, files)).posts
    found = {name for name in names if posts[f"content/{name}"].in_site_feed}
    assert found == (names if shown is None else shown)


def test_zola_pages_that_themes_hide_from_feeds_are_in_none(tmp_path: Path) -> None:
    front, hidden = "date = 2020-02-03\n", "[extra]\nhide_from_feed = true\n"
    assert zola(tmp_path, front).in_feeds
    assert not zola(tmp_path, front + hidden).in_feeds
    section = {"content/pages/_index.md": f"+++\n{hidden}+++\n"}
    assert not zola_page(tmp_path, "content/pages/a.md", front, section).in_feeds


def test_zola_extra_of_the_theme_is_below_that_of_the_site(tmp_path: Path) -> None:
    theme = "[extra]\na = 1\nb = 2\n[extra.deep]\nx = 1\ny = 2\n"
    config = "theme = 'even'\n[extra]\nb = 3\n[extra.deep]\ny = 3\n"
    write(tmp_path, {"themes/even/theme.toml": theme})
    options = configured(tmp_path, config).engine_options
    assert options["variables"] == {"a": 1, "b": 3, "deep": {"x": 1, "y": 3}}
    write(tmp_path, {"themes/even/theme.toml": "[broken"})
    assert configured(tmp_path, config).engine_options["variables"] == {"b": 3, "deep": {"y": 3}}


def test_zola_sites_of_before_0_11_have_their_feed_where_it_was_too(tmp_path: Path) -> None:
    settings = configured(tmp_path, "generate_rss = true\nrss_limit = 7\n")
    layout = sites.layout(settings)
    assert layout.feed_paths(FeedKey.site(), "rss", settings) == ("/rss.xml",)
    assert layout.feed_paths(FeedKey.site(), "atom", settings) == ("/atom.xml",)
    assert settings.feeds.limit == 7


def test_zola_page_in_a_folder_that_is_no_section_is_in_no_section(tmp_path: Path) -> None:
    files = {
        "content/news/_index.md": "+++\ngenerate_feeds = true\n+++\n",
        "content/news/_index.fr.md": "+++\ntransparent = true\n+++\n",
    }
    front = "date = 2020-01-01"
    assert zola_page(tmp_path, "content/news/2020/a.md", front, files).section == ""
    assert zola_page(tmp_path, "content/news/a/index.md", front, files).section == "news"
    assert zola_page(tmp_path, "content/news/a.fr.md", front, files).section == ""


# -- what Zola made of the same pages ----------------------------------------------------------

PROBES = json.loads((Path(__file__).parent / "probes/zola.json").read_text("utf-8"))
# Deviations, listed in docs/compatibility.md.
OTHERWISE = {
    "toml date 9999-12-31": "date",  # the last day that every zone can show is before it
    "lang file index.fr.md": "published",  # Zola's page is hidden by its own front page
    "lang2 file index.fr.md": "published",
    "path a//b": "url",
    "path ../up": "published",
    "path 2020/02/03/": "date",
    "yaml float": "title",
    "yaml tags": "tags",
    "fence indented fence": "published",
    "fence close on line": "published",
}


def probe(one: dict[str, Any], folder: Path) -> Post | None:
    main, bracket, tables = one.get("config", "").partition("\n[")
    if one.get("config", "").startswith("["):
        main, bracket, tables = "", "\n", one["config"]
    config = f"{PROBES['config']}{main}{bracket}{tables}"
    files = {"config.toml": config, one["path"]: one["text"], **one.get("files", {})}
    found = read_site(write(folder, files)).posts.get(one["path"])
    return found if found and found.state(NOW) is State.PUBLISHED else None


@pytest.mark.parametrize("one", PROBES["items"], ids=lambda one: one["name"])
def test_zola_pages_are_what_zola_makes_of_them(tmp_path: Path, one: dict[str, Any]) -> None:
    found, answer, otherwise = probe(one, tmp_path), one["answer"], OTHERWISE.get(one["name"])
    if otherwise == "published":
        assert (found is None) != (answer is None) or (found and not found.in_feeds)
        return
    assert (found is None) == (answer is None)
    if found is None:
        return
    mine = {
        "url": unquote(found.permalink),
        "date": None if found.published == UNDATED else int(found.published.timestamp() // 1),
        "title": found.title,
        "tags": list(found.tags),
        "categories": list(found.categories),
    }
    theirs = {
        "url": unquote(answer["url"]),
        "date": answer["date_unix"],
        "title": " ".join((answer["title"] or "").split()),
        "tags": list(dict.fromkeys(term.strip() for term in answer["tags"])),
        "categories": answer["categories"],
    }
    assert {key for key in mine if mine[key] != theirs[key]} == (
        {otherwise} if otherwise else set()
    )
    if answer["updated_unix"] is not None and answer["date_unix"] is not None:
        assert int(found.updated.timestamp()) == answer["updated_unix"]
    if answer["authors"]:
        assert [author.name for author in found.authors] == [
            name.partition(" <")[0] for name in answer["authors"]
        ]
    if otherwise is None and ".fr." not in one["path"]:  # another language has feeds of its own
        assert found.in_feeds == answer["in_feed"]
