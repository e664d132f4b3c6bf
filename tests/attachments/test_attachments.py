"""Which files are published, at which addresses, and that nothing else ever is."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc import open_site
from feedsvc.attachments import names
from feedsvc.attachments.addresses import Whereabouts
from feedsvc.index.addresses import Use
from feedsvc.model import entity_tag

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feedsvc.model import LocalFile

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAGE = "/2026/05/30/quiet/"


def post(body: str, **front: str) -> str:
    fields = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: Quiet\ndate: 2026-05-30\nslug: quiet\n{fields}---\n{body}\n"


@pytest.fixture
def published(make_site: Callable[..., Path]) -> Callable[..., dict[str, str]]:
    """What is published of a folder: address → file, relative to the folder."""

    def publish(files: dict[str, str | bytes], *, config: str = "", now: datetime = NOW) -> object:
        folder = make_site(files, config=config)
        site = open_site(folder)
        try:
            found = site.publication(now).files
            for path in found:
                assert site.publication(now).file(path) == found[path], "asked for alone"
        finally:
            site.close()
        return {path: one.source.removeprefix(f"{folder}/") for path, one in found.items()}

    return publish


@pytest.mark.parametrize(
    "body",
    [
        "![a](pic.png)",
        "[a](pic.png)",
        "[a](pic.png?v=2#there)",
        "[a](./pic.png)",
        "[a][1]\n\n[1]: pic.png",
        '<img src="pic.png">',
        "<IMG SRC=pic.png>",
        '<img srcset="other.png 1x, pic.png 2x">',
        '<img data-src="pic.png">',
        '<video poster="pic.png" src="https://example.org/a.mp4"></video>',
        '<picture><source srcset="pic.png 100w"><img src="https://example.org/a.png"></picture>',
        "[a](http://localhost:8000/2026/05/30/quiet/pic.png)",
    ],
)
def test_what_a_body_refers_to_is_published_beside_its_page(
    published: Callable[..., dict[str, str]], body: str
) -> None:
    files = {"posts/quiet.md": post(body), "posts/pic.png": b"picture", "posts/unused.png": b""}
    assert published(files) == {f"{PAGE}pic.png": "posts/pic.png"}


@pytest.mark.parametrize(
    ("front", "file"),
    [
        ({"audio": "a.mp3"}, "posts/a.mp3"),
        ({"audio": "sound/a.mp3"}, "sound/a.mp3"),
        ({"audio": "sound/a.mp3"}, "static/sound/a.mp3"),
        ({"enclosure": "{url: a.mp3}"}, "posts/a.mp3"),
        ({"image": "a.jpg"}, "posts/a.jpg"),
        ({"audio": "https://example.org/b.mp3", "transcript": "a.vtt"}, "posts/a.vtt"),
        ({"audio": "https://example.org/b.mp3", "chapters": "a.json"}, "posts/a.json"),
        ({"audio": "https://example.org/b.mp3", "itunes": "{image: a.jpg}"}, "posts/a.jpg"),
    ],
)
def test_what_front_matter_names_is_published(
    published: Callable[..., dict[str, str]], front: dict[str, str], file: str
) -> None:
    found = published({"posts/quiet.md": post("Words", **front), file: b"bytes"})
    assert list(found.values()) == [file]


@pytest.mark.parametrize(
    ("permalink", "reference", "address"),
    [
        ("/:title.html", "pic.png", "/pic.png"),
        ("/:title", "pic.png", "/pic.png"),
        ("/a/:title/", "../pic.png", "/a/pic.png"),
        ("/:title/", "/pic.png", "/pic.png"),
        ("/:year/:month/:day/:title/", "a%20b%C3%A9.png", f"{PAGE}a bé.png"),
        ("/:year/:month/:day/:title/", "/static/deep/pic.png", "/static/deep/pic.png"),
    ],
)
def test_address_is_what_the_feed_names_whatever_the_permalink(
    published: Callable[..., dict[str, str]], permalink: str, reference: str, address: str
) -> None:
    files = {
        "posts/quiet.md": post(f"![a]({reference})"),
        "posts/pic.png": b"",
        "pic.png": b"",
        "posts/a bé.png": b"",
        "static/deep/pic.png": b"",
    }
    config = f'[posts]\npermalink = "{permalink}"\n'
    assert list(published(files, config=config)) == [address]


def test_posts_of_several_folders_each_have_their_own(
    published: Callable[..., dict[str, str]],
) -> None:
    files = {
        "posts/one/one.md": "---\ndate: 2026-05-01\n---\n![](pic.png) ![](../both.png)\n",
        "posts/two/two.md": "---\ndate: 2026-05-02\n---\n![](pic.png) ![](../both.png)\n",
        "posts/one/pic.png": b"1",
        "posts/two/pic.png": b"2",
        "posts/both.png": b"3",
    }
    assert published(files) == {
        "/2026/05/01/both.png": "posts/both.png",
        "/2026/05/01/one/pic.png": "posts/one/pic.png",
        "/2026/05/02/both.png": "posts/both.png",
        "/2026/05/02/two/pic.png": "posts/two/pic.png",
    }


@pytest.mark.parametrize(
    ("front", "now"),
    [
        ({"draft": "true"}, NOW),
        ({"published": "false"}, NOW),
        ({"expires": "2026-05-31"}, NOW),
        ({}, NOW - timedelta(days=30)),
    ],
)
def test_only_visible_posts_have_their_files_published(
    published: Callable[..., dict[str, str]], front: dict[str, str], now: datetime
) -> None:
    files = {"posts/quiet.md": post("![](pic.png)", **front), "posts/pic.png": b""}
    assert published(files, now=now) == {}


@pytest.mark.parametrize("body", ["![[pic.png]]", "![[pic.png|300]]", "![a](pic.png)"])
def test_a_name_without_a_folder_means_the_only_file_that_has_it(
    published: Callable[..., dict[str, str]], body: str
) -> None:
    files: dict[str, str | bytes] = {"posts/quiet.md": post(body), "kept/in/pic.png": b"picture"}
    assert published(files) == {f"{PAGE}pic.png": "kept/in/pic.png"}
    exported = {"out/.feedsvc-export.json": "{}", "out/pic.png": b"picture"}
    assert published({**files, **exported}) == {f"{PAGE}pic.png": "kept/in/pic.png"}
    assert published({**files, "other/pic.png": b"picture"}) == {}, "it may be either"
    assert published({**files, "posts/pic.png": b""}) == {f"{PAGE}pic.png": "posts/pic.png"}


def test_a_path_may_begin_at_the_top(published: Callable[..., dict[str, str]]) -> None:
    files: dict[str, str | bytes] = {"posts/a/quiet.md": post("![a](kept/pic.png)")}
    assert published({**files, "kept/pic.png": b""}) == {f"{PAGE}kept/pic.png": "kept/pic.png"}
    near = {"posts/a/kept/pic.png": b""}
    assert published(near) == {f"{PAGE}kept/pic.png": "posts/a/kept/pic.png"}


def test_a_name_alone_finds_neither_what_is_hidden_nor_other_kinds_of_files(
    published: Callable[..., dict[str, str]],
) -> None:
    body = "![a](a.png) ![b](sub/b.png) [c](c.txt) ![d](.trash/a.png) ![e](../../../../../e.png)"
    files = {".trash/a.png": b"", "kept/b.png": b"", "kept/c.txt": b""}
    assert published({"posts/quiet.md": post(body), **files}) == {}
    front = post("d", image="d.png")
    assert published({"posts/quiet.md": front, "kept/d.png": b""}) == {}


def test_a_file_found_by_its_name_is_followed_now_and_then(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However busy the machine is: looks rest for some times as long as they take."""
    clock = SimpleNamespace(now=1000.0, step=0.001)

    def tick() -> float:
        clock.now += clock.step
        return clock.now

    monkeypatch.setattr(names, "time", SimpleNamespace(monotonic=tick, time_ns=time.time_ns))
    folder = make_site({"quiet.md": post("![[pic.png]]"), "kept/pic.png": b"picture"})
    site = open_site(folder)

    def source(after: float = 0.0) -> str:
        clock.now += after
        found = site.publication(NOW).file(f"{PAGE}pic.png")
        return found.source.removeprefix(f"{folder}/") if found else ""

    assert source() == "kept/pic.png"
    old = 1_000_000_000_500_000_000
    for one in (folder, folder / "kept"):
        os.utime(one, ns=(old, old))
    assert source(after=5.0) == "kept/pic.png"
    (folder / "kept").rename(folder / "moved")
    assert source() == ""  # it rests, and what it knew is not there
    assert source(after=0.1) == "moved/pic.png"
    clock.step = 100.0  # a slow disk: no look rests for longer than five seconds
    (folder / "moved/pic.png").rename(folder / "pic.png")
    assert source(after=5.0) == "pic.png"
    (folder / "pic.png").unlink()
    assert source(after=5.0) == ""
    site.close()


