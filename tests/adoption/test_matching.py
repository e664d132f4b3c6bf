"""Which of our posts an entry is, by which evidence, and when it is better left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.adoption.matching import match
from feedsvc.model import Post
from feedsvc.received import ReceivedEntry
from feedsvc.received.history import History

SITE = "https://blog.example"
DAY = datetime(2020, 1, 2, 12, 0, tzinfo=UTC)


def make_post(name: str, *, link: str = "", title: str = "", **fields) -> Post:
    fields = {"published": DAY, "updated": DAY, **fields}
    return Post(
        path=f"{name}.md",
        id=f"tag:{name}",
        permalink=link or f"{SITE}/2020/{name}/",
        title=title or f"Post {name}",
        body="",
        **fields,
    )


def matched(posts, *entries, home=SITE, hosts=("blog.example",)):
    found = match(History("feed", entries, home, frozenset(hosts)), posts, SITE)
    pairs = {one.entry.id: (one.post.path, one.by) for one in found.certain}
    doubts = {entry.id: [post.path for post in may] for entry, may in found.ambiguous}
    return pairs, doubts, [entry.id for entry in found.unmatched]


def test_the_id_that_we_would_give_counts_most():
    posts = [make_post("a"), make_post("b")]
    entry = ReceivedEntry("tag:a", f"{SITE}/2020/b/", "Post b", DAY)
    assert matched(posts, entry)[0] == {"tag:a": ("a.md", "id")}


def test_a_link_is_recognised_however_it_is_written():
    entry = ReceivedEntry("urn:1", "http://www.blog.example/2020/%61/index.html#top")
    assert matched([make_post("a"), make_post("b")], entry)[0] == {"urn:1": ("a.md", "link")}


@pytest.mark.parametrize("key", ["aliases", "redirect_from"])
def test_former_addresses_in_front_matter_count(key):
    posts = [make_post("a", extra={key: ["/old/a.html"]}), make_post("b", extra={key: "old/b"})]
    pairs, _, _ = matched(posts, ReceivedEntry("urn:1", f"{SITE}/old/a"))
    assert pairs == {"urn:1": ("a.md", "link")}
    moved = ReceivedEntry("urn:2", "http://old.example/old/b")
    assert matched(posts, moved, home="", hosts=())[0] == {"urn:2": ("b.md", "path")}


def test_a_site_that_moved_is_recognised_by_the_path_below_it():
    entry = ReceivedEntry("urn:1", "http://old.example/blog/2020/a.html")
    found = matched([make_post("a")], entry, home="http://old.example/blog", hosts=["old.example"])
    assert found[0] == {"urn:1": ("a.md", "path")}


def test_the_same_path_on_a_strangers_site_is_no_evidence():
    entry = ReceivedEntry("urn:1", "https://elsewhere.example/2020/a/")
    assert matched([make_post("a")], entry) == ({}, {}, ["urn:1"])
    abroad = [make_post("a", link="https://elsewhere.example/2020/a/")]
    assert matched(abroad, ReceivedEntry("urn:1", f"{SITE}/2020/a/"))[0] == {}


@pytest.mark.parametrize(
    ("title", "hours", "found"),
    [
        ("Tom & Jerry", 0, True),
        ("  <b>TOM</b> &amp;amp;\njerry", 0, True),
        ("Tom & Jerry", 14, True),
        ("Tom & Jerry", -14, True),
        ("Tom & Jerry", 24, False),
        ("Tom", 0, False),
        ("", 0, False),
    ],
)
def test_title_and_date_count_together(title, hours, found):
    entry = ReceivedEntry("urn:1", "", title, DAY + timedelta(hours=hours))
    pairs, _, _ = matched([make_post("a", title="Tom & Jerry")], entry)
    assert pairs == ({"urn:1": ("a.md", "title and date")} if found else {})


def test_updated_stands_in_for_a_missing_date():
    entry = ReceivedEntry("urn:1", title="Post a", updated=DAY)
    assert matched([make_post("a")], entry)[0]
    assert not matched([make_post("a")], ReceivedEntry("urn:1", title="Post a"))[0]


def test_two_candidates_are_a_doubt_and_no_guess():
    posts = [make_post("a", title="Links"), make_post("b", title="Links"), make_post("c")]
    entry = ReceivedEntry("urn:1", "", "Links", DAY)
    assert matched(posts, entry) == ({}, {"urn:1": ["a.md", "b.md"]}, [])


def test_two_entries_for_one_post_are_a_doubt_and_no_guess():
    entries = [ReceivedEntry(f"urn:{n}", f"{SITE}/2020/a/", "Post a", DAY) for n in (1, 2)]
    pairs, doubts, _ = matched([make_post("a")], *entries)
    assert pairs == {}
    assert doubts == {"urn:1": ["a.md"], "urn:2": ["a.md"]}


def test_weaker_evidence_decides_among_what_stronger_evidence_left():
    link = f"{SITE}/2020/same/"
    posts = [make_post("a", link=link), make_post("b", link=link)]
    posts.append(make_post("c", title="Post b"))
    pairs, doubts, _ = matched(posts, ReceivedEntry("urn:1", link, "Post b", DAY))
    assert pairs == {"urn:1": ("b.md", "title and date")}
    assert doubts == {}


ENTRIES = st.builds(
    ReceivedEntry,
    st.sampled_from(["tag:a", "tag:b", "1", "2", "3"]),
    st.sampled_from(["", f"{SITE}/2020/a/", f"{SITE}/2020/b", "https://[", "/2020/a"]),
    st.sampled_from(["", "Post a", "Post b"]),
    st.sampled_from([None, DAY, DAY + timedelta(hours=20)]),
)


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.id), st.integers(0, 4))
def test_nobody_is_matched_twice_and_nobody_is_lost(entries, count):
    posts = [make_post(name, link=f"{SITE}/2020/{name[0]}/") for name in ("a", "b", "a2", "b2")]
    found = match(History("feed", tuple(entries), SITE, frozenset()), posts[:count], SITE)
    ids = [one.entry.id for one in found.certain]
    ids += [entry.id for entry, _ in found.ambiguous] + [entry.id for entry in found.unmatched]
    assert sorted(ids) == sorted(entry.id for entry in entries)
    taken = [one.post.path for one in found.certain]
    assert len(taken) == len(set(taken))
