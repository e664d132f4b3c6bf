"""The text of the ledger: one state, one text; damage is told with its line."""

from __future__ import annotations

import contextlib
import json
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import LedgerError
from feedsvc.ledger import FeedRecord, Ledger, Made, Record
from feedsvc.ledger.text import parse

from .runs import dump

NAME = "feedsvc.lock"
HEAD = b'{"feedsvc-ledger":1}\n'
WHEN = "2026-01-31T12:00:00Z"
FIELDS = {
    "path": "a.md",
    "id": "tag:a",
    "link": "/a/",
    "title": "A",
    "seen": WHEN,
    "published": WHEN,
    "updated": WHEN,
}

instants = st.datetimes(
    min_value=datetime(1, 1, 2), max_value=datetime(9998, 12, 31), timezones=st.just(UTC)
).map(lambda instant: instant.replace(microsecond=0))
names = st.text(min_size=1)
digests = st.from_regex(r"[\w.=-]{1,20}", fullmatch=True).filter(str.isascii)
sketches = st.from_regex(r"([A-Za-z0-9_-]{4}){1,4}", fullmatch=True)
records = st.builds(
    Record,
    path=names,
    id=names,
    link=st.text(),
    title=st.text(),
    seen=instants,
    published=instants,
    updated=instants,
    dated=st.text(),
    meaning=st.none() | digests,
    source=st.just("") | digests,
    sketch=st.just("") | sketches,
    revised=st.text(),
    named=st.text(),
    file=st.just("") | digests,
    led=st.just("") | digests,
    feeds=st.lists(st.text()).map(tuple),
    moved=st.lists(st.text()).map(tuple),
    touched=st.none() | instants,
    removed=st.none() | instants,
)
feeds = st.builds(FeedRecord, feed=names, name=st.text(), gone=st.none() | instants)


def line(**changes: object) -> bytes:
    fields = {key: value for key, value in (FIELDS | changes).items() if value is not ...}
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"


@given(
    st.lists(records, unique_by=(lambda record: record.id, lambda record: record.path)),
    st.lists(feeds, unique_by=lambda record: record.feed),
    st.randoms(),
)
def test_what_was_written_is_read_back_and_one_state_has_one_text(
    given_records: list[Record], given_feeds: list[FeedRecord], random: object
) -> None:
    ledger = Ledger().with_records(given_records).with_feeds(given_feeds)
    data = dump(ledger)
    again = parse(data, NAME)
    assert sorted(again.records(), key=repr) == sorted(given_records, key=repr)
    assert sorted(again.feeds.values(), key=repr) == sorted(given_feeds, key=repr)
    assert dump(again) == data
    sound = parse(data, NAME, sound=True)
    assert sorted(sound.records(), key=repr) == sorted(given_records, key=repr)
    assert sound.removed() == again.removed()
    assert dump(sound) == data
    random.shuffle(given_records)  # type: ignore[attr-defined]
    assert dump(Ledger().with_records(given_records).with_feeds(given_feeds)) == data


@given(
    st.lists(records, unique_by=(lambda record: record.id, lambda record: record.path)),
    st.lists(records, unique_by=(lambda record: record.id, lambda record: record.path)),
    st.lists(feeds, unique_by=lambda record: record.feed),
    st.booleans(),
    st.data(),
)
def test_lines_are_put_among_those_of_a_file_where_sorting_all_would_have_them(
    held: list[Record],
    others: list[Record],
    lists: list[FeedRecord],
    sound: bool,
    data: st.DataObject,
) -> None:
    changed = [one._replace(title="Another", moved=("/a/",)) for one in held if one.title > "m"]
    taken = {one.path for one in held}
    ids = {one.id for one in held}
    new = [one for one in others if one.path not in taken and one.id not in ids]
    split = data.draw(st.integers(0, len(lists)))
    file = dump(Ledger().with_records(held).with_feeds(lists[:split]))
    ledger = parse(file, NAME, sound=sound)
    after = ledger.with_records([*changed, *new]).with_feeds(lists[split:])
    final = {one.id: one for one in (*held, *changed, *new)}
    assert dump(after) == dump(Ledger().with_records(final.values()).with_feeds(lists))
    for one in final.values():
        assert after.get(one.id) == one
        there = after.at(one.path)
        assert (there == one) is (one.removed is None)
    assert len(after) == len(final)
    assert {one.id for one in after.removed()} == {
        one.id for one in final.values() if one.removed is not None
    }
    assert set(after.moved()) == {(link, one.id) for one in final.values() for link in one.moved}
    assert dump(ledger) == file


