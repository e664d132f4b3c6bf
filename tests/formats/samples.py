"""Feeds that hold what readers, validators and specifications are known to disagree about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from feedsvc.feeds.values import Content, Entry, Feed, FeedKey, FeedKind
from feedsvc.formats import FORMATS, fields
from feedsvc.formats.text import HOLE
from feedsvc.model import Author, Enclosure, Post
from feedsvc.settings import PodcastSettings, Settings, SiteSettings

URL = "https://blog.example.org"
EMPTY = datetime(2000, 1, 1, tzinfo=UTC)
SETTINGS = Settings(
    folder=Path("/site"),
    site=SiteSettings(url=URL, title="Fish & <Chips>", author=Author("Zoë Nuñez")),
)
FEED = Feed(
    key=FeedKey(FeedKind.SITE),
    id="tag:blog.example.org,2020:feed",
    url=f"{URL}/",
    title="Fish & <Chips>",
    updated=datetime(2022, 5, 31, 6, 0, 1, tzinfo=UTC),
    formats={name: f"{URL}/{form.filename}" for name, form in FORMATS.items()},
    subtitle="What swims & what <fries>",
    author=Author("Zoë Nuñez", "zoe@example.org", f"{URL}/zoe/"),
    icon=f"{URL}/icon.png",
    logo=f"{URL}/logo.png",
    rights="© 2022 Zoë Nuñez",
    hub="https://hub.example.net/",
    origin=f"{URL}/feed.rss",
)


def written(form: str, one: Entry, settings: Settings = SETTINGS) -> bytes:
    """An entry as documents hold it."""
    writer = FORMATS[form]
    said, leaves = fields.of(one, settings)
    return writer.frame(said, leaves).replace(HOLE, writer.escaped(said.content))


@dataclass(frozen=True)
class Case:
    """A feed with its entries, the newest first."""

    feed: Feed
    entries: tuple[Entry, ...]

    def document(self, form: str) -> bytes:
        """The whole feed in one format."""
        writer = FORMATS[form]
        return writer.document(self.feed, [written(form, one) for one in self.entries])


def entry(number: int, title: str, html: str, summary: str = "", **post: object) -> Entry:
    """An entry, an hour older than the one numbered below it."""
    published = datetime(2022, 5, 30, 23 - number, 22, 23, tzinfo=UTC)
    image = post.pop("picture", None)
    values: dict[str, object] = {
        "path": f"posts/{number}.md",
        "id": f"tag:blog.example.org,2022:{number}",
        "permalink": f"{URL}/2022/05/30/{number}/",
        "published": published,
        "updated": published.replace(day=31, minute=number),
        "body": "",
        **post,
    }
    return Entry(
        Post(title=title, **values),  # type: ignore[arg-type]
        Content(html, summary, image),  # type: ignore[arg-type]
    )


ARTICLES = (
    entry(
        0,
        "Tom & Jerry: 1 < 2 <b>bold</b> &amp; \"quoted\" 'so'",
        '<p>Tom &amp; Jerry said <a href="https://example.com/?a=1&amp;b=2">1 &lt; 2</a>.</p>\n'
        "<pre><code>if (a &lt; b &amp;&amp; c) x[y[0]]&gt;1; // ]]&gt;\n</code></pre>\n",
        "Tom & Jerry said 1 < 2.",
        authors=(Author("Tom", "tom@example.org", f"{URL}/tom/"), Author("Jerry")),
        categories=("News & Views",),
        tags=("C++", "C#", "News & Views"),
        picture=f"{URL}/tom.jpg?w=1&h=2",
    ),
    entry(
        1,
        "上海发布:市民 🎉 早安",
        "<p>上海发布。</p>",
        "上海发布。",
        categories=("上海发布",),
        tags=("上海发布新闻", "日本語"),
        lang="zh-CN",
    ),
    entry(
        2,
        "שלום עולם",
        '<p dir="rtl">שלום</p>',
        "שלום",
        id=f"{URL}/2022/05/30/2/",  # the id is the address: a permalink guid
        lang="he",
        enclosures=(
            Enclosure(f"{URL}/paper.pdf", "application/pdf", 4096, title="The paper"),
            Enclosure(f"{URL}/data.csv?x=1&y=2", "text/csv"),
        ),
    ),
)
EPISODES = (
    entry(
        0,
        "Trailer",
        "<p>Soon.</p>",
        "Soon.",
        enclosures=(Enclosure(f"{URL}/0.mp3", "audio/mpeg", 1_000_000, 61),),
        extra={"itunes": {"episode_type": "trailer", "explicit": "yes"}},
    ),
    entry(
        1,
        "All of it",
        "<p>Notes.</p>",
        "Notes.",
        picture=f"{URL}/cover.jpg",
        enclosures=(
            Enclosure(f"{URL}/notes.pdf", "application/pdf", 10),
            Enclosure(f"{URL}/1.m4a", "audio/x-m4a", 20_000_000),
            Enclosure(f"{URL}/1.mp4", "video/mp4", 90_000_000, 3723),
        ),
        extra={
            "season": 2,
            "episode": "12",
            "duration": "1:02:03",
            "explicit": False,
            "transcript": ["1.vtt", {"url": "/1.html", "type": "text/html"}],
            "chapters": "chapters.json",
            "person": ["Ann", {"name": "Bob", "role": "guest", "href": "/bob/", "img": "/b.jpg"}],
        },
    ),
)
PODCAST = PodcastSettings(
    author="Zoë & Co",
    owner=Author("Zoë Nuñez", "zoe@example.org"),
    image=f"{URL}/show.jpg",
    category=("Society & Culture > Documentary", "Technology"),
    type="serial",
    locked=True,
)

CASES = {
    "articles": Case(FEED, ARTICLES),
    "summaries": Case(
        FEED,
        tuple(one._replace(content=one.content._replace(html="")) for one in ARTICLES),
    ),
    "podcast": Case(FEED._replace(podcast=PODCAST), EPISODES),
    "archive": Case(
        FEED._replace(
            id="tag:blog.example.org,2020:feed",
            formats={
                name: url.replace("feed.", "archive/2.") for name, url in FEED.formats.items()
            },
            hub=None,
            archive=True,
            current=f"{URL}/feed.atom",
            prev_archive=f"{URL}/archive/1.atom",
            next_archive=f"{URL}/archive/3.atom",
            next_url=f"{URL}/archive/1.json",
        ),
        ARTICLES[:1],
    ),
    "withdrawn": Case(
        FEED._replace(
            deleted=(
                (f"{URL}/?p=1&q=<2>", datetime(2022, 5, 31, 5, 0, tzinfo=UTC)),
                ("tag:blog.example.org,2022:3", datetime(2022, 5, 30, 4, 59, 59, tzinfo=UTC)),
            ),
        ),
        ARTICLES[1:2],
    ),
    "empty": Case(
        Feed(
            key=FeedKey(FeedKind.TAG, "C++", "c++"),
            id="tag:blog.example.org,2020:tags/c++",
            url=f"{URL}/tags/c++/",
            title="C++",
            updated=EMPTY,
            formats={name: f"{URL}/tags/c++/{form.filename}" for name, form in FORMATS.items()},
            complete=True,
        ),
        (),
    ),
}
