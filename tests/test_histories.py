"""Edit histories that hypothesis makes up, exported and read by a subscriber."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.subscriber import ExportDoor, Subscriber, start

EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ("edit", "retitle", "rename", "hide", "restyle", "permalink", "domain", "zone")
        ),
        st.integers(0, 4),
    ),
    min_size=3,
    max_size=10,
)


@settings(max_examples=12, deadline=None)
@given(EDITS)
def test_every_history_is_told_as_it_happened(edits: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as name:
        scratch = Path(name)
        previous = os.environ["FEEDSVC_CACHE"]
        os.environ["FEEDSVC_CACHE"] = str(scratch / "cache")
        try:
            _play(scratch, edits)
        finally:
            os.environ["FEEDSVC_CACHE"] = previous


def _play(scratch: Path, edits: list[tuple[str, int]]) -> None:
    blog, door, reader = start(scratch / "site"), ExportDoor(scratch), Subscriber()
    names = sorted((file.name for file in blog.folder.glob("*.md")), reverse=True)
    hidden: set[int] = set()
    owed: set[int] = set()

    def told() -> list[tuple[str, str]]:
        blog.wait(hours=25)
        door.publish(blog.folder, blog.now)
        return reader.poll(door.get("/feed.atom").body)

    assert len(told()) == 5
    for number, (what, soul) in enumerate(edits):
        path = names[soul]
        match what:
            case "edit":
                text = (blog.folder / path).read_text("utf-8")
                (blog.folder / path).write_text(f"{text}\nAn addition, the {number}th.\n", "utf-8")
                owed.add(soul)
            case "retitle":
                blog.edit(path, "title: ", f"title: {number} ")
                owed.add(soul)
            case "restyle":
                text = (blog.folder / path).read_text("utf-8")
                new = text.replace("*length*", "_length_")
                (blog.folder / path).write_text(new, "utf-8")
            case "rename":
                names[soul] = f"sub{number}/renamed{number}.md"
                blog.move(path, names[soul])
            case "hide" if soul in hidden:
                blog.edit(path, "draft: true\n", "")
                hidden.discard(soul)
            case "hide":
                blog.edit(path, "title:", "draft: true\ntitle:")
                hidden.add(soul)
            case "permalink":
                blog.configure(posts_permalink=f"/{number}/:year/:title/")
            case "domain":
                blog.configure(site_url=f"https://{number}.example")
            case _:
                blog.configure(site_timezone=("Asia/Tokyo", "America/Lima")[number % 2])
        expected = sorted(("updated", f"old{one}") for one in owed - hidden)
        owed &= hidden
        assert told() == expected, (number, what, soul)
        assert told() == []
