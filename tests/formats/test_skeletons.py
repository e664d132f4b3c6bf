"""A skeleton with an element's values is, to the byte, what the library writes of that element."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.feeds.values import Content, Entry, Feed, FeedKey, FeedKind
from feedsvc.formats import FORMATS, atom, fields, heads, jsonfeed, podcast, rss, skeletons
from feedsvc.formats.skeletons import Leaves, XMLWriter
from feedsvc.formats.text import HOLE, character_data, json_string
from feedsvc.model import Author
from feedsvc.settings import PodcastSettings

from .samples import SETTINGS, URL, entry, written
from .test_hostile import ENTRIES, INSTANT, TEXT

ADDRESS = TEXT.map(lambda text: f"{URL}/{text}")
AUTHOR = st.builds(Author, TEXT, st.none() | TEXT, st.none() | TEXT)
FEEDS = st.builds(
    Feed,
    key=st.just(FeedKey(FeedKind.SITE)),
    id=ADDRESS,
    url=ADDRESS,
    title=TEXT,
    updated=INSTANT,
    formats=st.fixed_dictionaries(dict.fromkeys(FORMATS, ADDRESS)),
    subtitle=TEXT,
    language=TEXT,
    author=st.none() | AUTHOR,
    **{
        name: st.none() | TEXT
        for name in ("icon", "logo", "rights", "hub", "prev_archive", "next_archive", "current")
    },
    archive=st.booleans(),
    complete=st.booleans(),
    deleted=st.lists(st.tuples(TEXT, INSTANT), max_size=3).map(tuple),
    podcast=st.builds(
        PodcastSettings,
        author=TEXT,
        owner=st.none() | AUTHOR,
        image=st.none() | TEXT,
        category=st.lists(TEXT, max_size=2).map(tuple),
        type=TEXT,
        locked=st.none() | st.booleans(),
        guid=TEXT,
    ),
)
WRITERS = {
    atom.write_entry: character_data,
    rss.write_item: character_data,
    jsonfeed.write_item: json_string,
}


def filled(write, said, leaves):
    """What is written of an entry, with its content in place."""
    return write(said, leaves).replace(HOLE, WRITERS.get(write, character_data)(said.content))


@settings(max_examples=300, deadline=None)
@given(ENTRIES)
def test_any_entry_is_what_the_library_writes(entry):
    said, leaves = fields.of(entry, SETTINGS)
    for write in WRITERS:
        assert filled(write, said, leaves) == write.directly(said)


@settings(max_examples=150, deadline=None)
@given(FEEDS, st.booleans())
def test_any_head_is_what_the_library_writes(feed, episodes):
    for form, write, described in (
        ("atom", atom.write_head, atom.tombstones(feed)),
        ("rss", rss.write_head, podcast.show(feed, episodes=episodes)),
    ):
        head = heads.of(feed, form, frozenset({"media"}), described)

        assert write(head, Leaves(head)) == write.directly(head)


def test_the_library_is_asked_once_a_shape():
    asked = []

    def directly(said):
        asked.append(said)
        return atom.write_entry.directly(said)

    write = XMLWriter("test", directly)
    for number, tags in enumerate((("a",), ("b & c",), ("%b", "50%"), ("x", "1000000000000003"))):
        one = entry(number, f"Title {number}", f"<p>{number}</p>", "Short.", tags=tags)
        said, leaves = fields.of(one, SETTINGS)

        assert filled(write, said, leaves) == atom.write_entry.directly(said)
    assert [len(said.tags) for said in asked] == [1, 2]


def test_what_was_learned_elsewhere_is_not_asked_of_the_library_again():
    one = fields.of(entry(0, "Title", "<p>100 %</p>", "Short.", tags=("a & b",)), SETTINGS)
    XMLWriter("test", atom.write_entry.directly)(*one)
    known = json.loads(json.dumps(skeletons.learned()))

    def directly(said):
        raise AssertionError("asked again")

    write = XMLWriter("test", directly)
    skeletons.recall(known)
    two = fields.of(entry(1, "Other", "<p>x</p>", "S.", tags=("c",)), SETTINGS)

    assert filled(write, *two) == atom.write_entry.directly(two[0])


def test_ever_new_shapes_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(skeletons, "_MOST", 4)
    write = XMLWriter("test", atom.write_entry.directly)
    for number in range(10):
        tags = tuple(map(str, range(number)))
        write(*fields.of(entry(number, "T", "<p>x</p>", tags=tags), SETTINGS))

        assert len(write._skeletons) <= 4


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_entry_under_other_settings_is_another(form):
    one = entry(0, "T", "<p>x</p>", tags=("a",))
    site = SETTINGS.site._replace(url="https://elsewhere.example", author=Author("Ann"))
    other = written(form, one, SETTINGS._replace(site=site))

    assert b"Ann" in other
    assert b"Ann" not in written(form, one)
    assert written(form, one._replace(), SETTINGS._replace(site=site)) == other


def test_a_summary_alone_is_escaped_as_the_library_does():
    one = Entry(entry(0, "T", "").post, Content("", "a & <b> \"c\" 'd'\r\n\te"))
    said, leaves = fields.of(one, SETTINGS)

    assert all(filled(write, said, leaves) == write.directly(said) for write in WRITERS)
