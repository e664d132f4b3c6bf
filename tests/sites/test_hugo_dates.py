"""Which dates Hugo's pages have by `[frontmatter]`, as Hugo 0.168 has it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc.model import State
from feedsvc.posts.undated import UNDATED
from tests.sites.reading import at, path, read_site, write

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import Post

CONFIG = "baseURL: https://e.org/\ntimeZone: Asia/Shanghai\n"
POST = "content/posts/x.md"
NAMED = "frontmatter: {date: [':filename', ':default']}"


def post(folder: Path, config: str, front: str = "title: T", name: str = "posts/x.md") -> Post:
    files = {"hugo.yaml": CONFIG + config, f"content/{name}": f"---\n{front}\n---\n"}
    (found,) = read_site(write(folder, files)).posts.values()
    return found


@pytest.mark.parametrize(
    ("name", "slug", "instant"),
    [
        ("2020-02-03-10-11-12-a", "a", "2020-02-03T10:11:12+08:00"),
        ("2020-02-03T10-11-12-a", "a", "2020-02-03T10:11:12+08:00"),
        ("2020-02-03 10-11-12 a", "a", "2020-02-03T10:11:12+08:00"),
        ("2020-02-03-99-99-99-a", "99-99-99-a", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03-10-11-a", "10-11-a", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03 _-a-", "a", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03a", "a", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03-v1.2", "v1", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03", "2020-02-03", "2020-02-03T00:00:00+08:00"),
        ("2020-02-03-a/index", "a", "2020-02-03T00:00:00+08:00"),
        ("2020-02-30-a", "2020-02-30-a", "2019-01-01T00:00:00+08:00"),
        ("2020-2-3-a", "2020-2-3-a", "2019-01-01T00:00:00+08:00"),
    ],
)
def test_name_may_hold_a_day_or_a_time_and_the_slug_behind_it(
    tmp_path: Path, name: str, slug: str, instant: str
) -> None:
    found = post(tmp_path, NAMED, "date: 2019-01-01", f"posts/{name}.md")
    assert (path(found), found.published) == (f"/posts/{slug}/", at(instant))


@pytest.mark.parametrize(
    ("handlers", "front", "expected"),
    [
        ("date: [':default', ':filename']", "date: 2019-01-01", "/posts/2020-02-03-x/"),
        ("lastmod: [':filename']", "date: 2019-01-01", "/posts/x/"),
        ("publishDate: [':filename']", "date: 2019-01-01", "/posts/x/"),
        ("date: [':filename']", "slug: own", "/posts/own/"),
        ("date: [':filename']", "slug:", "/posts/2020-02-03-x/"),
    ],
)
def test_slug_is_the_names_where_a_date_was_looked_for_in_it(
    tmp_path: Path, handlers: str, front: str, expected: str
) -> None:
    found = post(tmp_path, f"frontmatter: {{{handlers}}}", front, "posts/2020-02-03-x.md")
    assert path(found) == expected


def test_slug_of_a_pattern_is_the_title_where_the_name_is_a_day_alone(tmp_path: Path) -> None:
    config = f"{NAMED}\npermalinks: {{posts: '/:year/:slug/'}}"
    assert path(post(tmp_path, config, name="posts/2020-02-03.md")) == "/2020/t/"


@pytest.mark.parametrize(
    ("handlers", "front", "instant"),
    [
        ("date: [lastmod]", "modified: 2020-01-01", "2020-01-01T00:00:00+08:00"),
        ("date: [publishDate]", "pubdate: 2020-01-01", "2020-01-01T00:00:00+08:00"),
        ("date: created", "created: 2020-01-01\ndate: 2019-01-01", "2020-01-01T00:00:00+08:00"),
        ("date: [Custom]", "custom: 2020-01-01", "2020-01-01T00:00:00+08:00"),
        ("date: [custom]", "date: 2020-01-01", "0001-01-01T00:00:00+00:00"),
        ("date: [':git', date]", "date: 2020-01-01", "2020-01-01T00:00:00+08:00"),
    ],
)
def test_keys_of_dates_come_with_their_other_names(
    tmp_path: Path, handlers: str, front: str, instant: str
) -> None:
    assert post(tmp_path, f"frontmatter: {{{handlers}}}", front).published == at(instant)


def test_only_the_date_of_publication_withholds(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    config = "frontmatter: {publishDate: [publishDate]}"
    assert post(tmp_path, config, "date: 2999-01-01").state(now) is State.PUBLISHED
    assert post(tmp_path, config, "publishDate: 2999-01-01").state(now) is State.SCHEDULED
    assert post(tmp_path, "", "title: t").published == UNDATED


@pytest.mark.parametrize(
    ("handlers", "front", "state"),
    [
        ("", "lastmod: 2999-01-01", State.SCHEDULED),
        ("", "modified: 2999-01-01", State.SCHEDULED),
        ("", "date: 2020-01-01\nlastmod: 2999-01-01", State.PUBLISHED),
        ("date: [x]", "x: 2999-01-01", State.SCHEDULED),
        ("date: [x]\n  publishDate: [publishDate]", "x: 2999-01-01", State.PUBLISHED),
        ("date: [lastmod]", "lastmod: 2999-01-01\ndate: 2020-01-01", State.PUBLISHED),
    ],
)
def test_what_a_page_is_dated_by_stands_for_a_missing_date(
    tmp_path: Path, handlers: str, front: str, state: State
) -> None:
    found = post(tmp_path, f"frontmatter:\n  {handlers}\n" if handlers else "", front)
    assert found.state(datetime(2026, 1, 1, tzinfo=UTC)) is state


def test_a_date_that_is_the_last_change_too_is_one_as_written(tmp_path: Path) -> None:
    config = f"{CONFIG}frontmatter: {{lastmod: [lastmod, date]}}\n"
    text = "---\ndate: 2020-02-03 04:05:06 +0100\n---\n"
    site = read_site(write(tmp_path, {"hugo.yaml": config, "content/posts/x.md": text}))
    reading = site.readings["content/posts/x.md"]
    assert reading.post is not None
    assert reading.origin is not None
    assert reading.post.updated == reading.post.published == at("2020-02-03T04:05:06+01:00")
    assert reading.origin.updated == str(reading.origin.dated) == "2020-02-03 04:05:06 +0100"


def test_languages_may_have_time_zones_of_their_own(tmp_path: Path) -> None:
    config = """
