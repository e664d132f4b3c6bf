"""What the package promises to whoever imports it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

import feedsvc
from feedsvc import model

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SiteFactory


def test_what_is_promised_is_there_and_nothing_else() -> None:
    for name in feedsvc.__all__:
        assert getattr(feedsvc, name) is not None
    assert feedsvc.Post is model.Post
    with pytest.raises(AttributeError, match="no attribute 'Poste'"):
        feedsvc.Poste  # noqa: B018


def test_a_naive_present_is_refused(make_site: SiteFactory) -> None:
    folder = make_site({"a.md": "---\ntitle: A\ndate: 2026-05-01\n---\n"})
    naive = datetime(2026, 6, 1)
    with pytest.raises(ValueError, match="an instant needs a time zone"):
        feedsvc.publish(folder, naive)
    with pytest.raises(ValueError, match="an instant needs a time zone"):
        feedsvc.export(folder, folder.parent / "out", now=naive)


@pytest.mark.parametrize(
    "present",
    [
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_a_present_that_utc_has_no_year_for_is_refused(
    make_site: SiteFactory, present: datetime
) -> None:
    folder = make_site({"a.md": "---\ntitle: A\ndate: 2026-05-01\n---\n"})
    with pytest.raises(ValueError, match="not in the years 1 to 9999"):
        feedsvc.publish(folder, present)


@pytest.mark.parametrize("path", ["/\ud800", "/a/\udfff/", "/tags/\ud800/feed.atom"])
def test_nothing_is_at_a_path_that_is_no_unicode(make_site: SiteFactory, path: str) -> None:
    folder = make_site({"a.md": "---\ntitle: A\ndate: 2026-05-01\n---\n"})
    publication = feedsvc.publish(folder)
    assert publication.get(path) is None
    assert publication.build(path) is None
    assert publication.signature(path) == ""
    assert publication.file(path) is None
    assert publication.redirect(path) is None
    assert not publication.gone(path)


def test_a_site_closes_itself(make_site: SiteFactory, tmp_path: Path) -> None:
    folder = make_site({"a.md": "---\ntitle: A\ndate: 2026-05-01\n---\n"})
    with feedsvc.open_site(str(folder), cache=str(tmp_path / "index")) as site:
        assert feedsvc.publish(site).get("/feed.atom") is not None
    assert any((tmp_path / "index").iterdir())
