"""Marks of feeds are kept from one publication to the next; none may outlive a change."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedsvc.export import export
from feedsvc.site import Site, open_site

START = datetime(2026, 5, 1, tzinfo=UTC)
POST = st.fixed_dictionaries(
    {
        "title": st.sampled_from(("One", "Two")),
        "tags": st.sampled_from(("[a]", "[b]", "[A]")),
        "days": st.sampled_from((-20, -1, 3, 9)),
        "more": st.sampled_from(
            (
                "",
                "draft: true",
                "minor: true",
                "expires: 2026-05-09",
                "id: 'urn:one'",
                "author: Ann",
            )
        ),
    }
)
# What happens to which post, if anything, and how many hours pass then.
STEP = st.tuples(
    st.sampled_from((0, 1, 2, None)), POST | POST | st.none(), st.sampled_from((0, 20, 200, 400))
)


def plain(days: int, tags: str = "[a]", more: str = "") -> dict[str, object]:
    return {"title": "One", "tags": tags, "days": days, "more": more}


OLD, WAIT = (0, plain(-1), 0), (None, None, 200)
SCHEDULED = [OLD, (1, plain(3), 20), WAIT]
EXPIRING = [OLD, (1, plain(-1, more="expires: 2026-05-09"), 20), WAIT]
LATE = [OLD, (1, plain(-1), 0), (2, plain(-20), 20), WAIT, WAIT]
SPELT = [OLD, (1, plain(3, "[A]"), 20), WAIT, (0, plain(-1, "[b]"), 0)]
RENAMED = [OLD, (1, plain(-20, "[A]"), 0), (2, plain(-1, "[b]"), 0)]


def text_of(post: dict[str, object]) -> str:
    date = START + timedelta(days=int(str(post["days"])))
    head = f"title: {post['title']}\ndate: {date.isoformat()}\ntags: {post['tags']}\n{post['more']}"
    return f"---\n{head}\n---\nWords.\n"


def forget(site: Site) -> None:
    """Have everything worked out anew."""
    with site._database.writing() as connection:
        connection.execute("DELETE FROM marks")


@settings(max_examples=80, deadline=None)
@example(SCHEDULED, False, "feedsvc")
@example(EXPIRING, False, "feedsvc")
@example(LATE, True, "feedsvc")
@example(RENAMED, False, "feedsvc")
@example(SPELT, False, "hugo")
@given(
    st.lists(STEP, min_size=3, max_size=10),
    st.booleans(),
    st.sampled_from(("feedsvc", "hugo")),  # which takes `a` and `A` for one
)
def test_a_kept_mark_is_what_would_be_worked_out(
    steps: list[tuple[int | None, dict[str, object] | None, int]], ledger: bool, urls: str
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name, "site")
        folder.mkdir()
        overrides = {
            "site": {"url": "https://x.example"},
            "feeds": {"limit": 2, "urls": urls},
            "ledger": {"enabled": ledger},
        }
        site = open_site(folder, cache=Path(name, "cache"), overrides=overrides, jobs=1)
        now = START
        for number, post, hours in steps:
            path = folder / f"{number}.md"
            if number is None:
                pass
            elif post is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(text_of(post), "utf-8")
            now += timedelta(hours=hours)
            held = site.publication(now, keep=True)
            kept = {path: held.signature(path) for path in held.paths()}
            listed = held.feeds()
            held.keep()
            forget(site)
            anew = site.at(now)
            assert kept == {path: anew.signature(path) for path in anew.paths()}
            assert listed == anew.feeds()
            anew.keep()
        site.close()


def test_an_edit_leaves_the_marks_of_other_feeds(tmp_path: Path) -> None:
    overrides = {"site": {"url": "https://x.example"}}
    for number, tag in enumerate("abc"):
        (tmp_path / f"{tag}.md").write_text(
            f"---\ntitle: {tag}\ndate: 2026-04-0{number + 1}\ntags: [{tag}]\n---\nWords.\n", "utf-8"
        )
    site = open_site(tmp_path, overrides=overrides, jobs=1)
    before = site.publication(START, keep=True)
    paths = list(before.paths())
    assert all(before.signature(path) for path in paths)
    before.keep()
    (tmp_path / "a.md").write_text(
        "---\ntitle: other\ndate: 2026-04-01\ntags: [a]\n---\nWords.\n", "utf-8"
    )
    after = site.publication(START + timedelta(hours=1), keep=True)
    held = after._choices
    names = {key.name for key, feed in held.feeds.items() if feed in held._marks}
    assert names == {"b", "c"}
    site.close()


def test_what_another_ledger_tells_of_posts_is_in_the_feeds(tmp_path: Path) -> None:
    """As `git pull` brings it, though no post has changed."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name, days in (("old", -300), ("new", -1)):
        (folder / f"{name}.md").write_text(text_of({**plain(days), "title": name}))
    settings = {"site": {"url": "https://x.example"}, "feeds": {"limit": 1}}
    with open_site(folder, overrides=settings, cache=tmp_path / "cache") as site:
        export(site, tmp_path / "out", now=START)
        ledger = folder / "feedsvc.lock"
        late = START.strftime('"seen":"%Y-%m-%dT%H:%M:%SZ"')
        ledger.write_text(re.sub('"seen":"[^"]*"', late, ledger.read_text()))
        export(site, tmp_path / "out", now=START + timedelta(hours=1))
    assert "<title>old</title>" in (tmp_path / "out/tags/a/feed.atom").read_text()
