"""The cache of entries forgets what nobody is shown any more, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedsvc.site import open_site

if TYPE_CHECKING:
    from tests.conftest import SiteFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
POST = "---\ntitle: A\ndate: 2026-05-30 12:00:00 +0000\n---\n"


def test_entries_of_bygone_edits_are_forgotten_and_the_present_one_is_kept(
    make_site: SiteFactory,
) -> None:
    folder = make_site({"posts/a.md": POST})
    for number in range(200):
        (folder / "posts/a.md").write_text(f"{POST}Edit {number}.\n")
        site = open_site(folder, jobs=1)
        shown = site.publication(NOW).get("/feed.atom")
        site.close()
        assert shown is not None
        assert f"Edit {number}.".encode() in shown.body
    site = open_site(folder, jobs=1)
    site.publication(NOW)
    (held,) = site.index.database.connection.execute("SELECT count(*) FROM entries").fetchone()
    site.close()
    assert 1 <= held < 100
