"""How feeds are found: links between documents, on pages, for other sites' heads, in headers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import feedparser
from lxml import etree, html

import feedsvc

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://example.org/blog"
POST = "---\ntitle: A\ndate: 2026-05-30 10:00\ntags: [c++, fish]\nauthor: Zoë\n---\nWords.\n"
TYPES = ["application/atom+xml", "application/rss+xml", "application/feed+json"]
CONFIG = f'[site]\nurl = "{URL}"\ntitle = "Harbour"\n'


def alternates(page: bytes) -> list[str]:
    links = html.fromstring(page).xpath("//head/link[@rel='alternate']")
    assert [link.get("type") for link in links] == TYPES * (len(links) // 3)
    assert all(link.get("title") for link in links)
    return [link.get("href").removesuffix("feed.atom") for link in links][::3]


def test_every_page_leads_to_its_own_feeds_first_and_to_the_sites_after(
    make_site: Callable[..., Path],
) -> None:
    publication = feedsvc.publish(make_site({"posts/a.md": POST}, config=CONFIG))
    pages = {
        path: alternates(publication.get(path).body)
        for path in publication.paths()
        if path.endswith("/")
    }
    site, tag, author = f"{URL}/", f"{URL}/tags/c++/", f"{URL}/authors/zo%C3%AB/"
    assert pages["/"] == [site]
    assert pages["/tags/c++/"] == [tag, site]
    assert pages["/authors/zoë/"] == [author, site]
    assert pages["/2026/05/30/a/"] == [tag, f"{URL}/tags/fish/", author, site]


def test_the_page_in_each_feeds_folder_shows_the_entries_of_the_feed(
    make_site: Callable[..., Path],
) -> None:
    files = {f"posts/{n}.md": POST.replace("title: A", f"title: Post {n}") for n in range(9)}
    folder = make_site(files, config=f"{CONFIG}[feeds]\nlimit = 7\n")
    made = feedsvc.publish(folder, datetime(2026, 9, 1, tzinfo=UTC))
    for path in ("/", "/tags/fish/", "/authors/zoë/"):
        entries = feedparser.parse(made.get(f"{path}feed.atom").body).entries
        assert len(entries) == 7
        shown = html.fromstring(made.get(path).body).xpath("//li[contains(@class, 'h-entry')]//a")
        assert [link.text_content() for link in shown] == [one.title for one in entries]


def test_every_link_between_documents_leads_to_a_document(make_site: Callable[..., Path]) -> None:
    files = {f"posts/{n}.md": POST.replace("title: A", f"title: {n}") for n in range(9)}
    config = f"{CONFIG}[feeds]\nlimit = 2\narchive_size = 3\narchives = 'all'\n"
    client = feedsvc.create_app(make_site(files, config=config)).test_client()
    seen: set[str] = set()
    waiting = [f"{URL}/"]
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith(f"{URL}/"):
            continue
        seen.add(address)
        answer = client.get(address.removeprefix(URL))
        assert answer.status_code == 200, address
        if address.endswith("/"):
            page = html.fromstring(answer.data)
            waiting += [urljoin(address, href) for href in page.xpath("//link/@href | //a/@href")]
        elif ".json" in address:
            feed = json.loads(answer.data)
            waiting += filter(None, (feed.get(key) for key in ("feed_url", "next_url")))
        else:
            waiting += etree.fromstring(answer.data).xpath(
                "/*/*[local-name()='link']/@href | /rss/channel/*[local-name()='link']/@href"
                " | //outline/@xmlUrl | //outline/@htmlUrl"
            )
    assert f"{URL}/archive/1/feed.json" in seen
    assert f"{URL}/tags/fish/archive/1/feed.rss" in seen


def test_a_feed_names_the_address_at_which_its_subscribers_have_it(
    make_site: Callable[..., Path],
) -> None:
    config = f"{CONFIG}[feeds]\nurls = 'hugo'\nhub = 'https://hub.example.org/'\n"
    publication = feedsvc.publish(make_site({"posts/a.md": POST}, config=config))
    for path in ("/feed.rss", "/index.xml"):
        document = publication.get(path)
        (own,) = [
            link.href for link in feedparser.parse(document.body).feed.links if link.rel == "self"
        ]
        assert own == URL + path
        assert document.links == (("hub", "https://hub.example.org/"), ("self", URL + path))


def test_the_snippet_for_other_sites_names_every_feed(
    make_site: Callable[..., Path], run_feedsvc: Callable[..., str]
) -> None:
    site = make_site({"posts/a.md": POST}, config=CONFIG)
    listed = html.fromstring(f"<head>{run_feedsvc('feeds', '--site', site, '--html')}</head>")
    links = listed.xpath("//link[@rel='alternate']")
    assert [link.get("type") for link in links] == TYPES * 4
    assert links[0].attrib["href"] == f"{URL}/feed.atom"
    assert {link.get("href") for link in links} >= {f"{URL}/tags/c++/feed.rss"}
