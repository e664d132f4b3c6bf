"""What to emit so that every reader agrees: each field, read back with real clients."""

import shutil

import pytest

import feedsvc

from . import validation
from .clients import CLIENTS, LACKS, absent, shown
from .interoperability import ABSENT, FIELDS, RIGHT, table, verdict
from .samples import CASES, FEED

READERS = [(client, form) for client, (forms, _) in CLIENTS.items() for form in forms]


@pytest.fixture(params=READERS, ids="-".join)
def reader(request: pytest.FixtureRequest) -> tuple[str, str]:
    client, form = request.param
    if reason := absent(client):
        pytest.skip(reason)
    return client, form


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """The publication of the nasty site, and its posts."""
    folder = tmp_path_factory.mktemp("nasty")
    shutil.copytree(validation.sites()["tests/data/nasty"], folder / "site")
    site = feedsvc.open_site(
        folder / "site",
        overrides={"feeds": {"archive_size": 100}},  # so that two documents hold all posts
        cache=folder / "cache",
        jobs=1,
    )
    yield site.publication(validation.NOW), list(site.posts(validation.NOW))
    site.close()


@pytest.mark.parametrize("field", FIELDS)
def test_every_client_shows_every_field_right_that_it_knows(reader, field):
    expected = ABSENT if field in LACKS.get(reader, ()) else RIGHT

    assert verdict(*reader, field) == expected


def test_a_feed_title_is_text_not_markup(reader):
    client, form = reader

    assert shown(client, CASES["articles"].document(form), form)["title"] == FEED.title


def test_every_client_reads_a_nasty_site_whole(reader, nasty):
    """A podcast in thirteen languages, with what looks like markup in every field."""
    client, form = reader
    publication, posts = nasty
    read = {}
    for path in (f"/feed.{form}", f"/archive/1/feed.{form}"):
        found = shown(client, publication.get(path).body, form)
        assert found["title"] == publication.settings.site.title
        read |= {one["id"]: (one["title"], one["link"]) for one in found["entries"]}

    assert read == {one.id: (one.title, one.permalink) for one in posts}


def test_an_empty_feed_is_read_without_complaint(reader):
    client, form = reader

    assert shown(client, CASES["empty"].document(form), form)["entries"] == []


def test_rss_has_exactly_one_enclosure_and_atom_all():
    case = CASES["podcast"]

    assert case.document("rss").count(b"<enclosure ") == len(case.entries)
    assert case.document("atom").count(b'rel="enclosure"') == 4


def test_the_documented_table_is_what_the_clients_say(pytestconfig):
    for client in CLIENTS:
        if reason := absent(client):
            pytest.skip(reason)
    text = (pytestconfig.rootpath / "docs" / "interoperability.md").read_text("utf-8")

    assert table() in text, "renew it: python -m tests.formats.interoperability docs/…"
