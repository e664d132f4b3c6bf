"""Atom and RSS as their specifications have them."""

import re
from pathlib import Path
from xml.parsers import expat

import pytest
from lxml import etree

from feedsvc.feeds.values import Content
from feedsvc.formats import FORMATS
from feedsvc.formats.vocabulary import NAMESPACES
from feedsvc.model import Author, Enclosure
from feedsvc.settings import Settings, SiteSettings

from . import rfc4287
from .samples import ARTICLES, CASES, FEED, SETTINGS, URL, Case, entry, written

PREFIXES = NAMESPACES | {"a": NAMESPACES["atom"]}


def parsed(form, *entries, feed=FEED, settings=SETTINGS):
    writer = FORMATS[form]
    return etree.fromstring(
        writer.document(feed, [written(writer.name, one, settings) for one in entries])
    )


def texts(root, path):
    return root.xpath(path, namespaces=PREFIXES)


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("case", CASES)
def test_documents_are_well_formed_for_lxml_and_expat(case, form):
    document = CASES[case].document(form)
    etree.fromstring(document)
    expat.ParserCreate().Parse(document, True)

    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n")
    assert b"CDATA" not in document


@pytest.mark.parametrize("case", CASES)
def test_atom_is_valid_against_the_grammar_of_rfc_4287(case):
    assert rfc4287.objections(CASES[case].document("atom")) == []


@pytest.mark.parametrize(
    ("mend", "by"),
    [
        (b'rel="alternate"', b'rel=""'),
        (b"<id>", b"<id>x</id><id>"),
        (b"</updated>", b"x</updated>"),
        (b"T23:00:23+00:00", b"T23:00:23"),
        (b"</generator>", b"</generator><generator/>"),
        (b"  <icon>", b"  <published>2022-05-31T06:00:01Z</published><icon>"),
        (b'length="4096"', b'length="4 KB"'),
        (b'type="application/pdf"', b'type="pdf"'),
        (b'xml:lang="he"', b'lang="he"'),
        (b'xml:lang="he"', b'xml:lang="he_IL"'),
        (b'<content type="html">', b'<content type="html"><b/>'),
        (b'<content type="html">', b'<content type="xhtml">'),
        (b"</feed>", b"  <rights>late</rights>\n</feed>"),
        (b"<name>Tom</name>", b"<name></name>"),
        (b"<email>tom@example.org", b"<email>tom"),
        (b'<category term="C++"', b'<category label="C++"'),
        (b'rel="self"', b'rel="via"'),
        (b'rel="enclosure" type="text/csv"', b'rel="alternate" type="text/html"'),
        (b"author>", b"contributor>"),
    ],
)
def test_the_grammar_would_catch_a_mistake(mend, by):
    document = CASES["articles"].document("atom")

    assert mend in document
    assert rfc4287.objections(document.replace(mend, by))


@pytest.mark.parametrize(
    ("before", "more"),
    [
        (b"  <icon>", b'<x:y xmlns:x="urn:x" a="b">text<x:z/></x:y>'),
        (b"  <icon>", b'<contributor x:a="b" xmlns:x="urn:x"><name>A</name></contributor>'),
        (b"  </entry>", b'<source xml:base="/a/"><id>urn:x</id><logo>l</logo></source>'),
        (b"<name>Tom</name>", b'<y xmlns="urn:x"/>'),
    ],
)
def test_the_grammar_allows_what_the_rfc_allows(before, more):
    document = CASES["articles"].document("atom").replace(before, more + before, 1)

    assert rfc4287.objections(document) == []


@pytest.mark.parametrize(
    "content",
    [
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content>',
        b'<content type="image/svg+xml"><svg xmlns="http://www.w3.org/2000/svg"/></content>',
        b'<content src="https://example.org/a.mp4" type="video/mp4"/>',
        b'<content type="text/plain">x</content>',
        b"<content>x</content>",
    ],
)
def test_the_grammar_knows_all_kinds_of_content(content):
    document = re.sub(rb"<content.*?</content>", content, CASES["withdrawn"].document("atom"))

    assert content in document
    assert rfc4287.objections(document) == []


