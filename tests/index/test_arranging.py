"""What depends on all posts together, where no ledger tells who had it first."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedsvc.site import open_site, publish

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SiteFactory

POST = "---\ntitle: {0}\ndate: 2026-05-0{1}\nid: {2}\n---\n{0}.\n"


def ids(folder: Path) -> dict[str, str]:
    feed = publish(open_site(folder), datetime(2026, 6, 1, tzinfo=UTC)).get("/feed.json")
    assert feed is not None
    return {item["title"]: item["id"] for item in json.loads(feed.body)["items"]}


def test_without_a_ledger_the_earliest_of_posts_that_claim_an_id_has_it(
    make_site: SiteFactory,
) -> None:
    posts = {
        f"posts/{name.lower()}.md": POST.format(name, day, "urn:x" if day < 3 else "urn:y")
        for day, name in enumerate("ABC", 1)
    }
    folder = make_site(posts, config="[ledger]\nenabled = false\n")
    found = ids(folder)
    assert (found["A"], found["C"]) == ("urn:x", "urn:y")
    assert re.fullmatch(r"urn:x#\w+", found["B"])
    (folder / "posts/b.md").write_text(posts["posts/b.md"].replace("B.", "Bee."))
    assert ids(folder) == found
    (folder / "posts/a.md").unlink()
    assert ids(folder) == {"B": "urn:x", "C": "urn:y"}
