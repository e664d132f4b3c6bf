"""Links from post to post stay true: as targets come, move and go, in both doors, in every process.

What a subscriber is told of the posts that link is the ledger's affair: a link as its author wrote
it has not changed when the post that it names moved.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feedsvc.export import export
from feedsvc.site import open_site, publish
from feedsvc.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SiteFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CONFIG = '[site]\nurl = "https://example.org"\n[posts]\npermalink = "/:title/"\n'
TARGET = "---\ntitle: B\ndate: 2026-05-02\n{}---\nWords.\n"
LINKING = "---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n\nSee [the other](b.md#part) one.\n"
FILES = {"posts/a.md": LINKING, "posts/b.md": TARGET.format("")}


@pytest.fixture
def folder(make_site: SiteFactory) -> Path:
    return make_site(FILES, config=CONFIG)


def address(folder: Path, now: datetime = NOW) -> str | None:
    """Where the link in A leads, as every format has it; "" for a link without an address."""
    made = publish(open_site(folder), now)
    found = set()
    for form in ("atom", "rss", "json"):
        document = made.get(f"/feed.{form}")
        assert document is not None
        text = document.body.decode().replace("&lt;", "<").replace("&gt;", ">").replace('\\"', '"')
        match = re.search(r'<a(?: href="([^"]*)")?>the other</a>', text)
        found.add(match and (match[1] or ""))
    [only] = found
    return only


def write(folder: Path, fields: str) -> None:
    (folder / "posts/b.md").write_text(TARGET.format(fields), "utf-8")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("slug: moved\n", "https://example.org/moved/#part"),
        ("permalink: /elsewhere.html\n", "https://example.org/elsewhere.html#part"),
        ("permalink: https://example.net/b\n", "https://example.net/b#part"),
        ("draft: true\n", ""),
        ("tags: [x]\n", "https://example.org/b/#part"),
    ],
)
def test_a_link_follows_its_target_and_comes_back_with_it(
    folder: Path, fields: str, expected: str
) -> None:
    assert address(folder) == "https://example.org/b/#part"
    write(folder, fields)
    assert address(folder) == expected
    write(folder, "")
    assert address(folder) == "https://example.org/b/#part"


def test_a_link_follows_the_date_in_its_targets_permalink(make_site: SiteFactory) -> None:
    folder = make_site(FILES, config='[site]\nurl = "https://example.org"\n')
    assert address(folder) == "https://example.org/2026/05/02/b/#part"
    text = TARGET.format("").replace("05-02", "05-03")
    (folder / "posts/b.md").write_text(text, "utf-8")
    assert address(folder) == "https://example.org/2026/05/03/b/#part"


def test_a_link_to_a_removed_post_is_an_ordinary_one_until_the_post_is_there_again(
    folder: Path,
) -> None:
    (folder / "posts/b.md").unlink()
    assert address(folder) == "https://example.org/a/b.md#part"
    write(folder, "")
    assert address(folder) == "https://example.org/b/#part"


def test_a_link_follows_a_target_that_has_to_make_room_for_another_post(folder: Path) -> None:
    first = TARGET.format("slug: b\n").replace("05-02", "04-01")
    (folder / "posts/c.md").write_text(first, "utf-8")
    moved = address(folder)
    assert moved is not None
    assert re.fullmatch(r"https://example\.org/b-[0-9a-f]+/#part", moved)
    (folder / "posts/c.md").unlink()
    assert address(folder) == "https://example.org/b/#part"


@pytest.mark.parametrize("ledger", ["true", "false"])
def test_a_link_appears_and_vanishes_with_its_target_to_the_second(
    make_site: SiteFactory, ledger: str
) -> None:
    config = f"{CONFIG}[ledger]\nenabled = {ledger}\n"
    target = TARGET.format("expires: 2026-06-03T00:00:00Z\n").replace("05-02", "06-02")
    folder = make_site({**FILES, "posts/b.md": target}, config=config)
    starts, second = NOW + timedelta(days=1), timedelta(seconds=1)
    site = open_site(folder)
    for at in (
        starts - second,
        starts,
        starts + timedelta(days=1) - second,
        starts + timedelta(days=1),
        starts - second,  # a clock that was set back
    ):
        visible = starts <= at < starts + timedelta(days=1)
        body = site.publication(at).get("/feed.json")
        assert body is not None
        linked = "https://example.org/b/#part" in body.body.decode()
        assert linked == visible


@pytest.mark.parametrize("body", ["Other words.", "See [A](a.md).", "See [D](d.md)."])
def test_a_link_appears_with_its_target_whatever_is_edited_meanwhile(
    make_site: SiteFactory, body: str
) -> None:
    other = "---\ntitle: C\ndate: 2026-05-03\n---\n{}\n"
    coming = [TARGET.format("").replace("05-02", date) for date in ("06-02", "06-03")]
    files = {**FILES, "posts/b.md": coming[0], "posts/d.md": coming[1]}
    folder = make_site({**files, "posts/c.md": other.format("Words.")}, config=CONFIG)
    assert not address(folder)
    make_site({"posts/c.md": other.format(body)})
    assert not address(folder, NOW + timedelta(hours=1))
    assert address(folder, NOW + timedelta(days=1)) == "https://example.org/b/#part"


def test_the_app_follows_a_target_that_comes_with_time(
    make_site: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = TARGET.format("").replace("05-02", "06-02")
    folder = make_site({**FILES, "posts/b.md": target}, config=CONFIG)
    site = open_site(folder)
    site.current(NOW)
    # no look at the folder is due
    monkeypatch.setattr(site._watch, "_next_look", float("inf"))
    seen = [site.current(NOW + timedelta(days=days)).get("/feed.json") for days in (0, 2)]
    linked = [b"https://example.org/b/#part" in one.body for one in seen if one]
    assert linked == [False, True]


def test_the_app_shows_what_an_export_writes(folder: Path, tmp_path: Path) -> None:
    client = create_app(folder).test_client()
    for fields in ("", "slug: moved\n", "draft: true\n"):
        write(folder, fields)
        served = client.get("/feed.atom").data
        export(folder, tmp_path / "out")
        assert (tmp_path / "out/feed.atom").read_bytes() == served
        assert (b"moved/#part" in served) == ("moved" in fields)


def test_deleting_the_index_changes_no_byte(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exported(name: str) -> dict[str, bytes]:
        out = tmp_path / name
        export(folder, out, now=NOW)
        return {file.name: file.read_bytes() for file in out.glob("feed.*")}

    exported("first")
    write(folder, "slug: moved\n")
    kept = exported("kept")
    monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / "another"))
    assert exported("anew") == kept
    assert b"moved/#part" in kept["feed.atom"]


def test_another_process_sees_where_a_target_went(folder: Path) -> None:
    assert address(folder) == "https://example.org/b/#part"
    write(folder, "slug: moved\n")
    ask = "from feedsvc import publish; print(publish('.').get('/feed.json').body.decode())"
    answer = subprocess.run(
        [sys.executable, "-c", ask], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "https://example.org/moved/#part" in answer.stdout
    assert address(folder) == "https://example.org/moved/#part"


def told(folder: Path) -> dict[str, tuple[str, str]]:
    """What the ledger says was told of posts: updated and meaning by title."""
    lines = (folder / "feedsvc.lock").read_text("utf-8").splitlines()[1:]
    records = [json.loads(line) for line in lines]
    return {
        one["title"]: (one["updated"], one.get("meaning", "")) for one in records if "title" in one
    }


@pytest.mark.parametrize("fields", ["slug: moved\n", "permalink: /x/\n", "draft: true\n"])
def test_no_post_that_links_is_announced_because_its_target_moved(
    folder: Path, fields: str
) -> None:
    site = open_site(folder)
    before = site.publication(NOW, keep=True).get("/feed.atom")
    known = told(folder)["A"]
    write(folder, fields)
    after = site.publication(NOW + timedelta(days=1), keep=True).get("/feed.atom")
    assert told(folder)["A"][0] == known[0]
    assert told(folder)["A"][1] != known[1]  # so that the author's next edit is told from this
    assert before is not None
    assert after is not None
    # what changed unannounced still is a new state of the document
    assert after.last_modified > before.last_modified


def test_an_edit_of_what_is_seen_is_announced_after_the_target_moved(folder: Path) -> None:
    site = open_site(folder)
    site.publication(NOW, keep=True)
    write(folder, "slug: moved\n")
    site.publication(NOW + timedelta(days=1), keep=True)
    text = LINKING.replace("[the other](b.md#part)", "[the  other]( b.md#part )")
    (folder / "posts/a.md").write_text(text, "utf-8")
    site.publication(NOW + timedelta(days=2), keep=True)
    assert told(folder)["A"][0] == "2026-05-01T00:00:00Z"
    (folder / "posts/a.md").write_text(text.replace("Words", "Other words"), "utf-8")
    site.publication(NOW + timedelta(days=3), keep=True)
    assert told(folder)["A"][0] == "2026-06-04T00:00:00Z"


def test_entries_without_links_are_not_rendered_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "posts/c.md").write_text(TARGET.format("").replace("B", "C"), "utf-8")
    site = open_site(folder)
    document = site.publication(NOW).get("/feed.atom")
    rendered = []
    render = site.workshop.renderer._render
    monkeypatch.setattr(
        site.workshop.renderer,
        "_render",
        lambda posts: rendered.extend(one.path for one in posts) or render(posts),
    )
    write(folder, "slug: moved\n")
    assert site.publication(NOW).get("/feed.atom") != document
    assert sorted(rendered) == ["posts/a.md", "posts/b.md"]


def test_an_edit_that_moves_nothing_asks_only_about_the_post_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "posts/c.md").write_text(LINKING.replace("A", "C"), "utf-8")
    site = open_site(folder)
    site.refresh(NOW)
    asked = []
    find = type(site.repository.dialect).find

    def noting(dialect: Any, reference: Any, path: str, *rest: Any) -> str | None:
        asked.append(path)
        return find(dialect, reference, path, *rest)

    monkeypatch.setattr(type(site.repository.dialect), "find", noting)
    write(folder, "tags: [x]\n")
    site.refresh(NOW)
    assert asked == []
    (folder / "posts/a.md").write_text(LINKING.replace("Words", "Other words"), "utf-8")
    site.refresh(NOW)
    assert asked == ["posts/a.md"]
    write(folder, "slug: moved\n")
    site.refresh(NOW)
    assert sorted(asked[1:]) == ["posts/a.md", "posts/c.md"]
    assert address(folder) == "https://example.org/moved/#part"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "_config.yml": "url: https://example.org\npermalink: /:title/\n",
                "_posts/2026-05-02-b.md": "---\ntitle: B\n---\n",
                "_posts/2026-05-01-a.md": "---\n---\n[the other]({% post_url 2026-05-02-b %}#part)",
            },
            "https://example.org/b/#part",
        ),
        (
            {
                "hugo.toml": "baseURL = 'https://example.org/'\n",
                "content/posts/b.md": "---\ntitle: B\ndate: 2026-05-02\nslug: s\n---\n",
                "content/posts/a.md": "---\ntitle: A\ndate: 2026-05-01\n---\n"
                '[the other]({{< ref "b.md#part" >}})',
            },
            "https://example.org/posts/s/#part",
        ),
        (
            {
                "pelicanconf.py": "SITEURL = 'https://example.org'\nPATH = 'content'\n",
                "content/b.md": "Title: B\nDate: 2026-05-02\nSlug: s\n\nWords.\n",
                "content/x/a.md": "Title: A\nDate: 2026-05-01\n\n"
                "[the other]({filename}../b.md#part)\n",
            },
            "https://example.org/s.html#part",
        ),
        (
            {
                "config.toml": "base_url = 'https://example.org'\n",
                "content/blog/b.md": "+++\ndate = 2026-05-02\n[extra]\n+++\n",
                "content/blog/a.md": "+++\ndate = 2026-05-01\n+++\n[the other](@/blog/b.md#part)",
            },
            "https://example.org/blog/b/#part",
        ),
    ],
    ids=["jekyll", "hugo", "pelican", "zola"],
)
def test_the_links_of_engines_lead_to_the_permalinks_of_their_posts(
    make_site: SiteFactory, files: dict[str, str], expected: str
) -> None:
    folder = make_site(files)
    assert address(folder) == expected
    target = next(folder.rglob("*b.md"))
    text = target.read_text("utf-8")
    shutil.move(target, target.with_name("gone.txt"))
    assert address(folder) == ""
    target.write_text(text, "utf-8")
    assert address(folder) == expected


def test_links_to_a_section_of_a_zola_site_lead_to_its_page(make_site: SiteFactory) -> None:
    files = {
        "config.toml": "base_url = 'https://example.org/sub'\n",
        "content/blog/_index.md": "+++\n+++\n",
        "content/blog/a.md": "+++\ndate = 2026-05-01\n+++\n[the other](@/blog/_index.md#part)",
    }
    assert address(make_site(files)) == "https://example.org/sub/blog/#part"


def shown(folder: Path) -> str:
    """What the older of two posts says, of which the newer says nothing."""
    document = publish(open_site(folder), NOW).get("/feed.json")
    assert document is not None
    return str(json.loads(document.body)["items"][-1]["content_html"])


def test_links_of_hexo_without_words_say_the_title_of_the_post_and_follow_it(
    make_site: SiteFactory,
) -> None:
    folder = make_site(
        {
            "_config.yml": "url: https://e.org\nnew_post_name: ':title.md'\npermalink: ':title/'\n",
            "source/_posts/b.md": "---\ntitle: B\ndate: 2026-05-02\n---\n",
            "source/_posts/a.md": "---\ntitle: A\ndate: 2026-05-01\n---\n{% post_link b %} more",
        }
    )
    target = folder / "source/_posts/b.md"
    for title, expected in (
        ("B", "B"),
        ("'*B* [x](y) <z> `c` & d_e_f'", "*B* [x](y) &lt;z&gt; `c` &amp; d_e_f"),
    ):
        target.write_text(f"---\ntitle: {title}\ndate: 2026-05-02\n---\n", "utf-8")
        assert shown(folder) == f'<p><a href="https://e.org/b/">{expected}</a> more</p>\n'
    target.unlink()
    assert shown(folder) == "<p><a>b</a> more</p>\n"


def test_links_of_nikola_find_posts_pages_and_listings(make_site: SiteFactory) -> None:
    folder = make_site(
        {
            "conf.py": "BLOG_TITLE = BLOG_AUTHOR = 'x'\nSITE_URL = 'https://e.org/'\n"
            "POSTS = [('posts/*.rst', 'posts', '')]\nPAGES = [('pages/*.rst', '', '')]\n",
            "posts/a.rst": ".. title: A\n.. date: 2020-01-01\n\n:doc:`b-c` :doc:`about` "
            "`x <link://filename/posts/2020-01-01-b-c.rst>`_ `y <link://slug/b-c>`_\n\n"
            ".. listing:: x.py python\n",
            "posts/2020-01-01-b-c.rst": ".. title: The B\n.. slug: b-c\n.. date: 2020-01-02\n\n",
            "pages/we.rst": ".. title: About us\n.. slug: about\n\nBody\n",
            "listings/x.py": "a < b\n",
        }
    )
    made = shown(folder)
    assert '<a href="https://e.org/posts/b-c/">The B</a>' in made
    assert '<a href="https://e.org/posts/b-c/">y</a>' in made
    assert '<a href="https://e.org/about/">About us</a>' in made
    assert '<pre><code class="language-python">a &lt; b\n</code></pre>' in made
    (folder / "listings/x.py").write_text("a > b\n", "utf-8")
    assert "a &gt; b" in shown(folder)


@pytest.mark.parametrize("name", ["pages/b.md", "/pages/b.md"])
def test_links_to_a_page_of_a_pelican_site_follow_what_its_head_says(
    make_site: SiteFactory, name: str
) -> None:
    folder = make_site(
        {
            "pelicanconf.py": "SITEURL = 'https://example.org/sub'\nPATH = 'content'\n",
            "content/pages/b.md": "Title: About us\n\nWords.\n",
            "content/a.md": f"Title: A\nDate: 2026-05-01\n\n[the other]({{filename}}{name}#part)\n",
        }
    )
    page = folder / "content/pages/b.md"
    for head, expected in (
        ("Title: About us", "pages/about-us.html"),
        ("Title: About us\nSlug: we", "pages/we.html"),
        ("Title: About us\nUrl: we/", "we/"),
        ("Title: About us\nLang: de", "pages/about-us-de.html"),
        ("Title: About us\nStatus: hidden", "pages/about-us.html"),
        ("Title: About us\nStatus: draft", None),
        ("Slug: a-page-needs-a-title", None),
    ):
        page.write_text(f"{head}\n\nWords.\n", "utf-8")
        meant = expected and f"https://example.org/sub/{expected}#part"
        assert address(folder) == (meant or ""), head
    page.unlink()
    assert address(folder) == ""
    page.write_text("Title: We\n\n", "utf-8")
    assert address(folder) == "https://example.org/sub/pages/we.html#part"


@pytest.mark.parametrize(
    ("config", "place", "expected"),
    [
        ("PAGE_URL = '{slug}/'", "pages", "b/"),
        ("PAGE_URL = '{full}/'\nPATH_METADATA = '(?P<full>.*)[.]md'", "pages", "pages/b/"),
        ("PAGE_PATHS = ['x/y']", "x/y", "pages/b.html"),
        ("PAGE_PATHS = ['x/b.md']", "x", "pages/b.html"),
        ("PAGE_PATHS = ['']\nARTICLE_PATHS = ['blog']", "x", "pages/b.html"),
        ("PAGE_PATHS = ['']\nARTICLE_PATHS = ['blog']", "blog", None),
        ("CLEAN_URLS = True", "pages", "pages/b/"),
        ("PAGE_PATHS = []", "pages", None),
        ("", "x", None),
    ],
)
def test_pages_of_a_pelican_site_lie_where_its_settings_say(
    make_site: SiteFactory, config: str, place: str, expected: str | None
) -> None:
    files = {
        "pelicanconf.py": f"SITEURL = 'https://example.org'\nPATH = 'content'\n{config}\n",
        f"content/{place}/b.md": "Title: B\n\nWords.\n",
        "content/blog/a.md": "Title: A\nDate: 2026-05-01\n\n"
        f"[the other]({{filename}}/{place}/b.md)\n",
    }
    assert address(make_site(files)) == (f"https://example.org/{expected}" if expected else "")


def modified(folder: Path, now: datetime) -> dict[str, tuple[bytes, datetime]]:
    """Body and Last-Modified of every document that A is in and B is not."""
    with closing(open_site(folder)) as site:
        made = site.publication(now, keep=True)
        export(site, folder.with_name("out"), now=now)
    found = {}
    for path in ("/a/", "/tags/a/feed.atom", "/tags/a/feed.rss", "/tags/a/feed.json", "/tags/a/"):
        document = made.get(path)
        assert document is not None
        assert document.last_modified is not None
        file = folder.with_name("out") / path.strip("/")
        file = file / "index.html" if path.endswith("/") else file
        assert file.read_bytes() == document.body, path
        found[path] = document.body, document.last_modified
    return found


@pytest.mark.parametrize(
    "fields", ["slug: moved\n", "draft: true\n", "expires: 2026-05-03T00:00:00Z\n", None]
)
def test_documents_that_link_to_a_post_have_changed_when_it_moved(
    folder: Path, fields: str | None
) -> None:
    (folder / "posts/a.md").write_text(LINKING.replace("title:", "tags: a\ntitle:"), "utf-8")
    before = modified(folder, NOW)
    if fields is None:
        (folder / "posts/b.md").unlink()
    else:
        write(folder, fields)
    later = NOW + timedelta(hours=1)
    after = modified(folder, later)
    for path, (body, at) in after.items():
        if body != before[path][0]:
            assert at == later, path
    assert after["/a/"][0] != before["/a/"][0]
    assert after["/tags/a/feed.atom"][0] != before["/tags/a/feed.atom"][0]
    assert modified(folder, later + timedelta(hours=1)) == after


def test_documents_that_link_to_what_comes_and_goes_by_itself_changed_at_that_second(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "posts/a.md").write_text(LINKING.replace("title:", "tags: a\ntitle:"), "utf-8")
    target = TARGET.format("expires: 2026-06-03T00:00:00Z\n").replace("05-02", "06-02")
    (folder / "posts/b.md").write_text(target, "utf-8")
    modified(folder, NOW)
    lock = (folder / "feedsvc.lock").read_bytes()
    for turn in (datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC)):
        found = []
        for machine, late in (("this", 1), ("another", 100), ("third", 5000)):
            monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / machine))
            (folder / "feedsvc.lock").write_bytes(lock)
            found.append(modified(folder, turn + timedelta(seconds=late)))
        assert found[0] == found[1] == found[2]
        assert {at for _, at in found[0].values()} == {turn}
        lock = (folder / "feedsvc.lock").read_bytes()


TURN = datetime(2026, 6, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("date: 2026-06-02T00:00:00Z\n", "date: 2026-06-02T00:00:00Z\n"),
        ("date: 2026-06-02T00:00:00Z\n", "date: 2026-06-01T12:00:00Z\n"),
        ("date: 2026-06-02T00:00:00Z\n", "date: 2026-05-02\nexpires: 2026-06-02T00:00:00Z\n"),
        ("date: 2026-05-01\nexpires: 2026-06-02T00:00:00Z\n", "date: 2026-06-01T12:00:00Z\n"),
    ],
    ids=["at once", "the target first", "as its target goes", "going after its target came"],
)
def test_a_post_that_comes_or_goes_at_its_second_does_so_for_all_machines_whatever_it_links_to(
    a: str, b: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linking = LINKING.replace("date: 2026-05-01\n", f"tags: a\n{a}")
    (folder / "posts/a.md").write_text(linking, "utf-8")
    (folder / "posts/b.md").write_text(TARGET.replace("date: 2026-05-02\n", b).format(""), "utf-8")
    (folder / "posts/c.md").write_text(LINKING.replace("A", "C").replace("[the", "the"), "utf-8")
    found = []
    for machine, late in (("this", 1), ("another", 100), ("third", 5000)):
        monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / machine))
        (folder / "feedsvc.lock").unlink(missing_ok=True)
        with closing(open_site(folder)) as site:
            site.publication(NOW, keep=True)
            made = site.publication(TURN + timedelta(seconds=late), keep=True)
            documents = {path: made.get(path) for path in made.paths()}
        found.append(
            {
                path: (one.body, one.last_modified)
                for path, one in documents.items()
                if one is not None
            }
        )
        assert found[-1]["/feed.atom"][1] == TURN
    assert found[0] == found[1] == found[2]
