"""Edit histories that hypothesis makes up, told through both doors to two subscribers.

The machine knows what readers must be told after each edit from a model of its own; they are told
it by bytes. Every document of every state is held against the one before: `Last-Modified` never
goes back, and is another one wherever the bytes are.
"""

from __future__ import annotations

import errno
import os
import posixpath
import re
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from feedsvc.export import export
from feedsvc.ledger import file
from feedsvc.site import open_site
from tests.souls import Soul, Told
from tests.subscriber import JSONSubscriber, Subscriber, start

if TYPE_CHECKING:
    from feedsvc.model import Document
    from tests.subscriber import Blog

LIMIT = 5
WINDOW = timedelta(days=14)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


class Histories(RuleBasedStateMachine):
    souls = Bundle("souls")

    @initialize(target=souls)
    def begin(self) -> Any:
        self.scratch = TemporaryDirectory()
        self.root = Path(self.scratch.name)
        self.cache = os.environ["FEEDSVC_CACHE"]
        self.caches = 0
        self.forget_cache()
        self.blog: Blog = start(self.root / "site")
        self.posts: dict[str, Soul] = {}
        self.readers = {"/feed.atom": Subscriber(), "/feed.json": JSONSubscriber()}
        self.told = {path: Told() for path in self.readers}
        self.documents: dict[str, Document] = {}
        self.count = 0
        self.hurried = 0
        self.full = False
        replace = file._replace

        def replaced(path: Path, data: bytes) -> None:
            if self.full:
                raise OSError(errno.EROFS, "Read-only file system")
            replace(path, data)

        self.patch = patch.object(file, "_replace", replaced)
        self.patch.start()
        self.first = True
        self.moved = False  # what ids are minted from is another than at first
        names = sorted((one.name for one in self.blog.folder.glob("*.md")), reverse=True)
        for number, name in enumerate(names):
            date = datetime.fromisoformat(f"{name[:10]}T09:00:00+00:00")
            self.posts[f"old{number}"] = Soul(f"old{number}", name, date)
        return multiple(*self.posts)

    @property
    def lock(self) -> Path:
        return self.blog.folder / "feedsvc.lock"

    def teardown(self) -> None:
        os.environ["FEEDSVC_CACHE"] = self.cache
        if hasattr(self, "patch"):
            self.patch.stop()
        self.scratch.cleanup()

    # -- what authors do ----------------------------------------------------------------------

    @rule(
        target=souls,
        hours=st.sampled_from([0, 3, 20, 24 * 20, -30, -24 * 9]),
        ends=st.sampled_from([None, None, 0.5, 40, 24 * 11]),
    )
    def write(self, hours: int, ends: float | None) -> str:
        """A post dated now, or so many hours ago; a negative number is in the future.

        It ends so many hours from now.
        """
        self.count += 1
        name = f"new{self.count}"
        date = self.blog.now - timedelta(hours=hours, seconds=self.count)
        end = None if ends is None else self.blog.now + timedelta(hours=ends)
        path = f"{name}.md"
        self.posts[name] = Soul(name, path, date, end)
        fields = {} if end is None else {"expires": f"{end:%Y-%m-%d %H:%M:%S} +00:00"}
        self.blog.write(path, name, date=date, categories="news", **fields)
        self.blog.edit(path, f"{date:%Y-%m-%d %H:%M:%S}\n", f"{date:%Y-%m-%d %H:%M:%S} +00:00\n")
        return name

    def soul(self, name: str) -> Soul:
        return self.posts[name]

    def text(self, soul: Soul) -> str:
        return (self.blog.folder / soul.path).read_text("utf-8")

    def put(self, soul: Soul, text: str) -> None:
        (self.blog.folder / soul.path).write_text(text, "utf-8")

    @rule(name=souls)
    def edit(self, name: str) -> None:
        soul = self.soul(name)
        if soul.away is None and not soul.broken:
            self.count += 1
            self.put(soul, f"{self.text(soul)}\nAn addition, the {self.count}th.\n")
            soul.edited = True

    @rule(name=souls)
    def retitle(self, name: str) -> None:
        soul = self.soul(name)
        if soul.away is None and not soul.broken:
            self.count += 1
            self.put(soul, self.text(soul).replace("title: ", f"title: {self.count} ", 1))
            soul.edited = True

    @rule(name=souls, other=souls)
    def link(self, name: str, other: str) -> None:
        """Refer to another post by its file, wherever that lies and whether it is to be seen."""
        soul = self.soul(name)
        if soul.away is None and not soul.broken:
            place = posixpath.relpath(self.soul(other).path, posixpath.dirname(soul.path) or ".")
            self.put(soul, f"{self.text(soul)}\nSee [what was told]({place}).\n")
            soul.edited = True

    @rule(name=souls, how=st.sampled_from(["markup", "blanks", "front", "tags", "touch"]))
    def edit_invisibly(self, name: str, how: str) -> None:
        soul = self.soul(name)
        if soul.away is not None or soul.broken:
            return
        self.count += 1
        text = self.text(soul)
        if how == "markup":
            text = text.replace("*length*", "_length_") if "*" in text else text.replace("_", "*")
        elif how == "blanks":
            text = text.replace("Clause 3 of", "Clause 3\n of", 1)
        elif how == "front":
            text = text.replace("title: ", f"mood: {self.count}\ntitle: ", 1)
            text = text.replace(f"mood: {self.count}\n", f"mood{self.count}: x\n")
        elif how == "tags":
            tag = ("t1", "T1", "C", "C++", "c")[self.count % 5]
            if "tags:" not in text:
                text = text.replace("title: ", f"tags: [{tag}]\ntitle: ", 1)
            else:
                text = re.sub(r"tags: \[.*\]", f"tags: [{tag}, t2]", text, count=1)
        self.put(soul, text)

    @rule(name=souls, folder=st.booleans(), edited=st.booleans())
    def rename(self, name: str, folder: bool, edited: bool) -> None:
        soul = self.soul(name)
        if soul.away is not None or soul.broken:
            return
        self.count += 1
        new = f"{'sub/' if folder else ''}renamed{self.count}.md"
        self.moved = True
        self.blog.move(soul.path, new)
        soul.path = new
        if edited:
            self.edit(name)

    @rule(name=souls, away=st.booleans())
    def hide(self, name: str, away: bool) -> None:
        """Unpublish, or delete."""
        soul = self.soul(name)
        if soul.hidden or soul.broken:
            return
        soul.hidden = True
        if away:
            soul.away = (self.blog.folder / soul.path).read_bytes()
            (self.blog.folder / soul.path).unlink()
        else:
            self.blog.edit(soul.path, "title:", "draft: true\ntitle:")

    @rule(name=souls)
    def show(self, name: str) -> None:
        soul = self.soul(name)
        if not soul.hidden:
            return
        soul.hidden = False
        if soul.away is not None:
            (self.blog.folder / soul.path).write_bytes(soul.away)
            soul.away = None
        else:
            self.blog.edit(soul.path, "draft: true\n", "")

    @rule(name=souls)
    def break_or_mend(self, name: str) -> None:
        soul = self.soul(name)
        if soul.away is not None:
            return
        text = self.text(soul)
        if soul.broken:
            self.put(soul, text.replace("title: [", "title: ", 1))
        else:
            self.put(soul, text.replace("title: ", "title: [", 1))
        soul.broken = not soul.broken

    @rule(name=souls, days=st.sampled_from([-50, -2, 1]))
    def redate(self, name: str, days: int) -> None:
        soul = self.soul(name)
        if soul.away is not None or soul.broken:
            return
        date = soul.published + timedelta(days=days)
        if date > self.blog.now:
            return
        lines = self.text(soul).split("\n")
        at = next(n for n, line in enumerate(lines) if line.startswith("date:"))
        lines[at] = f"date: {date:%Y-%m-%d %H:%M:%S} +00:00"
        self.moved = True
        self.put(soul, "\n".join(lines))
        soul.published = date

    # -- what happens to the site -------------------------------------------------------------

    @rule(
        change=st.sampled_from(
            [
                {"posts_permalink": "/:year/:title/"},
                {"posts_permalink": "/p/:title.html"},
                {"site_url": "https://new.example"},
                {"site_url": "http://example.org"},
                {"site_url": "https://example.org/base"},
                {"site_timezone": "Asia/Tokyo"},
                {"site_timezone": "America/Lima"},
                {"site_title": "Another title"},
                {"site_language": "de"},
                {"feeds_archive_size": 3},
                {"feeds_archives": "all"},
                {"feeds_content": "summary"},
                {"site_subtitle": "Of nothing"},
                {"site_author.name": "Ann"},
                {"categories_news.title": "What is new"},
                {"tags_t1.description": "The first"},
            ]
        )
    )
    def configure(self, change: dict[str, Any]) -> None:
        if "site_timezone" in change and self.forgotten():
            return
        if {"posts_permalink", "site_url", "site_timezone"} & change.keys():
            self.moved = True
        self.blog.configure(**change)

    def forgotten(self) -> bool:
        """Whether the ledger was lost while a post that readers know was not to be seen.

        Nothing remembers then how its date, which has no zone, was read.
        """
        known = self.told["/feed.atom"].known
        return any(soul.updated is None and soul.name in known for soul in self.posts.values())

    @rule(days=st.sampled_from([1, 9, 15]))
    def wait(self, days: int) -> None:
        self.blog.wait(days=days)

    @rule()
    def hurry(self) -> None:
        """What comes next happens within the same second."""
        self.hurried += 1
        self.blog.now -= timedelta(hours=2)

    @rule()
    def fill_or_free_the_disk(self) -> None:
        """As long as it is full the ledger cannot be written, and each run is another process."""
        self.full = not self.full

    @precondition(lambda self: not self.full)
    @rule()
    def clone(self) -> None:
        self.blog.clone()
        for one in self.blog.folder.rglob("*"):
            os.utime(one, (self.count, self.count))

    @precondition(lambda self: not self.full)
    @rule()
    def forget_cache(self) -> None:
        self.caches += 1
        os.environ["FEEDSVC_CACHE"] = str(self.root / f"cache{self.caches}")

    @precondition(lambda self: not self.moved and not self.full)
    @rule()
    def lose_the_ledger(self) -> None:
        """Harmless for ids while nothing that they are minted from has changed."""
        self.lock.unlink(missing_ok=True)
        self.first = True
        self.forget_cache()
        for soul in self.posts.values():
            soul.updated = soul.seen = None
            soul.edited = False
        self.documents.clear()

    # -- what must be true --------------------------------------------------------------------

    @invariant()
    def readers_are_told_what_happened_and_nothing_else(self) -> None:
        self.blog.wait(hours=2)
        now = self.blog.now
        shown = self.expected(now)
        documents = self.published(now)
        for path, reader in self.readers.items():
            alerts = reader.poll(documents[path].body)
            assert alerts == self.told[path].alerts(shown), path
            assert reader.shown == {soul.name for soul in shown}, path
        self.hold_against_what_was(documents)
        if self.count % 4 == 3 and not self.full:
            self.ask_another_machine(documents)

    def expected(self, now: datetime) -> list[Soul]:
        """Settle the model at `now`; the posts that the feed must hold."""
        for soul in self.posts.values():
            if not soul.visible(now):
                continue
            if soul.updated is None:
                soul.updated = soul.published
                late = not self.first and now - soul.published > DAY
                soul.seen = now if late else soul.published
            elif soul.edited:
                soul.updated = max(now, soul.updated + SECOND)
            soul.updated = max(soul.updated, soul.published)
            soul.edited = False
        visible = [soul for soul in self.posts.values() if soul.visible(now)]
        self.first = self.first and not visible  # without a post there is no ledger
        visible.sort(key=lambda soul: soul.published, reverse=True)
        fresh = [one for one in visible[LIMIT:] if one.seen and one.seen > now - WINDOW]
        return visible[:LIMIT] + fresh

    def published(self, now: datetime) -> dict[str, Document]:
        """What both doors hand out, which is the same."""
        out = self.root / "out"
        with closing(open_site(self.blog.folder, jobs=1)) as site:
            publication = site.publication(now, keep=True)
            documents = {path: publication.get(path) for path in publication.paths()}
        before = self.lock.read_bytes() if self.lock.exists() else None
        with closing(open_site(self.blog.folder, jobs=1)) as site:
            export(site, out, now=now, frozen=not self.full)
        assert before == (self.lock.read_bytes() if self.lock.exists() else None)
        found = {}
        for path, document in documents.items():
            assert document is not None, path
            made = out / path.lstrip("/")
            made = made / "index.html" if path.endswith("/") else made
            assert made.read_bytes() == document.body, path
            found[path] = document
        return found

    def hold_against_what_was(self, documents: dict[str, Document]) -> None:
        for path, document in documents.items():
            modified = document.last_modified
            assert modified is not None
            assert modified <= self.blog.now + self.hurried * SECOND, path
            before = self.documents.get(path)
            if before is not None:
                assert before.last_modified is not None
                assert modified >= before.last_modified, path
                assert document.body == before.body or modified > before.last_modified, path
        self.documents |= documents

    def ask_another_machine(self, documents: dict[str, Document]) -> None:
        """A fresh clone, where nothing may be written, must say the same."""
        other = self.root / "elsewhere"
        shutil.copytree(self.blog.folder, other, copy_function=shutil.copyfile)
        cache = os.environ["FEEDSVC_CACHE"]
        os.environ["FEEDSVC_CACHE"] = str(self.root / "cache-elsewhere")
        try:
            with closing(open_site(other, jobs=1)) as site:
                publication = site.publication(self.blog.now, keep=True, frozen=True)
                there = {path: publication.get(path) for path in publication.paths()}
        finally:
            os.environ["FEEDSVC_CACHE"] = cache
            shutil.rmtree(other)
            shutil.rmtree(self.root / "cache-elsewhere")
        assert there.keys() == documents.keys()
        for path, document in there.items():
            assert document is not None
            assert document.body == documents[path].body, path
            assert document.last_modified == documents[path].last_modified, path


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=max(4, settings().max_examples // 20), stateful_step_count=20, deadline=None
)
