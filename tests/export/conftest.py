"""A site without posts, readers or caches: documents given by the test, renderings counted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from feedsvc.elsewhere import Way
from feedsvc.export import export
from feedsvc.model import LocalFile
from feedsvc.publication.choices import Discoveries
from feedsvc.repository.stamps import identity_of
from feedsvc.repository.workers import Crew
from feedsvc.settings import PostsSettings, Settings

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MEDIA_TYPES = {"html": "text/html; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


def page(text: str) -> bytes:
    return f'<!doctype html><meta name="generator" content="feedsvc"><p>{text}'.encode()


def local_file(path: str, source: Path) -> LocalFile:
    status = source.stat()
    return LocalFile(path, str(source), "audio/mpeg", status.st_size, identity_of(status))


class FakePublication:
    def __init__(self, documents: dict[str, bytes], files: dict[str, LocalFile]) -> None:
        self.documents = documents
        self.files = files
        self.rendered: list[str] = []
        self.version = sha256(repr([sorted(documents.items()), files]).encode()).hexdigest()

    def paths(self):
        return iter(self.documents)

    def signature(self, path):
        return sha256(self.documents[path]).hexdigest()

    def discoveries(self):
        return Discoveries({}, {})

    def take_over(self, discoveries):
        pass

    def keep(self):
        pass

    def departures(self):
        return {}

    def build(self, path):
        body = self.documents.get(path)
        if body is None:
            return None
        self.rendered.append(path)
        kind = "html" if body.startswith(b"<!doctype") else "atom"
        return body, MEDIA_TYPES[kind]


class FakeSite:
    def __init__(self, folder, documents, posts=("posts",)) -> None:
        self.settings = Settings(folder, posts=PostsSettings(path=posts))
        self.findings = []
        self.documents = documents
        self.sources: dict[str, Path] = {}
        self.last = None
        self.memory: dict[str, str] = {}

    crew = Crew(1)

    def way(self, publication, reopen):
        return Way(self.crew, lambda: None, reopen)

    def flush(self):
        pass

    def publication(self, now, *, keep, frozen):
        files = {path: local_file(path, source) for path, source in self.sources.items()}
        self.last = FakePublication(dict(self.documents), files)
        return self.last

    @property
    def session(self):
        return self

    def recall(self, name):
        return json.loads(self.memory.get(name, "null"))

    def remember(self, name, value):
        self.memory[name] = json.dumps(value)


@pytest.fixture
def documents():
    return {
        "/": page("home"),
        "/feed.atom": b"<feed/>",
        "/tags/a/": page("a"),
        "/tags/a/feed.atom": b"<feed>a</feed>",
        "/tags/上海/feed.atom": "<feed>上海</feed>".encode(),
    }


@pytest.fixture
def site(tmp_path, documents):
    folder = tmp_path / "site"
    (folder / "posts").mkdir(parents=True)
    return FakeSite(folder, documents)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def run(site, out):
    """Export the site; the summary comes back."""

    def run(**options):
        return export(site, out, now=NOW, **options)

    return run


@pytest.fixture
def files(out):
    """What lies in the target: file → bytes, without the export's own notes."""

    def files():
        return {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*"))
            if path.is_file() and not path.name.startswith(".feedsvc-export")
        }

    return files