def test_categories_in_rss_use_hexadecimal_references():
    item = written("rss", entry(0, "T", "", categories=("R&D",), tags=("<b>",))).decode()
    assert re.findall("<category>(.*)</category>", item) == ["R&#x26;D", "&#x3C;b&gt;"]


def test_titles_in_rss_use_hexadecimal_references():
    item = written("rss", entry(0, "a & b < c &lt; <title>", "")).decode()

    assert "<title>a &#x26; b &#x3C; c &#x26;lt; &#x3C;title&gt;</title>" in item


def test_other_text_of_a_channel_that_readers_may_take_for_markup_is_written_so_too():
    feed = CASES["articles"].feed._replace(subtitle="a & <b>", rights="© A & <B>")
    head = Case(feed, ()).document("rss").decode()

    assert "<description>a &#x26; &#x3C;b&gt;</description>" in head
    assert "<copyright>© A &#x26; &#x3C;B&gt;</copyright>" in head


def test_dates_are_in_utc_with_a_numeric_zone():
    root = parsed("rss", ARTICLES[0])

    assert texts(root, "//pubDate/text()") == ["Mon, 30 May 2022 23:22:23 +0000"]
    assert texts(root, "//item/a:updated/text()") == ["2022-05-31T23:00:23Z"]
    assert texts(root, "//lastBuildDate/text()") == ["Tue, 31 May 2022 06:00:01 +0000"]


def test_description_stands_before_the_content_even_when_there_is_no_summary():
    item = parsed("rss", entry(0, "T", "<p>x</p>")).find(".//item")
    names = [child.tag for child in item]

    assert names.index("description") < names.index(f"{{{NAMESPACES['content']}}}encoded")


@pytest.mark.parametrize(
    ("id_", "permanent"), [(f"{URL}/2022/05/30/0/", "true"), (f"{URL}/?p=7", "false")]
)
def test_a_guid_is_a_permalink_only_where_it_is_the_address(id_, permanent):
    root = parsed("rss", entry(0, "T", "<p>x</p>", id=id_))

    assert texts(root, "//guid/@isPermaLink") == [permanent]
    assert texts(root, "//item/link/text()") == [f"{URL}/2022/05/30/0/"]


def test_a_scheme_tells_a_tag_from_a_category():
    root = parsed("atom", ARTICLES[0])
    pairs = zip(texts(root, "//a:category/@term"), texts(root, "//a:category/@scheme"), strict=True)

    assert list(pairs)[0::3] == [
        ("News & Views", f"{URL}/categories/"),
        ("News & Views", f"{URL}/tags/"),
    ]


def test_rss_names_a_term_once_and_without_a_domain():
    root = parsed("rss", ARTICLES[0])

    assert texts(root, "//item/category/text()") == ["News & Views", "C++", "C#"]
    assert not texts(root, "//item/category/@domain")


@pytest.mark.parametrize(
    ("authors", "site", "expected"),
    [
        ((Author("Ann"),), SiteSettings(title="Site", author=Author("Bob")), "Ann"),
        ((), SiteSettings(title="Site", author=Author("Bob")), "Bob"),
        ((), SiteSettings(title="Site"), "Site"),
        ((), SiteSettings(url=URL), "blog.example.org"),
    ],
)
def test_every_entry_has_an_author(authors, site, expected):
    settings = Settings(folder=Path("/"), site=site)
    one = entry(0, "T", "", authors=authors)

    assert texts(parsed("atom", one, settings=settings), "//a:entry/a:author/a:name/text()") == [
        expected
    ]
    assert texts(parsed("rss", one, settings=settings), "//dc:creator/text()") == [expected]


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", []), ("EN", []), ("zh-CN", ["zh-CN"]), ("中文", []), (None, [])]
)
def test_an_entry_names_its_language_where_it_differs(lang, expected):
    one = entry(0, "T", "", lang=lang)

    assert texts(parsed("atom", one), "//a:entry/@xml:lang") == expected
    assert texts(parsed("rss", one), "//item/dc:language/text()") == expected


def test_atom_enclosures_keep_their_type_length_and_title():
    links = texts(parsed("atom", ARTICLES[2]), "//a:entry/a:link[@rel='enclosure']")

    assert [dict(link.attrib) for link in links] == [
        {
            "href": f"{URL}/paper.pdf",
            "rel": "enclosure",
            "type": "application/pdf",
            "title": "The paper",
            "length": "4096",
        },
        {"href": f"{URL}/data.csv?x=1&y=2", "rel": "enclosure", "type": "text/csv"},
    ]


