"""Where links to files and pages of Hugo's sites in several languages lead, as in Hugo 0.168."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc.site import open_site, publish

if TYPE_CHECKING:
    from tests.conftest import SiteFactory

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = "baseURL: https://e.org/s/\ndefaultContentLanguage: en\nlanguages: {en: {}, de: {}}\n"
PAGE = "---\ntitle: T\ndate: 2020-01-01\n---\n"
BODY = "![a](a.png) ![b](./b/c.png?x) <img src='d.jpg'> [e](../e.png) [f](f.md) [g](g/) [h](/h.png)"


def addresses(make_site: SiteFactory, files: dict[str, str], config: str = CONFIG) -> list[str]:
    """What the German page refers to."""
    folder = make_site({"hugo.yaml": config, **files})
    document = publish(open_site(folder), NOW).get("/de/feed.json")
    assert document is not None
    (item,) = json.loads(document.body)["items"]
    return re.findall(r'(?:src|href)="([^"]*)"', item["content_html"])


def test_translations_have_the_files_of_their_bundle_in_common(make_site: SiteFactory) -> None:
    german = f"{PAGE}{BODY}"
    files = {"content/p/x/index.de.md": german, "content/p/x/index.md": PAGE}
    assert addresses(make_site, files) == [
        "https://e.org/s/p/x/a.png",
        "https://e.org/s/p/x/b/c.png?x",
        "https://e.org/s/p/x/d.jpg",
        "https://e.org/s/de/p/e.png",
        "https://e.org/s/de/p/x/f.md",
        "https://e.org/s/de/p/x/g/",
        "https://e.org/h.png",
    ]


@pytest.mark.parametrize(
    ("files", "config"),
    [
        (["content/p/x/index.de.md"], CONFIG),
        (["content/p/x.de.md", "content/p/x.md"], CONFIG),
        (
            ["content/p/x/index.de.md", "content/p/x/index.md"],
            f"{CONFIG}markup: {{goldmark: {{duplicateResourceFiles: true}}}}\n",
        ),
        (
            ["de/p/x/index.md", "en/p/x/index.md"],
            CONFIG.replace("en: {}", "en: {contentDir: en}").replace("{}", "{contentDir: de}"),
        ),
    ],
)
def test_other_files_are_where_their_page_is(
    make_site: SiteFactory, files: list[str], config: str
) -> None:
    texts = dict.fromkeys(files, PAGE) | {files[0]: f"{PAGE}![a](a.png)"}
    assert addresses(make_site, texts, config) == ["https://e.org/s/de/p/x/a.png"]


def test_addresses_of_files_follow_the_page_that_has_them(make_site: SiteFactory) -> None:
    named = PAGE.replace("title", "slug: y\ntitle")
    files = {"content/p/x/index.de.md": f"{PAGE}![a](a.png)", "content/p/x/index.md": named}
    assert addresses(make_site, files) == ["https://e.org/s/p/y/a.png"]


LINKS = "[b](/p/b) [c](/p/b/?x#y) [d](</p/ü u.md>) [e](/p/c/) [f](/p/) [g](/n/) [h](//x.org/p/b)"
LED = [
    "https://e.org/s/de/p/b/",
    "https://e.org/s/de/p/b/?x#y",
    "https://e.org/s/de/p/%C3%BC-u/",
    "https://e.org/p/c/",
    "https://e.org/p/",
    "https://e.org/n/",
    "https://x.org/p/b",
]
LITERAL = [
    "https://e.org/p/b",
    "https://e.org/p/b/?x#y",
    "https://e.org/p/%C3%BC%20u.md",
    *LED[3:],
]


@pytest.mark.parametrize(
    ("setting", "hook", "expected"),
    [
        ("", "", LED),
        ("", "layouts/_default/_markup/render-link.html", LITERAL),
        ("theme: t", "themes/t/layouts/_markup/render-link.html", LITERAL),
        ("markup: {goldmark: {duplicateResourceFiles: true}}", "", LITERAL),
        ("markup: {goldmark: {renderHooks: {link: {useEmbedded: never}}}}", "", LITERAL),
        (
            "markup: {goldmark: {renderHooks: {link: {useEmbedded: always}}}}",
            "layouts/_markup/render-link.html",
            LED,
        ),
    ],
)
def test_links_lead_to_the_page_in_the_same_language(
    make_site: SiteFactory, setting: str, hook: str, expected: list[str]
) -> None:
    undated = "---\ntitle: T\n---\n"
    files = {"content/p/x.de.md": f"{PAGE}{LINKS}", "content/p/b.de.md": undated}
    files |= {"content/p/ü u.de.md": undated, "content/p/c.md": PAGE, "content/p/b.md": PAGE}
    if hook:
        files[hook] = "<a href='{{ .Destination }}'>{{ .Text }}</a>"
    assert addresses(make_site, files, f"{CONFIG}{setting}\n") == expected
