"""feedsvc's own dialect, rule by rule: what front matter and file name make of a post."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.model import Author, Enclosure, Markup, Post, Severity, State
from feedsvc.posts.dialect import Dialect, Reading, ReadingContext, Source
from feedsvc.settings import PostsSettings, Settings, SiteSettings
from tests.bounds import bounded

DIALECT = Dialect()
UUID = "12345678-1234-5678-1234-567812345678"
SITE = SiteSettings(url="https://example.org/blog", timezone="Asia/Shanghai")
SETTINGS = Settings(folder=Path("/site"), site=SITE)
SIZES = {"posts/near.mp3": 11, "static/far.mp3": 22, "top.mp3": 33}


def reading(
    front: str | bytes = "",
    name: str = "2020-02-03-a-post.md",
    settings: Settings = SETTINGS,
    body: str = "Text",
    dialect: Dialect = DIALECT,
) -> Reading:
    data = front if isinstance(front, bytes) else f"---\ntitle: T\n{front}\n---\n{body}".encode()
    return dialect.read(Source(f"posts/{name}", "posts", data, size=SIZES.get), settings)


def post(front: str | bytes = "", name: str = "2020-02-03-a-post.md", **rest: object) -> Post:
    found = reading(front, name, **rest)  # type: ignore[arg-type]
    assert found.post, found.findings
    return found.post


def codes(front: str | bytes = "", name: str = "2020-02-03-a-post.md", **rest: object) -> list[str]:
    return [finding.code for finding in reading(front, name, **rest).findings]  # type: ignore[arg-type]


def test_a_plain_post_is_read_whole():
    found = reading(
        "date: 2022-05-30 19:22:23 +0800\ncategories: c\ntags: 上海发布新闻\nx: 2020-01-01"
    )
    assert found.findings == ()
    assert found.post == Post(
        path="posts/2020-02-03-a-post.md",
        id="tag:example.org,2022-05-30:/a-post",
        permalink="https://example.org/blog/2022/05/30/a-post/",
        title="T",
        published=datetime(2022, 5, 30, 11, 22, 23, tzinfo=UTC),
        updated=datetime(2022, 5, 30, 11, 22, 23, tzinfo=UTC),
        body="Text",
        categories=("c",),
        tags=("上海发布新闻",),
        slug="a-post",
        extra={"x": "2020-01-01"},
    )


def test_a_reading_travels_between_processes():
    found = reading("a: {b: [1]}")
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_body_is_found_again_without_its_front_matter():
    data = "\ufeff---\r\ntitle: T\r\n---\r\n  indented\r\n".encode()
    found = reading(data)
    assert found.post
    assert found.post.body == "  indented\n"
    assert DIALECT.body(data, found.body_start).text == found.post.body


# -- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("a.md", "a.HTML", "a.mdx", "a.svx", "x/README.md", "日本語.markdown"),
        "2020-02-03-sync-conflict.md",
    ],
)
def test_markdown_and_html_files_are_posts(name: str):
    assert DIALECT.is_post(name, SETTINGS)


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "LICENSE.md", "_a.md", ".a.md", "_drafts/a.md", "a.txt", "a/.b/c.md"),
        "a.excalidraw.md",
        "2020-02-03-a.sync-conflict-20200204-101112-ABCDEFG.md",
        "2020-02-03-a (conflicted copy 2020-02-04).md",
        "2020-02-03-a (Noor's conflicted copy 2020-02-04 1).md",
    ],
)
def test_hidden_files_readmes_and_other_kinds_are_none(name: str):
    assert not DIALECT.is_post(name, SETTINGS)


def test_html_is_not_markdown():
    assert post(name="2020-02-03-a.html").markup is Markup.HTML
    assert post(name="2020-02-03-a.md").markup is Markup.MARKDOWN


def test_bytes_that_are_no_text_leave_the_file_out():
    found = reading(b"---\ndate: 2020-01-01\ntitle: caf\xe9\n---\n")
    assert found.post is None
    assert [(f.code, f.line, f.column, f.severity) for f in found.findings] == [
        ("encoding", 3, 11, Severity.ERROR)
    ]


def test_a_dialect_may_replace_bytes_that_are_no_text():
    class Replacing(Dialect):
        replaces_invalid = True

    found = reading(b"---\ntitle: caf\xe9\n---\n", dialect=Replacing())
    assert found.post
    assert found.post.title == "caf\ufffd"
    assert [f.code for f in found.findings] == ["encoding"]


def test_broken_front_matter_leaves_the_file_out_unless_the_dialect_keeps_it():
    class Keeping(Dialect):
        keeps_broken = True

    data = b"---\ntitle: a: b\n---\nText"
    assert reading(data).post is None
    kept = reading(data, dialect=Keeping())
    assert kept.post
    assert (kept.post.title, kept.post.body) == ("A post", "Text")
    assert kept.findings[0].code == "front-matter-broken"


def test_keys_may_be_capitalised():
    found = reading("Date: 2020-01-01\nTags: a\nFoo: 1\ndate: 2021-01-01")
    assert found.post
    assert found.post.published.year == 2019
    assert found.post.extra == {"Foo": 1}
    assert [(f.code, f.line) for f in found.findings] == [("key-duplicate", 6)]


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "name", "expected"),
    [
        ("date: 2020-05-01 10:00:00", "a.md", "2020-05-01T02:00:00"),
        ("date: 2020-05-01 10:00:00 +0000", "a.md", "2020-05-01T10:00:00"),
        ("date: 2020-05-01", "a.md", "2020-04-30T16:00:00"),
        ("published: 2020-05-01", "a.md", "2020-04-30T16:00:00"),
        ("published: true", "2020-2-3-a.md", "2020-02-02T16:00:00"),
        ("", "2020-02-03-a.md", "2020-02-02T16:00:00"),
        ("", "2020-02-03.md", "2020-02-02T16:00:00"),
        ("", "2020-02-03-a/index.md", "2020-02-02T16:00:00"),
        ("date: soon", "2020-02-03-a.md", "2020-02-02T16:00:00"),
        ("date:", "2020-02-03-a.md", "2020-02-02T16:00:00"),
    ],
)
def test_front_matter_beats_the_file_name(front: str, name: str, expected: str):
    assert post(front, name).published.isoformat() == f"{expected}+00:00"


@pytest.mark.parametrize("name", ["a.md", "2020-13-45-a.md", "2020-02-a.md", "20-02-03-a.md"])
def test_a_post_without_a_date_is_left_out_and_told(name: str):
    found = reading("", name)
    assert found.post is None
    assert [(f.code, f.severity) for f in found.findings] == [("date-missing", Severity.ERROR)]


def test_a_finding_names_the_line_of_its_key():
    (finding,) = reading("tags: x\ndate: 10/11/2020").findings
    assert (finding.code, finding.path, finding.line) == (
        "date-ambiguous",
        "posts/2020-02-03-a-post.md",
        4,
    )


@pytest.mark.parametrize("key", ["updated", "last_modified_at", "lastmod", "modified"])
def test_an_update_has_its_date(key: str):
    assert post(f"{key}: 2020-05-01 08:00 +0800").updated == datetime(2020, 5, 1, tzinfo=UTC)


def test_an_update_before_the_publication_is_the_publication():
    assert post("updated: 2019-01-01").updated == post().published
    assert codes("updated: 2019-01-01") == ["updated-before-published"]
    assert codes("date: 2020-02-03 10:00\nupdated: 2020-02-03") == []


@pytest.mark.parametrize("key", ["expires", "expiryDate"])
def test_a_post_expires(key: str):
    ends = post(f"{key}: 2020-05-01").ends
    assert ends == datetime(2020, 4, 30, 16, tzinfo=UTC)


def test_a_dialect_with_two_zones_notes_naive_timestamps():
    class Bare(Dialect):
        def timestamp_zone(self, context: ReadingContext) -> object:  # type: ignore[override]
            return UTC

    found = reading("date: 2020-05-01 10:00:00", dialect=Bare())
    assert found.post
    assert found.post.published.hour == 10
    assert [f.code for f in found.findings] == ["date-naive"]
    assert codes("date: 2020-05-01", dialect=Bare()) == []


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("tags: a", ("a",)),
        ("tags: a b", ("a b",)),
        ("tags: a, b ,a,", ("a", "b")),
        ("tags: [b, a, b, ' c ']", ("b", "a", "c")),
        ("tags: 2024", ("2024",)),
        ("tags: [2024, 1.5, 2020-01-02]", ("2024", "1.5", "2020-01-02")),
        ("tags: [a, [b, c], null, '']", ("a", "b", "c")),
        ("tags:", ()),
        ("tags: ''", ()),
        ("tags: []", ()),
        ("tag: x\ntags: [y]\ntopics: z", ("y", "x", "z")),
        ("tags: [é, e\u0301]", ("é", "e\u0301")),
    ],
)
def test_tags_are_text_in_order_without_repetition(front: str, expected: tuple[str, ...]):
    assert post(front).tags == expected
    assert codes(front) == []


@pytest.mark.parametrize("key", ["taxonomy", "taxonomies"])
def test_names_may_stand_in_a_map_of_taxonomies(key: str):
    found = post(f"{key}:\n  category: [blog]\n  tag: [a, b]\n  other: c")
    assert (found.categories, found.tags) == (("blog",), ("a", "b"))
    assert post(f"tags: own\n{key}: {{tags: [a]}}").tags == ("own",)


def test_categories_come_from_both_keys():
    assert post("category: B\ncategories: [A, B]").categories == ("A", "B")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("true", ("true",)),
        ("[no, a, [true]]", ("false", "a", "true")),
        ("[a, off, no]", ("a", "false")),
    ],
)
def test_a_name_that_yaml_takes_for_yes_or_no_is_written_out_in_its_place_and_told(
    value: str, expected: tuple[str, ...]
):
    assert post(f"tags: {value}").tags == expected
    assert codes(f"tags: {value}") == ["value-kind"]


@pytest.mark.parametrize("value", ["{a: b}", "[a, {b: c}]"])
def test_a_name_of_another_kind_is_told_and_ignored(value: str):
    assert codes(f"tags: {value}") == ["value-kind"]
    assert post(f"tags: {value}").tags in ((), ("a",))


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("author: Jo", (Author("Jo"),)),
        ("author: King, Jr.", (Author("King, Jr."),)),
        ("author: Jo <jo@x.org>", (Author("Jo", "jo@x.org"),)),
        ("author: '\"Jo\" <https://x.org>'", (Author("Jo", None, "https://x.org"),)),
        ("author: <jo@x.org>", (Author("jo@x.org", "jo@x.org"),)),
        ("author: {name: Jo, email: jo@x.org, url: 'http://x'}", (Author("Jo", "jo@x.org", "http://x"),)),
        ("authors: A, B, A", (Author("A"), Author("B"))),
        ("authors: [A, {name: B}]", (Author("A"), Author("B"))),
        ("by: [A]", (Author("A"),)),
        ("author:", ()),
        ("author: ''", ()),
    ],
)  # fmt: skip
def test_authors_are_text_maps_or_lists(front: str, expected: tuple[Author, ...]):
    assert post(front).authors == expected
    assert codes(front) == []


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("author: true", []),
        ("author: {x: 1}", []),
        ("author: {name: A, url: 'javascript:x'}", ["A"]),
        ("author: {name: A, email: nobody}", ["A"]),
    ],
)
def test_what_is_no_author_is_told(front: str, names: list[str]):
    assert codes(front) == ["author"]
    assert [author.name for author in post(front).authors] == names


# -- title, slug, permalink, id --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "body", "title"),
    [
        ("title: ' a \n  b '", "# H", "a b"),
        ("title: 2020", "# H", "2020"),
        ("title: 12:30", "# H", "12:30"),
        ("title: 2020-01-02", "# H", "2020-01-02"),
        ("title: yes", "# H", "true"),
        ("title:", "\n# A *heading* ##\n", "A *heading*"),
        ("title: [a]", "Text\n# H", "A post"),
        ("x: 1", "## H", "A post"),
        ('title: "a\\0b"', "", "ab"),
        ('title: "A\\u3000B\\n C\\_?\\u3000"', "", "A\u3000B C\xa0?"),
        ("x: 1", "# A\u3000B #", "A\u3000B"),
    ],
)
def test_a_title_is_text_else_the_heading_else_the_file_name(front: str, body: str, title: str):
    assert post(f"---\n{front}\n---\n{body}".encode()).title == title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<html><head><title>\nA &amp; B</title></head><h1>C</h1>", "A & B"),
        ("<h1 class='a'>A <em>b</em></h1>", "A b"),
        ("<svg><title>A</title></svg>", "A post"),
        ("<p>a</p><h1>B</h1>", "A post"),
        ("<title></title>", "A post"),
    ],
)
def test_an_html_document_has_its_own_title(body: str, title: str):
    assert post(body.encode(), "2020-02-03-a-post.html").title == title


@pytest.mark.parametrize("text", ["<title", "<title ", "<title>", "<h1>", "<h1>a<", "<"])
def test_titles_of_html_take_linear_time(text: str):
    bounded(reading, (text * 200_000).encode(), "2020-02-03-a.html")


def test_blanks_in_headings_take_linear_time():
    heading = f"# a{' ' * 100_000}x #\n"
    assert bounded(post, f"---\nx: 1\n---\n{heading}".encode()).title.endswith("x")


def test_a_missing_title_is_noted():
    assert codes(b"Text") == ["title-missing"]
    assert codes(b"---\ntitle: [a]\n---\n") == ["value-kind", "title-missing"]
    assert codes(b"---\ntitle: no\n---\n") == ["title-kind"]


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ("", "/2020/02/03/a-post/"),
        ("slug: Other One", "/2020/02/03/Other-One/"),
        ("permalink: /x/y.html", "/x/y.html"),
        ("url: x", "/x"),
        ("permalink: /:year/z/", "/2020/z/"),
        ("permalink: /../../etc/passwd", "/etc/passwd"),
        ("permalink: [a]", "/2020/02/03/a-post/"),
        ("permalink: ''", "/2020/02/03/a-post/"),
        ("slug: ../../x", "/2020/02/03/..-..-x/"),
        ("date: 2020-02-03 23:00 +0000", "/2020/02/04/a-post/"),
    ],
)
def test_a_permalink_is_literal_or_made_in_the_sites_zone(front: str, path: str):
    assert post(front).permalink == f"https://example.org/blog{path}"


def test_a_permalink_may_be_a_whole_url():
    assert post("permalink: https://other.org/é").permalink == "https://other.org/%C3%A9"


def test_a_slug_or_permalink_of_another_kind_is_told():
    assert codes("slug: true\npermalink: [a]") == ["value-kind", "value-kind"]


def test_the_sites_pattern_may_be_a_named_style():
    settings = Settings(Path("/site"), SITE, PostsSettings(permalink="date"))
    assert post(settings=settings).permalink.endswith("/blog/2020/02/03/a-post.html")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("", "tag:example.org,2020-02-03:/a-post"),
        ("title: Other\ncategory: X", "tag:example.org,2020-02-03:/a-post"),
        ("date: 2020-02-03 23:00 -0800", "tag:example.org,2020-02-04:/a-post"),
        ("id: urn:x:1", "urn:x:1"),
        ("guid: https://old.org/?p=1", "https://old.org/?p=1"),
        ("guid: 17", "tag:example.org,2020-02-03:17"),
        ("id: a b/é", "tag:example.org,2020-02-03:a%20b/%C3%A9"),
        (f"uuid: {UUID}", f"urn:uuid:{UUID}"),
        (f"uuid: {UUID[:-1]}X", f"tag:example.org,2020-02-03:{UUID[:-1]}X"),
        ("id: ''", "tag:example.org,2020-02-03:/a-post"),
        ("id: [a]", "tag:example.org,2020-02-03:/a-post"),
        (f"id: {'x' * 2000}", "tag:example.org,2020-02-03:/a-post"),
        ("slug: ü b", "tag:example.org,2020-02-03:/%C3%BC%20b"),
        ("slug: u\u0308 b", "tag:example.org,2020-02-03:/%C3%BC%20b"),
    ],
)  # fmt: skip
def test_an_id_is_as_given_or_a_tag_uri(front: str, expected: str):
    data = (
        f"---\ndate: 2020-02-03\n{front}\n---\n" if "date" not in front else f"---\n{front}\n---\n"
    )
    assert post(data.encode()).id == expected


@pytest.mark.parametrize("date", ["", "2020-02-03", "2020-02-03 23:30", "2020-02-03 23:30 +0800"])
def test_a_minted_id_does_not_depend_on_the_sites_zone(date: str):
    zones = ("UTC", "Asia/Shanghai", "Pacific/Apia", "America/New_York")
    sites = [SiteSettings(url=SITE.url, timezone=zone) for zone in zones]
    assert (
        len({post(f"date: {date}", settings=Settings(Path("/s"), site)).id for site in sites}) == 1
    )


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://Example.ORG:8080/x", "example.org"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("http://[::1]:8000", "1"),
        ("http://", "localhost"),
        ("http://[", "localhost"),
    ],
)
def test_the_authority_of_a_tag_uri_is_the_sites_host(url: str, authority: str):
    settings = Settings(Path("/s"), SiteSettings(url=url))
    assert post(settings=settings).id == f"tag:{authority},2020-02-03:/a-post"


# -- state ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ("", None),
        ("draft: false", None),
        ("draft: 'no'", None),
        ("draft: true", State.DRAFT),
        ("draft: 'yes'", State.DRAFT),
        ("draft: 1", State.DRAFT),
        ("draft: maybe", State.DRAFT),
        ("status: Draft", State.DRAFT),
        ("published: false", State.UNPUBLISHED),
        ("published: 'no'", State.UNPUBLISHED),
        ("public: false", State.UNPUBLISHED),
        ("private: true", State.UNPUBLISHED),
        ("status: private", State.UNPUBLISHED),
        ("publish: false", State.UNPUBLISHED),
        ("dg-publish: false", State.UNPUBLISHED),
        ("publish: true", None),
    ],
)
def test_an_author_holds_a_post_back(front: str, state: State | None):
    assert post(front).withheld is state
    assert codes(front) == (["value-kind"] if "maybe" in front else [])


def test_what_lies_in_drafts_is_a_draft():
    assert post(name="_drafts/2020-02-03-a.md").withheld is State.DRAFT


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("drafts/2020-02-03-a.md", State.DRAFT),
        ("x/Drafts/y/2020-02-03-a.md", State.DRAFT),
        ("draft/2020-02-03-a.md", State.DRAFT),
        ("drafts of mine/2020-02-03-a.md", None),
        ("templates/2020-02-03-a.md", None),
        ("2020-02-03-drafts.md", None),
    ],
)
def test_folders_of_drafts_hold_back_what_says_nothing_itself(name: str, state: State | None):
    assert post(name=name).withheld is state
    for said in ("draft: false", "published: true", "status: publish", "public: true"):
        assert post(said, name).withheld is None
    assert post("draft: true", name).withheld is State.DRAFT
    assert post("draft: false\npublish: false", name).withheld is State.UNPUBLISHED


def test_a_draft_or_template_has_no_date_yet():
    (finding,) = reading("date: soon", "templates/a.md").findings
    assert (finding.code, finding.severity) == ("date-invalid", Severity.NOTE)
    (finding,) = reading("", "drafts/a.md").findings
    assert (finding.code, finding.severity) == ("date-missing", Severity.NOTE)


def test_a_site_may_publish_drafts_and_posts_to_come():
    settings = Settings(Path("/s"), SITE, PostsSettings(drafts=True, future=True))
    found = post("draft: true\ndate: 2999-01-01", settings=settings)
    assert found.state(datetime(2020, 1, 1, tzinfo=UTC)) is State.PUBLISHED
    assert post("published: false", settings=settings).withheld is State.UNPUBLISHED


@pytest.mark.parametrize(
    "front",
    ["hidden: true", "unlisted: true", "status: hidden", "feed: false", "feed: {exclude: true}"],
)
def test_a_post_may_stay_out_of_feeds(front: str):
    assert not post(front).in_feeds
    assert post(front).withheld is None
    assert post().in_feeds
    assert post("feed: {exclude: false}").in_feeds


def test_a_post_chooses_its_content():
    assert post("feed: {content: summary}").content == "summary"
    assert post("feed: true").content is None
    assert codes("feed: {content: all}") == ["value-kind"]
    assert codes("feed: [a]") == ["value-kind"]


# -- the rest ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["summary", "description", "excerpt"])
def test_a_summary_keeps_its_lines(key: str):
    assert post(f"{key}: |\n  a *b*\n  c").summary == "a *b*\nc"
    assert codes(f"{key}: [a]") == ["value-kind"]


def test_a_language_is_a_tag():
    assert post("lang: fa_IR").lang == "fa-IR"
    assert post("language: zh-Hant").lang == "zh-Hant"
    assert codes("lang: no") == ["lang"]
    assert post("lang: 'not a tag'").lang is None
    assert codes("lang: english") == ["lang"]  # no language has so long a tag


MP3 = "audio/mpeg"
ROOT = "https://example.org/blog"


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("audio: /far.mp3", Enclosure(f"{ROOT}/far.mp3", MP3, 22)),
        ("audio: /blog/top.mp3", Enclosure(f"{ROOT}/top.mp3", MP3)),
        ("file: https://example.org/blog/top.mp3", Enclosure(f"{ROOT}/top.mp3", MP3, 33)),
        ("podcast: https://x.org/a.mp3", Enclosure("https://x.org/a.mp3", MP3)),
        ("podcast_file: /far.mp3", Enclosure(f"{ROOT}/far.mp3", MP3, 22)),
        ("enclosure: near.mp3", Enclosure(f"{ROOT}/2020/02/03/a-post/near.mp3", MP3, 11)),
        ("audio: https://x.org/ü.ogg\nlength: 1,234\nduration: '1:02:03'",
         Enclosure("https://x.org/%C3%BC.ogg", "audio/ogg", 1234, 3723)),
        ("enclosure: {url: //x.org/a, type: Audio/X, length: '5', title: T, duration: 60}",
         Enclosure("https://x.org/a", "audio/x", 5, 60, "T")),
        ('enclosure: "https://x.org/a.mp3\\n123\\naudio/mpeg\\n"',
         Enclosure("https://x.org/a.mp3", MP3, 123)),
        ('enclosure: "|\\n  https://x.org/a.mp3\\n  123\\n  audio/mpeg\\n"',
         Enclosure("https://x.org/a.mp3", MP3, 123)),
        ("podcast_file: https://x.org/a.mp3\npodcast_bytes: 123\npodcast_duration: '1:02'",
         Enclosure("https://x.org/a.mp3", MP3, 123, 62)),
        ("audio_url: https://x.org/a.mp3\naudio_length: 123\naudio_duration: 62",
         Enclosure("https://x.org/a.mp3", MP3, 123, 62)),
        ("video: https://x.org/a.b", Enclosure("https://x.org/a.b", "application/octet-stream")),
    ],
)  # fmt: skip
def test_an_enclosure_has_an_absolute_url_a_type_and_a_length(front: str, expected: Enclosure):
    assert post(front).enclosures == (expected,)


def test_a_post_may_have_several_enclosures():
    found = post("enclosures: [/far.mp3, {url: /far.mp3}, https://x.org/b.mp4]").enclosures
    assert [enclosure.type for enclosure in found] == [MP3, "video/mp4"]


def test_a_missing_enclosure_file_is_told_and_waited_for():
    found = reading("audio: gone.mp3")
    assert [f.code for f in found.findings] == ["enclosure-missing"]
    assert "posts/gone.mp3" in found.depends


@pytest.mark.parametrize("url", ["javascript:x", "data:audio/mp3,x", "{}", "[[]]", "http://["])
def test_what_is_no_file_of_the_web_is_no_enclosure(url: str):
    assert post(f"audio: {url}\nimage: {url}").enclosures == ()
    assert codes(f"audio: {url}\nimage: {url}") == ["enclosure", "image"]


def test_no_enclosure_looks_outside_of_the_site():
    found = reading("audio: ../../../../etc/passwd.mp3")
    assert not [path for path in found.depends if ".." in path]


@pytest.mark.parametrize("front", [{"file": "notes.md"}, {"podcast": "the show"}, {"mp3": True}])
def test_a_file_that_is_no_media_stays_in_extra(front: dict[str, object]):
    found = post("\n".join(f"{key}: {json.dumps(value)}" for key, value in front.items()))
    assert (found.extra, found.enclosures) == (front, ())


@pytest.mark.parametrize(
    "name", ["JzGmx7qbPzk", "76979871", 76979871, "https://youtu.be/JzGmx7qbPzk"]
)
def test_the_name_of_a_video_on_another_site_is_no_enclosure(name: object):
    found = reading(f"video: {json.dumps(name)}")
    assert found.post is not None
    assert (found.post.enclosures, found.findings) == ((), ())
    assert found.post.extra == {"video": name}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("image: /i.png", f"{ROOT}/i.png"),
        ("image: i 1%.png", f"{ROOT}/2020/02/03/a-post/i%201%25.png"),
        ("cover_image: {src: //cdn.org/i.png}", "https://cdn.org/i.png"),
        ("featured_image: [https://x.org/i.png?a=1#b]", "https://x.org/i.png?a=1#b"),
        ("image: false", None),
        ("image: {caption: Seen at sea, preview_only: true}", None),
        ("image:", None),
    ],
)
def test_an_image_has_an_absolute_url(front: str, expected: str | None):
    assert post(front).image == expected
    assert codes(front) == []


@pytest.mark.parametrize("value", ["W", "+", "x=", "🎄"])
def test_a_sign_is_no_image(value: str):
    front = f"thumbnail: {json.dumps(value)}"
    assert post(front).image is None
    assert codes(front) == ["image"]


def test_what_no_rule_takes_stays_as_json():
    front = "a: {b: [2020-01-01, .inf, 1, no, ~]}\nd: 2020-01-01 10:00:00\nlayout: x"
    extra = post(front).extra
    assert extra == {
        "a": {"b": ["2020-01-01", "inf", 1, False, None]},
        "d": "2020-01-01T10:00:00",
        "layout": "x",
    }
    assert json.loads(json.dumps(extra)) == extra


def test_a_dialect_adds_what_the_file_does_not_say():
    class Side(Dialect):
        def complete(self, context: ReadingContext) -> None:
            context.default("tags", context.side("posts/x.json"))
            context.default("title", "unused")
            assert context.side("../x") is None

    files = {"posts/x.json": b"x"}
    source = Source("posts/2020-02-03-a.md", "posts", b"---\ntitle: T\n---\n", files.get)
    found = Side().read(source, SETTINGS)
    assert found.post
    assert (found.post.title, found.depends) == ("T", ("posts/x.json",))
    assert [f.code for f in found.findings] == ["value-kind"]


def test_a_duration_that_is_none_is_told_and_ignored():
    front = "audio: https://x.org/a.mp3\nduration: an hour or so\nlength: 1"
    assert post(front).enclosures[0].duration is None
    assert codes(front) == ["value-kind"]


# -- anything ------------------------------------------------------------------------------------

KEYS = st.sampled_from(
    [
        "title",
        "date",
        "updated",
        "tags",
        "category",
        "author",
        "id",
        "uuid",
        "lang",
        "slug",
        "permalink",
        "audio",
        "file",
        "image",
        "draft",
        "published",
        "status",
        "feed",
        "expires",
        "summary",
        "duration",
        "length",
        "x",
    ]
)
JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=12),
        st.sampled_from(["2020-01-01", "http://[", "a\nb", "../x", "A <b@c>", "//", "1:2"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def _check(found: Reading) -> None:
    assert found.post or found.findings
    if found.post:
        json.dumps(dict(found.post.extra), allow_nan=False).encode()
        repr(found.post).encode()
        assert found.post.title
        assert found.post.id
        assert found.post.permalink.isascii()


@given(st.dictionaries(KEYS, JUNK, max_size=6))
def test_any_values_make_a_post_or_findings(front: dict[str, object]):
    _check(reading(json.dumps(front).encode() + b"\nText"))


STARTS = st.sampled_from([b"", b"---\n", b"---\ntitle: ", b"+++\n", b"\xff\xfe"])


@given(st.binary(max_size=80), STARTS)
def test_any_bytes_make_a_post_or_findings(data: bytes, start: bytes):
    _check(reading(start + data))
    _check(reading(start + data + b"\n---\n", name="x/index.md"))


@pytest.mark.parametrize(
    ("name", "day", "slug"),
    [
        ("20200203-a.md", 3, "a"),
        ("20200203.md", 3, "20200203"),
        ("2020/02/03/a.md", 3, "a"),
        ("2020/2/3-b/a.md", 3, "a"),
        ("x/2020-02-03-b/a.md", 3, "a"),
        ("x/20200203-b/index.md", 3, "b"),
        ("2019/01/01/2020-02-03-a.md", 3, "a"),
        ("2019-01-01/2020/02/03/a.md", 3, "a"),
        ("2020/02/a.md", None, "a"),
        ("2020/02/31/a.md", None, "a"),
        ("2020-02-03.a.md", 3, "a"),
        ("2020_02_03.md", 3, "2020_02_03"),
        ("2020_02_03_a.md", 3, "a"),
        ("2020.02.03 a.md", 3, "a"),
        ("2020年2月3日 a.md", 3, "a"),
        ("x/2020_02_03_b/index.md", 3, "b"),
        ("20200203T1030 a.md", 3, "20200203T1030 a"),
        ("202002031030 a.md", 3, "202002031030 a"),
        ("20200203103059.md", 3, "20200203103059"),
        ("2020-02-03T10-30-59.md", 3, "2020-02-03T10-30-59"),
        ("x/2020/02/03.md", 3, "03"),
        ("2020/02-03.md", 3, "02-03"),
        ("2020.2.3 a.md", None, "2020.2.3 a"),
        ("2020_02-03.md", None, "2020_02-03"),
        ("202002032530 a.md", None, "202002032530 a"),
        ("2020020310305 a.md", None, "2020020310305 a"),
        ("2020/02/03 a.md", None, "03 a"),
        ("20201301-a.md", None, "20201301-a"),
        ("12345678-a.md", None, "12345678-a"),
        ("x2020/02/03/a.md", None, "a"),
        ("2020/02/03/x/a.md", None, "a"),
    ],
)
def test_a_day_may_stand_in_digits_or_folders_alone(name: str, day: int | None, slug: str):
    assert post("date: 2021-01-01", name).slug == slug
    found = reading(b"# T\n", name=name).post
    expected = day and datetime(2020, 2, day - 1, 16, tzinfo=UTC)
    assert (found and found.published) == expected


def test_what_dates_a_note_itself_beats_a_stamp():
    assert post("created: 2022-05-30", "202002031030 a.md").published.year == 2022
    assert codes("created: someday", "202002031030 a.md") == ["date-invalid"]


@pytest.mark.parametrize(
    "key",
    [
        *("created", "created_at", "created_time", "createdAt", "dateCreated"),
        "date created",
        "added",
    ],
)
def test_a_note_without_a_date_was_published_when_it_was_created(key: str):
    found = post(f"{key}: 2022-05-30 19:22:23", "note.md")
    assert found.published == datetime(2022, 5, 30, 11, 22, 23, tzinfo=UTC)
    dated = post(f"{key}: 2022-05-30", "2020-02-03-a-post.md")
    assert dated.published == datetime(2020, 2, 2, 16, tzinfo=UTC)
    assert post(f"{key}: 2022-05-30\ndate: 2021-01-01").published.year == 2020
    assert codes(f"{key}: someday", "note.md") == ["date-invalid"]


@pytest.mark.parametrize(
    "key", ["publishedAt", "pub_date", "publish_date", "datePublished", "published_on", "post_date"]
)
def test_the_date_of_publication_has_many_names(key: str):
    assert post(f"{key}: 2022-05-30").published == datetime(2022, 5, 29, 16, tzinfo=UTC)
    assert post(f"{key}: 2022-05-30\ndate: 2021-01-01").published.year == 2020


@pytest.mark.parametrize("key", ["updatedAt", "date_modified", "date modified", "lastUpdated"])
def test_so_has_that_of_the_last_change(key: str):
    assert post(f"{key}: 2022-05-30").updated == datetime(2022, 5, 29, 16, tzinfo=UTC)


def test_a_map_of_dates_says_which_one_each_is():
    found = post("date:\n  created: 2022-05-30\n  updated: 2023-01-01", "note.md")
    assert found.published == datetime(2022, 5, 29, 16, tzinfo=UTC)
    assert found.updated == datetime(2022, 12, 31, 16, tzinfo=UTC)
    own = post("date: {created: 2022-05-30, updated: 2023-01-01}\nupdated: 2024-01-01", "note.md")
    assert own.updated == datetime(2023, 12, 31, 16, tzinfo=UTC)
    assert codes("date: {seen: 2022-05-30}", "note.md") == ["date-missing"]


@pytest.mark.parametrize(
    "name", ["2020-02-03-a.html.md", "2020-02-03/a.html.markdown", "a.html.md"]
)
def test_what_a_file_becomes_is_no_part_of_its_slug(name: str):
    assert post("date: 2020-02-03", name).slug == "a"
    assert post("date: 2020-02-03", "a.svelte.md").slug == "a"
    assert post("date: 2020-02-03", "2020-02-03.html.md").slug == "2020-02-03"
    assert reading(b"# T\n", name="2020-02-03.html.md").post is not None


def test_a_truth_where_a_picture_may_be_is_a_switch_of_a_theme():
    assert (post("image: true").image, codes("image: true")) == (None, [])
