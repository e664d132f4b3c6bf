"""`feedsvc diff` against exports, a server on this machine, and git revisions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from feedsvc.cli import main
from feedsvc.comparison import deployed
from feedsvc.errors import FeedError
from feedsvc.export import export

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CONFIG = '[site]\nurl = "https://x.example/blog"\n'


def post(title: str, day: int, text: str = "Text.", more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2025-05-{day:02}\n{more}---\n{text} {title} {day}\n"


@pytest.fixture
def site(make_site):
    return make_site(
        {
            "posts/a.md": post("A", 1, more="tags: [x, y]\n"),
            "posts/b.md": post("B", 2, more="tags: x\n"),
            "posts/c.md": post("C", 3, "Once; upon: a time, there was? One."),
        },
        config=CONFIG,
    )


@pytest.fixture
def public(site, tmp_path):
    """An export of the site; the ledger is forgotten, so that ids follow the files."""
    export(site, tmp_path / "public", now=NOW)
    (site / "feedsvc.lock").unlink(missing_ok=True)
    return tmp_path / "public"


@pytest.fixture
def online(public):
    """The export, served below the site's base path."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path):
            return super().translate_path(path.removeprefix("/blog"))

        def log_message(self, *_):
            pass

    handler = partial(Handler, directory=public)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/blog"
        server.shutdown()
        thread.join()


@pytest.fixture
def run(capsys):
    def run(*argv):
        code = main([str(argument) for argument in argv], clock=lambda: NOW)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run


def edit(site):
    """Everything that can happen to a post."""
    (site / "posts/a.md").write_text(post("A", 1, "Other text.", "tags: x\n"))
    (site / "posts/b.md").rename(site / "posts/b2.md")
    (site / "posts/c.md").unlink()
    (site / "posts/d.md").write_text(post("D", 4, "Nobody; has ever: said, this!"))


def git(folder, *arguments):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "T", f"GIT_{who}_EMAIL": "t@x.example"}
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return done.stdout


def test_an_unchanged_site_is_no_difference(run, site, public, online):
    for target in (public, online, f"{online}/"):
        assert run("diff", target, "--site", site)[:2] == (
            0,
            "3 feeds: subscribers see no difference\n",
        )


def test_each_thing_that_happens_is_told_once_and_per_feed(run, site, public):
    edit(site)
    code, out, _ = run("diff", public, "--site", site)
    assert code == 0
    assert out.splitlines() == [
        "feed               new  silent  duplicate  missing  left",
        "/feed.atom           1       1          1        1",
        "/tags/x/feed.atom            1          1",
        "/tags/y/feed.atom                                      1  gone",
        "",
        "new        D  tag:x.example,2025-05-04:/d",
        "silent     A  tag:x.example,2025-05-01:/a  (content)",
        "duplicate  B  tag:x.example,2025-05-02:/b → tag:x.example,2025-05-02:/b2",
        "missing    C  tag:x.example,2025-05-03:/c",
        "left       A  tag:x.example,2025-05-01:/a",
        "",
        "3 feeds: 1 new, 1 silent, 1 duplicate, 1 missing, 1 left, 1 gone",
    ]


def test_a_server_is_told_the_same_of_as_a_folder(run, site, public, online):
    edit(site)
    folder = run("diff", public, "--site", site, "--json")
    assert run("diff", online, "--site", site, "--json")[:2] == folder[:2]


def test_json_has_everything(run, site, public):
    edit(site)
    (site / "posts/d.md").write_text(post("D", 4, more="tags: z\n"))
    found = json.loads(run("diff", public, "--site", site, "--json")[1])
    assert found["total"] == {
        "new": 1, "updated": 0, "silent": 1, "duplicate": 1, "removed": 0, "missing": 1,
        "left": 1, "gone": 1,
    }  # fmt: skip
    assert found["same"] == 0
    assert found["added"] == ["/tags/z/feed.atom"]
    assert [feed["gone"] for feed in found["feeds"]] == [False, False, True]
    assert found["feeds"][1]["changes"][0] == {
        "kind": "duplicate",
        "id": "tag:x.example,2025-05-02:/b2",
        "was": "tag:x.example,2025-05-02:/b",
        "title": "B",
        "link": "https://x.example/blog/2025/05/02/b2/",
        "what": [],
    }


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ([], 0, ""),
        (["--fail-on", "updated,removed"], 0, ""),
        (["--fail-on", "duplicate,missing"], 1, "feedsvc: --fail-on: 1 duplicate, 1 missing"),
        (["--fail-on", "new", "--fail-on=gone"], 1, "feedsvc: --fail-on: 1 new, 1 gone"),
    ],
)
def test_what_fails_is_what_was_named(run, site, public, options, code, told):
    edit(site)
    ended, _, err = run("diff", public, "--site", site, *options)
    assert ended == code
    assert err.splitlines()[1:] == ([told] if told else [])


def test_a_kind_that_does_not_exist_is_wrong_usage(run):
    with pytest.raises(SystemExit) as end:
        run("diff", "x", "--fail-on", "doubled")
    assert end.value.code == 2


