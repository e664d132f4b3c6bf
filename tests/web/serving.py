"""A server of its own process, and what is asked of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POSTS = {"posts/2026-05-30-quiet.md": "---\ntitle: Quiet\n---\nBody\n"}
COMMAND = """
import signal
import sys
from pathlib import Path
from feedsvc.errors import FeedsvcError
from feedsvc.web.server import run

def say(line):
    print(line, flush=True)

if __name__ == "__main__":
    # Of tests that run in the background a shell has Ctrl-C ignored; a terminal has not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    run(Path(sys.argv[1]), port=0, workers=int(sys.argv[2]), reload="reload" in sys.argv, say=say)
"""


@contextmanager
def serving(
    folder: Path, *arguments: str, stdin: int = subprocess.DEVNULL
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a group of its own, as a terminal starts it, and its address once it is said."""
    script = folder.parent / "serve.py"
    script.write_text(COMMAND)
    process = subprocess.Popen(
        [sys.executable, str(script), str(folder), *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    # Waiting for a line that never comes must end some time.
    watchdog = Timer(120, os.killpg, (process.pid, signal.SIGKILL))
    watchdog.start()
    try:
        line = process.stdout.readline()
        assert line.startswith(f"Serving {folder} at http://127.0.0.1:"), line + (
            process.stdout.read() if process.poll() is not None else ""
        )
        yield process, line.split()[-1]
    finally:
        watchdog.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def get(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def eventually(condition: Callable[[], bool]) -> bool:
    for _ in range(100):
        with suppress(URLError, ConnectionError):  # a server that is just starting again
            if condition():
                return True
        time.sleep(0.1)
    return False