permalinks: {posts: '/:year/:month/:day/:filename/'}
defaultContentLanguage: en
languages: {en: {}, de: {timeZone: Europe/Berlin}, fr: {timeZone: Nowhere/Else}}
"""
    front = "date: 2020-02-03 00:30:00"
    german = post(tmp_path / "de", config, front, "posts/x.de.md")
    assert german.published == at("2020-02-03T00:30:00+01:00")
    assert path(german) == "/de/2020/02/03/x/"
    for language, name in (("en", "posts/x.md"), ("fr", "posts/x.fr.md")):
        found = post(tmp_path / language, config, front, name)
        assert found.published == at("2020-02-03T00:30:00+08:00")


@pytest.mark.parametrize(
    "date",
    [
        "2020-02-03",
        '"2020-02-03 1:00:00"',
        '"2020-02-03  10:00:00.5"',
        '"2020-02-03T10:00:00+0800"',
        '"2020-02-03 10:00:00 +0800 CST"',
        '"2020-02-03 10:00:00 +08:00"',
        "03 feb 2020",
        '"Mon, 03 Feb 2020 10:00:00 GMT"',
        '"Mon Feb  3 10:00:00 2020"',
        '"Mon Feb 03 10:00:00 +0800 2020"',
    ],
)
def test_dates_as_hugo_reads_them_are_no_finding(tmp_path: Path, date: str) -> None:
    assert post(tmp_path, "", f"title: T\ndate: {date}").published.year == 2020
    assert not read_site(tmp_path).readings[POST].findings


@pytest.mark.parametrize(
    "date",
    [
        "2020/02/03",
        "2020-2-3",
        "2020-02-03T10:00",
        '"2020-02-03 10:00 +0800"',
        '"2020-02-03T10:00:00 +08:00 CST"',
        '"2020-02-03 24:00:00"',
        "3 Feb 2020",
        '"February 3, 2020"',
        '"Mon, 3 Feb 2020 10:00:00 GMT"',
        '"Mon Feb 3 10:00:00 +0800 2020"',
    ],
)
def test_dates_that_stop_hugo_are_read_with_one_finding(tmp_path: Path, date: str) -> None:
    assert post(tmp_path, "", f"title: T\ndate: {date}").published.year == 2020
    (finding,) = read_site(tmp_path).readings[POST].findings
    assert (finding.code, finding.line) == ("date-refused", 3)