def test_a_post_outside_of_feeds_has_its_files(published: Callable[..., dict[str, str]]) -> None:
    files = {"posts/quiet.md": post("![](pic.png)", hidden="true"), "posts/pic.png": b""}
    assert published(files) == {f"{PAGE}pic.png": "posts/pic.png"}


@pytest.mark.parametrize(
    "config", ["", "[ledger]\nenabled = false\n", '[site]\nurl = "https://e.org/b"']
)
def test_no_setting_hides_them(published: Callable[..., dict[str, str]], config: str) -> None:
    files = {"posts/quiet.md": post("![](pic.png)"), "posts/pic.png": b""}
    assert published(files, config=config) == {f"{PAGE}pic.png": "posts/pic.png"}


@pytest.mark.parametrize("pages", ["none", "feeds"])
def test_without_pages_there_are_no_files(
    published: Callable[..., dict[str, str]], pages: str
) -> None:
    files = {"posts/quiet.md": post("![](pic.png)"), "posts/pic.png": b""}
    assert published(files, config=f'[site]\npages = "{pages}"\n') == {}


def test_another_engine_publishes_its_own_files(published: Callable[..., dict[str, str]]) -> None:
    files = {"_config.yml": "title: A\n", "_posts/2026-05-30-a.md": post("![](/pic.png)")}
    assert published({**files, "pic.png": b""}) == {}
    assert published(files, config='[site]\npages = "all"\n') == {"/pic.png": "pic.png"}


