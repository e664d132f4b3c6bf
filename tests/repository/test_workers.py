"""Work on all cores: in order, and never longer than whoever wants it lives."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feedsvc.repository.workers import spread

if TYPE_CHECKING:
    from collections.abc import Callable

WAITING = """\
import os, sys, time
from pathlib import Path
from feedsvc.repository import workers

def work(number):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(0 if number else 600)

if __name__ == "__main__":
    if sys.argv[2] == "spawn":
        import multiprocessing
        workers._context = lambda: multiprocessing.get_context("spawn")
    list(workers.spread(work, range(9), 2))
"""


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(spread(abs, range(-9, 0), 2)) == [9, 8, 7, 6, 5, 4, 3, 2, 1]


class Doubling:
    """Work that knows how often it was pickled."""

    pickled = 0

    def __call__(self, number: int) -> int:
        return 2 * number

    def __reduce__(self) -> tuple[type[Doubling], tuple[()]]:
        Doubling.pickled += 1
        return Doubling, ()


def test_the_work_is_handed_to_each_process_once_however_many_items_there_are() -> None:
    assert list(spread(Doubling(), range(9), 2)) == [*range(0, 18, 2)]
    assert Doubling.pickled <= 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux which processes live")
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_end_with_the_process_that_wants_their_work(
    tmp_path: Path, unmeasured: dict[str, str], start: str
) -> None:
    (tmp_path / "waiting.py").write_text(WAITING)
    told = tmp_path / "told"
    told.mkdir()
    command = [sys.executable, str(tmp_path / "waiting.py"), str(told), start]
    with subprocess.Popen(command, env=unmeasured) as parent:
        _until(lambda: len(list(told.iterdir())) == 2)
        parent.kill()
    _until(lambda: not any(_lives(int(worker.name)) for worker in told.iterdir()))


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it never came to that")
