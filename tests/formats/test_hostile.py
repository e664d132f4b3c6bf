"""Whatever a post holds, its feeds are whole and say the same."""

import json
from datetime import UTC, datetime
from xml.parsers import expat

import feedparser
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from feedsvc.content.characters import without_forbidden
from feedsvc.feeds.values import Content, Entry
from feedsvc.formats import FORMATS
from feedsvc.formats.text import clean
from feedsvc.formats.vocabulary import NAMESPACES
from feedsvc.model import Author, Enclosure, Post

from .samples import FEED, written

TEXT = st.text(
    st.one_of(
        st.characters(),  # surrogates, controls and noncharacters too
        st.sampled_from("<>&\"' \r\n\t]\x00\x0b\x7f\x85\x9f\ufffe\uffff\ud800\u2028אب🎉"),
    ),
    max_size=60,
)
INSTANT = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
PODCAST = ("itunes", "episode", "season", "duration", "explicit", "episode_type")
EXTRA = st.dictionaries(
    st.sampled_from((*PODCAST, "transcript", "chapters", "person", "image")), JSON
)
POSTS = st.builds(
    Post,
    path=TEXT,
    id=TEXT,
    permalink=TEXT.map(lambda text: f"https://example.org/{text}"),
    title=TEXT,
    published=INSTANT,
    updated=INSTANT,
    body=TEXT,
    authors=st.lists(st.builds(Author, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    categories=st.lists(TEXT, max_size=2).map(tuple),
    tags=st.lists(TEXT, max_size=2).map(tuple),
    lang=st.none() | TEXT,
    enclosures=st.lists(
        st.builds(Enclosure, TEXT, st.sampled_from(("audio/mpeg", "")) | TEXT, title=TEXT),
        max_size=2,
    ).map(tuple),
    extra=EXTRA,
)
ENTRIES = st.builds(Entry, POSTS, st.builds(Content, TEXT, TEXT, st.none() | TEXT))


def looks_wrongly_decoded(text):
    """Whether feedparser takes the text for UTF-8 that was read as Latin-1, and mends it."""
    try:
        return text.encode("iso-8859-1").decode() != text
    except UnicodeError:
        return False


def document(form, entry):
    writer = FORMATS[form]
    return writer.document(FEED, [written(writer.name, entry)])


@settings(max_examples=150, deadline=None)
@given(ENTRIES)
def test_any_post_gives_well_formed_xml_that_says_it_exactly(entry):
    post = entry.post
    for form in ("atom", "rss"):
        data = document(form, entry)
        expat.ParserCreate().Parse(data, True)
        root = etree.fromstring(data)
        item = root.find("{*}entry") if form == "atom" else root.find("channel/item")
        body = item.findtext("{*}content" if form == "atom" else "{*}encoded") or ""

        assert body == clean(entry.content.html)
        assert item.findtext("{*}title") == (clean(post.title) or clean(post.permalink))
        assert item.findtext("{*}id" if form == "atom" else "guid") == (
            clean(post.id) or clean(post.permalink)
        )
        assert (
            item.findtext(f"{{{NAMESPACES['atom']}}}updated")[:19]
            == (post.updated.isoformat(timespec="seconds")[:19])
        )


@settings(max_examples=150, deadline=None)
@given(ENTRIES)
def test_any_post_gives_json_that_says_it_exactly(entry):
    item = json.loads(document("json", entry))["items"][0]

    assert item.get("content_html", "") == clean(entry.content.html)
    assert item.get("title", "") == clean(entry.post.title)


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40),
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),
)
def test_feedparser_reads_any_text_and_instant_back_exactly(text, instant):
    assume(not looks_wrongly_decoded(text))
    link = "https://example.org/a/"
    post = Post("a.md", "tag:example.org,2022:a", link, text, instant, instant, "")
    for form in ("atom", "rss"):
        feed = feedparser.parse(
            document(form, Entry(post, Content(text, ""))),
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        one = feed.entries[0]

        assert (one.title, one.content[0].value, one.id, one.link) == (text, text, post.id, link)
        assert one.published_parsed[:6] == one.updated_parsed[:6] == instant.timetuple()[:6]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x0bc\x1fd", "abcd"),
        ("a\x80b\x9fc\x85d\x7f", "abcd"),
        ("a\ufffeb\uffffc", "abc"),
        ("a\ud800b", "ab"),
        ("tab\tline\nreturn\r", "tab\tline\nreturn\r"),
        ("\u200f\u00a0\u3000\ufffd\U0010ffff", "\u200f\u00a0\u3000\ufffd\U0010ffff"),
    ],
)
def test_characters_that_xml_forbids_are_dropped_and_no_others(text, expected):
    assert clean(text) == expected


def test_formats_drop_what_content_drops():
    every = "".join(map(chr, range(0x110000)))

    assert set(clean(every)) == set(without_forbidden(every))
