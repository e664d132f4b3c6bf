"""Rules that the keys of the front matter do not call for are passed over, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from feedsvc import sites
from feedsvc.posts import dialect as dialects
from feedsvc.posts import relevance
from feedsvc.posts.dialect import Dialect, ReadingContext, Source
from feedsvc.settings import PostsSettings, Settings, SiteSettings

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedsvc.model import Author

ENGINES = sorted(sites.engines())
SITE = SiteSettings(url="https://example.org")
SETTINGS = Settings(folder=Path("/site"), site=SITE, posts=PostsSettings(future=True))
KEYS = {
    *("title", "updated", "lastmod", "modified", "authors", "author", "by", "id", "guid", "uuid"),
    *(
        "summary",
        "description",
        "minor",
        "image",
        "cover",
        "audio",
        "file",
        "mp3",
        "lang",
        "locale",
    ),
    *("expires", "expirydate", "unpublishdate", "hidden", "unlisted", "hide_from_feed", "status"),
    *("feed", "draft", "published", "extra", "build", "x"),
}
VALUES = st.sampled_from(
    [
        *("2020-01-01", "2030-01-01 10:00:00", "yes", "A <a@example.org>", "urn:x:1", "a.mp3"),
        *("{exclude: yes, content: full}", "[1, two]", "", "false", "{hide_from_feed: true}", "de"),
    ]
)


def every(dialect: type, settings: Settings, keys: Collection[str]) -> frozenset[str]:
    return relevance.RULES


@examples(max_examples=60, deadline=None)
@given(front=st.dictionaries(st.sampled_from(sorted(KEYS)), VALUES, max_size=6))
@pytest.mark.parametrize("name", ENGINES)
def test_a_post_reads_as_if_every_rule_had_been_asked(name: str, front: dict[str, str]) -> None:
    settings = SETTINGS._replace(posts=SETTINGS.posts._replace(dialect=name))
    lines = [f"{key}: {value}" for key, value in {"date": "2020-02-03", **front}.items()]
    data = "\n".join(["---", *lines, "---", "Text"]).encode()
    source = Source("2020-02-03-a.md", "", data)
    found = sites.dialect(settings).read(source, settings)
    with mock.patch.object(dialects, "relevant", every):
        assert sites.dialect(settings).read(source, settings) == found


def test_a_rule_in_place_of_another_is_asked_of_every_post() -> None:
    class Own(Dialect):
        def authors(self, context: ReadingContext) -> tuple[Author, ...]:
            return (*super().authors(context), *Dialect.authors(self, context))

    assert "authors" not in relevance.relevant(Dialect, SETTINGS, ["title"])
    assert "authors" in relevance.relevant(Own, SETTINGS, ["title"])


def test_a_dialect_names_keys_that_its_rules_need() -> None:
    class Own(Dialect):
        summary_keys = ("teaser",)

    assert "summary" in relevance.relevant(Own, SETTINGS, ["teaser"])
    assert "summary" not in relevance.relevant(Own, SETTINGS, ["summary"])


def test_front_matter_of_very_many_keys_is_not_kept() -> None:
    before = relevance._kept.cache_info().currsize
    assert "minor" in relevance.relevant(Dialect, SETTINGS, [*map(str, range(10_000)), "minor"])
    assert relevance._kept.cache_info().currsize == before


def test_a_rule_is_asked_of_every_post_of_a_site_that_it_has_an_answer_for() -> None:
    class Own(Dialect):
        @relevance.needs("lang", unless=lambda settings: settings.posts.future)
        def lang(self, context: ReadingContext) -> str:
            return str(context.fields.get("lang", "de"))

    others = SETTINGS._replace(posts=SETTINGS.posts._replace(future=False))
    assert "lang" in relevance.relevant(Own, SETTINGS, ["title"])
    assert "lang" not in relevance.relevant(Own, others, ["title"])
    assert "lang" in relevance.relevant(Own, others, ["lang"])


def test_a_rule_that_is_asked_of_every_post_cannot_be_marked() -> None:
    with pytest.raises(ValueError, match="`title` is asked of every post"):

        @relevance.needs("title")
        def title() -> None: ...


@pytest.mark.parametrize("name", sorted(relevance.RULES))
def test_a_rule_that_no_dialect_marks_is_asked_of_every_post(name: str) -> None:
    own = type("Own", (Dialect,), {name: lambda _self, _context: None})
    assert name in relevance.relevant(own, SETTINGS, [])
