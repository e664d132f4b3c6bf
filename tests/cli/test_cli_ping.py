"""`feedsvc ping` against a hub on this machine: each change once, whatever the hub answers."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest

from feedsvc.cli import main
from feedsvc.export import export

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
URL = "https://x.example/blog"
FORMS = ("atom", "rss", "json")


def post(title: str, day: int, tag: str) -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-02T00:0{day}:00Z\ntags: {tag}\n---\nText {title}.\n"


def feeds(*folders: str) -> list[str]:
    return sorted(f"{URL}{folder}feed.{form}" for folder in folders for form in FORMS)


class Hub:
    """Notes what it is told; `refuses` are the statuses of its next answers."""

    def __init__(self) -> None:
        self.told: list[dict[str, str]] = []
        self.types: list[str] = []
        self.refuses: list[int] = []

    def heard(self) -> list[str]:
        """What it was told of since it was last asked, sorted."""
        urls = sorted(one["hub.url"] for one in self.told)
        self.told.clear()
        return urls


@pytest.fixture
def hub():
    heard = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = heard.refuses.pop(0) if heard.refuses else 204
            if status == 204:  # noted before it is answered, when the client goes on
                heard.types.append(self.headers["Content-Type"])
                heard.told.append(dict(parse_qsl(body, strict_parsing=True)))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "https://elsewhere.example/\x1b[2J")
            self.end_headers()
            if status >= 400:
                self.wfile.write(b"hub.url: not\nwanted")

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        heard.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield heard
        server.shutdown()
        thread.join()


@pytest.fixture
def site(make_site, hub, tmp_path):
    folder = make_site(
        {"posts/a.md": post("A", 1, "x"), "posts/b.md": post("B", 2, "y")},
        config=f'[site]\nurl = "{URL}"\npages = "none"\n[feeds]\nhub = "{hub.url}"\n',
    )
    export(folder, tmp_path / "out", now=NOW)
    return folder


@pytest.fixture
def ping(capsys, site):
    def run(*argv, now=NOW):
        code = main(["ping", str(site), *argv], clock=lambda: now)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run


def test_a_hub_is_told_once_of_what_changed(ping, hub, site):
    code, out, err = ping()
    assert code == 0
    assert sorted(out.split()) == hub.heard() == feeds("/", "/tags/x/", "/tags/y/")
    assert err.splitlines()[-2:] == [
        f"{hub.url} was told nothing from here: only what changed within a day is news",
        f"told {hub.url} of 9 feeds",
    ]
    code, out, err = ping()
    assert (code, out) == (0, "")
    assert "told nothing" not in err
    (site / "posts/a.md").write_text(post("A", 1, "x") + "More.\n")
    ping(now=LATER)
    assert hub.heard() == feeds("/", "/tags/x/")
    ping(now=LATER + timedelta(hours=1))
    assert hub.heard() == []


def test_the_request_is_what_hubs_take(ping, hub):
    ping()
    assert set(hub.types) == {"application/x-www-form-urlencoded"}
    url = f"{URL}/feed.atom"
    assert {"hub.mode": "publish", "hub.url": url, "hub.topic": url} in hub.told


def test_a_dry_run_tells_and_remembers_nothing(ping, hub):
    code, out, err = ping("--dry-run")
    assert (code, sorted(out.split())) == (0, feeds("/", "/tags/x/", "/tags/y/"))
    assert f"9 feeds to tell {hub.url} of" in err
    assert hub.heard() == []
    assert ping("--dry-run") == (code, out, err)


def test_what_the_bytes_do_not_show_is_no_news(ping, hub, site):
    """Another cache time makes other signatures and the same documents."""
    ping()
    hub.heard()
    config = site / "feedsvc.toml"
    config.write_text(config.read_text() + "[http]\nmax_age = 60\n")
    ping(now=LATER)
    assert hub.heard() == []


def test_without_memory_news_are_a_day_old_at_most(ping, hub, site, monkeypatch, tmp_path):
    ping()
    hub.heard()
    (site / "posts/b.md").write_text(post("B", 2, "y") + "More.\n")
    later = NOW + timedelta(days=3)
    export(site, tmp_path / "out", now=later)
    monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / "elsewhere"))
    ping(now=later + timedelta(minutes=5))
    assert hub.heard() == feeds("/", "/tags/y/")


def test_the_other_addresses_of_a_feed_are_told_too(ping, hub, site):
    config = site / "feedsvc.toml"
    config.write_text(config.read_text() + 'urls = "hugo"\n')
    ping()
    assert f"{URL}/index.xml" in hub.heard()


def test_what_a_hub_refuses_is_told_again(ping, hub):
    hub.refuses = [400]
    code, out, err = ping()
    assert code == 1
    assert len(out.split()) == len(hub.heard()) == 8
    assert "the hub answers 400 Bad Request: hub.url: not wanted" in err
    code, again, _ = ping()
    assert code == 0
    assert sorted((out + again).split()) == feeds("/", "/tags/x/", "/tags/y/")
    assert hub.heard() == sorted(again.split())


def test_a_hub_that_refuses_everything_is_left_alone(ping, hub):
    hub.refuses = [204, 403, 403, 403, 403]
    code, out, err = ping()
    assert code == 1
    assert len(out.split()) == len(hub.heard()) == 1
    assert hub.refuses == [403]
    assert err.splitlines()[-1] == (
        f"feedsvc: {hub.url}: refuses one feed after the other; is it a hub?"
    )
    hub.refuses = []
    assert len(ping()[1].split()) == 8


def test_a_hub_that_moved_says_where_and_gets_no_get(ping, hub):
    hub.refuses = [302]
    code, _, err = ping()
    assert code == 1
    assert "the hub answers 302 Found: https://elsewhere.example/" in err
    assert "\x1b" not in err


def test_a_hub_that_is_not_there_is_one_line(ping, hub):
    code, out, err = ping("--hub", "http://127.0.0.1:9/")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == (
        "feedsvc: http://127.0.0.1:9/: cannot be told: Connection refused"
    )
    assert len(ping()[1].split()) == 9  # each hub has a memory of its own


def test_without_a_hub_or_an_address_that_it_can_reach_nothing_is_told(make_site, capsys):
    folder = make_site({"posts/a.md": post("A", 1, "x")})
    assert main(["ping", str(folder)]) == 2
    assert "set `[feeds] hub` or give --hub URL" in capsys.readouterr().err
    assert main(["ping", str(folder), "--hub", "https://hub.example/"]) == 2
    assert "https://hub.example/: cannot reach http://localhost:8000" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["ping", str(folder), "--hub", "ftp://hub.example/"])
    assert "'ftp://hub.example/' must be an absolute address" in capsys.readouterr().err


def test_what_a_hub_is_told_the_ledger_knows(ping, site):
    before = (site / "feedsvc.lock").read_bytes()
    (site / "posts/c.md").write_text(post("C", 3, "z"))
    ping("--dry-run", now=LATER)
    assert (site / "feedsvc.lock").read_bytes() == before
    ping(now=LATER)
    assert b"posts/c.md" in (site / "feedsvc.lock").read_bytes()
