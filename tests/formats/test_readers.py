"""What to emit so that every reader agrees: each field, read back with real clients."""

import pytest

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


@pytest.mark.parametrize("field", FIELDS)
def test_every_client_shows_every_field_right_that_it_knows(reader, field):
    expected = ABSENT if field in LACKS.get(reader, ()) else RIGHT

    assert verdict(*reader, field) == expected


def test_a_feed_title_is_text_not_markup(reader):
    client, form = reader

    assert shown(client, CASES["articles"].document(form), form)["title"] == FEED.title


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
