"""What posts of a Jekyll site see of its collections is what Jekyll 4.3 shows them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc.repository import sides, trees
from feedsvc.site import open_site, publish

if TYPE_CHECKING:
    from types import ModuleType

    from tests.conftest import SiteFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
POST = "_posts/2026-05-01-a.md"
DOCUMENTS = {
    "_topics/b.md": "---\ntitle: Bee\nrank: 2\nshort: b\n---\n*text* {{ site.title }}",
    "_topics/sub/a.md": "---\nrank: 1\ndate: 2020-02-03 04:05:06 +0000\n---\n",
    "_topics/c.html": "---\nrank: 10\ndate: 2019-01-01\npermalink: /see/\n---\n",
    "_topics/d-d.md": "---\n---\n",
    "_topics/e.md": "---\npublished: false\n---\n",
    "_topics/f.md": "no front matter",
    "_topics/_g.md": "---\n---\n",
    "_topics/h.md~": "---\n---\n",
    "_topics/skipped/i.md": "---\n---\n",
}


def shown(make_site: SiteFactory, body: str, config: str = "") -> str:
    """The words of a post in a feed."""
    head = "url: https://example.org\nbaseurl: /blog\ntitle: T\nexclude: [_topics/skipped]\n"
    folder = make_site(
        {
            "_config.yml": f"{head}{config or 'collections: {topics: {}}'}\n",
            POST: f"---\ntitle: A\n---\n<p>{body}</p>\n",
            **DOCUMENTS,
        }
    )
    document = publish(open_site(folder), NOW).get("/feed.json")
    assert document is not None
    (item,) = json.loads(document.body)["items"]
    text = re.sub("<[^>]*>", "", item["content_html"])
    return " ".join(text.split())


EACH = "{{% for t in site.topics %}}{{{{ t.{} }}}} {{% endfor %}}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", "Bee C D D A"),
        ("url", "/topics/b.html /see/ /topics/d-d.html /topics/sub/a.html"),
        ("id", "/topics/b /c /topics/d-d /topics/sub/a"),
        ("path", "_topics/b.md _topics/c.html _topics/d-d.md _topics/sub/a.md"),
        ("name", "b.md c.html d-d.md a.md"),
        ("slug", "b c d-d a"),
        ("rank", "2 10 1"),
        ("collection", "topics topics topics topics"),
        ("content", "text {{ site.title }}"),
        ("absent", ""),
    ],
)
def test_documents_are_known_by_what_they_say(
    make_site: SiteFactory, name: str, expected: str
) -> None:
    body = EACH.format(name).replace("t.content", "t.content | markdownify")
    assert shown(make_site, body) == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("collections: {topics: {permalink: '/t/:name/'}}", "/t/b/ /see/ /t/d-d/ /t/a/"),
        (
            "collections: [topics]\npermalink: pretty",
            "/topics/b/ /see/ /topics/d-d/ /topics/sub/a/",
        ),
        (
            "collections: {topics: {sort_by: rank}}",
            "/topics/sub/a.html /topics/b.html /see/ /topics/d-d.html",
        ),
        (
            "collections: {topics: {order: [d-d.md, sub/a.md]}}",
            "/topics/d-d.html /topics/sub/a.html /topics/b.html /see/",
        ),
        (
            "collections: [topics]\nunpublished: true",
            "/topics/b.html /see/ /topics/d-d.html /topics/e.html /topics/sub/a.html",
        ),
        (
            "collections: [topics]\ndefaults: [{scope: {type: topics}, values: {permalink: /x/}}]",
            "/x/ /see/ /x/ /x/",
        ),
    ],
)
def test_a_collection_is_as_the_configuration_has_it(
    make_site: SiteFactory, config: str, expected: str
) -> None:
    assert shown(make_site, EACH.format("url"), config) == expected


@pytest.mark.parametrize(("module", "bound"), [(sides, "MOST_FILES"), (trees, "_BYTES")])
def test_a_collection_that_is_too_large_is_not_shown(
    make_site: SiteFactory, monkeypatch: pytest.MonkeyPatch, module: ModuleType, bound: str
) -> None:
    monkeypatch.setattr(module, bound, 5)
    assert shown(make_site, f"before {EACH.format('url')} after") == "before after"


@pytest.mark.parametrize(
    "body",
    [
        "{{ site['topics'].size }}",
        "{% assign all = site.topics | sort: 'title' %}{{ all.size }}",
        "{% for t in site.topics %}{% if forloop.last %}{{ forloop.index }}{% endif %}{% endfor %}",
    ],
)
def test_a_collection_is_found_by_whatever_way_its_name_is_written(
    make_site: SiteFactory, body: str
) -> None:
    assert shown(make_site, body) == "4"


def test_what_a_collection_knows_only_when_it_is_built_is_taken_out(make_site: SiteFactory) -> None:
    assert shown(make_site, "a{{ site.topics.first.date }}b{{ site.topics.last.date }}c") == (
        "ab2020-02-03 04:05:06 +0000c"
    )
