"""docs/checks.md, made from the catalogue.

python -m feedsvc.checks.documentation docs/checks.md
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.checks.catalogue import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.checks.rule import Example, Rule

_HEAD = """\
# What `feedsvc check` finds

Each finding has a code that stays the same from release to release. An **error** left something
out, a **warning** is doubtful, a **note** only tells. [The command line](cli.md#feedsvc-check) has
the options.

*This page is made from `feedsvc/checks/`: `python -m feedsvc.checks.documentation docs/checks.md`.*
"""
_WIDTH = 72
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}


def page() -> str:
    """Return the text of docs/checks.md."""
    parts = [_HEAD, *_contents()]
    for title, rules in GROUPS.items():
        parts.append(f"\n## {title}\n")
        parts += [_section(rule) for rule in rules]
    return "".join(parts)


def _contents() -> Iterator[str]:
    yield "\n| code | mostly | what it says |\n|---|---|---|\n"
    for rules in GROUPS.values():
        for rule in rules:
            yield f"| [`{rule.code}`](#{rule.code}) | {rule.severity} | {rule.says} |\n"


def _section(rule: Rule) -> str:
    return (
        f"\n### {rule.code}\n\n"
        f"{rule.says} *({rule.severity})*\n\n"
        f"- What feedsvc does: {rule.done}\n"
        f"- How to mend it: {rule.mend}\n\n"
        f"{''.join(_example(rule.example))}"
    )


def _example(example: Example) -> Iterator[str]:
    place = f"`{example.path}`" if example.path else "the site"
    line = f", line {example.line}" if example.line else ""
    yield f"Found at {place}{line}:\n\n"
    if example.prepare:
        yield "After an export of\n\n"
        yield from _files(example.prepare)
        yield "and then\n\n"
    yield from _files(example.files)
    if example.link:
        yield f"`{example.path}` is a symbolic link to `{example.link}`, which is not there.\n"
    if example.copies:
        yield f"and {example.copies:,} more posts.\n"
    if example.read_only:
        yield "The disk cannot be written.\n"
    if example.grows:
        yield f"`{example.path}` is {example.grows:,} bytes long.\n"


def _files(files: Mapping[str, str | bytes]) -> Iterator[str]:
    for path, content in files.items():
        text = content.decode(errors="replace") if isinstance(content, bytes) else content
        lines = [_shown(line) for line in text.rstrip("\n").split("\n")]
        yield "```text\n" + "\n".join([f"# {path}", *lines]) + "\n```\n\n"


def _shown(line: str) -> str:
    line = line.translate(_PICTURES)
    return line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
