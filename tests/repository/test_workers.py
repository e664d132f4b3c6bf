"""Work on all cores: in order, and never longer than whoever wants it lives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feedsvc.repository.workers import Crew

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
    list(workers.Crew(2).spread(work, range(9)))
"""

IDLE = """\
import os, signal, sys, time
from pathlib import Path
from feedsvc.repository.workers import Crew

def work(number):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(0.05)

if __name__ == "__main__":
    # what a shell starts in the background ignores it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with Crew(2) as crew:
        crew.start()
        list(crew.spread(work, range(9)))
        Path(sys.argv[1], "done").touch()
        time.sleep(600)
"""

UNGUARDED = """\
from feedsvc.repository import workers

print("begins", flush=True)
workers._may_fork = lambda: False
with workers.Crew(2) as crew:
    crew.start()
    print(*crew.spread(abs, range(-3, 0)))
"""

INTERRUPTED = """\
import multiprocessing.process, os, signal, sys
from feedsvc.repository.workers import Crew

started = []
start = multiprocessing.process.BaseProcess.start

def interrupted(process):
    if started:
        signal.raise_signal(signal.SIGINT)
    started.append(process)
    start(process)

multiprocessing.process.BaseProcess.start = interrupted
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with Crew(2) as crew:
        if sys.argv[1] == "held":
            crew.start()
        print(list(crew.spread(abs, range(4))))
except KeyboardInterrupt:
    print("interrupted", len(started))
"""

