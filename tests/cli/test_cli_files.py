"""Commands that write: export, init, new; and the one that serves."""

from __future__ import annotations

import re
import resource
import tomllib
from pathlib import Path

import pytest

from feedsvc.commands.export import Bar
from feedsvc.commands.init import toml
from feedsvc.config import load_settings
from feedsvc.export import Summary


@pytest.fixture
def plain_site(make_site):
    return make_site({"posts/a.md": "---\ntitle: a\ndate: 2026-01-01\n---\n"})


@pytest.fixture
def jekyll(make_site):
    config = 'title: "The \\"Blog\\""\nurl: https://example.org\nbaseurl: /b\n'
    config += "timezone: Asia/Shanghai\nlang: zh\nauthor: {name: Li, email: li@example.org}\n"
    return make_site(
        {"_config.yml": config, "_posts/2026-01-01-a.md": "---\ntitle: a\n---\n"}, name="jekyll"
    )


def test_export_tells_what_it_did(run, site, tmp_path, monkeypatch):
    asked = {}

    def export(site, target, **options):
        asked.update(options, target=target)
        return Summary(target, 12, 1641, 0, kept=1, seconds=0.42, notices=("a: left alone",))

    monkeypatch.setattr("feedsvc.export.export", export)
    code, out, err = run("export", "OUT", "--site", "blog", "--strict")
    assert (code, out) == (
        0,
        "wrote 12, unchanged 1,641, removed 0, left alone 1 in 0.4 s → OUT\n",
    )
    assert err == f"{site.detection}\na: left alone\n"
    assert asked["strict"] is True
    assert asked["now"].utcoffset() is not None


def test_export_writes_where_it_is_told(run, site, tmp_path):
    code, out, _ = run("export", tmp_path / "out")
    assert code == 0
    assert out.startswith("wrote 0, unchanged 0, removed 0 in ")


def test_export_of_a_site_without_an_address_says_so(run, make_site, tmp_path):
    posts = {"a.md": "---\ntitle: a\ndate: 2026-01-01\n---\n"}
    missing = "links lead to http://localhost:8000; set `[site] url` before you publish this"
    assert missing in run("export", tmp_path / "out", make_site(posts))[2].splitlines()
    given = {**posts, "feedsvc.toml": '[site]\nurl = "https://blog.example"\n'}
    assert "localhost" not in run("export", tmp_path / "out", make_site(given, name="b"))[2]


@pytest.mark.parametrize("command", [["posts"], ["export", "OUT"]])
def test_files_that_were_left_out_are_told_of(run, site, tmp_path, command):
    site.shortfall = "2 files were left out"
    command = [tmp_path / "out" if word == "OUT" else word for word in command]
    assert run(*command)[2].splitlines() == [site.detection, "2 files were left out"]


def test_a_bar_appears_only_on_a_terminal_and_only_when_it_takes_long(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr("feedsvc.commands.export.time.monotonic", lambda: now[0])
    for terminal in (False, True):
        monkeypatch.setattr("sys.stderr.isatty", lambda shown=terminal: shown, raising=False)
        now[0] = 0.0
        with Bar() as bar:
            bar(1, 9)
            now[0] = 0.9
            bar(3, 9)
            assert capsys.readouterr().err == ""
            now[0] = 1.1
            bar(5, 9)
            now[0] = 1.2
            bar(9, 9)
        assert ("5/9" in capsys.readouterr().err) is terminal


def test_init_picks_up_what_was_found_and_changes_nothing_by_it(run, jekyll):
    before = load_settings(jekyll).settings
    code, out, err = run("init", jekyll)
    assert (code, out) == (0, f"{jekyll}/feedsvc.toml\n")
    assert "_config.yml" in err
    written = tomllib.loads((jekyll / "feedsvc.toml").read_text("utf-8"))
    assert written["site"]["title"] == 'The "Blog"'
    assert written["site"]["url"] == "https://example.org/b"
    assert written["site"]["timezone"] == "Asia/Shanghai"
    assert written["site"]["author"]["name"] == "Li"
    assert load_settings(jekyll).settings == before


def test_init_shows_every_key_with_its_meaning(run, plain_site):
    from feedsvc.config.schema import keys

    before = load_settings(plain_site).settings
    run("init", plain_site)
    text = (plain_site / "feedsvc.toml").read_text("utf-8")
    for key in keys().values():
        assert f"{key.name} = " in text
        assert key.meaning in text
    assert '# language = "en"' in text
    assert load_settings(plain_site).settings == before


def test_what_init_comments_out_is_right_as_it_stands(run, plain_site):
    run("init", plain_site)
    path = plain_site / "feedsvc.toml"
    lines = path.read_text("utf-8").splitlines()
    shown = [line[2:] if re.match(r"# (\w+ = |\[)", line) else line for line in lines]
    tomllib.loads("\n".join(shown))


def test_init_never_overwrites(run, plain_site):
    path = plain_site / "feedsvc.toml"
    path.write_text("# mine\n")
    code, out, err = run("init", plain_site)
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == (
        f"feedsvc: {path}: is there already; edit it, or move it away first"
    )
    assert path.read_text() == "# mine\n"


@pytest.mark.parametrize("text", ['quote " and \\', "上海", "tab\t and \x7f", ""])
def test_any_text_is_right_toml(text):
    assert tomllib.loads(f"a = {toml(text)}") == {"a": text}


def test_new_writes_a_post_dated_in_the_sites_zone(run, jekyll):
    code, out, _ = run("new", "大上海: Hello & welcome", "--site", jekyll)
    path = jekyll / "_posts/2026-01-02-大上海-hello-welcome.md"
    assert (code, out) == (0, f"{path}\n")
    assert path.read_text("utf-8") == (
        '---\ntitle: "大上海: Hello & welcome"\ndate: 2026-01-02 11:04:05+08:00\n---\n\n'
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Hello, world!", "Hello, world!"),
        ("大上海保卫战", "大上海保卫战"),
        ("No", '"No"'),
        ("null", '"null"'),
        ("- a", '"- a"'),
        ("2026", '"2026"'),
        ("a #b", '"a #b"'),
        ('say "x"', '"say \\"x\\""'),
        ("two\nlines\x1b", '"two lines�"'),
        ("", '""'),
    ],
)
def test_a_title_is_read_back_as_it_was_given(run, plain_site, title, written):
    code, out, _ = run("new", title, plain_site)
    assert code == 0
    assert Path(out.strip()).read_text("utf-8").splitlines()[1] == f"title: {written}"


