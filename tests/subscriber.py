"""A subscriber who knows entries by their id, a blog that is edited, and the two doors."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser

from feedsvc.export import export
from feedsvc.site import open_site
from feedsvc.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOUL = re.compile(r"soul-(\w+)")
"""What makes a post the same for its author stands in its body."""

Alert = tuple[str, str]
"""What happened, and to which soul."""


@dataclass
class Subscriber:
    """What a reader shows: one item an id, announced when it is new or its `updated` moved.

    `shown` are the souls in the feed as it was read last.
    """

    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def poll(self, feed: bytes) -> list[Alert]:
        """Read a feed; return what the reader announces."""
        alerts = []
        self.shown = set()
        for identity, updated, content in self.entries(feed):
            match = SOUL.search(content)
            assert match, content
            soul = match[1]
            self.shown.add(soul)
            known = self.items.get(identity)
            if known is None:
                duplicate = soul in {soul for soul, _ in self.items.values()}
                alerts.append(("duplicate" if duplicate else "new", soul))
            elif known[0] != soul:
                alerts.append(("confused", soul))
            elif known[1] != updated:
                alerts.append(("updated", soul))
            self.items[identity] = (soul, updated)
        return sorted(alerts)

    def entries(self, feed: bytes) -> Iterator[tuple[str, str, str]]:
        """Id, time of the last update and content of each entry."""
        parsed = feedparser.parse(feed)
        assert not parsed.bozo, parsed.get("bozo_exception")
        for entry in parsed.entries:
            content = entry.content[0].value if "content" in entry else entry.summary
            yield entry.id, entry.get("updated", entry.get("published")), content


class JSONSubscriber(Subscriber):
    """The same for JSON Feed."""

    def entries(self, feed: bytes) -> Iterator[tuple[str, str, str]]:
        for item in json.loads(feed)["items"]:
            content = item.get("content_html", item.get("summary"))
            yield item["id"], item["date_modified"], content


class Answer:
    """What a path is answered with: a status, a body, and where it leads."""

    def __init__(
        self, status: int, body: bytes = b"", location: str = "", modified: str = ""
    ) -> None:
        self.status = status
        self.body = body
        self.location = location
        self.modified = modified


class AppDoor:
    """The Flask app, started anew for every question, as after a deployment."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch

    def publish(self, site: Path, now: datetime) -> None:
        opened = open_site(site, jobs=1)
        self.client = create_app(opened, clock=lambda: now).test_client()

    def get(self, path: str) -> Answer:
        found = self.client.get(path)
        get = found.headers.get
        return Answer(found.status_code, found.data, get("Location", ""), get("Last-Modified", ""))


class ExportDoor:
    """The export, on a host that knows nothing but files."""

    def __init__(self, scratch: Path) -> None:
        self.out = scratch / "out"

    def publish(self, site: Path, now: datetime) -> None:
        opened = open_site(site, jobs=1)
        export(opened, self.out, now=now)
        opened.close()

    def get(self, path: str) -> Answer:
        file = self.out / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            return Answer(404)
        body = file.read_bytes()
        refresh = re.search(rb'http-equiv="refresh" content="0; ?url=([^"]+)"', body)
        return Answer(301, b"", refresh[1].decode()) if refresh else Answer(200, body)


class Blog:
    """A folder of posts, and the clock of whoever edits it."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder = folder
        self.now = now
        self.config: dict[str, object] = {}
        folder.mkdir()

    def configure(self, **values: object) -> None:
        """Set keys of feedsvc.toml: `site_url="…"` is `[site] url`."""
        self.config |= values
        lines = []
        for name, value in self.config.items():
            table, _, key = name.partition("_")
            text = str(value) if isinstance(value, int) else f'"{value}"'
            lines.append(f"{table}.{key} = {text}\n")
        (self.folder / "feedsvc.toml").write_text("".join(lines), "utf-8")

    def write(self, path: str, soul: str, *, date: datetime | None = None, **front: object) -> Path:
        """Write a post; `date` None means now."""
        when = (date or self.now).strftime("%Y-%m-%d %H:%M:%S")
        fields = {"title": f"On {soul}", "date": when, **front}
        head = "".join(f"{key}: {value}\n" for key, value in fields.items())
        clauses = [f"Clause {n} of what is told of {soul}, at some *length*." for n in range(14)]
        body = f"This is soul-{soul}.\n\n" + "\n\n".join(clauses)
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{head}---\n{body}\n", "utf-8")
        return file

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text in a file."""
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new), "utf-8")

    def move(self, old: str, new: str) -> None:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def clone(self) -> None:
        """Go on in a fresh copy somewhere else."""
        other = self.folder.with_name("clone" if self.folder.name != "clone" else "origin")
        shutil.copytree(self.folder, other)
        shutil.rmtree(self.folder)
        self.folder = other

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def start(folder: Path) -> Blog:
    """A blog of five posts, as many as its feed shows."""
    blog = Blog(folder, datetime(2026, 1, 5, 9, 0, 0, tzinfo=UTC))
    blog.configure(site_url="https://example.org", site_title="Blog", feeds_limit=5)
    for number in range(5):
        date = blog.now - timedelta(days=40 * (number + 1))
        blog.write(f"{date:%Y-%m-%d}-old{number}.md", f"old{number}", date=date, categories="news")
    return blog


DOORS = {"app": AppDoor, "export": ExportDoor}


class Year:
    """The blog, the door and the subscriber."""

    def __init__(self, tmp_path: Path, door: str) -> None:
        self.blog = start(tmp_path / "site")
        self.door = DOORS[door](tmp_path)
        self.name = door
        self.reader = Subscriber()
        self.last = b""
        self.path = {f"old{n}": path for n, path in enumerate(self._newest_first())}
        self.publish()
        alerts = self.reader.poll(self.feed())
        assert alerts == sorted(("new", f"old{n}") for n in range(5))

    def _newest_first(self) -> list[str]:
        return sorted((file.name for file in self.blog.folder.glob("*.md")), reverse=True)

    @property
    def gone(self) -> int:
        """What is answered for what was taken back: a static host knows no 410."""
        return 410 if self.name == "app" else 404

    def feed(self, path: str = "/feed.atom") -> bytes:
        answer = self.door.get(path)
        assert answer.status == 200, path
        return answer.body

    def publish(self) -> None:
        self.blog.wait(hours=25)
        self.door.publish(self.blog.folder, self.blog.now)

    def told(self) -> list[Alert]:
        """Publish and return what the subscriber is told."""
        self.publish()
        self.last, before = self.feed(), self.last
        alerts = self.reader.poll(self.last)
        self.same_bytes = self.last == before
        # Whatever was told is told the same way again.
        self.publish()
        assert self.reader.poll(self.feed()) == []
        return alerts
