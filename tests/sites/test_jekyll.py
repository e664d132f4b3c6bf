"""Jekyll's reading of posts, rule by rule (the numbers are Jekyll's own answers)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from feedsvc import sites
from feedsvc.feeds.values import FeedKey, FeedKind
from feedsvc.model import Post, Severity, State
from tests.sites.reading import Site, at, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "url: https://e.org\ntimezone: Asia/Shanghai\npermalink: pretty\n"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(folder: Path, files: dict[str, str], config: str = "") -> Site:
    return read_site(write(folder, {"_config.yml": CONFIG + config, **files}))


def post(folder: Path, front: str, name: str = "2020-02-03-a-post.md", config: str = "") -> Post:
    path = name if "_posts/" in name or "_drafts/" in name else f"_posts/{name}"
    return read(folder, {path: f"---\n{front}\n---\nBody\n"}, config).posts[path]


# -- dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2020-02-03 10:00:00", "2020-02-03T10:00:00+00:00"),
        ("2020-02-03T10:00:00", "2020-02-03T10:00:00+00:00"),
        ('"2020-02-03 10:00:00"', "2020-02-03T10:00:00+08:00"),
        ("2020-02-03 10:00", "2020-02-03T10:00:00+08:00"),
        ("2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("2020/02/03", "2020-02-03T00:00:00+08:00"),
        ("February 3, 2020", "2020-02-03T00:00:00+08:00"),
        ("3 Feb 2020 10:00", "2020-02-03T10:00:00+08:00"),
        ("2020-2-3 9:05:00", "2020-02-03T09:05:00+00:00"),
        ("20200203", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03 10:00:00 +0900", "2020-02-03T10:00:00+09:00"),
        ("2020-02-03 10:00:00 PST", "2020-02-03T10:00:00-08:00"),
    ],
)
def test_bare_timestamp_is_utc_and_everything_else_naive_is_in_the_sites_zone(
    tmp_path: Path, written: str, instant: str
) -> None:
    assert post(tmp_path, f"date: {written}").published == at(instant)


def test_bare_timestamp_in_another_zone_than_the_sites_is_noted(tmp_path: Path) -> None:
    found = post(tmp_path, "title: x\ndate: 2020-02-03 10:00:00")
    assert [(one.code, one.line) for one in found.findings] == [("date-naive", 3)]


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Europe/London"])
def test_bare_timestamp_is_not_noted_where_the_sites_zone_has_the_time_of_utc(
    tmp_path: Path, zone: str
) -> None:
    found = post(tmp_path, "date: 2020-02-03 10:00:00", config=f"timezone: {zone}\n")
    assert found.findings == ()


def test_url_has_the_day_of_the_sites_zone(tmp_path: Path) -> None:
    found = post(tmp_path, "date: 2020-02-03 23:30:00 -0800")
    assert found.permalink == "https://e.org/2020/02/04/a-post/"


def test_front_matter_date_beats_the_file_name(tmp_path: Path) -> None:
    assert post(tmp_path, "date: 2021-01-01").published == at("2021-01-01T00:00:00+08:00")


@pytest.mark.parametrize("name", ["2020-6-7-a.md", "20-06-07-a.md", "2020-06-07-a.md"])
def test_file_name_date_may_be_unpadded_or_short(tmp_path: Path, name: str) -> None:
    assert post(tmp_path, "title: t", name).published == at("2020-06-07T00:00:00+08:00")


def test_impossible_file_name_date_is_fine_where_front_matter_has_one(tmp_path: Path) -> None:
    for name in ("2020-13-45-a.md", "2020-02-31-a.md"):
        found = post(tmp_path, "date: 2020-06-11", name)
        assert found.permalink == "https://e.org/2020/06/11/a/"
        assert found.findings == ()


def test_impossible_file_name_date_alone_is_told_once_and_the_post_left_out(tmp_path: Path) -> None:
    site = read(tmp_path, {"_posts/2020-02-32-a.md": "---\ntitle: t\n---\n"})
    assert site.posts == {}
    (told,) = site.readings["_posts/2020-02-32-a.md"].findings
    assert (told.code, told.severity) == ("date-invalid", Severity.ERROR)
    assert told.message.endswith("which is no day. The file was left out.")


@pytest.mark.parametrize(
    ("front", "name", "expected"),
    [
        ("title: t", "2011-02-29-a.md", "2011-03-01T00:00:00+08:00"),
        ("title: t", "2011-04-31-a.md", "2011-05-01T00:00:00+08:00"),
        ("date: 2011-02-31 10:00:00 +0200", "2011-01-01-a.md", "2011-03-03T10:00:00+02:00"),
        ("date: 2011-02-30", "2011-01-01-a.md", "2011-03-02T00:00:00+08:00"),
    ],
)
def test_a_day_that_its_month_lacks_is_one_of_the_next_as_in_ruby_and_reported(
    tmp_path: Path, front: str, name: str, expected: str
) -> None:
    found = post(tmp_path, front, name)
    assert found.published == at(expected)
    assert [one.code for one in found.findings] == ["date-invalid"]


def test_empty_date_is_reported_and_the_file_names_taken(tmp_path: Path) -> None:
    found = post(tmp_path, "title: t\ndate:")
    assert found.published == at("2020-02-03T00:00:00+08:00")
    assert [(one.code, one.line) for one in found.findings] == [("date-empty", 3)]


@pytest.mark.parametrize(
    ("written", "instant", "code"),
    [
        ("2023-02-13 +0900", "2023-02-13T00:00:00+08:00", "date-ending"),
        ("2023-02-13 JST", "2023-02-13T00:00:00+08:00", "date-ending"),
        ("2020-04-30T11:57:36+01:00k", "2020-04-30T11:57:36+01:00", "date-ending"),
        ("2020-04-30 11:57 -0300 (BRT)", "2020-04-30T11:57:00-03:00", "date-ending"),
        ("2020-04-30 11:57:36 pm EST x", "2020-04-30T23:57:36-05:00", "date-ending"),
        ("2020-04-30 11:57:36Z 2020", "2020-04-30T11:57:36Z", "date-ending"),
        ("2025-04-01 20:00.000 +0900", "2025-04-01T20:00:00+08:00", "date-ending"),
        ("2020-3-19 29:39:08 +0800", "2020-03-20T05:39:08+08:00", "date-invalid"),
        ("2020-03-19 25:00 -0500", "2020-03-20T01:00:00-05:00", "date-invalid"),
        ("2020-04-30 11::57::36", "2020-04-30T00:00:00+08:00", "date-invalid"),
        ("2020-04-30T", "2020-04-30T00:00:00+08:00", "date-invalid"),
        ("2020-04-30 11:5", "2020-04-30T11:05:00+08:00", "date-invalid"),
        ("2020/4/30 9pm", "2020-04-30T21:00:00+08:00", "date-invalid"),
        ("2020-04-30 at 18h30 +0100", "2020-04-30T18:30:00+01:00", "date-invalid"),
        ("2020-04-30 18:30pm", "2020-04-30T18:30:00+08:00", "date-invalid"),
        ("2020-04-30 11:57:36 -500", "2020-04-30T11:57:36+08:00", "date-ending"),
    ],
)
def test_what_a_day_cannot_have_is_read_as_ruby_does_and_reported(
    tmp_path: Path, written: str, instant: str, code: str
) -> None:
    found = post(tmp_path, f"date: {written}")
    assert found.published == at(instant)
    assert [one.code for one in found.findings] == [code]


@pytest.mark.parametrize("written", ["2020-02-03T10:00:00.25+08:00", "'2020-02-03 10:00:00.25'"])
def test_of_a_second_no_fraction_is_told(tmp_path: Path, written: str) -> None:
    assert post(tmp_path, f"date: {written}").published == at("2020-02-03T10:00:00+08:00")


@pytest.mark.parametrize(
    "written", ["2020-03-31 33:00:00 +0800", "2020-03-31 25:1", "2020-03-31 9:60"]
)
def test_an_hour_that_ruby_refuses_is_no_hour(tmp_path: Path, written: str) -> None:
    found = post(tmp_path, f"date: {written}")
    assert found.published == at("2020-02-03T00:00:00+08:00")


def test_what_stands_behind_the_clock_is_ignored_as_ruby_does_and_reported(tmp_path: Path) -> None:
    found = post(tmp_path, "date: 2023-01-29 18:30:22 2023 -0800")
    assert found.published == at("2023-01-29T18:30:22+08:00")
    assert [one.code for one in found.findings] == ["date-ending"]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("10/11/2020", "2020-11-10T00:00:00+08:00"),
        ("25.12.2020 21:30", "2020-12-25T21:30:00+08:00"),
        ("11-9-17", "2011-09-17T00:00:00+08:00"),
        ("69/2/3", "1969-02-03T00:00:00+08:00"),
        ("1/2/2020 10:30 +0900", "2020-02-01T10:30:00+09:00"),
    ],
)
def test_three_numbers_are_day_first_or_of_two_digits_year_first_as_in_ruby(
    tmp_path: Path, written: str, instant: str
) -> None:
    found = post(tmp_path, f'date: "{written}"')
    assert found.published == at(instant)
    assert [one.code for one in found.findings] == ["date-ambiguous"]


@pytest.mark.parametrize(
    ("written", "instant", "codes"),
    [
        ("Fri Sep  3 11:21:31 CEST 2021", "2021-09-03T11:21:31+08:00", ["date-zone"]),
        ("2021-09-03 11:21 JST", "2021-09-03T11:21:00+08:00", ["date-zone"]),
        ("2021-09-03 11:21:31 UTC+9", "2021-09-03T11:21:31+08:00", ["date-zone"]),
        ("2021-09-03 11:21:31 Asia/Tokyo", "2021-09-03T11:21:31+08:00", ["date-zone"]),
        ("2021-09-03 11:21 pm EST", "2021-09-03T23:21:00-05:00", []),
        ("3 Sep 2021 11:21 GMT", "2021-09-03T11:21:00+00:00", []),
        ("2021-09-03 11:21:31 CST", "2021-09-03T11:21:31-06:00", ["date-zone"]),
    ],
)
def test_time_zones_have_the_names_that_ruby_knows_and_others_are_skipped_and_told(
    tmp_path: Path, written: str, instant: str, codes: list[str]
) -> None:
    found = post(tmp_path, f'date: "{written}"')
    assert found.published == at(instant)
    assert [one.code for one in found.findings] == codes


def test_time_zone_of_the_site_may_be_named_in_either_half_of_the_year(tmp_path: Path) -> None:
    config = "timezone: Europe/Berlin"
    for name, instant in (("CEST", "09:21:31+00:00"), ("CET", "10:21:31+00:00")):
        found = post(tmp_path, f"date: 2021-09-03 11:21:31 {name}", config=config)
        assert found.published == at(f"2021-09-03T{instant}")
        assert found.findings == ()


def test_name_without_a_date_is_left_out_with_a_finding(tmp_path: Path) -> None:
    read_one = read(tmp_path, {"_posts/nodate.md": "---\ndate: 2020-01-01\n---\n"})
    assert read_one.posts == {}
    assert read_one.codes("_posts/nodate.md") == {"name-without-date"}


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "categories", "path"),
    [
        ("categories: A B", ("A", "B"), "/a/b/"),
        ("categories: A, B", ("A,", "B"), "/a,/b/"),
        ("categories: A\u3000B C", ("A\u3000B", "C"), "/a%E3%80%80b/c/"),
        ("categories: [A One, B]", ("A One", "B"), "/a%20one/b/"),
        ("category: A B", ("A B",), "/a%20b/"),
        ("category: A\ncategories: B C", ("B", "C", "A"), "/b/c/a/"),
        ("categories: [A, a]", ("A", "a"), "/a/"),
        ("categories: [7, true, null]", ("7", "true"), "/7/true/"),
        ("categories:", (), "/"),
        ("categories: {a: b}", (), "/"),
    ],
)
def test_categories_split_at_blanks_and_category_never(
    tmp_path: Path, front: str, categories: tuple[str, ...], path: str
) -> None:
    found = post(tmp_path, front)
    assert found.categories == categories
    assert found.permalink == f"https://e.org{path}2020/02/03/a-post/"


def test_folders_above_posts_come_first_and_folders_below_do_not_count(tmp_path: Path) -> None:
    found = post(tmp_path, "categories: own", "a/B c/_posts/d/2020-02-03-x.md")
    assert found.categories == ("a", "B c", "own")


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: a b", ("a", "b")),
        ("tags: a, b c", ("a,", "b", "c")),
        ("tags: [a b, C, C]", ("a b", "C")),
        ("tag: a b", ("a b",)),
        ("tag: x\ntags: [y, z]", ("x",)),
        ("tags: 2020", ()),
        ("tags: [2020, 1.5, true, null]", ("2020", "1.5", "true")),
        ("Tags: a b", ()),
    ],
)
def test_tags_split_at_blanks_and_tag_beats_tags(
    tmp_path: Path, front: str, tags: tuple[str, ...]
) -> None:
    assert post(tmp_path, front).tags == tags


@pytest.mark.parametrize(
    ("front", "name", "title"),
    [
        ("layout: x", "2020-02-03-MiXed case-two.md", "Mixed case Two"),
        ("title:", "2020-02-03-a-b.md", "A B"),
        ("title:\nslug: other", "2020-02-03-a-b.md", "A B"),
        ("title: 2020", "2020-02-03-a.md", "2020"),
        ("title: yes", "2020-02-03-a.md", "true"),
        ("title: [a, b]", "2020-02-03-a.md", "ab"),
        ("title: 2020-01-01", "2020-02-03-a.md", "2020-01-01"),
        ("title: >\n  a\n  b", "2020-02-03-a.md", "a b"),
    ],
)
def test_title_is_the_slugs_words_where_there_is_none(
    tmp_path: Path, front: str, name: str, title: str
) -> None:
    assert post(tmp_path, front, name).title == title


# -- addresses and ids -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("2020-02-03-MiXed Case_and.dots v1.2.md", "MiXed-Case_and.dots-v1.2"),
        ("2020-02-03-日本語.md", "%E6%97%A5%E6%9C%AC%E8%AA%9E"),
        ("2020-02-03-Crème!.md", "Cr%C3%A8me!"),
        ("2020-02-03-trailing-.md", "trailing"),
    ],
)
def test_title_placeholder_keeps_case_and_letters(tmp_path: Path, name: str, path: str) -> None:
    assert post(tmp_path, "x: y", name).permalink == f"https://e.org/2020/02/03/{path}/"


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ("permalink: /x/y/", "/x/y/"),
        ("permalink: x/y.html", "/x/y.html"),
        ("permalink: /:year/:title.html", "/2020/a-post.html"),
        ("permalink: /p/:title:output_ext", "/p/a-post.html"),
        ("permalink: pretty", "/pretty"),
        ("permalink: /../../etc/", "/etc/"),
        ("slug: My Slug_Ü!", "/2020/02/03/My-Slug_%C3%9C!/"),
    ],
)
def test_permalink_of_a_post_is_literal_but_for_placeholders(
    tmp_path: Path, front: str, path: str
) -> None:
    assert post(tmp_path, front).permalink == f"https://e.org{path}"


@pytest.mark.parametrize(
    ("style", "path"),
    [
        ("date", "/c/2020/02/03/a-post.html"),
        ("ordinal", "/c/2020/034/a-post.html"),
        ("weekdate", "/c/2020/W06/Mon/a-post.html"),
        ("none", "/c/a-post.html"),
        (":title:output_ext", "/a-post.html"),
    ],
)
def test_permalink_of_the_site_may_be_a_named_style(tmp_path: Path, style: str, path: str) -> None:
    found = post(tmp_path, "category: c", config=f"permalink: {style}")
    assert found.permalink == f"https://e.org{path}"


def test_output_extension_of_a_text_file_is_its_own(tmp_path: Path) -> None:
    found = post(tmp_path, "x: y", "2020-02-03-a.txt", "permalink: none")
    assert found.permalink == "https://e.org/a.txt"


@pytest.mark.parametrize(
    ("front", "entry_id"),
    [
        ("title: t", "https://e.org/b/2020/02/03/a-post"),
        ("permalink: /x/y.html", "https://e.org/b/x/a-post"),
        ("permalink: /z", "https://e.org/b/a-post"),
        ("slug: My Slug", "https://e.org/b/2020/02/03/My%20Slug"),
        ("slug: über-%e2%80%93x", "https://e.org/b/2020/02/03/%C3%BCber-%E2%80%93x"),
        ("slug: u\u0308ber", "https://e.org/b/2020/02/03/%C3%BCber"),
        ("id: tag:e.org,2020:1", "tag:e.org,2020:1"),
    ],
)
def test_entry_id_is_the_folder_of_the_url_and_the_slug(
    tmp_path: Path, front: str, entry_id: str
) -> None:
    assert post(tmp_path, front, config="baseurl: /b").id == entry_id


# -- fences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ("\ufeff---\ntitle: x\n---\nB", "x"),
        ("---\r\ntitle: x\r\n---\r\nB", "x"),
        ("---\ntitle: x\n...\nB", "x"),
        ("---  \ntitle: x\n---  \nB", "x"),
        ("---\n---\nB", "A Post"),
        ("Just text", "A Post"),
        ("\n---\ntitle: x\n---\nB", "A Post"),
        ("----\ntitle: x\n----\nB", "A Post"),
        ("+++\ntitle = 'x'\n+++\nB", "A Post"),
        ('{"title": "x"}\n\nB', "A Post"),
        ("---\ntitle: x\n\nnever closed", "A Post"),
        ("# comment\n---\ntitle: x\n---\nB", "A Post"),
    ],
)
def test_front_matter_begins_with_the_first_bytes_or_there_is_none(
    tmp_path: Path, data: str, title: str
) -> None:
    path = "_posts/2020-02-03-a-post.md"
    assert read(tmp_path, {path: data}).posts[path].title == title


@pytest.mark.parametrize("front", ["title: a: b", 'title: "a', "- a\n- b"])
def test_post_with_broken_yaml_stays_without_title_and_is_reported(
    tmp_path: Path, front: str
) -> None:
    found = post(tmp_path, front)
    assert (found.title, found.published) == ("", at("2020-02-03T00:00:00+08:00"))
    assert found.findings


# -- state -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ("published: false", State.UNPUBLISHED),
        ("published:", State.UNPUBLISHED),
        ('published: "false"', State.PUBLISHED),
        ("published: true", State.PUBLISHED),
        ("hidden: true", State.PUBLISHED),
        ("draft: true", State.PUBLISHED),
        ("expires: 2021-01-01", State.PUBLISHED),
        ("date: 2999-01-01", State.SCHEDULED),
    ],
)
def test_published_false_or_null_and_the_future_hold_a_post_back(
    tmp_path: Path, front: str, state: State
) -> None:
    assert post(tmp_path, front).state(NOW) is state


def test_unpublished_and_future_posts_are_there_where_the_site_says_so(tmp_path: Path) -> None:
    config = "unpublished: true\nfuture: true"
    for front in ("published: false", "date: 2999-01-01"):
        assert post(tmp_path, front, config=config).state(NOW) is State.PUBLISHED


def test_drafts_need_no_date_and_are_no_posts_unless_asked_for(tmp_path: Path) -> None:
    assert post(tmp_path, "title: t", "_drafts/idea.md").state(NOW) is State.DRAFT
    shown = post(tmp_path, "date: 2020-01-01", "_drafts/idea.md", "show_drafts: true")
    assert shown.state(NOW) is State.PUBLISHED


def test_jekyll_feed_skips_drafts_among_posts_and_nothing_else(tmp_path: Path) -> None:
    assert not post(tmp_path, "draft: true").in_feeds
    assert post(tmp_path, "hidden: true").in_feeds
    assert not post(tmp_path, "feed: {exclude: true}").in_feeds


def test_bytes_that_are_no_utf_8_leave_a_post_out(tmp_path: Path) -> None:
    path = tmp_path / "_posts" / "2020-02-03-a.md"
    write(tmp_path, {"_config.yml": CONFIG, "_posts/2020-02-03-b.md": ""})
    path.write_bytes(b"---\ntitle: caf\xe9\n---\n")
    site = read_site(tmp_path)
    assert list(site.posts) == ["_posts/2020-02-03-b.md"]
    assert site.codes("_posts/2020-02-03-a.md") == {"encoding"}


def test_summary_is_the_description_else_the_excerpt_and_updated_is_last_modified_at(
    tmp_path: Path,
) -> None:
    found = post(tmp_path, "excerpt: e\ndescription: d\nlast_modified_at: 2021-01-01")
    assert (found.summary, found.updated) == ("d", at("2021-01-01T00:00:00+08:00"))
    assert post(tmp_path, "excerpt: e").summary == "e"


# -- defaults ----------------------------------------------------------------------------------

DEFAULTS = """
defaults:
- {scope: {path: ""}, values: {author: everyone, lang: de, categories: [all]}}
- {scope: {path: "", type: posts}, values: {author: posts}}
- {scope: {path: "blog/_posts", type: posts}, values: {author: blog, permalink: "/b/:title/"}}
- {scope: {path: "pages", type: pages}, values: {author: pages}}
- {scope: {path: "news/*/_posts"}, values: {author: glob}}
- {scope: 3, values: {author: broken}}
- nothing
"""


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("_posts/2020-02-03-a.md", "posts"),
        ("blog/_posts/2020-02-03-a.md", "blog"),
        ("news/x/_posts/2020-02-03-a.md", "glob"),
    ],
)
def test_defaults_of_the_most_specific_scope_win(tmp_path: Path, name: str, author: str) -> None:
    found = post(tmp_path, "title: t", name, DEFAULTS)
    assert [person.name for person in found.authors] == [author]
    assert found.lang == "de"


def test_front_matter_beats_defaults_and_only_categories_add_up(tmp_path: Path) -> None:
    found = post(tmp_path, "author: me\ncategories: own", "blog/_posts/2020-02-03-a.md", DEFAULTS)
    assert [person.name for person in found.authors] == ["me"]
    assert found.categories == ("blog", "all", "own")
    assert found.permalink == "https://e.org/b/a/"


def test_source_folder_counts_neither_for_defaults_nor_for_categories(tmp_path: Path) -> None:
    found = post(tmp_path, "title: t", "src/blog/_posts/2020-02-03-a.md", "source: src" + DEFAULTS)
    assert found.categories == ("blog", "all")
    assert found.permalink == "https://e.org/b/a/"


@pytest.mark.parametrize("value", ["3", "[a]", "{a: b}", "true", "2020-01-01", "~"])
def test_values_of_any_kind_make_a_post(tmp_path: Path, value: Any) -> None:
    keys = ("title", "slug", "permalink", "tag", "category", "draft", "published", "date")
    front = "\n".join(f"{key}: {value}" for key in keys)
    assert post(tmp_path, front).path


# -- collections -------------------------------------------------------------------------------

COLLECTIONS = """
collections_dir: content
collections:
  posts: {permalink: "/p/:categories/:title/"}
  changes: {permalink: "/changes/:year/:name/"}
  notes: {output: true}
  other: {output: true}
