"""Ids, links, dates and content of any publisher's feed, as a feed reader has them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.errors import FeedError
from feedsvc.received.instants import instant
from feedsvc.received.reading import read

NOON = datetime(2020, 1, 2, 12, 0, tzinfo=UTC)


def atom(entries: str, head: str = "", attributes: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:at="http://purl.org/atompub/tombstones/1.0" {attributes}>'
        f"<id>urn:feed</id>{head}{entries}</feed>"
    ).encode()


def rss(items: str, head: str = "", attributes: str = "") -> bytes:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
        f'xmlns:media="http://search.yahoo.com/mrss/" {attributes}>'
        f"<channel>{head}{items}</channel></rss>"
    ).encode()


def json_feed(*items: object, **head: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", **head, "items": items}
    ).encode()


def only(data: bytes, base: str = ""):
    (entry,) = read(data, "x", base).entries
    return entry


def test_an_atom_entry_is_read_whole():
    entry = only(
        atom(
            "<entry><id>tag:x,2020:1</id>"
            "<title type='html'>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>"
            "<link rel='self' href='/e'/><link rel='alternate' type='image/png' href='/i.png'/>"
            "<link href='/1'/><link rel='alternate' href='/2'/>"
            "<link rel='enclosure' href='a.mp3'/>"
            "<published>2020-01-02T13:00:00+01:00</published>"
            "<updated>2020-01-02T12:00:00.75Z</updated>"
            "<summary>short</summary><content type='html'>&lt;p&gt;long&lt;/p&gt;</content></entry>"
        ),
        "https://x.example/feed/atom",
    )
    assert (entry.id, entry.title) == ("tag:x,2020:1", "A & B")
    assert entry.link == "https://x.example/1"
    assert (entry.published, entry.updated) == (NOON, NOON)
    assert entry.html == "<p>long</p>"
    assert entry.media == ("https://x.example/feed/a.mp3",)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("\n  tag:x,2020:a b\t", "tag:x,2020:a b"),
        ("HTTP://X.example/%7ea?b=1&amp;c#d", "HTTP://X.example/%7ea?b=1&c#d"),
        ("../relative", "../relative"),
        ("<![CDATA[a<b]]>", "a<b"),
        ("a<!-- no -->b", "ab"),
        ("城市", "城市"),
    ],
)
def test_an_id_is_kept_as_readers_keep_it(written, known):
    base = "https://base.example/x/"
    assert only(atom(f"<entry><id>{written}</id></entry>"), base).id == known
    assert only(rss(f"<item><guid>{written}</guid></item>"), base).id == known


def test_links_are_resolved_against_xml_base_and_the_address():
    data = atom(
        "<entry xml:base='2020/'><id>1</id><link href='a'/></entry>",
        "<link href='.'/><link rel='self' href='feed.xml'/><link rel='prev-archive' href='old'/>",
        "xml:base='/blog/'",
    )
    feed = read(data, "x", "https://x.example/f")
    assert feed.entries[0].link == "https://x.example/blog/2020/a"
    assert (feed.home, feed.own) == ("https://x.example/blog/", "https://x.example/blog/feed.xml")
    assert feed.older == "https://x.example/blog/old"


def test_an_entry_without_an_id_is_known_by_its_link():
    assert only(atom("<entry><link href='/a'/></entry>"), "https://x.example/").id == (
        "https://x.example/a"
    )
    assert only(rss("<item><link> https://x.example/a\n</link></item>")).id == "https://x.example/a"
    assert only(json_feed({"url": "https://x.example/a"})).id == "https://x.example/a"


def test_a_guid_that_is_an_address_is_the_link_where_there_is_none():
    assert only(rss("<item><guid>https://x.example/a</guid></item>")).link == "https://x.example/a"
    assert only(rss("<item><guid>a</guid></item>")).link == ""


def test_what_feedburner_counts_clicks_with_is_not_the_link():
    item = "<item><guid>1</guid><link>https://fb.example/~r/x</link>{}</item>"
    original = "<feedburner:origLink>https://x.example/a</feedburner:origLink>"
    assert only(rss(item.format(original))).link == "https://x.example/a"


def test_an_rss_item_is_read_whole():
    entry = only(
        rss(
            "<item><title>A &amp; B</title><guid isPermaLink='false'>7</guid>"
            "<link>https://x.example/a</link><pubDate>Thu, 02 Jan 2020 07:00:00 EST</pubDate>"
            "<atom:updated>2020-01-02T12:00:00Z</atom:updated>"
            "<description>short</description>"
            "<content:encoded><![CDATA[<p>long & wide</p>]]></content:encoded>"
            "<enclosure url='https://x.example/a.mp3' length='1' type='audio/mpeg'/>"
            "<media:thumbnail url='https://x.example/a.png'/></item>"
        )
    )
    assert (entry.id, entry.title, entry.html) == ("7", "A & B", "<p>long & wide</p>")
    assert (entry.published, entry.updated) == (NOON, NOON)
    assert entry.media == ("https://x.example/a.mp3", "https://x.example/a.png")


def test_the_older_kinds_of_rss_are_read():
    one = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b'<channel rdf:about="c"><link>https://x.example/</link></channel>'
        b'<item rdf:about="https://x.example/#a"><title>A</title><link>https://x.example/a</link>'
        b"<dc:date>2020-01-02T12:00:00Z</dc:date></item></rdf:RDF>"
    )
    feed = read(one, "x")
    assert feed.home == "https://x.example/"
    assert feed.entries[0].id == "https://x.example/#a"
    assert feed.entries[0].published == NOON
    nine = b'<rss version="0.91"><channel><item><link>https://x.example/a</link></item></channel></rss>'
    assert only(nine).id == "https://x.example/a"
    three = (
        b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>i</id>'
        b"<issued>2020-01-02T12:00:00Z</issued><modified>2020-01-02T12:00:00Z</modified>"
        b"</entry></feed>"
    )
    assert (only(three).published, only(three).updated) == (NOON, NOON)


def test_a_json_feed_is_read():
    entry = only(
        json_feed(
            {
                "id": 7,
                "url": "a",
                "title": " A ",
                "content_text": "1 < 2",
                "date_published": "2020-01-02T12:00:00Z",
                "date_modified": "2020-01-02T12:00:00Z",
                "image": "a.png",
                "attachments": [{"url": "a.mp3"}, 1],
            }
        ),
        "https://x.example/feed.json",
    )
    assert (entry.id, entry.link, entry.title) == ("7", "https://x.example/a", "A")
    assert (entry.published, entry.updated, entry.html) == (NOON, NOON, "1 &lt; 2")
    assert entry.media == ("https://x.example/a.png", "https://x.example/a.mp3")
    feed = read(
        json_feed({"external_url": "https://[x"}, 5, next_url="?2"), "x", "https://x.example/f"
    )
    assert feed.older == "https://x.example/f?2"
    assert feed.entries[0].id == "https://[x"


def test_content_of_every_kind_becomes_html():
    def html(content: str) -> str:
        return only(atom(f"<entry><id>1</id>{content}</entry>")).html

    assert html("<content>1 &lt; 2</content>") == "1 &lt; 2"
    assert html("<content src='x' type='text/html'/><summary>s</summary>") == "s"
    xhtml = (
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content>'
    )
    assert "<p>a</p>" in html(xhtml)


def test_withdrawn_entries_and_archives_are_seen():
    data = atom(
        "<at:deleted-entry ref=' urn:1 ' when='2020-01-02T12:00:00Z'/>",
        "<fh:archive xmlns:fh='http://purl.org/syndication/history/1.0'/>"
        "<link rel='next' href='n'/>",
    )
    feed = read(data, "x", "https://x.example/")
    assert (feed.deleted, feed.archive, feed.older) == ({"urn:1"}, True, "https://x.example/n")


def test_an_id_counts_once_and_what_has_none_is_counted():
    data = json_feed({"id": "1", "title": "new"}, {"id": "1"}, {"title": "?"}, {"id": "\ud800"})
    feed = read(data, "x")
    assert [entry.title for entry in feed.entries] == ["new"]
    assert feed.nameless == 2


def test_a_broken_feed_gives_what_is_in_it():
    data = b"\xef\xbb\xbf\n" + atom("<entry><id>1</id><title>A &nbsp; &unknown; B</title></entry>")
    assert only(data).id == "1"
    assert only(data[:-20]).id == "1"


def test_no_entity_is_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    data = (
        f'<!DOCTYPE feed [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "bbbb">]>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1&a;&b;</id>&a;</entry></feed>'
    ).encode()
    assert "secret" not in repr(read(data, "x"))
    assert "bbbb" not in repr(read(data, "x"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>Not found</body></html>",
        b"{",
        b'{"items": 1}',
        b"[1]",
        b"{" * 99999,
        b"<",
    ],
)
def test_what_is_no_feed_is_an_error_in_one_line(data):
    with pytest.raises(FeedError, match=r"^where: no feed: [^\n]+$"):
        read(data, "where")


@example(b"<:", "")
@given(st.binary(max_size=60), st.sampled_from(["", "https://x.example/f"]))
def test_whatever_comes_is_a_feed_or_an_error(noise, base):
    for data in (noise, atom("").replace(b"</feed>", noise), rss("").replace(b"</rss>", noise)):
        with suppress(FeedError):
            read(data, "x", base)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_whatever_stands_in_a_feed_is_read(identity, link, date):
    item = {"id": identity, "url": link, "date_published": date, "attachments": [{"url": link}]}
    entries = read(json_feed(item), "x", "https://x.example/f").entries
    assert all(entry.id == entry.id.strip() for entry in entries)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thu, 02 Jan 2020 12:00:00 +0000", NOON),
        ("2 Jan 2020 04:00 PST", NOON),
        ("2020-01-02T12:00:00", NOON),
        ("Thu, 02 Jan 2020 12:00:00", NOON),
        ("2020-01-02 20:00:00 +0800", NOON),
        ("Fri, 31 Dec 9999 23:00:00 -1400", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_readers_read_them(text, told):
    assert instant(text) == told


LINK = '<link rel="alternate" type="application/{}" href="{}">'


@pytest.mark.parametrize(
    ("links", "told"),
    [
        (LINK.format("rss+xml", "/feed.xml"), "a page, which names https://b.example/feed.xml"),
        (
            LINK.format("atom+xml", "a.atom") * 2 + LINK.format("feed+json", "https://c.example/j"),
            "a page, which names https://b.example/en/a.atom, https://c.example/j",
        ),
        (LINK.format("rss+xml", "http://[") + "\n" + LINK.format("rss+xml", ""), ": neither Atom"),
        (LINK.format("xml", "/feed.xml"), ": neither Atom"),
        ("", ": neither Atom"),
    ],
)
def test_a_page_for_people_is_no_feed_but_may_name_some(links: str, told: str) -> None:
    page = f"<!doctype html>\n<html><head><meta charset=utf-8>{links}</head><p>Hi".encode()
    with pytest.raises(FeedError) as caught:
        read(page, "where", "https://b.example/en/")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