def test_an_enclosure_of_unknown_type_and_length_still_has_both_in_rss():
    one = entry(0, "T", "", enclosures=(Enclosure(f"{URL}/x", ""),))

    assert dict(texts(parsed("rss", one), "//enclosure")[0].attrib) == {
        "url": f"{URL}/x",
        "length": "0",
        "type": "application/octet-stream",
    }


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_links_to_itself_its_page_its_other_forms_and_its_hub(form):
    root = parsed(form)
    others = [name for name in FORMATS if name != form]
    links = texts(root, "/a:feed/a:link | /rss/channel/a:link")

    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("self", f"{URL}/feed.{form}"),
        ("alternate", f"{URL}/"),
        *(("alternate", f"{URL}/feed.{name}") for name in others),
        ("hub", "https://hub.example.net/"),
    ]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_an_archive_says_so_and_links_to_its_neighbours(form):
    root = etree.fromstring(CASES["archive"].document(form))
    links = texts(root, "//a:link[contains(@rel, 'archive') or @rel='current']")

    assert len(texts(root, "//fh:archive")) == 1
    assert {link.get("rel"): link.get("href") for link in links} == {
        "current": f"{URL}/feed.atom",
        "prev-archive": f"{URL}/archive/1.atom",
        "next-archive": f"{URL}/archive/3.atom",
    }


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_complete_feed_says_so(form):
    assert len(texts(etree.fromstring(CASES["empty"].document(form)), "//fh:complete")) == 1


def test_what_was_taken_back_is_named_with_its_instant_in_atom_alone():
    root = etree.fromstring(CASES["withdrawn"].document("atom"))
    said = [dict(one.attrib) for one in texts(root, "/a:feed/at:deleted-entry")]

    assert said == [
        {"ref": f"{URL}/?p=1&q=<2>", "when": "2022-05-31T05:00:00Z"},
        {"ref": "tag:blog.example.org,2022:3", "when": "2022-05-30T04:59:59Z"},
    ]
    assert CASES["withdrawn"].document("rss") == Case(FEED, ARTICLES[1:2]).document("rss")


def test_the_generator_has_no_version_that_would_change_bytes():
    assert texts(parsed("atom"), "//a:generator/text()") == ["feedsvc"]
    assert not texts(parsed("atom"), "//a:generator/@*")
    assert texts(parsed("rss"), "//generator/text()") == ["feedsvc"]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_only_namespaces_in_use_are_declared(form):
    declared = set(parsed(form, entry(0, "About <media:thumbnail>", "&lt;itunes:x>")).nsmap)

    assert declared <= {None, "atom", "dc", "content"}
    assert "media" in parsed(form, ARTICLES[0]).nsmap


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_an_untitled_post_shows_its_address(form):
    root = parsed(form, entry(0, "", "<p>x</p>"))

    assert texts(root, "//a:entry/a:title/text() | //item/title/text()") == [f"{URL}/2022/05/30/0/"]


def test_a_feed_without_a_title_or_subtitle_is_still_whole():
    feed = FEED._replace(title="", subtitle="")

    assert texts(parsed("atom", feed=feed), "/a:feed/a:title/text()") == [FEED.url]
    assert texts(parsed("rss", feed=feed), "//channel/description/text()") == [FEED.url]


def test_a_picture_is_a_media_thumbnail():
    for form in ("atom", "rss"):
        assert texts(parsed(form, ARTICLES[0]), "//media:thumbnail/@url") == [
            f"{URL}/tom.jpg?w=1&h=2"
        ]


def test_content_that_looks_like_our_own_markup_is_not_mistaken_for_it():
    html = '<content type="html"/><content:encoded/></entry></item>'
    one = entry(0, html, "")._replace(content=Content(html, html))

    assert texts(parsed("atom", one), "//a:content/text() | //a:entry/a:title/text()") == [
        html,
        html,
    ]
    assert texts(parsed("rss", one), "//content:encoded/text()") == [html]
