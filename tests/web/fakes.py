"""A site with the interface that the web door knows, and a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.attachments.opening import OpenFile
from feedsvc.model import Document, LocalFile
from feedsvc.repository.files import entity_tag_of, opened
from feedsvc.settings import HttpSettings, Settings, SiteSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 5, 30, 12, 0, 0, 250_000, tzinfo=UTC)
CHANGED = datetime(2026, 5, 1, 10, 20, 30, tzinfo=UTC)
LAST_MODIFIED = "Fri, 01 May 2026 10:20:30 GMT"


def clock() -> datetime:
    return NOW


def settings(url: str = "https://example.org", max_age: int = 300) -> Settings:
    return Settings(
        folder=Path("/nowhere"),
        site=SiteSettings(url=url, title="Harbour"),
        http=HttpSettings(max_age=max_age),
    )


def document(
    path: str,
    media_type: str = "application/atom+xml; charset=utf-8",
    *,
    due: float | None = None,
    body: bytes | None = None,
) -> Document:
    """A document; `due` is in how many seconds from NOW it stops being valid."""
    body = f"body of {path}".encode() if body is None else body
    return Document(
        path=path,
        body=body,
        media_type=media_type,
        etag=sha256(body).hexdigest()[:32],
        last_modified=CHANGED,
        valid_until=None if due is None else NOW + timedelta(seconds=due),
    )


HTML = "text/html; charset=utf-8"
DOCUMENTS = {
    one.path: one
    for one in (
        document("/", HTML),
        document("/feed.atom"),
        document("/feed.rss", "application/rss+xml; charset=utf-8"),
        document("/feed.json", "application/feed+json; charset=utf-8"),
        document("/tags/c++/", HTML),
        document("/a:b/", HTML),
        document("/tags/上海/", HTML),
        document("/tags/上海/feed.atom"),
        document("/far.atom", due=3600),
        document("/soon.atom", due=42.9),
        document("/now.atom", due=0.4),
        document("/late.atom", due=-5),
        document("/unknown.atom")._replace(last_modified=None),
        document("/ahead.atom")._replace(last_modified=NOW + timedelta(seconds=0.5)),
        document("/archive/1/feed.atom")._replace(settled=True),
        document("/archive/2/feed.atom", due=42.9)._replace(settled=True),
        document("/hub.atom")._replace(
            links=(("hub", "https://hub.example.org/"), ("self", "https://a.example/hub.atom")),
        ),
    )
}


FOLDER = Path(__file__).parent / "data"


def local_file(path: str, name: str, media_type: str) -> LocalFile:
    source = FOLDER / name
    return LocalFile(path, str(source), media_type, source.stat().st_size, "1")


FILES = {
    one.path: one
    for one in (
        local_file("/2026/a/chime.mp3", "digits", "audio/mpeg"),
        local_file("/2026/a/empty.mp3", "empty", "audio/mpeg"),
        local_file("/2026/a/drawing.svg", "digits", "image/svg+xml"),
        LocalFile("/2026/a/gone.mp3", str(FOLDER / "gone"), "audio/mpeg", 1, "1"),
    )
}


class FakePublication:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.asked: list[str] = []

    def get(self, path: str) -> Document | None:
        self.asked.append(path)
        return self.documents.get(path)

    valid_until: datetime | None = None

    def file(self, path: str) -> LocalFile | None:
        return FILES.get(path)

    def gone(self, path: str) -> bool:
        return path == "/tags/old/"

    def redirect(self, path: str) -> str | None:
        return "https://example.org/feed.atom" if path == "/index.xml" else None


class FakeSite:
    def __init__(
        self, documents: Mapping[str, Document] = DOCUMENTS, config: Settings | None = None
    ) -> None:
        self.settings = config or settings()
        self.publication = FakePublication(documents)

    def current(self, now: datetime) -> FakePublication:
        assert now.utcoffset() is not None
        return self.publication

    def open_file(self, file: LocalFile) -> OpenFile | None:
        if not Path(file.source).exists():
            return None
        stream = opened(file.source)
        tag = entity_tag_of(stream)
        stream.seek(0)
        return OpenFile(stream, file.media_type, file.size, tag, CHANGED)
