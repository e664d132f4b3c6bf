"""JSON Feed 1.1 as <https://www.jsonfeed.org/version/1.1/> has it."""

import json

import pytest

from .samples import CASES, FEED, URL, entry, written


def parsed(case):
    return json.loads(CASES[case].document("json"))


def item(*arguments, **fields):
    return json.loads(written("json", entry(*arguments, **fields)))


@pytest.mark.parametrize("case", CASES)
def test_every_required_member_is_there_and_of_its_type(case):
    feed = parsed(case)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    for one in feed["items"]:
        assert isinstance(one["id"], str)
        assert "content_html" in one or "content_text" in one
        assert one["date_published"].endswith("Z")
        assert one["date_modified"].endswith("Z")
        assert all({"url", "mime_type"} <= file.keys() for file in one.get("attachments", ()))
        assert all(author["name"] for author in one["authors"])


def test_the_head_says_where_it_is_and_whose():
    feed = parsed("articles")
    del feed["items"]

    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": FEED.title,
        "home_page_url": f"{URL}/",
        "feed_url": f"{URL}/feed.json",
        "description": FEED.subtitle,
        "icon": FEED.logo,
        "favicon": FEED.icon,
        "authors": [{"name": "Zoë Nuñez", "url": f"{URL}/zoe/"}],
        "author": {"name": "Zoë Nuñez", "url": f"{URL}/zoe/"},
        "language": "en",
        "hubs": [{"type": "WebSub", "url": "https://hub.example.net/"}],
    }


def test_the_deprecated_author_repeats_the_first_author():
    one = parsed("articles")["items"][0]

    assert [author["name"] for author in one["authors"]] == ["Tom", "Jerry"]
    assert one["author"] == one["authors"][0]


def test_categories_come_before_tags_each_name_once():
    assert parsed("articles")["items"][0]["tags"] == ["News & Views", "C++", "C#"]


def test_attachments_tell_bytes_and_seconds_where_known():
    pdf, audio, video = parsed("podcast")["items"][1]["attachments"]

    assert (audio["size_in_bytes"], video["duration_in_seconds"]) == (20_000_000, 3723)
    assert "duration_in_seconds" not in pdf


def test_an_item_names_its_language_only_where_it_differs():
    assert [one.get("language") for one in parsed("articles")["items"]] == [None, "zh-CN", "he"]


def test_an_archive_leads_on_to_the_next_document():
    assert parsed("archive")["next_url"] == f"{URL}/archive/1.json"


@pytest.mark.parametrize("summary", ["", "Short."])
def test_an_item_without_html_has_its_summary_as_text(summary):
    one = item(0, "T", "", summary)

    assert one["content_text"] == summary
    assert "content_html" not in one


def test_an_untitled_item_has_no_title():
    assert "title" not in item(0, "", "<p>x</p>")


def test_each_item_has_a_line_of_its_own():
    lines = CASES["articles"].document("json").decode().splitlines()

    assert sum(line.startswith('{"id": ') for line in lines) == 3
