"""The command line in this process, over a site that the test makes up."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from feedsvc.cli import main
from feedsvc.errors import SiteNotFoundError
from feedsvc.feeds.values import FeedKey, FeedKind, FeedListing
from feedsvc.model import Author, Finding, Post, State
from feedsvc.repository.workers import Crew
from feedsvc.settings import PostsSettings, Settings, SiteSettings

NOW = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
SEEN = datetime(2022, 5, 30, 11, 22, 23, tzinfo=UTC)


def make_post(path, title, **fields):
    return Post(
        path=path,
        id=f"tag:example.org,2022:{path}",
        permalink=f"https://example.org/{path}/",
        title=title,
        published=SEEN,
        updated=SEEN,
        body="",
        **fields,
    )


POSTS = [
    make_post(
        "posts/上海.md",
        "大上海保卫战取得重大阶段性成果",
        categories=("shanghaifabu",),
        tags=("上海发布新闻",),
        authors=(Author("Li", "li@example.org"),),
        lang="zh",
        findings=(Finding("slug", "doubtful", "posts/上海.md", 3),),
    ),
    make_post("posts/b.md", "Bell \x1b[2J\u202eand whistles", withheld=State.DRAFT),
    make_post("posts/\udce9.md", "A name that is no UTF-8"),
]
FEEDS = [
    FeedListing(FeedKey.site(), "News", 3, SEEN, {"atom": "/feed.atom", "json": "/feed.json"}),
    FeedListing(
        FeedKey(FeedKind.TAG, "C & C++", "c-c++"),
        "C & C++",
        1204,
        None,
        {"atom": "/tags/c-c++/上.atom"},
    ),
]


class FakeSite:
    detection = "Jekyll (_config.yml), posts in _posts/"
    notice = ""
    shortfall = ""
    crew = Crew(1)

    def __init__(self, folder):
        self.settings = Settings(
            folder,
            site=SiteSettings("https://example.org", "News", timezone="Asia/Shanghai"),
            posts=PostsSettings(("posts",)),
        )
        self.all_posts = list(POSTS)
        self.closed = False

    def posts(self, now):
        return iter(self.all_posts)

    def publication(self, now, **_):
        return SimpleNamespace(
            feeds=lambda: FEEDS,
            version="1",
            paths=lambda: iter(()),
            signature=str,
            get=str,
            departures=dict,
            files={},
            keep=lambda: None,
        )

    @property
    def session(self):
        return self

    def recall(self, name):
        return None

    def remember(self, name, value):
        pass

    def close(self):
        self.closed = True


@pytest.fixture
def site(tmp_path, monkeypatch):
    site = FakeSite(tmp_path / "site")
    site.settings.folder.mkdir()
    site.asked = []

    def open_site(folder):
        site.asked.append(folder)
        if folder == "nowhere":
            raise SiteNotFoundError("nowhere: no such folder; name the folder of a site")
        return site

    monkeypatch.setattr("feedsvc.site.open_site", open_site)
    return site


@pytest.fixture
def run(capsys):
    """`run("check", "--strict") -> (exit code, stdout, stderr)`."""

    def run(*argv):
        try:
            code = main([str(argument) for argument in argv], clock=lambda: NOW)
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run