def test_lines_of_one_checksum_are_sorted_by_their_ids() -> None:
    one, other = "plumless", "buckeroo"
    assert zlib.crc32(one.encode()) == zlib.crc32(other.encode())
    made = [
        Record(f"{name}.md", name, "/", name, *[datetime(2026, 1, 1, tzinfo=UTC)] * 3)
        for name in (one, other, "between")
    ]
    file = dump(Ledger().with_records(made))
    for sound in (False, True):
        ledger = parse(file, NAME, sound=sound)
        assert [ledger.get(record.id) for record in made] == made
        assert dump(ledger) == file
        for record in made:
            rest = Ledger().with_records([each for each in made if each is not record])
            assert dump(parse(dump(rest), NAME, sound=sound).with_records([record])) == file


def test_what_is_asked_for_seldom_or_often_is_answered_alike() -> None:
    made = [
        Record(f"{n}é.md", f"tag:{n}", "/", '"x"', *[datetime(2026, 1, 1, tzinfo=UTC)] * 3)
        for n in range(400)
    ]
    file = dump(Ledger().with_records(made))
    ledger = parse(file, NAME, sound=True)
    for one in made:  # searched for at first, and looked up from then on
        assert ledger.at(one.path) == ledger.get(one.id) == one
        assert ledger.at(f"no{one.path}") is None
        assert ledger.get(f"no{one.id}") is None
    again = parse(file, NAME, sound=True)
    assert sorted(again.records()) == sorted(made)  # many at once


def test_windows_line_ends_and_other_spellings_of_a_line_are_read() -> None:
    plain = parse(HEAD + line(), NAME)
    spaced = json.dumps(FIELDS | {"seen": "2026-01-31T20:00:00.5+08:00"}, indent=None).encode()
    assert dump(parse(HEAD + spaced, NAME)) == dump(plain)
    assert dump(parse((HEAD + line()).replace(b"\n", b"\r\n"), NAME)) == dump(plain)
    assert dump(parse(b"\xef\xbb\xbf" + HEAD + line(), NAME)) == dump(plain)


def test_the_header_tells_what_documents_are_made_by() -> None:
    made = Made("abc", "https://example.org", datetime(2026, 1, 31, 12, tzinfo=UTC))
    data = dump(Ledger().with_made(made))
    assert data.startswith(b'{"feedsvc-ledger":1,"made":"abc","url":"https://example.org","since"')
    assert parse(data, NAME).made == made
    moved = made._replace(first="https://first.example.org")
    assert parse(dump(Ledger().with_made(moved)), NAME).made == moved
    assert parse(HEAD, NAME).made == Made()
    with pytest.raises(LedgerError, match=r"lock:1: \"since\" is not an instant"):
        parse(data.replace(b"01-31", b"02-31"), NAME)


