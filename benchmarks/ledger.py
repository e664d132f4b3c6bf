"""What the ledger of a large site costs: read where lines are checked, and by one edit.

    python benchmarks/ledger.py --posts 100000 --rounds 9 [--against CHECKOUT]

Each round is a process of its own; with `--against` another checkout takes turns, so that a slow
minute of the machine hits both. Times are of the processor, in milliseconds: best and median.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from corpus import CATEGORIES, TAGS, TAGS_A_POST, WORDS

if TYPE_CHECKING:
    from feedsvc.ledger import Ledger, Record

HERE = Path(__file__).resolve().parent.parent
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def made(posts: int) -> Ledger:
    """A ledger of so many posts, the same for the same number."""
    from feedsvc.ledger import FeedRecord, Ledger

    random = Random(posts)
    folders = [f"/tags/tag-{number}/" for number in range(TAGS)]
    folders += [f"/categories/category-{number}/" for number in range(CATEGORIES)]
    ledger = Ledger().with_records(record(number, random) for number in range(posts))
    return ledger.with_feeds(FeedRecord(one, one.split("/")[2]) for one in folders)


def record(number: int, random: Random) -> Record:
    """The line of a post; every seventh was edited, every tenth has a title beyond ASCII."""
    from feedsvc.ledger import Record

    date = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    title = "春分と秋分のあいだ" if number % 10 == 0 else " ".join(random.choices(WORDS, k=9))
    tags = [f"/tags/tag-{random.randrange(TAGS)}/" for _ in range(TAGS_A_POST)]
    return Record(
        path=f"content/posts/{date:%Y-%m-%d}-post-{number:06}.md",
        id=f"https://bench.example/posts/{date:%Y-%m-%d}-post-{number:06}/",
        link=f"/posts/{date:%Y-%m-%d}-post-{number:06}/",
        title=f"{title} {number}",
        seen=date,
        published=date,
        updated=date + timedelta(days=number % 7 == 0),
        dated=f"{date:%Y-%m-%d %H:%M:%S}+00:00",
        meaning=f"1.{text(random, 12)}",
        source=text(random, 12),
        sketch=text(random, 64),
        file=text(random, 8),
        feeds=("/", f"/categories/category-{random.randrange(CATEGORIES)}/", *dict.fromkeys(tags)),
    )


def text(random: Random, length: int) -> str:
    """A digest's worth of letters."""
    return "".join(random.choices(DIGITS, k=length))


def spent(file: Path) -> tuple[float, float]:
    """Seconds to read and check the file, and to read it as written here, edit a post, join it."""
    from feedsvc.ledger import read
    from feedsvc.ledger.text import pieces

    started = time.process_time()
    path = next(iter(read(file).paths()))
    checked = time.process_time() - started
    started = time.process_time()
    held = read(file, sound=True)
    post = held.at(path)
    assert post is not None
    b"".join(pieces(held.with_records([post._replace(title="Another")])))
    return checked, time.process_time() - started


def main() -> None:
    """Measure, and print a line for each checkout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(*spent(options.once))
        return
    from feedsvc.ledger.text import pieces

    checkouts = [HERE, *([options.against.resolve()] if options.against else [])]
    found: dict[Path, list[tuple[float, ...]]] = {one: [] for one in checkouts}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "feedsvc.lock")
        file.write_bytes(b"".join(pieces(made(options.posts))))
        print(f"{options.posts:,} posts, {file.stat().st_size / 1e6:.0f} MB")
        for _ in range(options.rounds):
            for one in checkouts:
                command = [sys.executable, str(Path(__file__).resolve()), "--once", str(file)]
                environment = {**os.environ, "PYTHONPATH": str(one)}
                told = subprocess.run(
                    command, env=environment, check=True, capture_output=True, text=True
                )
                found[one].append(tuple(map(float, told.stdout.split())))
    for one, times in found.items():
        for label, column in zip(("checked", "one edit"), zip(*times, strict=True), strict=True):
            best, middle = min(column) * 1e3, median(column) * 1e3
            print(f"{one}  {label:8}  best {best:6.1f}  median {middle:6.1f}")


if __name__ == "__main__":
    main()
