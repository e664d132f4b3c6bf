"""Real sites and probes, against what each site's own engine says of every post.

Deviations are listed one by one in docs/compatibility.md.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from feedsvc.model import State
from feedsvc.posts.undated import UNDATED
from tests.sites.reading import SHARED, read_site

if TYPE_CHECKING:
    from feedsvc.model import Post
    from tests.sites.reading import Site

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TWIR: dict[str, Any] = {  # what the pelicanconf.py that is not in the folder says
    "site": {"timezone": "America/New_York", "url": "https://this-week-in-rust.org"},
    "posts": {"permalink": "blog/{date:%Y}/{date:%m}/{date:%d}/{slug}/"},
}
SITES: dict[str, tuple[str, dict[str, Any]]] = {
    "probes/jekyll": ("", {}),
    "probes/hugo": ("content/", {}),
    "probes/eleventy": ("", {"posts": {"dialect": "eleventy"}}),
    "corpora/jekyll-site": ("", {}),
    "corpora/mehdix": ("src/", {}),
    "corpora/twir": ("content/", TWIR),
}
# Jekyll could not read these at all: without its own reading it takes the file's time as the date.
UNREADABLE = {
    f"_posts/{name}.md"
    for name in (
        *("2020-03-07-cat-int", "2020-03-14-cat-map", "2020-04-27-colon"),
        *("2020-04-28-unclosed-quote", "2020-05-13-list-front-matter"),
    )
}
OTHER_TITLES = {
    "_posts/2020-04-05-title-time.md": "12:30",
    "_posts/2020-04-06-title-bool.md": "true",
    "_posts/2020-04-07-title-list.md": "ab",
}
NESTED = "_posts/2020-03-10-cat-nested.md"
NO_PAGE = {"permalink-false.md"}


@cache
def site(name: str) -> Site:
    return read_site(SHARED / name, SITES[name][1])


@cache
def answers(name: str) -> dict[str, dict[str, Any]]:
    given = json.loads((SHARED / f"{name}.json").read_text("utf-8"))
    return {item["path"]: item for item in given["items"]}


def published(name: str) -> dict[str, Post]:
    prefix = SITES[name][0]
    return {
        path.removeprefix(prefix): post
        for path, post in site(name).posts.items()
        if post.state(NOW) is State.PUBLISHED
    }


def pairs(name: str, *, but: set[str] | frozenset[str] = frozenset()) -> Any:
    mine = published(name)
    for path, answer in answers(name).items():
        if path not in but | NO_PAGE:
            yield path, answer, mine[path]


def words(value: object) -> str:
    return " ".join(str("" if value is None else value).split())


def terms(answer: dict[str, Any], key: str) -> list[str]:
    given = answer.get(key, (answer.get("params") or {}).get(key)) or []
    items = given if isinstance(given, list) else [given]
    named = (str(item).lower() if isinstance(item, bool) else words(item) for item in items)
    return list(dict.fromkeys(name for name in named if name))


@pytest.mark.parametrize("name", SITES)
def test_every_published_post_is_there_and_none_besides(name: str) -> None:
    assert set(published(name)) == set(answers(name)) - NO_PAGE


@pytest.mark.parametrize("name", SITES)
def test_urls_are_the_engines(name: str) -> None:
    root = site(name).configuration.settings.site.url
    for path, answer, post in pairs(name, but=UNREADABLE | {NESTED}):
        assert post.permalink.startswith(f"{root}/")
        assert unquote(post.permalink.removeprefix(root)) == unquote(answer["url"]), path


@pytest.mark.parametrize("name", SITES)
def test_instants_are_the_engines(name: str) -> None:
    for path, answer, post in pairs(name, but=UNREADABLE):
        if post.published == UNDATED and name == "probes/eleventy":
            continue  # the engine's answer is the file's own time
        since = post.published - datetime(1970, 1, 1, tzinfo=UTC)
        assert since.total_seconds() // 1 == answer["date_unix"], path


@pytest.mark.parametrize("name", SITES)
def test_titles_are_the_engines(name: str) -> None:
    for path, answer, post in pairs(name, but=UNREADABLE - {"_posts/2020-04-27-colon.md"}):
        assert post.title == OTHER_TITLES.get(path, words(answer.get("title"))), path


@pytest.mark.parametrize("name", SITES)
def test_categories_and_tags_are_the_engines(name: str) -> None:
    for path, answer, post in pairs(name, but=UNREADABLE | {NESTED}):
        assert list(post.tags) == terms(answer, "tags"), path
        assert list(post.categories) == terms(answer, "categories"), path


@pytest.mark.parametrize("name", ["probes/jekyll", "corpora/jekyll-site", "corpora/mehdix"])
def test_entry_ids_are_jekyll_feeds_unless_front_matter_names_one(name: str) -> None:
    root = site(name).configuration.settings.site.url
    for path, answer, post in pairs(name, but=UNREADABLE | {NESTED}):
        if not {"urn", "tag"} & {post.id.partition(":")[0]}:
            assert unquote(post.id) == unquote(root + answer["id"]), path


@pytest.mark.parametrize("name", SITES)
def test_what_the_engine_leaves_out_is_held_back_or_reported(name: str) -> None:
    given = json.loads((SHARED / f"{name}.json").read_text("utf-8"))
    prefix, read = SITES[name][0], site(name)
    for item in given["left_out"]:
        reading = read.readings[prefix + item["path"]]
        held_back = reading.post is not None and reading.post.state(NOW) is not State.PUBLISHED
        assert held_back or reading.findings, item["path"]
