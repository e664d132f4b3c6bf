"""Work done by another process is done once the block ends, and fails as it would here."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from typing import TYPE_CHECKING

import pytest

from feedsvc.aside import may_fork

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere")

HEAD = """
    import os, signal, sys, time
    from pathlib import Path
    from feedsvc.aside import aside, may_fork
    assert may_fork()
    place, here = Path(sys.argv[1]), os.getpid()
    def work():
        with place.open("a") as file:
            file.write("here " if os.getpid() == here else "elsewhere ")
    def failing():
        work()
        raise OSError("no")
"""


def told(code: str, place: Path, env: dict[str, str]) -> str:
    """What the work wrote; the process itself has no threads, as those of tests may have."""
    script = textwrap.dedent(HEAD) + textwrap.dedent(code)
    command = [sys.executable, "-W", "error", "-c", script, str(place)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return place.read_text("utf-8")


IN_PEACE = """
    with aside(work):
        pass
    assert place.read_text() == "elsewhere "
"""
FAILING = """
    try:
        with aside(failing):
            pass
    except OSError as error:
        assert str(error) == "no"
    else:
        raise AssertionError
"""
ERROR_IN_THE_BLOCK = """
    def slow():
        time.sleep(0.3)
        failing()
    try:
        with aside(slow):
            raise ValueError
    except ValueError:
        assert place.read_text() == "elsewhere "
"""
KILLED = """
    def killed():
        work()
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
    with aside(killed):
        pass
"""
NOBODY_TELLS = """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with aside(work):
        pass
"""
BUFFERED = """
    sys.stdout = place.open("a")
    print(end="once ")
    with aside(lambda: None):
        pass
    sys.stdout.close()
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (IN_PEACE, "elsewhere "),
        (FAILING, "elsewhere here "),
        (ERROR_IN_THE_BLOCK, "elsewhere "),
        (KILLED, "elsewhere here "),
        (NOBODY_TELLS, "elsewhere here "),
        (BUFFERED, "once "),
    ],
)
def test_the_work_is_done_at_the_end(
    code: str, expected: str, tmp_path: Path, unmeasured: dict[str, str]
) -> None:
    assert told(code, tmp_path / "told", unmeasured) == expected


def test_nothing_is_forked_beside_other_threads() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not may_fork()
    finally:
        done.set()
        thread.join()
