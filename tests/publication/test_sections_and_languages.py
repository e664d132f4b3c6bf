"""A site's sections, and its languages besides its own, have feeds that read right."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import etree, html

import feedsvc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feedsvc.publication import Publication

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CONFIG = """
baseURL = "https://e.org/"
title = "Harbour"
[params]
description = "In English."
[languages.en]
weight = 1
[languages.fr]
title = "Port"
locale = "fr-CA"
[languages.fr.params]
description = "En français."
[languages.de]
weight = 3
"""
PAGE = "---\ntitle: {}\ndate: 2026-05-30\ntags: [sea]\n---\nWords.\n"
FILES = {
    "hugo.toml": CONFIG,
    "content/blog/boat.md": PAGE.format("Boat"),
    "content/blog/boat.fr.md": PAGE.format("Bateau"),
    "content/blog/boat.de.md": PAGE.format("Boot"),
    "content/docs/rope.md": PAGE.format("Rope"),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def publication(tmp_path: Path) -> Iterator[Publication]:
    with closing(
        feedsvc.open_site(write(tmp_path, FILES), overrides={"site": {"pages": "all"}})
    ) as site:
        yield site.publication(NOW)


def titles(publication: Publication, path: str) -> list[str]:
    document = publication.get(path)
    assert document is not None, path
    return sorted(entry.title for entry in feedparser.parse(document.body).entries)


@pytest.mark.parametrize(
    ("folder", "hugos", "expected"),
    [
        ("/", "/index.xml", ["Boat", "Rope"]),
        ("/sections/blog/", "/blog/index.xml", ["Boat"]),
        ("/sections/docs/", "/docs/index.xml", ["Rope"]),
        ("/tags/sea/", "/tags/sea/index.xml", ["Boat", "Rope"]),
        ("/fr/", "/fr/index.xml", ["Bateau"]),
        ("/fr/sections/blog/", "/fr/blog/index.xml", ["Bateau"]),
        ("/fr/tags/sea/", "/fr/tags/sea/index.xml", ["Bateau"]),
        ("/de/", "/de/index.xml", ["Boot"]),
    ],
)
def test_every_language_and_section_has_its_own_entries(
    publication: Publication, folder: str, hugos: str, expected: list[str]
) -> None:
    for path in (f"{folder}feed.atom", f"{folder}feed.rss", hugos):
        assert titles(publication, path) == expected


@pytest.mark.parametrize(
    ("path", "title", "language", "subtitle"),
    [
        ("/feed.atom", "Harbour", "en", "In English."),
        ("/fr/feed.atom", "Port", "fr-CA", "En français."),
        ("/fr/tags/sea/feed.atom", "sea – Port", "fr-CA", ""),
        ("/de/feed.atom", "Harbour", "de", ""),
        ("/sections/blog/feed.atom", "blog – Harbour", "en", ""),
    ],
)
def test_heads_and_entries_are_in_the_language_of_the_feed(
    publication: Publication, path: str, title: str, language: str, subtitle: str
) -> None:
    document = publication.get(path)
    assert document is not None
    root = etree.fromstring(document.body)
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    found = feedparser.parse(document.body)
    assert (found.feed.title, root.get(xml_lang)) == (title, language)
    assert found.feed.get("subtitle", "") == subtitle
    assert found.feed.id == f"https://e.org{path.removesuffix('feed.atom')}"
    assert {entry.title_detail.language for entry in found.entries} == {language}


def test_translations_are_different_entries(publication: Publication) -> None:
    ids = set()
    for path in ("/index.xml", "/fr/index.xml", "/de/index.xml"):
        document = publication.get(path)
        assert document is not None
        ids |= {entry.id for entry in feedparser.parse(document.body).entries}
    assert ids == {
        "https://e.org/blog/boat/",
        "https://e.org/docs/rope/",
        "https://e.org/fr/blog/boat/",
        "https://e.org/de/blog/boat/",
    }


def test_home_page_and_opml_lead_to_other_languages(publication: Publication) -> None:
    home, french, opml = (publication.get(path) for path in ("/", "/fr/", "/feeds.opml"))
    assert None not in (home, french, opml)
    tree = html.fromstring(home.body)
    groups = [heading.text_content() for heading in tree.xpath("//section/h2")]
    assert groups[1:] == ["Languages", "Sections", "Tags"]
    assert tree.xpath("//section[h2='Languages']//li/a/@href") == ["./de/", "./fr/"]
    assert tree.xpath("//section[h2='Tags']//li/a/@href") == ["./tags/sea/"]
    assert html.fromstring(french.body).get("lang") == "fr-CA"
    outlines = etree.fromstring(opml.body).xpath("/opml/body/outline/@text")
    assert outlines == [
        *("Harbour", "Sections", "Tags"),
        *("Harbour", "Sections (de)", "Tags (de)"),
        *("Port", "Sections (fr)", "Tags (fr)"),
    ]


def test_language_that_loses_its_last_post_fades(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    with closing(feedsvc.open_site(folder)) as site:
        site.publication(NOW, keep=True)
        (folder / "content/blog/boat.fr.md").unlink()
        publication = site.publication(NOW, keep=True)
        for path in ("/fr/feed.atom", "/fr/index.xml", "/fr/tags/sea/feed.atom"):
            assert titles(publication, path) == []
        assert titles(publication, "/feed.atom") == ["Boat", "Rope"]
        later = site.publication(NOW + timedelta(days=15), keep=True)
        assert later.get("/fr/feed.atom") is None
        assert later.gone("/fr/feed.atom")


@pytest.mark.parametrize("layout", ["jekyll", "pelican", "wordpress", "astro", "eleventy"])
def test_layouts_without_languages_keep_their_addresses_for_the_sites_own(
    tmp_path: Path, layout: str
) -> None:
    wishes = {"feeds": {"urls": layout}}
    with closing(feedsvc.open_site(write(tmp_path, FILES), overrides=wishes)) as site:
        publication = site.publication(NOW)
        foreign = {"Bateau", "Boot"}
        for path in publication.paths():
            if path.endswith(("feed.atom", "feed.rss", "feed.json", ".opml")):
                continue
            document = publication.get(path)
            assert document is not None
            told = {entry.title for entry in feedparser.parse(document.body).entries}
            assert not told & foreign, path


def test_posts_that_the_site_feed_leaves_out_are_in_the_others(tmp_path: Path) -> None:
    template = {"layouts/index.rss.xml": '{{ where .Site.RegularPages "Section" "blog" }}'}
    with closing(feedsvc.open_site(write(tmp_path, FILES | template))) as site:
        publication = site.publication(NOW)
        assert titles(publication, "/feed.atom") == ["Boat"]
        assert titles(publication, "/tags/sea/feed.atom") == ["Boat", "Rope"]
        assert titles(publication, "/docs/index.xml") == ["Rope"]


def test_terms_that_an_engine_takes_for_one_are_one_feed_whatever_their_slugs(
    tmp_path: Path,
) -> None:
    config = "base_url = 'https://e.org'\ntaxonomies = [{name = 'tags', feed = true}]\n"
    page = "+++\ntitle = '{}'\ndate = 2026-05-30\n[taxonomies]\ntags = ['{}']\n+++\n"
    files = {
        "config.toml": config,
        "content/a.md": page.format("A", "zdraví"),
        "content/b.md": page.format("B", "Zdraví"),
        "content/c.md": page.format("C", "zdravi"),
        "content/d.md": page.format("D", "other"),
    }
    with closing(feedsvc.open_site(write(tmp_path, files))) as site:
        publication = site.publication(NOW)
        assert titles(publication, "/tags/zdravi/atom.xml") == ["A", "B", "C"]
        assert titles(publication, "/tags/other/atom.xml") == ["D"]
