"""Readers see the name that people read, not the word that the posts use for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsvc.feeds.values import Content, Entry
from feedsvc.model import Post
from feedsvc.settings import Settings, TermSettings

from .samples import written

NOW = datetime(2022, 5, 30, 11, 22, 23, tzinfo=UTC)
POST = Post(
    "a.md", "tag:x", "https://x.example/a/", "A", NOW, NOW, "",
    categories=("shanghaifabu", "other"), tags=("Shanghaifabu",),
)  # fmt: skip
SETTINGS = Settings(Path("/site"), categories={"shanghaifabu": TermSettings(title="上海发布")})


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_category_is_called_by_its_configured_title(form: str) -> None:
    made = written(form, Entry(POST, Content("<p>a</p>")), SETTINGS).decode()
    assert "上海发布" in made
    assert "other" in made
    assert "shanghaifabu" not in made
    assert "Shanghaifabu" in made, "a tag is no category"


def test_json_feed_tags_have_the_configured_title() -> None:
    item = json.loads(written("json", Entry(POST, Content("<p>a</p>")), SETTINGS))
    assert item["tags"] == ["上海发布", "other", "Shanghaifabu"]