def test_pictures_that_the_configuration_names(published: Callable[..., dict[str, str]]) -> None:
    files = {"posts/quiet.md": post("Words"), "cover.jpg": b"", "static/icon.png": b""}
    config = '[site]\nicon = "/icon.png"\n[podcast]\nimage = "/cover.jpg"\n'
    assert published(files, config=config) == {
        "/cover.jpg": "cover.jpg",
        "/icon.png": "static/icon.png",
    }


@pytest.mark.parametrize(
    "reference",
    [
        "/feedsvc.toml",
        "/feedsvc.lock",
        "/FEEDSVC.TOML",
        "/.env",
        "/.git/config",
        "/posts/draft.md",
        "draft.md",
        "quiet.md",
        "/notes/plan.md",
        "../../../../../outside.txt",
        "/../outside.txt",
        "/..%2foutside.txt",
        "/%2e%2e/outside.txt",
        "/posts/..%5c..%5coutside.txt",
        "file:///etc/passwd",
        "/link.txt",
        "/linked/outside.txt",
        "/link-to-config",
        "/posts",
        "/public/old.png",
    ],
)
def test_what_must_never_be_published_is_not(
    published: Callable[..., dict[str, str]], tmp_path: Path, reference: str
) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "link-to-config").symlink_to(folder / "feedsvc.toml")
    files = {
        "posts/quiet.md": post(f"[a]({reference}) <a href='{reference}'>b</a>"),
        "posts/draft.md": post("Words", draft="true"),
        "notes/plan.md": "---\ntitle: Plan\n---\nsecret\n",
        "feedsvc.lock": '{"feedsvc-ledger":1}\n',
        "FEEDSVC.TOML": "",
        ".env": "secret",
        ".git/config": "secret",
        "public/.feedsvc-export.json": "{}",
        "public/old.png": b"",
    }
    assert published(files, config='[site]\ntitle = "A"\n') == {}


def test_links_within_the_folder_are_followed(
    published: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "site/posts").mkdir(parents=True)
    (tmp_path / "site/posts/pic.png").symlink_to("../media/real.png")
    files = {"posts/quiet.md": post("![](pic.png)"), "media/real.png": b""}
    assert published(files) == {f"{PAGE}pic.png": "media/real.png"}


def test_a_document_comes_before_a_file_at_its_address(
    published: Callable[..., dict[str, str]],
) -> None:
    files = {"posts/quiet.md": post("[a](/feed.atom)"), "feed.atom": b"mine"}
    assert published(files) == {}


