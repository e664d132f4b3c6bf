"""What one request costs in process: the WSGI front against Flask alone.

    python benchmarks/serving.py --posts 1000 --calls 20000

Answers a poll of `/feed.atom`, new to the reader (200) and known to it (304), and one of a path
that is not there (404). Times are the best of five runs, in microseconds a request.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from timeit import repeat
from typing import TYPE_CHECKING

import corpus
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feedsvc.site import open_site
from feedsvc.web.app import create_app
from feedsvc.web.front import create_application

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication, WSGIEnvironment


def request(path: str, **headers: str) -> WSGIEnvironment:
    builder = EnvironBuilder(path=path, headers=[*headers.items()])
    try:
        return builder.get_environ()
    finally:
        builder.close()


def caller(application: WSGIApplication, environ: WSGIEnvironment) -> Callable[[], None]:
    """A call as a server makes it: an environment of its own, the body read to its end."""

    def start(*_: object) -> Callable[[bytes], object]:
        return len

    def call() -> None:
        for _ in application(environ.copy(), start):
            pass

    return call


def main(posts: int, calls: int) -> None:
    with tempfile.TemporaryDirectory(prefix="feedsvc-bench-") as name:
        os.environ["FEEDSVC_CACHE"] = str(Path(name) / "cache")
        corpus.make(Path(name) / "site", posts, "html")
        site = open_site(Path(name) / "site")
        front, flask = create_application(site), create_app(site)
        etag = run_wsgi_app(front, request("/feed.atom"))[2]["ETag"]
        cases = {
            "200": request("/feed.atom"),
            "304": request("/feed.atom", **{"If-None-Match": etag}),
            "404": request("/none.atom"),
        }
        print("| | front | Flask alone |\n|---|--:|--:|")
        for case, environ in cases.items():
            costs = []
            for application in (front, flask):
                status = run_wsgi_app(application, environ.copy())[1]
                assert status.startswith(case), status
                best = min(repeat(caller(application, environ), repeat=5, number=calls // 5))
                costs.append(f"{best / (calls // 5) * 1e6:.1f} µs")
            print(f"| {case} | {' | '.join(costs)} |")
        site.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--calls", type=int, default=20_000)
    options = parser.parse_args()
    main(options.posts, options.calls)