feed: {collections: {changes: {path: /changes.xml}, notes: {}}}
defaults:
- {scope: {path: "", type: changes}, values: {author: C}}
- {scope: {path: "content/_posts", type: posts}, values: {author: P}}
"""


def test_collections_dir_counts_neither_for_defaults_nor_for_categories(tmp_path: Path) -> None:
    name = "content/_posts/2020-02-03-a.md"
    found = post(tmp_path, "title: t", name, COLLECTIONS)
    assert (found.permalink, found.categories) == ("https://e.org/p/a/", ())
    assert [person.name for person in found.authors] == ["P"]
    nested = post(tmp_path, "title: t", "content/cat/_posts/2020-02-03-a.md", COLLECTIONS)
    assert nested.categories == ("cat",)


@pytest.mark.parametrize(
    ("name", "front", "path", "title"),
    [
        ("_changes/2021-02-03-One two.md", "a: b", "/changes/2021/2021-02-03-one-two/", "One two"),
        ("_changes/v1.0.md", "date: 2021-05-06", "/changes/2021/v1-0/", "V1.0"),
        ("_changes/x.md", "date: 2021-05-06\npermalink: /own/:title/", "/own/x/", "X"),
        ("_notes/deep/m.md", "date: 2021-05-06", "/notes/deep/m/", "M"),
    ],
)
def test_collections_with_a_feed_are_read_by_their_own_patterns(
    tmp_path: Path, name: str, front: str, path: str, title: str
) -> None:
    files = {f"content/{name}": f"---\n{front}\n---\n"}
    found = read(tmp_path, files, COLLECTIONS).posts[f"content/{name}"]
    assert (found.permalink, found.title) == (f"https://e.org{path}", title)
    assert (found.section, found.in_site_feed) == (name[1:].partition("/")[0], False)


def test_collections_without_a_feed_and_files_without_front_matter_are_no_posts(
    tmp_path: Path,
) -> None:
    dated = "---\ndate: 2021-05-06\n---\n"
    site = read(
        tmp_path,
        {"content/_other/a.md": dated, "content/_changes/2020-01-01-b.md": "Text"},
        COLLECTIONS,
    )
    assert site.posts == {}


def test_undated_document_of_a_collection_is_listed_and_in_no_feed(tmp_path: Path) -> None:
    name = "content/_changes/a.md"
    site = read(tmp_path, {name: "---\ntitle: t\n---\n"}, COLLECTIONS)
    assert not site.posts[name].in_feeds
    assert site.codes(name) == {"date-missing"}


def test_posts_in_other_languages_are_below_their_folder_and_in_feeds_of_their_own(
    tmp_path: Path,
) -> None:
    config = (
        "url: https://e.org\nplugins: [jekyll-polyglot]\nlanguages: [en, de, pt-BR]\n"
        "default_lang: en\nlang_from_path: true\n"
    )
    german = "title: a\nlang: de\npermalink: /2020/01/01/a.html"
    files = {
        "_config.yml": config,
        "_posts/2020-01-01-a.md": "---\ntitle: a\n---\n",
        "_posts/en/2020-01-02-b.md": "---\ntitle: b\nlang: en\n---\n",
        "_posts/2020-01-01-a-de.md": f"---\n{german}\n---\n",
        "_posts/pt-BR/2020-01-01-a.md": "---\ntitle: a\n---\n",
    }
    site = read_site(write(tmp_path, files))
    found = {path: (post.edition, post.permalink[13:]) for path, post in site.posts.items()}
    assert found == {
        "_posts/2020-01-01-a.md": ("", "/2020/01/01/a.html"),
        "_posts/en/2020-01-02-b.md": ("", "/2020/01/02/b.html"),
        "_posts/2020-01-01-a-de.md": ("de", "/de/2020/01/01/a.html"),
        "_posts/pt-BR/2020-01-01-a.md": ("pt-BR", "/pt-BR/2020/01/01/a.html"),
    }
    settings = site.configuration.settings
    key = FeedKey(FeedKind.SITE, language="de")
    assert sites.layout(settings).feed_paths(key, "atom", settings) == ("/de/feed.xml",)
    write(tmp_path, {"_config.yml": config.replace("jekyll-polyglot", "jekyll-feed")})
    assert {post.edition for post in read_site(tmp_path).posts.values()} == {""}


UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("id: 7", "https://e.org/2020/02/03/a-post"),
        ("guid: old-7", "https://e.org/2020/02/03/a-post"),
        ("guid: https://old.example/?p=7", "https://old.example/?p=7"),
        (f"uuid: {UUID}", f"urn:uuid:{UUID}"),
    ],
)
def test_ids_are_jekylls_unless_front_matter_has_a_uri_or_a_uuid(
    tmp_path: Path, front: str, expected: str
) -> None:
    assert post(tmp_path, front).id == expected
