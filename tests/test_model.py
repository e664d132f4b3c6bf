"""The values: an instant in them is timezone-aware, and in UTC, or there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from feedsvc.model import Post

AT = datetime(2026, 5, 30, 19, 22, 23, tzinfo=timezone(timedelta(hours=8)))


def post(**fields: datetime) -> Post:
    given = {"published": AT, "updated": AT} | fields
    return Post("a.md", "urn:a", "https://e.org/a/", "A", body="", **given)  # type: ignore[arg-type]


def test_instants_of_a_post_are_in_utc_and_it_starts_with_its_date() -> None:
    made = post(ends=AT)
    for instant in (made.published, made.updated, made.starts, made.ends):
        assert instant == AT
        assert instant.tzinfo is UTC


@pytest.mark.parametrize("field", ["published", "updated", "starts", "ends"])
def test_a_post_refuses_an_instant_without_a_time_zone(field: str) -> None:
    naive = {field: AT.replace(tzinfo=None)}
    with pytest.raises(ValueError, match="naive"):
        post(**naive)
    with pytest.raises(ValueError, match="naive"):
        post()._replace(**naive)  # type: ignore[arg-type]


def test_a_post_goes_into_a_set_and_shows_itself_without_its_body() -> None:
    made = post()._replace(body="a long text", extra={"key": ["value"]})
    assert {made, made._replace()} == {made}
    assert repr(made).startswith("Post(path='a.md', id='urn:a', ")
    assert "long text" not in repr(made)
