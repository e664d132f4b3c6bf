"""`feedsvc adopt`, from saved feeds to the feeds that are published afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedsvc.arguments import parse
from feedsvc.cli import main
from feedsvc.received.reading import read
from feedsvc.site import open_site

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CONFIG = '[site]\nurl = "https://new.example/blog"\n'
FEED = """<rss version="2.0"><channel><link>http://old.example/</link>
<item><guid isPermaLink="false"> 17 </guid><link>http://old.example/2025/05/06/a/</link>
<title>A</title><pubDate>Tue, 06 May 2025 10:00:00 GMT</pubDate></item>
<item><guid>18</guid><title>Gone</title></item></channel></rss>"""


@pytest.fixture
def site(make_site):
    return make_site(
        {
            "posts/a.md": "---\ntitle: A\ndate: 2025-05-06 12:00\n---\nText\n",
            "posts/old.md": "---\ntitle: Old\ndate: 2001-05-06 12:00\n---\nText\n",
            "old.xml": FEED,
        },
        config=CONFIG,
    )


@pytest.fixture
def run(capsys):
    def run(*argv):
        code = main([str(argument) for argument in argv], clock=lambda: NOW)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run


def published(site):
    opened = open_site(site)
    try:
        publication = opened.publication(NOW, keep=True)
        return read(publication.get("/feed.rss").body, "x").entries
    finally:
        opened.close()


def test_subscribers_keep_their_entries(run, site):
    code, out, err = run("adopt", site / "old.xml", "--site", site, "--yes")
    assert code == 0
    assert out.splitlines() == [
        "matched by  published         title  post        id",
        "path        2025-05-06 10:00  A      posts/a.md  17",
        "",
        "no post: Gone  18",
        "",
        "1 of 2 entries are posts of this site; 1 without a post; 2 lines for the ledger",
        "wrote feedsvc.lock: commit it",
    ]
    assert err.splitlines()[0] == f"{site}/old.xml: 2 entries"
    first, second = published(site)
    assert first.id == "17"
    assert first.published == first.updated == datetime(2025, 5, 6, 10, tzinfo=UTC)
    assert second.published.year == 2001
    assert run("adopt", site / "old.xml", "--site", site, "--yes")[1].endswith(
        "feedsvc.lock holds all of this already\n"
    )


def test_an_old_blog_is_no_news_after_a_move(run, site):
    run("adopt", site / "old.xml", "--site", site, "--yes")
    opened = open_site(site)
    opened.publication(NOW, keep=True)
    opened.close()
    assert '"seen":"2001-' in (site / "feedsvc.lock").read_text()


@pytest.mark.parametrize(
    ("options", "answer", "code", "told"),
    [
        (["--dry-run"], None, 0, "nothing written: --dry-run\n"),
        ([], "n\n", 0, "Write feedsvc.lock? [y/N] nothing written\n"),
        ([], "", 0, "nothing written\n"),
        ([], "Y\n", 0, "wrote feedsvc.lock: commit it\n"),
        ([], None, 1, "2 lines for the ledger\n"),
    ],
)
def test_nothing_is_written_unasked(run, site, monkeypatch, options, answer, code, told):
    monkeypatch.setattr("sys.stdin.isatty", lambda: answer is not None, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: answer, raising=False)
    ended, out, err = run("adopt", site / "old.xml", "--site", site, *options)
    assert ended == code
    assert out.endswith(told)
    assert (site / "feedsvc.lock").exists() == (answer == "Y\n")
    assert ("say --yes" in err) == bool(code)


def test_what_is_left_out_or_nothing_at_all_is_a_finding(run, site):
    (site / "old.xml").write_text(FEED.replace("/a/", "/x/"))
    code, out, _ = run("adopt", site / "old.xml", "--site", site, "--yes")
    assert code == 0  # by title and date
    (site / "feedsvc.lock").unlink()
    (site / "posts/a.md").write_text("---\ntitle: A\ndate: 2025-05-06 12:00\nid: urn:own\n---\n")
    run("export", site / "out", "--site", site)  # subscribers are told that id
    code, out, _ = run("adopt", site / "old.xml", "--site", site, "--yes")
    assert code == 1
    assert "left out: 2025-05-06 10:00  A  17  http://old.example/2025/05/06/x/: posts/a.md" in out
    (site / "feedsvc.lock").unlink()
    (site / "posts/a.md").unlink()
    code, out, _ = run("adopt", site / "old.xml", "--site", site, "--yes")
    assert code == 1
    assert out.endswith("nothing written\n")


def test_archives_and_notices_are_told(run, site, tmp_path):
    feed = tmp_path / "atom.xml"
    feed.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="http://x.example/2"/>'
        "<entry><id>1</id></entry></feed>"
    )
    _, _, err = run("adopt", feed, "--site", site, "--dry-run")
    assert "older entries are at http://x.example/2; name that, too" in err


def test_without_a_ledger_there_is_nothing_to_adopt_into(run, site):
    (site / "feedsvc.toml").write_text(f"{CONFIG}[ledger]\nenabled = false\n")
    code, _, err = run("adopt", site / "old.xml", "--site", site, "--yes")
    assert code == 1
    assert "enable it first" in err


def test_feeds_may_stand_before_and_behind_options():
    args = parse(["adopt", "a", "--site", "s", "--yes", "b", "c"])
    assert (args.feeds, args.site) == (["a", "b", "c"], "s")
