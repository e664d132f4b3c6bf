"""A folder of episodes, published: what Apple asks of a podcast, rule by rule, and more.

<https://podcasters.apple.com/support/823-podcast-requirements>,
<https://help.apple.com/itc/podcasts_connect/#/itcb54353390>
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import feedparser
import pytest
from lxml import etree, html

import feedsvc
from feedsvc.checks.podcasts import CATEGORIES, findings
from feedsvc.config import load_settings
from feedsvc.formats.vocabulary import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.publication import Publication

FOLDER = Path(__file__).parents[1] / "data" / "podcast"
NOW = datetime(2026, 5, 30, tzinfo=UTC)
URL = "https://harbour.example.com"
FILE_TYPES = {
    ".m4a": "audio/x-m4a",
    ".mp3": "audio/mpeg",
    ".mov": "video/quicktime",
    ".mp4": "video/mp4",
    ".m4v": "video/x-m4v",
    ".pdf": "application/pdf",
}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    folder = shutil.copytree(FOLDER, tmp_path_factory.mktemp("podcast") / "site")
    site = feedsvc.open_site(folder, cache=folder.parent / "cache", jobs=1)
    return site.publication(NOW)


@pytest.fixture(scope="module")
def show(publication: Publication) -> etree._Element:
    return etree.fromstring(publication.get("/feed.rss").body)[0]


def texts(element: etree._Element, path: str) -> list[str]:
    return list(element.xpath(path, namespaces=NAMESPACES))


def channel_says(path: str) -> Callable[[etree._Element], bool]:
    return lambda show: any(texts(show, path))


def category_is_on_the_list(show: etree._Element) -> bool:
    return all(
        within in CATEGORIES[category.get("text")]
        for category in texts(show, "itunes:category")
        for within in texts(category, "itunes:category/@text")
    )


CHANNEL_RULES: dict[str, Callable[[etree._Element], bool]] = {
    "title (required)": channel_says("title/text()"),
    "description (required)": channel_says("description/text()"),
    "description has at most 4,000 bytes": lambda show: (
        len(show.findtext("description", "").encode()) <= 4000
    ),
    "language (required, ISO 639)": lambda show: bool(
        re.fullmatch("[a-z]{2}(-[a-z]{2})?", show.findtext("language", ""))
    ),
    "itunes:image (required) is a JPEG or PNG": lambda show: (
        texts(show, "itunes:image/@href") == [f"{URL}/cover.jpg"]
    ),
    "itunes:category (required)": channel_says("itunes:category/@text"),
    "itunes:category is on Apple's list": category_is_on_the_list,
    "itunes:explicit (required) is true or false": lambda show: (
        texts(show, "itunes:explicit/text()") == ["false"]
    ),
    "itunes:author (recommended)": channel_says("itunes:author/text()"),
    "itunes:owner has name and mail (recommended)": channel_says(
        "itunes:owner/itunes:email/text()"
    ),
    "link (recommended)": lambda show: show.findtext("link") == f"{URL}/",
    "itunes:type is episodic or serial": lambda show: (
        texts(show, "itunes:type/text()") == ["serial"]
    ),
    "copyright": channel_says("copyright/text()"),
    "every address is https": lambda show: (
        not texts(show, ".//@href[starts-with(., 'http:')] | .//@url[starts-with(., 'http:')]")
    ),
    "addresses are ASCII": lambda show: all(
        url.isascii() for url in texts(show, ".//@href | .//@url")
    ),
    "guids are unique": lambda show: (
        len(set(texts(show, "item/guid/text()"))) == len(texts(show, "item"))
    ),
    "enclosures are unique": lambda show: (
        len(set(texts(show, "item/enclosure/@url"))) == len(texts(show, "item/enclosure"))
    ),
    "podcast:guid is a UUID": lambda show: UUID(texts(show, "podcast:guid/text()")[0]).version == 5,
    "podcast:locked names the owner": lambda show: (
        texts(show, "podcast:locked/@owner") == ["zoe@example.com"]
    ),
}
EPISODE_RULES: dict[str, Callable[[etree._Element], bool]] = {
    "title (required)": channel_says("title/text()"),
    "enclosure (required), exactly one": lambda item: len(texts(item, "enclosure")) == 1,
    "enclosure has a type that fits its name": lambda item: (
        texts(item, "enclosure/@type")
        == [FILE_TYPES[Path(texts(item, "enclosure/@url")[0]).suffix]]
    ),
    "enclosure has its length in bytes": lambda item: (
        int(texts(item, "enclosure/@length")[0])
        == (FOLDER / texts(item, "enclosure/@url")[0].removeprefix(f"{URL}/")).stat().st_size
    ),
    "guid": channel_says("guid/text()"),
    "pubDate is RFC 2822": lambda item: (
        parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo is not None
    ),
    "description": channel_says("description/text()"),
    "link": lambda item: item.findtext("link", "").startswith(f"{URL}/"),
    "itunes:duration is in seconds": lambda item: int(texts(item, "itunes:duration/text()")[0]) > 0,
    "itunes:episodeType is full, trailer or bonus": lambda item: (
        texts(item, "itunes:episodeType/text()")[0] in ("full", "trailer", "bonus")
    ),
    "itunes:episode is a positive number (required in a serial)": lambda item: (
        int(texts(item, "itunes:episode/text()")[0]) > 0
    ),
    "itunes:season is a positive number": lambda item: (
        int(texts(item, "itunes:season/text()")[0]) > 0
    ),
    "itunes:explicit, if there, is true or false": lambda item: (
        set(texts(item, "itunes:explicit/text()")) <= {"true", "false"}
    ),
    "itunes:image, if there, is a JPEG or PNG": lambda item: all(
        url.endswith((".jpg", ".png")) for url in texts(item, "itunes:image/@href")
    ),
}


@pytest.mark.parametrize("rule", CHANNEL_RULES)
def test_the_show_keeps_apples_rule(show: etree._Element, rule: str) -> None:
    assert CHANNEL_RULES[rule](show)


@pytest.mark.parametrize("rule", EPISODE_RULES)
def test_every_episode_keeps_apples_rule(show: etree._Element, rule: str) -> None:
    episodes = texts(show, "item[itunes:episodeType]")
    assert len(episodes) == 3
    for item in episodes:
        assert EPISODE_RULES[rule](item), item.findtext("title")


def test_the_feed_declares_its_vocabularies_and_is_utf_8(publication: Publication) -> None:
    body = publication.get("/feed.rss").body
    assert body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    root = etree.fromstring(body)
    assert root.get("version") == "2.0"
    assert {root.nsmap[prefix] for prefix in ("itunes", "podcast", "content")} == {
        NAMESPACES[prefix] for prefix in ("itunes", "podcast", "content")
    }


def test_several_files_are_one_enclosure_in_rss_and_all_of_them_elsewhere(
    publication: Publication,
) -> None:
    files = [f"{URL}/notes.pdf", f"{URL}/audio/engines.m4a", "https://cdn.example.com/engines.mp4"]
    (rss,) = (
        entry
        for entry in feedparser.parse(publication.get("/feed.rss").body).entries
        if entry.title == "Engines"
    )
    (atom,) = (
        entry
        for entry in feedparser.parse(publication.get("/feed.atom").body).entries
        if entry.title == "Engines"
    )
    (item,) = (
        item
        for item in json.loads(publication.get("/feed.json").body)["items"]
        if item["title"] == "Engines"
    )
    assert [file.href for file in rss.enclosures] == [files[1]]
    assert [file.href for file in atom.enclosures] == files
    assert [file["url"] for file in item["attachments"]] == files
    assert [file["size_in_bytes"] for file in item["attachments"]] == [2048, 3000, 90_000_000]
    assert [file.get("duration_in_seconds") for file in item["attachments"]] == [None, 725, 725]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_post_may_show_its_summary_only_or_stay_out_of_feeds(
    publication: Publication, form: str
) -> None:
    body = publication.get(f"/feed.{form}").body.decode()
    assert "No sound today, only news." in body
    assert "is on the page, and not in the feed" not in body
    assert "About this show" not in body
    page = publication.get("/2026/01/21/hidden/")
    assert b"A page, and no entry." in page.body
    assert b"is on the page, and not in the feed" in publication.get("/2026/01/20/news/").body


def test_a_site_may_show_summaries_only(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "site")
    settings = {"feeds": {"content": "summary"}}
    site = feedsvc.open_site(folder, overrides=settings, cache=tmp_path / "cache", jobs=1)
    publication = site.publication(NOW)
    for entry in feedparser.parse(publication.get("/feed.atom").body).entries:
        assert entry.summary
        assert "content" not in entry
    for item in json.loads(publication.get("/feed.json").body)["items"]:
        assert item["content_text"] == item["summary"]
        assert "content_html" not in item
    for item in etree.fromstring(publication.get("/feed.rss").body).iter("item"):
        assert item.findtext("description")
        assert not texts(item, "content:encoded")


def test_a_language_is_said_of_the_feed_and_of_an_entry_that_differs(
    publication: Publication,
) -> None:
    atom = etree.fromstring(publication.get("/feed.atom").body)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    said = {entry[1].text: entry.get(lang) for entry in atom.iter("{*}entry")}
    assert atom.get(lang) == "en"
    assert said.pop("Engines") == "sv"
    assert set(said.values()) == {None}
    feed = json.loads(publication.get("/feed.json").body)
    assert feed["language"] == "en"
    assert [item.get("language") for item in feed["items"]] == [None, "sv", None, None]


def test_rights_icon_and_logo_come_from_the_configuration(publication: Publication) -> None:
    atom = feedparser.parse(publication.get("/feed.atom").body).feed
    assert atom.rights == "© 2026 Zoë Nuñez, CC BY 4.0"
    assert atom.icon == f"{URL}/icon.png"
    assert atom.logo == f"{URL}/logo.png"
    rss = etree.fromstring(publication.get("/feed.rss").body)[0]
    assert rss.findtext("copyright") == "© 2026 Zoë Nuñez, CC BY 4.0"
    assert rss.findtext("image/url") == f"{URL}/logo.png"
    feed = json.loads(publication.get("/feed.json").body)
    assert (feed["favicon"], feed["icon"]) == (f"{URL}/icon.png", f"{URL}/logo.png")
    assert f'href="{URL}/icon.png"'.encode() in publication.get("/").body


def lacks(tmp_path: Path, config: str) -> list[str]:
    (tmp_path / "feedsvc.toml").write_text(config)
    settings = load_settings(tmp_path, None, {}).settings
    return [f"{one.code}: {one.message} {one.hint}" for one in findings(settings)]


@pytest.mark.parametrize(
    ("category", "advice"),
    [
        ("Documentary", "Did you mean “Society & Culture > Documentary”?"),
        ("technology", "Did you mean “Technology”?"),
        ("Arts > Bookz", "Did you mean “Arts > Books”?"),
        ("日本語", "Take one of its list, such as “Society & Culture”."),
    ],
)
def test_a_category_that_apple_does_not_have_is_found_with_the_nearest(
    tmp_path: Path, category: str, advice: str
) -> None:
    config = "[site]\nsubtitle = 'S'\n[podcast]\nimage = '/c.png'\ncategory = ['News', '{}']\n"
    (said,) = lacks(tmp_path, config.format(category))
    assert said == f"podcast-category: The category “{category}” is not on Apple's list. {advice}"


def test_all_that_a_show_lacks_is_said_at_once(tmp_path: Path) -> None:
    (said,) = lacks(tmp_path, "[site]\nurl = 'http://example.org'\n[podcast]\nauthor = 'A'\n")
    for part in ("`[podcast] image`", "`[podcast] category`", "`[site] subtitle`", "https"):
        assert part in said
    (said,) = lacks(
        tmp_path, "[site]\nsubtitle = 'S'\n[podcast]\nimage = '/c.webp'\ncategory = 'News'\n"
    )
    assert "a JPEG or PNG" in said


def test_a_show_with_all_that_is_required_and_a_blog_have_no_findings(tmp_path: Path) -> None:
    assert not list(findings(load_settings(FOLDER, None, {}).settings))
    assert not lacks(tmp_path, "[site]\ntitle = 'A blog'\n")


def test_the_list_of_categories_is_apples() -> None:
    assert len(CATEGORIES) == 19
    assert sum(map(len, CATEGORIES.values())) == 91


def test_a_show_offers_rss_first(publication: Publication) -> None:
    home = html.fromstring(publication.get("/").body)
    assert home.xpath("//link[@rel='alternate']/@href")[0] == f"{URL}/feed.rss"
    opml = etree.fromstring(publication.get("/feeds.opml").body)
    assert opml.xpath("//outline/@xmlUrl") == [f"{URL}/feed.rss"]


def guids(folder: Path, cache: str, url: str, path: str = "/feed.rss", **settings: object) -> str:
    overrides = {"site": {"url": url}, **settings}
    site = feedsvc.open_site(folder, overrides=overrides, cache=folder.parent / cache, jobs=1)
    body = site.publication(NOW, keep=True).get(path).body
    site.close()
    (guid,) = texts(etree.fromstring(body)[0], "podcast:guid/text()")
    return guid


def test_a_show_keeps_its_guid_on_another_domain_and_on_another_machine(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "site")
    first = guids(folder, "cache", URL)
    assert guids(folder, "cache", "https://moved.example.org/show") == first
    assert guids(folder, "elsewhere", "https://moved.example.org/show") == first
    assert guids(folder, "cache", "https://again.example.net") == first
    assert guids(folder, "cache", URL) == first
    # Nobody remembers without a ledger, and what was only looked at was given to nobody.
    unkept = {"ledger": {"enabled": False}}
    assert guids(folder, "cache", "https://moved.example.org/show", **unkept) != first
    fresh = shutil.copytree(FOLDER, tmp_path / "fresh" / "site")
    guids(fresh, "cache", "http://localhost:8000")
    assert guids(fresh, "cache", URL) == first


def test_a_show_has_one_guid_whatever_the_address_of_its_feed(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "site")
    urls = {"feeds": {"urls": "hugo"}}
    assert guids(folder, "a", URL, "/index.xml", **urls) == guids(folder, "a", URL, **urls)
