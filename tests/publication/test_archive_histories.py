"""Full archives keep what they hold, whatever happens to the posts (RFC 5005 §4)."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import feedparser
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import feedsvc

from .test_archives import SETTINGS, walk

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
LIMIT, SIZE = 3, 4
EXAMPLES = 15


class Step(NamedTuple):
    """What its author does to the post chosen by `which`, `hours` after the last step.

    `back` is how many hours a date lies back.
    """

    kind: str
    which: int
    hours: int
    back: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(("add", "add", "add", "late", "remove", "redate", "edit", "break")),
        st.integers(0, 1000),
        st.integers(0, 60),
        st.integers(0, 24 * 40),
    ),
    min_size=6,
    max_size=24,
)


class Author:
    """Somebody with a folder of posts, who can remember what was in it."""

    def __init__(self, folder: Path, posts: int) -> None:
        self.folder = folder / "posts"
        self.folder.mkdir()
        self.dates: dict[str, datetime] = {}
        self.gone: dict[str, datetime] = {}
        self.broken: set[str] = set()
        for number in range(posts):
            self.write(f"p{number}", BEGIN + timedelta(hours=number * 7))

    def write(self, name: str, date: datetime, text: str = "") -> None:
        self.dates[name] = date
        self.broken.discard(name)
        front = f"title: {name}\nid: urn:x:{name}\ndate: {date.isoformat()}"
        (self.folder / f"{name}.md").write_text(f"---\n{front}\n---\n{text}\n")

    def act(self, step: Step, now: datetime) -> str:
        """Do it; returns the name of the post."""
        date = now - timedelta(hours=step.back if step.kind != "add" else 0)
        names = sorted(self.dates)
        name = names[step.which % len(names)] if names else ""
        if step.kind in {"add", "late"} or not name:
            name = f"p{len(self.dates) + len(self.gone)}"
            self.write(name, date)
        elif step.kind == "remove":
            self.gone[name] = self.dates.pop(name)
            self.broken.discard(name)
            (self.folder / f"{name}.md").unlink()
        elif step.kind == "break":
            self.broken.add(name)
            (self.folder / f"{name}.md").write_text("---\ntitle: [\n---\n")
        else:
            redated = date if step.kind == "redate" else self.dates[name]
            self.write(name, redated, f"Words of {now}.")
        return name

    @property
    def visible(self) -> set[str]:
        return {name for name in self.dates if name not in self.broken}


def titles(body: bytes) -> set[str]:
    return {entry.title for entry in feedparser.parse(body).entries}


@settings(
    max_examples=EXAMPLES, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
@given(st.integers(0, 25), STEPS)
def test_only_what_happens_to_its_own_posts_changes_a_full_archive(
    posts: int, steps: list[Step]
) -> None:
    now = BEGIN + timedelta(hours=posts * 7)
    overrides = {**SETTINGS, "feeds": {"limit": LIMIT, "archive_size": SIZE, "window_days": 7}}
    with tempfile.TemporaryDirectory() as place:
        author = Author(Path(place), posts)
        site = feedsvc.open_site(place, overrides=overrides, cache=Path(place, "cache"), jobs=1)
        full: dict[str, bytes] = {}
        remembered: set[str] = set()
        found: set[str] = set()
        touched, was_visible = "", set[str]()
        for step in (None, *steps):
            if step is not None:
                now += timedelta(hours=step.hours)
                was_visible = author.visible
                touched = author.act(step, now)
            publication = site.publication(now, keep=True)
            if len(author.visible) <= LIMIT:
                full.clear()  # all is in the feed: nobody needs archives
            for path, body in full.items():
                document = publication.get(path)
                if document.body != body:
                    before, after = titles(body), titles(document.body)
                    # A post that cannot be read is not to be seen, and neither when it is removed.
                    hidden = touched not in was_visible | author.visible
                    assert hidden or touched in before | after
                    assert before - {touched} == after - {touched}
                    full[path] = document.body
            for path in publication.paths():
                if path.startswith("/archive/") and path.endswith(".atom") and path not in full:
                    body = publication.get(path).body
                    if b"<fh:archive/>" in body:
                        full[path] = body
            assert walk(publication, "/feed.atom") == author.visible
            found |= walk(publication, "/feed.atom", remembered)
            assert found >= author.visible
        site.close()