@pytest.mark.parametrize(
    ("data", "place", "told"),
    [
        (b"", 1, "not a line of JSON"),
        (b"hello\n", 1, "no ledger"),
        (b"{}\n", 1, "header"),
        (b'{"feedsvc-ledger":true}\n', 1, "header"),
        (b"<<<<<<< HEAD\n" + HEAD, 1, "merge"),
        (HEAD + b"<<<<<<< HEAD\n" + line(), 2, "merge"),
        (HEAD + line() + b"=======\n", 3, "merge"),
        (HEAD + line()[:-9], 2, "not a line of JSON"),
        (HEAD + b"[" * 100_000, 2, "not a line of JSON"),
        (HEAD + b'{"path":' + b"9" * 5000 + b"}\n", 2, "not a line of JSON"),
        (HEAD + b"\n" + line(), 2, "not a line of JSON"),
        (HEAD + b"[]\n", 2, "not a JSON object"),
        (HEAD + b'{"path":"a","path":"b"}\n', 2, "twice"),
        (HEAD + line() + b"\xff\n", 3, "UTF-8"),
        (HEAD + line().replace(b'"A"', b'"\xff"'), 2, "UTF-8"),
        (HEAD + line(id=...), 2, '"id" is missing'),
        (HEAD + line(colour="red"), 2, '"colour" is not known'),
        (HEAD + line(title=1), 2, '"title" is not a text'),
        (HEAD + line(id=""), 2, '"id" is not a text that is not empty'),
        (HEAD + line(id="tag:\ud800"), 2, '"id" is not Unicode'),
        (HEAD + line(link="/\udc00/"), 2, '"link" is not Unicode'),
        (HEAD + line(moved=["/b/", "/\udc00/"]), 2, '"moved" is not Unicode'),
        (HEAD + b'{"feed":"/\\ud800/"}\n', 2, '"feed" is not Unicode'),
        (HEAD + line(seen="2026-02-30T00:00:00Z"), 2, '"seen" is not an instant'),
        (HEAD + line(seen="2026-02-03T00:00:00"), 2, "time zone"),
        (HEAD + line(seen="0001-01-01T00:00:00+14:00"), 2, '"seen" is not an instant'),
        (HEAD + line(seen="9999-01-01T00:00:00Z"), 2, '"seen" is not an instant before 9999-01'),
        (HEAD + line(updated="9999-12-31T00:00:00Z"), 2, '"updated" is not an instant before'),
        (HEAD + line(feeds="x"), 2, '"feeds" is not a list'),
        (HEAD + line(feeds=[1]), 2, '"feeds" is not a list'),
        (HEAD + line(meaning="é"), 2, '"meaning" is not a digest'),
        (HEAD + line(sketch="abc"), 2, '"sketch" is not a sketch'),
        (HEAD + line() + line(path="b.md"), 3, "the id tag:a stands"),
        (HEAD + line() + line(id="tag:b"), 3, "the path a.md stands"),
        (HEAD + line(path="\ud800") + line(path="\ud800", id="tag:b"), 3, "the path"),
        (HEAD + b'{"feed":"/t/"}\n{"feed":"/t/"}\n', 3, "the feed /t/ stands"),
    ],
)
def test_damage_is_an_error_that_names_the_line(data: bytes, place: int, told: str) -> None:
    with pytest.raises(LedgerError) as caught:
        parse(data, NAME)
    message = str(caught.value)
    assert message.startswith(f"{NAME}:{place}: ")
    assert told in message
    assert "\n" not in message


@pytest.mark.parametrize("title", ["A", 'An "A"'])
def test_a_removed_post_may_share_its_path_with_a_later_one(title: str) -> None:
    ledger = parse(HEAD + line(title=title, removed=WHEN) + line(id="tag:b"), NAME)
    record = ledger.at("a.md")
    assert record is not None
    assert record.id == "tag:b"


def test_lines_may_stand_in_any_order_and_are_sorted_by_the_next_write() -> None:
    lines = [line(id=f"tag:{n}", path=f"{n}.md") for n in range(5)]
    written = dump(parse(HEAD + b"".join(lines), NAME))
    for order in (sorted(lines), sorted(lines, reverse=True)):
        ledger = parse(HEAD + b"".join(order), NAME)
        assert dump(ledger) == written
        added = ledger.with_records([one._replace(title="B") for one in ledger.records()])
        assert len(parse(dump(added), NAME)) == len(lines)


@pytest.mark.parametrize("sound", [False, True])
def test_a_control_character_written_by_hand_is_found(sound: bool) -> None:
    lines = line().replace(b"a.md", b"a\t.md").replace(b"tag:a", b"tag:\ta")
    ledger = parse(HEAD + lines, NAME, sound=sound)
    assert ledger.get("tag:\ta") == ledger.at("a\t.md") == next(iter(ledger.records()))


def test_a_newer_version_asks_for_an_upgrade() -> None:
    with pytest.raises(LedgerError, match=r"feedsvc.lock:1: .*newer.*upgrade"):
        parse(b'{"feedsvc-ledger":2,"zip":true}\n', NAME)


def test_half_a_surrogate_pair_is_written_as_an_escape() -> None:
    (record,) = parse(HEAD + line(title="\ud83d", path="é.md"), NAME).records()
    data = dump(Ledger().with_records([record]))
    assert b"\\ud83d" in data
    assert parse(data, NAME, sound=True).at("é.md") == record
    assert list(parse(data, NAME).records()) == [record]


@given(st.binary())
def test_no_bytes_make_another_error(tail: bytes) -> None:
    with contextlib.suppress(LedgerError):
        parse(HEAD + tail, NAME)
