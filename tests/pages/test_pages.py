"""What a page has to say to people, to browsers and to feed readers that look for feeds."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedsvc.feeds.values import FeedKind
from feedsvc.model import Author, Enclosure
from feedsvc.pages import parts, policy
from feedsvc.pages.renderer import Pages

from .samples import HOSTILE, PUBLISHED, URL, entry, feed, listing, site

TAG = listing(FeedKind.TAG, "tides", 7)
CATEGORY = listing(FeedKind.CATEGORY, "上海", 2)
AUTHOR = listing(FeedKind.AUTHOR, "Ana", 1)
SITE = listing()
POST_URL = f"{URL}/2022/05/31/quiet/"


def pages(**changes: object) -> Pages:
    return Pages(site(**changes), SITE)


def every_page(made: Pages) -> dict[str, bytes]:
    return {
        "home": made.home([SITE, CATEGORY, TAG, AUTHOR], [entry()]),
        "feed": made.feed(feed(), [entry()]),
        "post": made.post(entry(), [CATEGORY, TAG, AUTHOR]),
        "not found": made.not_found(),
        "gone": made.gone(),
        "unavailable": made.unavailable(),
    }


def read(page: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(page.decode())


def links(page: bytes, base: str) -> set[str]:
    found = (node.attributes["href"] or "" for node in read(page).css("body a[href]"))
    return {urljoin(base, href) for href in found}


def alternates(page: bytes) -> list[str]:
    return [node.attributes["href"] or "" for node in read(page).css('link[rel="alternate"][type]')]


def text(page: bytes, selector: str) -> str:
    node = read(page).css_first(selector)
    assert node is not None, selector
    return node.text(strip=True)


def test_same_values_give_the_same_bytes() -> None:
    assert every_page(pages()) == every_page(pages())


@pytest.mark.parametrize("name", every_page(pages()))
def test_page_loads_nothing_and_runs_nothing(name: str) -> None:
    tree = read(every_page(pages())[name])
    assert not tree.css("script, img, iframe, object, link[rel=stylesheet], form, [style]")


@pytest.mark.parametrize("name", every_page(pages()))
def test_policy_allows_the_one_style_and_no_other(name: str) -> None:
    tree = read(every_page(pages())[name])
    (style,) = tree.css("style")
    digest = b64encode(sha256((style.text() or "").encode()).digest()).decode()
    meta = tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
    for said in (policy.policy(), meta or ""):
        assert f"style-src 'sha256-{digest}'" in said
        assert "default-src 'none'" in said
        assert "unsafe" not in said


@pytest.mark.parametrize("name", every_page(pages()))
def test_page_is_small(name: str) -> None:
    assert len(every_page(pages())[name]) < 10_000


@pytest.mark.parametrize("name", ["home", "feed", "post"])
def test_page_names_its_own_address_and_generator(name: str) -> None:
    tree = read(every_page(pages())[name])
    canonical = {"home": f"{URL}/", "feed": f"{URL}/tags/tides/", "post": POST_URL}[name]
    assert tree.css_first("link[rel=canonical]").attributes["href"] == canonical
    assert tree.css_first("meta[name=generator]").attributes["content"] == "feedsvc"
    assert tree.css_first("meta[name=viewport]")


def test_feeds_of_the_page_are_advertised_before_the_sites() -> None:
    made = every_page(pages())
    of_site = [f"{URL}/feed.{form}" for form in ("atom", "rss", "json")]
    of_tag = [f"{URL}/tags/tides/feed.{form}" for form in ("atom", "rss", "json")]
    of_category = [
        f"{URL}/categories/%E4%B8%8A%E6%B5%B7/feed.{form}" for form in ("atom", "rss", "json")
    ]
    assert alternates(made["home"]) == of_site
    assert alternates(made["feed"]) == of_tag + of_site
    assert alternates(made["post"])[:6] == of_category + of_tag
    assert alternates(made["post"])[-3:] == of_site


def test_alternates_carry_media_type_and_title() -> None:
    found = read(every_page(pages())["feed"]).css_first("link[rel=alternate]").attributes
    assert (found["type"], found["title"]) == ("application/atom+xml", "tides (Atom)")


def test_the_page_of_a_feed_names_the_site_once() -> None:
    page = pages(title="Harbour").feed(feed(title="tides – Harbour"), [])
    assert text(page, "h1") == "tides"
    assert text(page, "title") == "tides · Harbour"


def test_home_lists_every_feed_with_title_size_and_date() -> None:
    page = every_page(pages(timezone="Asia/Shanghai"))["home"]
    assert [node.text() for node in read(page).css("section > h2")] == [
        "Latest posts",
        "Categories",
        "Tags",
        "Authors",
    ]
    row = text(page, "section:nth-of-type(3) .row")
    assert all(part in row for part in ("tides", "7 posts", "2022-05-31", "Atom", "RSS", "JSON"))
    assert f"{URL}/tags/tides/" in links(page, f"{URL}/")
    assert f"{URL}/tags/tides/feed.rss" in links(page, f"{URL}/")


def test_home_tells_size_and_date_of_the_sites_own_feed() -> None:
    whole = listing(FeedKind.SITE, "")._replace(size=1_234)
    page = pages(timezone="Asia/Shanghai").home([whole], [entry()])
    assert text(page, "section .meta") == "1234 posts2022-05-31"  # stripped
    assert not read(pages().home([whole._replace(size=0, updated=None)])).css("section .meta")


def test_home_lists_the_largest_feed_first() -> None:
    tags = [listing(FeedKind.TAG, name, count) for name, count in (("b", 1), ("c", 9), ("a", 1))]
    page = pages().home(tags)
    assert [node.text() for node in read(page).css(".row > a")] == ["c", "a", "b"]


def test_home_of_an_empty_site_says_so() -> None:
    assert "There are no posts yet." in text(Pages(site()).home([]), "main")


def test_feed_without_posts_has_no_date() -> None:
    page = pages().home([TAG._replace(size=0, updated=None)])
    assert not read(page).css(".row time")


@pytest.mark.parametrize("name", ["home", "feed"])
def test_address_to_subscribe_to_is_absolute(name: str) -> None:
    address = text(every_page(pages())[name], ".box code")
    assert address == {"home": f"{URL}/feed.atom", "feed": f"{URL}/tags/tides/feed.atom"}[name]


@pytest.mark.parametrize("base", [URL, "http://localhost:8000", "file:///tmp/out"])
def test_links_between_pages_hold_wherever_the_pages_lie(base: str) -> None:
    made = every_page(pages())
    assert f"{base}/2022/05/31/quiet/" in links(made["home"], f"{base}/")
    assert f"{base}/2022/05/31/quiet/" in links(made["feed"], f"{base}/tags/tides/")
    from_post = links(made["post"], f"{base}/2022/05/31/quiet/")
    assert {f"{base}/", f"{base}/tags/tides/"} <= from_post


@pytest.mark.parametrize(
    ("path", "homes"),
    [
        ("/a/b", ["/a/b", "/a/b/"]),
        ("/a/b/", ["/a/b/", "/a/b/index.html"]),
        ("/a/b.html", ["/a/b.html"]),
        ("/b", ["/b", "/b/"]),
    ],
)
@pytest.mark.parametrize("url", ["https://example.org", "https://example.org/base"])
def test_links_of_a_post_hold_with_and_without_the_slash_that_hosts_add(
    path: str, homes: list[str], url: str
) -> None:
    page = pages(url=url).post(entry(permalink=url + path))
    for home in homes:
        assert f"{url}/" in links(page, url + home), home


def test_post_of_another_site_is_linked_where_it_is() -> None:
    foreign = entry(permalink="https://other.example/x")
    assert "https://other.example/x" in links(pages().feed(feed(), [foreign]), URL)


def test_site_whose_url_begins_alike_is_another_site() -> None:
    foreign = entry(permalink=f"{URL}ger/x")
    assert f"{URL}ger/x" in links(pages().feed(feed(), [foreign]), f"{URL}/tags/tides/")


def test_error_page_leads_home_from_anywhere() -> None:
    for name in ("not found", "gone", "unavailable"):
        assert links(every_page(pages())[name], f"{URL}/a/b/c") == {f"{URL}/"}


def test_post_page_is_an_h_entry() -> None:
    later = PUBLISHED + timedelta(days=3)
    page = pages(timezone="Asia/Shanghai").post(
        entry(updated=later, authors=(Author("Ana"),)), [TAG, AUTHOR]
    )
    tree = read(page)
    assert text(page, ".h-entry .p-name") == "A quiet morning"
    assert tree.css_first(".dt-published").attributes["datetime"] == "2022-05-31T06:30:00+08:00"
    assert tree.css_first(".dt-updated").attributes["datetime"] == "2022-06-03T06:30:00+08:00"
    assert text(page, ".e-content") == "Body"
    assert text(page, ".p-author") == "Ana"
    assert text(page, ".p-category") == "tides"


def test_update_on_the_day_of_publication_is_not_shown() -> None:
    page = pages().post(entry(updated=PUBLISHED + timedelta(minutes=5)))
    assert not read(page).css(".dt-updated")


def test_author_leads_to_their_posts_else_to_their_own_page() -> None:
    ana, bob = Author("Ana", uri="https://ana.example/"), Author("Bob", uri="https://bob.example/")
    found = links(pages().post(entry(authors=(ana, bob)), [AUTHOR]), POST_URL)
    assert {f"{URL}/authors/Ana/", "https://bob.example/"} <= found
    assert "https://ana.example/" not in found


def test_picture_is_shown_once() -> None:
    image = "https://example.org/a.png?b=1&c=2"
    inside = '<p><img src="https://example.org/a.png?b=1&amp;c=2"></p>'
    assert len(read(pages().post(entry(image=image))).css("img")) == 1
    assert len(read(pages().post(entry(inside, image=image))).css("img")) == 1


def test_enclosures_get_players_and_facts() -> None:
    files = (
        Enclosure(f"{URL}/ep%201.mp3", "audio/mpeg", 23_456_789, 3723),
        Enclosure(f"{URL}/film.mp4", "video/mp4", 0, 59, "The film"),
        Enclosure(f"{URL}/notes.pdf", "application/pdf", 4200),
    )
    page = pages().post(entry(enclosures=files))
    tree = read(page)
    assert tree.css_first("audio").attributes["src"] == files[0].url
    assert tree.css_first("video").attributes["src"] == files[1].url
    assert [" ".join(node.text().split()) for node in tree.css("figcaption")] == [
        "ep 1.mp3 1:02:03 · 23.5 MB",
        "The film 0:59",
        "notes.pdf 4.2 kB",
    ]


def test_a_page_without_a_date_of_its_own_has_its_page_west_of_greenwich_too() -> None:
    zone = ZoneInfo("America/New_York")
    assert parts.date(datetime.min.replace(tzinfo=UTC), zone).day == "0001-01-01"
    assert parts.date(datetime.max.replace(tzinfo=UTC), ZoneInfo("Asia/Tokyo")).day == "9999-12-31"


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("zh-CN", "ltr"),
        ("fa", "rtl"),
        ("ar_EG", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("pa-Guru", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_follows_the_language(language: str, direction: str) -> None:
    html = read(pages(language=language).not_found()).css_first("html")
    assert (html.attributes["lang"] or "", html.attributes["dir"]) == (language, direction)


def test_text_of_authors_takes_its_own_direction() -> None:
    tree = read(pages().post(entry(lang="fa", title="صبحی آرام"), [TAG]))
    article = tree.css_first("article").attributes
    assert (article["lang"], article["dir"]) == ("fa", "rtl")  # for its date and its tags, too
    assert tree.css_first("h1").attributes["dir"] == "auto"
    assert tree.css_first(".e-content").attributes["dir"] == "auto"


def test_code_and_numbers_run_from_left_to_right_in_text_that_does_not() -> None:
    sound = Enclosure("https://cdn.example/a.mp3", "audio/mpeg", 1000, 95)
    page = read(pages(language="fa").post(entry("<p>x <code>f()</code></p>", enclosures=(sound,))))
    facts = page.css_first("figcaption bdi")
    assert (facts.text(), facts.attributes["dir"]) == ("1:35 · 1.0 kB", "ltr")
    assert "code,kbd,samp{direction:ltr;unicode-bidi:isolate}" in page.css_first("style").text()


def test_nothing_is_wider_than_a_phone_or_a_sheet_of_paper() -> None:
    style = read(pages().feed(feed(), [entry()])).css_first("style").text()
    tags = style[style.index(".tags{") : style.index(".box{")]
    assert "overflow-wrap:anywhere" in tags  # a long word in one pushed the page aside
    assert "@media print{pre{white-space:pre-wrap" in style  # there is nothing to scroll


def test_a_listed_post_has_the_direction_of_its_language() -> None:
    item = read(pages().feed(feed(), [entry(lang="he")])).css_first(".h-entry").attributes
    assert (item["lang"], item["dir"]) == ("he", "rtl")


def test_post_in_the_sites_language_does_not_repeat_it() -> None:
    said = read(pages().post(entry(lang="en"))).css_first("article").attributes
    assert not {"lang", "dir"} & said.keys()


def test_the_address_to_subscribe_to_breaks_at_its_slashes_and_copies_whole() -> None:
    code = read(pages().feed(feed(), [])).css_first(".box code")
    assert code.text() == next(iter(feed().formats.values()))
    assert len(code.css("wbr")) == code.text().count("/")


def test_untitled_post_goes_by_its_text_else_its_address() -> None:
    words = "word " * 40
    assert text(pages().post(entry(title="", summary=words)), "h1").endswith("word…")
    assert text(pages().post(entry(title="", summary="")), "h1") == POST_URL


@pytest.mark.parametrize(
    ("title", "listed", "shown"),
    [("Named", SITE, "Named"), ("", SITE, "Harbour"), ("", None, "example.org")],
)
def test_site_without_title_goes_by_its_feed_else_its_host(
    title: str, listed: object, shown: str
) -> None:
    assert text(Pages(site(title=title), listed).home([]), "h1") == shown  # type: ignore[arg-type]


def test_description_is_short_and_rights_stand_below() -> None:
    made = pages(rights="© Ana", icon="/icon.png", subtitle="Tides")
    tree = read(made.post(entry(summary="long " * 200)))
    assert len(tree.css_first("meta[name=description]").attributes["content"] or "") <= 201
    assert tree.css_first("footer").text() == "© Ana"
    assert tree.css_first("link[rel=icon]").attributes["href"] == "https://example.org/icon.png"
    assert text(made.home([]), ".lead") == "Tides"


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "//x"])
def test_no_link_runs_code(bad: str) -> None:
    hostile = entry(
        permalink=bad,
        image=bad,
        authors=(Author("A", uri=bad),),
        enclosures=(Enclosure(bad, "a/b"),),
    )
    for page in (pages().feed(feed(), [hostile]), pages(icon=bad).home([], [hostile])):
        assert not read(page).css('[href^="j" i], [href^="data" i], [src]')
    assert not read(pages().post(hostile._replace(post=hostile.post._replace(permalink=URL)))).css(
        'a[href^="j" i], [src], figure, .h-card a'
    )


def test_nothing_written_by_people_becomes_markup() -> None:
    key = TAG.key._replace(name=HOSTILE, slug=HOSTILE)
    tag = TAG._replace(key=key, title=HOSTILE)
    one = entry(
        title=HOSTILE,
        summary=HOSTILE,
        lang=HOSTILE,
        permalink=f"{URL}/{HOSTILE}",
        authors=(Author(HOSTILE, uri=f"https://x/{HOSTILE}"),),
        enclosures=(Enclosure(f"https://x/{HOSTILE}", HOSTILE, title=HOSTILE),),
        image=f"https://x/{HOSTILE}",
    )
    made = pages(title=HOSTILE, subtitle=HOSTILE, language=HOSTILE, rights=HOSTILE, icon=HOSTILE)
    for page in (
        made.home([tag], [one]),
        made.feed(feed(title=HOSTILE, subtitle=HOSTILE), [one]),
        made.post(one, [tag]),
        made.not_found(),
    ):
        assert not read(page).css("script")
        assert b"<script" not in page
        assert text(page, "title").startswith(("</title>", "Page not found"))


@given(
    title=st.text(st.characters(codec=None)),
    summary=st.text(),
    name=st.text(st.characters(codec=None), min_size=1),
)
def test_no_text_breaks_a_page(title: str, summary: str, name: str) -> None:
    tag = listing(FeedKind.TAG, name)
    page = pages().post(entry(title=title, summary=summary), [tag])
    tree = read(page)
    assert len(tree.css("article > .e-content > p")) == 1
    assert len(tree.css(".p-category")) == 1