def test_a_file_may_come_later_than_the_post(make_site: Callable[..., Path]) -> None:
    folder = make_site({"posts/quiet.md": post("![](pic.png)")})
    site = open_site(folder)
    assert site.publication(NOW).files == {}
    make_site({"posts/pic.png": b"1"})
    before = site.publication(NOW)
    assert list(before.files) == [f"{PAGE}pic.png"]
    make_site({"posts/pic.png": b"12"})
    after = site.publication(NOW)
    assert after.version != before.version, "an export looks at nothing else"
    assert next(iter(after.files.values())).size == 2


def test_an_edit_takes_back_what_the_post_no_longer_refers_to(
    make_site: Callable[..., Path],
) -> None:
    folder = make_site(
        {"posts/quiet.md": post("![](a.png)"), "posts/a.png": b"", "posts/b.png": b""}
    )
    site = open_site(folder)
    assert list(site.publication(NOW).files) == [f"{PAGE}a.png"]
    make_site({"posts/quiet.md": post("![](b.png)!")})
    assert list(site.publication(NOW).files) == [f"{PAGE}b.png"]
    (folder / "posts/quiet.md").unlink()
    assert site.publication(NOW).files == {}


def test_a_second_process_need_not_render_to_know(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_site({"posts/quiet.md": post("![](pic.png)"), "posts/pic.png": b""})
    first = open_site(folder)
    assert first.publication(NOW, keep=True).files
    first.close()
    second = open_site(folder)
    monkeypatch.setattr(type(second.workshop), "renderer", None)
    assert second.publication(NOW, keep=True).files


def test_the_tag_is_that_of_the_bytes_and_follows_them(make_site: Callable[..., Path]) -> None:
    folder = make_site({"posts/quiet.md": post("![](pic.png)"), "posts/pic.png": b"one"})
    site = open_site(folder)

    def tag() -> str:
        file = site.publication(NOW).file(f"{PAGE}pic.png")
        assert file is not None
        opened = site.open_file(file)
        assert opened is not None
        with opened.stream as stream:
            assert entity_tag(stream.readall()) == opened.etag
        return opened.etag

    assert tag() == entity_tag(b"one")
    make_site({"posts/pic.png": b"two"})
    assert tag() == entity_tag(b"two")


def test_what_has_rested_is_read_once_for_its_tag(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_site({"posts/quiet.md": post("![](pic.png)"), "posts/pic.png": b"one"})
    monkeypatch.setattr("feedsvc.attachments.opening.is_fresh", lambda *_: False)
    site = open_site(folder)
    file = site.publication(NOW).file(f"{PAGE}pic.png")
    assert file is not None
    first = _etag(site, file)
    monkeypatch.setattr("feedsvc.attachments.opening.entity_tag_of", None)
    assert _etag(site, file) == first
    site.close()
    assert _etag(open_site(folder), file) == first, "in another process"


def _etag(site: object, file: LocalFile) -> str:
    opened = site.open_file(file)  # type: ignore[attr-defined]
    opened.stream.close()
    return str(opened.etag)


def test_a_file_that_went_or_became_something_else_is_not_opened(
    make_site: Callable[..., Path], tmp_path: Path
) -> None:
    folder = make_site({"posts/quiet.md": post("![](pic.png)"), "posts/pic.png": b"one"})
    site = open_site(folder)
    file = site.publication(NOW).file(f"{PAGE}pic.png")
    assert file is not None
    (folder / "posts/pic.png").unlink()
    assert site.open_file(file) is None
    (folder / "posts/pic.png").mkdir()
    assert site.open_file(file) is None
    (folder / "posts/pic.png").rmdir()
    (tmp_path / "outside").write_bytes(b"secret")
    (folder / "posts/pic.png").symlink_to(tmp_path / "outside")
    assert site.open_file(file) is None


@given(
    address=st.from_regex(r"(/[a-z.%~ ]{1,5}){1,5}", fullmatch=True),
    page=st.none() | st.from_regex(r"(/[a-z.]{1,3}){1,4}/?", fullmatch=True),
    post=st.from_regex(r"([a-z]{1,3}/){0,3}[a-z]\.md", fullmatch=True),
    named=st.booleans(),
)
@example(address="/aaa", page="/aaa/a/", post="a.md", named=False)
def test_no_place_is_outside_of_the_folder(
    address: str, page: str | None, post: str, named: bool
) -> None:
    where = Whereabouts(("", "static"), ("", "static", "posts"))
    for place in where.places(Use(address, post, page, named)):
        assert not place.startswith("/")
        assert ".." not in place.split("/")