def test_new_never_overwrites(run, plain_site):
    path = Path(run("new", "Hello", plain_site)[1].strip())
    path.write_text("mine")
    code, out, err = run("new", "hello", plain_site)
    assert (code, out) == (1, "")
    assert "is there already" in err
    assert path.read_text() == "mine"


def test_new_refuses_a_title_that_is_no_utf8_and_leaves_no_file(run, plain_site):
    code, _, err = run("new", "caf\udce9", plain_site)
    assert code == 2
    assert "the title is no UTF-8" in err
    assert [path.name for path in plain_site.glob("posts/*")] == ["a.md"]


def test_new_leaves_nothing_of_a_file_that_has_no_room(run, plain_site, monkeypatch):
    def full(title):
        return f"{title}\n" * 100_000

    monkeypatch.setattr("feedsvc.commands.new._scalar", full)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        code, _, err = run("new", "Hello", plain_site)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (code, len(list(plain_site.glob("posts/*")))) == (1, 1)
    assert "File too large" in err


def test_serve_hands_on_what_it_was_asked(run, plain_site, monkeypatch):
    asked = {}

    def serve(folder, *, say, **options):
        asked.update(options, folder=folder)
        say("Serving")

    monkeypatch.setattr("feedsvc.web.server.run", serve)
    code, out, err = run(
        "serve", plain_site, "--host", "::1", "--port", "0", "--workers", "2", "--reload"
    )
    assert (code, out) == (0, "Serving\n")
    assert err == "Plain folder, posts in posts/\n"
    assert asked == {
        "folder": plain_site,
        "host": "::1",
        "port": 0,
        "workers": 2,
        "reload": True,
    }


HUGO = {"hugo.toml": 'baseURL = "https://b.example/"\n'}
NIKOLA = "BLOG_TITLE = 'B'\nSITE_URL = 'https://b.example'\nPOSTS = (('posts/*.rst', 'posts'),)\n"
DATED = "---\ntitle: a\ndate: 2026-01-01\n---\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({**HUGO, "content/post/a.md": DATED, "content/about.md": DATED[:-5]}, "content/post/t.md"),
        ({**HUGO, "content/post/a/index.md": DATED}, "content/post/t.md"),
        ({**HUGO, "content/post/2025/12/a.md": DATED}, "content/post/t.md"),
        ({**HUGO, "content/post/a.md": DATED, "content/post/t/x.md": ""}, "content/post/DAY-t.md"),
        (
            {
                "_config.yml": "title: x",
                "_drafts/b.md": "b",
                "_posts/2025/2025-12-31-a.md": DATED,
            },
            "_posts/DAY-t.md",
        ),
        (
            {"_config.yml": "title: x", "_layouts/a.html": "", "_drafts/b.md": "b"},
            "_posts/DAY-t.md",
        ),
        ({"notes/b.md": "b", "posts/a.md": DATED.replace("2026", "2027")}, "posts/DAY-t.md"),
        (
            {"eleventy.config.js": "", "blog/2025-12-31_a.md": DATED, "blog/blog.json": "{}"},
            "blog/DAY-t.md",
        ),
        ({"2025-12-31-a.html": DATED}, "DAY-t.md"),
        ({"conf.py": NIKOLA, "posts/a.rst": DATED}, "posts/t.rst"),
    ],
)
def test_new_begins_a_post_beside_the_newest_and_names_it_likewise(run, make_site, files, expected):
    site = make_site(files)
    code, out, err = run("new", "T", site)
    assert (code, len(err.splitlines())) == (0, 1)
    assert Path(out.strip()) == site / expected.replace("DAY", "2026-01-02")
    assert f"{expected.replace('DAY', '2026-01-02')}" in run("posts", site)[1]


def test_new_is_no_index_of_its_folder(run, make_site):
    site = make_site({**HUGO, "content/post/a.md": DATED})
    assert run("new", "Index", site)[1].endswith("/content/post/2026-01-02-index.md\n")
