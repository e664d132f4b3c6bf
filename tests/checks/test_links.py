"""Links that lead to nothing are told where that can be decided, and only there."""

from __future__ import annotations

import json

import pytest

from feedsvc.cli import main

URL = "https://blog.example"
CONFIG = f'[site]\nurl = "{URL}"\n'
OTHER = "---\ntitle: Other\ndate: 2026-05-29\naliases: [/old/]\n---\nWords.\n"
FILES = {
    "other.md": OTHER,
    "draft.md": "---\ntitle: Draft\ndate: 2026-05-28\ndraft: true\n---\nWords.\n",
    "plan.pdf": "x",
    "über uns.txt": "x",
    "static/logo.png": "x",
    "slides/index.html": "<p>x</p>",
}


@pytest.fixture
def broken(make_site, capsys):
    """`broken("[a](b)") -> [(line, column, message)]` of a post that holds the text."""

    def broken(text, *, front="", config=CONFIG, path="post.md", **more):
        post = f"---\ntitle: A\ndate: 2026-05-30\n{front}\n---\nWords.\n\n{text}\n"
        site = make_site({**FILES, **more, path: post}, config=config)
        main(["check", str(site), "--format", "json", "--select", "link-broken"])
        found = json.loads(capsys.readouterr().out)
        return [(one["line"], one["column"], one["message"]) for one in found]

    return broken


@pytest.mark.parametrize(
    "target",
    [
        "plan.pdf",
        "./plan.pdf#page=2",
        "<über uns.txt>",
        "%C3%BCber%20uns.txt",
        "/plan.pdf",
        "/logo.png",
        "static/logo.png",
        "slides/",
        "/2026/05/29/other/",
        "/2026/05/29/other",
        "/2026/05/29/other/index.html",
        "/2026/05/28/draft/",
        "../../29/other/",
        f"{URL}/2026/05/29/other/?x=1",
        "/feed.atom",
        "/old/",
        "#words",
        "mailto:a@example.org",
        "https://example.org/gone",
        "//cdn.example/x.js",
    ],
)
def test_what_is_there_is_fine(broken, target):
    assert broken(f"[a]({target})") == []


@pytest.mark.parametrize("target", ["/about/", "/about", "/shop/cart", f"{URL}/about/"])
def test_what_another_program_may_serve_is_left_alone(broken, target):
    assert broken(f"[a]({target})") == []


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("gone.pdf", "/2026/05/30/post/gone.pdf"),
        ("../gone/", "/2026/05/30/gone/"),
        ("/2026/05/29/othr/", "/2026/05/29/othr/"),
        (f"{URL}/2026/05/29/othr/", "/2026/05/29/othr/"),
        ("gone%20file.pdf", "/2026/05/30/post/gone file.pdf"),
    ],
)
def test_what_is_not_there_is_told_with_its_place(broken, target, leads):
    ((line, column, message),) = broken(f"A [link]({target}) here.")
    assert line == 8
    assert column >= 10
    assert message.endswith(f"leads to {leads}, where the site has no page and no file.")


def test_pictures_are_looked_for_too(broken):
    assert len(broken('![a](a.png) <img src="b.png"> [![c](c.png)](plan.pdf)')) == 3


def test_the_picture_of_a_post_is_looked_for(broken):
    assert broken("x", front="image: /2026/gone.png")[0][:2] == (4, 8)


def test_each_address_is_told_once(broken):
    assert len(broken("[a](gone.pdf) [b](gone.pdf#x)")) == 1


def test_the_file_of_a_post_leads_to_its_page_but_that_of_a_page_does_not(broken):
    assert broken("[a](other.md)") == []
    assert "post/page.html" in broken("[a](page.html)", **{"page.html": OTHER})[0][2]


@pytest.mark.parametrize("config", ["_config.yml", "hugo.toml", "pelicanconf.py", "config.toml"])
def test_of_other_engines_only_missing_source_files_are_told(broken, config):
    folder = "_posts" if config == "_config.yml" else "content"
    title = "Title: A\nDate: 2026-05-30" if config == "pelicanconf.py" else ""
    files = {config: 'base_url = "https://a.example"\n' if config == "config.toml" else ""}
    text = "[a](gone.md#x) `[b](code.md)` [c](page.md) [d](gone.pdf) [e](2026-01-01-draft.md)"
    found = broken(
        text,
        config="",
        path=f"{folder}/2026-05-30-post.md",
        **files,
        **{f"{folder}/page.md": title or "---\n---\n"},
    )
    assert [(line, column) for line, column, _ in found] == [(8, 5), (8, 62)]


def test_code_holds_no_links(broken):
    assert broken("`[a](gone.pdf)`\n\n    [a](gone.pdf)\n") == []


def test_links_of_a_post_in_a_folder_start_there(broken):
    assert broken("[a](b.pdf)", path="folder/post.md", **{"folder/b.pdf": "x"}) == []
    assert len(broken("[a](plan.pdf)", path="folder/post.md")) == 1


def test_nothing_is_told_where_the_pages_are_not_ours(broken):
    assert broken("[a](gone.pdf)", config=f'{CONFIG}pages = "feeds"\n') == []
    assert broken("[a](gone.pdf)", **{"hugo.toml": "", "content/a.md": OTHER}) == []


def test_nothing_outside_of_the_folder_counts(broken, tmp_path):
    (tmp_path / "secret.pdf").write_text("x", "utf-8")
    assert len(broken("[a](../../../../secret.pdf) [b](../secret.pdf)")) >= 1