def test_a_ledger_lets_nothing_resurface_and_tells_edits(run, site, tmp_path):
    public = tmp_path / "public"
    export(site, public, now=datetime(2026, 1, 1, tzinfo=UTC))
    before = (site / "feedsvc.lock").read_bytes()
    edit(site)
    _, out, _ = run("diff", public, "--site", site, "--fail-on", "duplicate,silent")
    assert out.splitlines()[-1] == "3 feeds: 1 new, 1 updated, 1 silent, 1 removed, 1 left"
    assert (site / "feedsvc.lock").read_bytes() == before


def test_a_revision_is_told_of_and_left_alone(run, site):
    (site / "sub").mkdir()
    shutil.move(site / "posts", site / "sub/posts")
    shutil.move(site / "feedsvc.toml", site / "sub/feedsvc.toml")
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "one")
    git(site, "tag", "v1")
    edit(site / "sub")
    status = git(site, "status", "--porcelain")
    _, out, _ = run("diff", "v1", "--site", site / "sub")
    assert out.splitlines()[-1] == (
        "3 feeds: 1 new, 1 silent, 1 duplicate, 1 missing, 1 left, 1 gone"
    )
    assert git(site, "status", "--porcelain") == status
    assert git(site, "worktree", "list").count("\n") == 1
    (site / "new").mkdir()
    with (
        pytest.raises(FeedError, match="v1: the site is not in it"),
        deployed("v1", site / "new", NOW),
    ):
        pass


@pytest.mark.parametrize("target", ["wibble", "HEAD", "-x"])
def test_what_is_nothing_is_an_error_in_one_line(site, target):
    told = "neither a folder nor a URL nor a revision"
    with pytest.raises(FeedError, match=told) as caught, deployed(target, site, NOW):
        pass
    assert "\n" not in str(caught.value)


def test_without_git_a_revision_is_an_error_in_one_line(site, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FeedError, match="git is not installed"), deployed("v1", site, NOW):
        pass


def test_a_place_without_feeds_is_an_error(run, site, tmp_path, online):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/broken.xml").write_text("<rss")
    for target in (tmp_path / "empty", f"{online}/tags/x/nothing"):
        code, out, err = run("diff", target, "--site", site)
        assert (code, out) == (1, "")
        assert err.endswith(
            "no feed of this site is there: looked for /feed.atom, /feed.rss, /feed.json\n"
        )


def test_the_feeds_of_another_publisher_are_found_where_its_subscribers_have_them(
    run, make_site, tmp_path
):
    site = make_site(
        {
            "hugo.toml": 'baseURL = "https://x.example/"\n',
            "content/posts/a.md": "+++\ntitle = 'A'\ndate = 2025-05-01T00:00:00Z\n+++\nText\n",
        },
        name="hugo",
    )
    public = tmp_path / "hugo-public"
    (public / "lists").mkdir(parents=True)
    rss = (
        '<rss version="2.0"><channel><link>https://x.example/</link><item><title>A</title>'
        "<link>https://x.example/posts/a/</link><guid>{}</guid>"
        "<pubDate>Thu, 01 May 2025 00:00:00 +0000</pubDate>"
        "<description>&lt;p&gt;Text&lt;/p&gt;</description></item></channel></rss>"
    )
    (public / "index.xml").write_text(rss.format("https://x.example/posts/a/"))
    (public / "lists/index.xml").write_text(rss.format("urn:gone"))
    (public / "sitemap.xml").write_text("<urlset/>")
    (public / "data.json").write_text('{"about": "jsonfeed.org/version"}')
    _, out, _ = run("diff", public, "--site", site)
    assert out.splitlines() == [
        "feed              left",
        "/lists/index.xml     1  gone",
        "",
        "left       A  urn:gone",
        "",
        "2 feeds: 1 left, 1 gone; 1 not deployed yet",
    ]
    (public / "index.xml").write_text(rss.format("https://x.example/?p=1"))
    assert "duplicate  A" in run("diff", public, "--site", site)[1]


def test_a_broken_feed_that_is_deployed_is_an_error(run, site, public):
    (public / "feed.atom").write_text("<html>maintenance</html>")
    code, _, err = run("diff", public, "--site", site)
    assert code == 1
    assert err.endswith("/feed.atom: no feed: neither Atom nor RSS nor JSON Feed\n")


def test_a_site_that_moves_is_compared_below_its_address(run, site, public):
    moved = CONFIG.replace("x.example/blog", "new.example")
    (site / "feedsvc.toml").write_text(moved)
    _, out, _ = run("diff", public, "--site", site)
    assert out.splitlines()[-1] == "3 feeds: 3 duplicate"


def test_archives_are_no_feeds_of_their_own_in_any_format(run, site, tmp_path):
    config = f"{CONFIG}[feeds]\nlimit = 1\narchive_size = 1\n"
    (site / "feedsvc.toml").write_text(config, "utf-8")
    out = tmp_path / "with-archives"
    export(site, out, now=NOW)
    assert sorted(file.parent.name for file in out.rglob("archive/*/feed.json")) == ["1", "2"]
    _, told, _ = run("diff", out, "--site", site)
    assert told == "3 feeds: subscribers see no difference\n"
    (site / "posts/a.md").unlink()
    (site / "posts/c.md").unlink()
    _, told, _ = run("diff", out, "--site", site, "--json")
    assert not [feed for feed in json.loads(told)["feeds"] if "archive" in feed["path"]]
