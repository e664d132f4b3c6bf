"""What one request costs: the WSGI front, Flask alone and a bare WSGI function.

    python benchmarks/serving.py --posts 1000 --calls 20000
    python benchmarks/serving.py --posts 1000 --rounds 5 --write

Answers a poll of `/feed.atom`, new to the reader (200) and known to it (304), and in process also
one of a path that is not there (404). In process times are the best of five runs, in microseconds
a request. With `--rounds` the three run behind granian, one worker each, and wrk asks them in
turns; the bare function has the front's answer ready as a constant and does nothing else, so it is
what the server can do at the most.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from socket import create_connection, socket
from timeit import repeat
from typing import TYPE_CHECKING

import corpus
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feedsvc.site import open_site
from feedsvc.web.app import create_app
from feedsvc.web.front import create_application
from feedsvc.web.server import FILE_THREADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "docs" / "benchmarks.md"
START, END = "<!-- serving.py writes from here -->", "<!-- to here: serving.py -->"
PATH = "/feed.atom"
CONNECTIONS = 16
SECONDS = 1


def request(path: str, **headers: str) -> WSGIEnvironment:
    builder = EnvironBuilder(path=path, headers=[*headers.items()])
    try:
        return builder.get_environ()
    finally:
        builder.close()


def bare() -> WSGIApplication:
    """A function that answers as the front does, and only this one question."""
    application = create_application()
    body, _, headers = run_wsgi_app(application, request(PATH), buffered=True)
    known = request(PATH, **{"If-None-Match": headers["ETag"]})
    unmodified = list(run_wsgi_app(application, known)[2])
    answer, content = list(headers), [b"".join(body)]

    def answering(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if "HTTP_IF_NONE_MATCH" in environ:
            start("304 NOT MODIFIED", unmodified.copy())
            return []
        start("200 OK", answer.copy())
        return content

    return answering


APPLICATIONS = {"bare": bare, "front": create_application, "flask": create_app}


def caller(application: WSGIApplication, environ: WSGIEnvironment) -> Callable[[], None]:
    """A call as a server makes it: an environment of its own, the body read to its end."""

    def start(*_: object) -> Callable[[bytes], object]:
        return len

    def call() -> None:
        for _ in application(environ.copy(), start):
            pass

    return call


def in_process(calls: int) -> Iterator[str]:
    """The lines of a table of the time that a request takes."""
    site = open_site(os.environ["FEEDSVC_SITE"])
    front, flask = create_application(site), create_app(site)
    etag = run_wsgi_app(front, request(PATH))[2]["ETag"]
    cases = {
        "200": request(PATH),
        "304": request(PATH, **{"If-None-Match": etag}),
        "404": request("/none.atom"),
    }
    yield "| | front | Flask alone |"
    yield "|---|--:|--:|"
    for case, environ in cases.items():
        costs = []
        for application in (front, flask):
            status = run_wsgi_app(application, environ.copy())[1]
            assert status.startswith(case), status
            best = min(repeat(caller(application, environ), repeat=5, number=calls // 5))
            costs.append(f"{best / (calls // 5) * 1e6:.1f} µs")
        yield f"| {case} | {' | '.join(costs)} |"
    site.close()


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serving(name: str, port: int) -> subprocess.Popen[bytes]:
    """One of the applications behind granian, as `feedsvc serve` runs it."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"]
    command += ["--port", str(port), "--http", "1", "--no-ws", "--log-level", "error"]
    command += ["--blocking-threads", str(FILE_THREADS), f"serving:make_{name}"]
    server = subprocess.Popen(command, cwd=HERE)
    for _ in range(600):
        time.sleep(0.05)
        try:
            create_connection(("127.0.0.1", port)).close()
        except OSError:
            continue
        return server
    raise SystemExit(f"{name} does not answer")


make_bare, make_front, make_flask = APPLICATIONS.values()


def requests_per_second(port: int, etag: str) -> float:
    """What wrk counts; `etag` is the tag that the reader has, "" for none."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    command += ["-H", f"If-None-Match: {etag}"] if etag else []
    told = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{PATH}"], check=True, capture_output=True, text=True
    ).stdout
    assert "Socket errors" not in told, told
    assert "Non-2xx or 3xx" not in told, told
    (line,) = (line for line in told.splitlines() if line.startswith("Requests/sec"))
    return float(line.split()[1])


def behind_a_server(posts: int, rounds: int) -> Iterator[str]:
    """The lines of a table of requests a second."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed; on Debian: apt-get install wrk")
    etag = run_wsgi_app(create_application(), request(PATH))[2]["ETag"]
    ports = {name: free_port() for name in APPLICATIONS}
    servers = [serving(name, port) for name, port in ports.items()]
    try:
        found: dict[tuple[str, str], list[float]] = {}
        for _ in range(rounds):
            for case, tag in (("200", ""), ("304", etag)):
                for name, port in ports.items():
                    found.setdefault((case, name), []).append(requests_per_second(port, tag))
    finally:
        for server in servers:
            server.terminate()
            server.wait()
    yield (
        f"`python benchmarks/serving.py --posts {posts} --rounds {rounds} --write`, best of "
        f"{rounds} rounds: {os.cpu_count()} cores ({platform.system()} {platform.machine()}), "
        f"Python {platform.python_version()}; one worker, {CONNECTIONS} connections, requests/s."
    )
    yield ""
    yield "| poll of a feed | bare function | front | of the bare one | Flask alone |"
    yield "|---|--:|--:|--:|--:|"
    for case, words in (("200", "new to the reader: 200"), ("304", "known to the reader: 304")):
        # The best round is the one that other work on the machine disturbed least.
        least, ours, flask = (max(found[case, name]) for name in APPLICATIONS)
        yield f"| {words} | {least:,.0f} | {ours:,.0f} | **{ours / least:.0%}** | {flask:,.0f} |"


def main(posts: int, calls: int, rounds: int, *, write: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="feedsvc-bench-") as name:
        os.environ["FEEDSVC_CACHE"] = str(Path(name) / "cache")
        os.environ["FEEDSVC_SITE"] = str(Path(name) / "site")
        corpus.make(Path(name) / "site", posts, "html")
        text = "\n".join(behind_a_server(posts, rounds) if rounds else in_process(calls))
    print(text)
    if write:
        before, _, rest = DOCUMENT.read_text("utf-8").partition(START)
        after = rest.partition(END)[2]
        DOCUMENT.write_text(f"{before}{START}\n{text}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=0, help="behind granian, so many times")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    main(options.posts, options.calls, options.rounds, write=options.write)