RELEASING = """\
from feedsvc.repository.workers import Crew

with Crew(2, lambda: print("released", flush=True)) as crew:
    crew.start()
    crew.start()
    print(list(crew.spread(abs, range(4)))[-1])
"""


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(Crew(2).spread(abs, range(-9, 0))) == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def process(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return number, os.getpid()


def test_who_was_started_does_the_next_work_too_while_the_crew_is_held() -> None:
    with Crew(2) as crew:
        crew.start()
        with crew:
            first = list(crew.spread(process, range(9)))
        second = list(crew.spread(process, range(9)))
    assert [number for number, _ in first] == list(range(9))
    here = {pid for _, pid in first}
    assert os.getpid() not in here
    assert {pid for _, pid in second} <= here
    assert not crew.is_there


def test_who_is_not_held_is_started_for_one_work_only() -> None:
    crew = Crew(2)
    crew.start()
    assert not crew.is_there
    first, second = ({pid for _, pid in crew.spread(process, range(4))} for _ in range(2))
    assert not first & second


@pytest.mark.skipif(sys.platform != "linux", reason="others do not fork")
def test_what_must_not_be_inherited_is_released_before_the_fork(unmeasured: dict[str, str]) -> None:
    command = [sys.executable, "-c", RELEASING]  # a process that has no other threads
    told = subprocess.run(command, env=unmeasured, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["released", "3"]


@pytest.mark.parametrize("way", ["file", "module", "input"])
def test_no_process_runs_the_program_that_started_it(
    tmp_path: Path, unmeasured: dict[str, str], way: str
) -> None:
    """Nobody who exports in three lines asks for `__name__`."""
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    arguments = {"file": [str(script)], "module": ["-m", "script"], "input": ["-"]}[way]
    told = subprocess.run(
        [sys.executable, *arguments],
        env=unmeasured,
        cwd=tmp_path,
        input=UNGUARDED,
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    )
    assert told.stdout.splitlines() == ["begins", "3 2 1"]
    assert not told.stderr


def knows(module: str) -> bool:
    return module in sys.modules


def test_what_comes_next_is_imported_by_all_of_them() -> None:
    module = "this"  # which nothing imports, as it prints
    with Crew(2, ahead=[module]) as crew:
        crew.start()
        assert list(crew.spread(abs, range(4))) == [0, 1, 2, 3]
        _until(lambda: any(crew.spread(knows, [module] * 9)))
    assert not knows(module)


def dying(parent: int) -> int:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return parent


def test_where_processes_die_this_one_does_their_work() -> None:
    with Crew(2) as crew:
        crew.start()
        assert list(crew.spread(dying, [os.getpid()] * 3)) == [os.getpid()] * 3
        assert not crew.is_there
        assert list(crew.spread(abs, range(4))) == [0, 1, 2, 3]


@pytest.mark.parametrize("refused", [OSError(38, "not implemented"), NotImplementedError()])
def test_where_none_can_be_started_this_process_does_the_work(
    monkeypatch: pytest.MonkeyPatch, refused: Exception
) -> None:
    """Some hosts have no semaphores that processes could share."""

    def refuse(*_: object) -> None:
        raise refused

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    with Crew(2) as crew:
        crew.start()
        assert not crew.is_there
        assert list(crew.spread(process, range(4))) == [(n, os.getpid()) for n in range(4)]


def failing(number: int) -> int:
    if number == 2:
        raise ValueError("two")
    return number


def test_an_error_is_raised_and_the_others_are_there_for_more() -> None:
    with Crew(2) as crew:
        crew.start()
        with pytest.raises(ValueError, match="two"):
            list(crew.spread(failing, range(9)))
        assert crew.is_there
        assert list(crew.spread(failing, range(2))) == [0, 1]


class Doubling:
    """Work that knows how often it was pickled."""

    pickled = 0

    def __call__(self, number: int) -> int:
        return 2 * number

    def __reduce__(self) -> tuple[type[Doubling], tuple[()]]:
        Doubling.pickled += 1
        return Doubling, ()


def test_the_work_is_handed_to_each_process_once_however_many_items_there_are() -> None:
    assert list(Crew(2).spread(Doubling(), range(9))) == [*range(0, 18, 2)]
    assert Doubling.pickled <= 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux which processes live")
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_end_with_the_process_that_wants_their_work(
    tmp_path: Path, unmeasured: dict[str, str], start: str
) -> None:
    command, told = _telling(tmp_path, WAITING)
    with subprocess.Popen([*command, start], env=unmeasured) as parent:
        _until(lambda: len(list(told.iterdir())) == 2)
        parent.kill()
    _until(lambda: not any(_lives(int(worker.name)) for worker in told.iterdir()))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux which processes live")
def test_nobody_waits_for_work_of_a_process_that_is_gone(
    tmp_path: Path, unmeasured: dict[str, str]
) -> None:
    command, told = _telling(tmp_path, IDLE)
    with subprocess.Popen(command, env=unmeasured) as parent:
        _until((told / "done").exists)
        (told / "done").unlink()
        assert any(_lives(int(worker.name)) for worker in told.iterdir())
        parent.kill()
    _until(lambda: not any(_lives(int(worker.name)) for worker in told.iterdir()))


@pytest.mark.skipif(sys.platform == "win32", reason="has no process groups to interrupt")
def test_ctrl_c_is_for_the_process_that_wants_the_work(
    tmp_path: Path, unmeasured: dict[str, str]
) -> None:
    """A terminal sends it to all; of those who wait for work nobody tells where he waited."""
    command, told = _telling(tmp_path, IDLE)
    with subprocess.Popen(
        command, env=unmeasured, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        _until((told / "done").exists)
        os.killpg(parent.pid, signal.SIGINT)
        _, errors = parent.communicate(timeout=60)
    assert errors.count("Traceback") == 1
    assert errors.count("KeyboardInterrupt") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="others start one process at a time")
@pytest.mark.parametrize("held", ["held", "once"])
def test_ctrl_c_waits_until_all_have_been_started(unmeasured: dict[str, str], held: str) -> None:
    """Those that are half started would be waited for for ever."""
    told = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, held],
        env=unmeasured,
        capture_output=True,
        text=True,
        check=True,
        timeout=50,
    )
    assert told.stdout == "interrupted 2\n"
    assert not told.stderr


def _telling(folder: Path, script: str) -> tuple[list[str], Path]:
    """How to run a script, and the folder in which it tells how far it is."""
    (folder / "script.py").write_text(script)
    told = folder / "told"
    told.mkdir()
    return [sys.executable, str(folder / "script.py"), str(told)], told


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
