"""Front matter → fields and the lines of their keys.

Values come out as a tree of None, bool, int, float, str, date, datetime, list and dict
with text keys: nothing is shared, nothing refers to itself, and the size is bounded.

YAML is 1.1 as PyYAML reads it (`no` is false, `010` is 8), but for `12:30`, which stays text: as a
number in base sixty nobody would recognise it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.model import Severity
from feedsvc.posts import encoding, fences, yamllines, yamlwords
from feedsvc.posts.matter import SIZE, FrontMatter, Problem, control, duplicate

if TYPE_CHECKING:
    from feedsvc.posts.fences import Fence

_HEADER = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
_TABS = re.compile(r"\n\t+")
_HEADER_MORE = re.compile(r"[ ]{4,}(.*)")


def read(
    text: str,
    kinds: tuple[str, ...],
    *,
    blank_before: bool = True,
    loose: bool = False,
    long: bool = False,
    yes_is_text: bool = False,
    tabs_indent: bool = False,
) -> FrontMatter:
    """Read the front matter of a file's text (LF line endings). Never raises.

    `yes_is_text`: YAML is 1.2 in that `yes`, `no`, `on` and `off` are words. `tabs_indent`: its
    lines may be indented by tabs.
    """
    fence = fences.find(text, kinds, blank_before=blank_before, loose=loose, long=long)
    front = FrontMatter(fence.kind, fence.body)
    if not fence.kind:
        return front
    if not fence.closed:
        front.body = 0
        mark = "---" if fence.kind == "yaml" else "+++"
        return front.fail(
            "front-matter-unclosed",
            "The front matter is never closed.",
            fence.line - 1,
            hint=f"End it with a line `{mark}`.",
        )
    if fence.kind != "json" and fence.end - fence.start > SIZE:
        return front.fail(
            "front-matter-too-large",
            f"The front matter is longer than {SIZE // 1024} KiB.",
            fence.line,
            hint="Move data out of the front matter.",
        )
    block = text[fence.start : fence.end]
    if fence.kind == "yaml":
        if tabs_indent and "\n\t" in block:
            block = _with_blanks(block, fence, front)
        _yaml(block, fence, front, yes_is_text=yes_is_text)
        return front
    block = _without_controls(block, fence, front)
    if fence.kind == "headers":
        _headers(block, fence, front)
    else:
        _notation(block, fence, front)
    return front


def _with_blanks(block: str, fence: Fence, front: FrontMatter) -> str:
    """Two blanks for each tab that a line begins with, as `hexo-front-matter` has it."""
    line = fence.line + block.count("\n", 0, block.index("\n\t") + 1)
    front.problems.append(
        Problem(
            "front-matter-tabs",
            "YAML has no tabs before its lines; each was read as two blanks.",
            line,
            1,
            Severity.NOTE,
            "Write blanks.",
        )
    )
    return _TABS.sub(lambda tabs: "\n" + "  " * (len(tabs[0]) - 1), block)


def _yaml(block: str, fence: Fence, front: FrontMatter, *, yes_is_text: bool) -> None:
    lines = yamllines.read(block, fence.line, yes_is_text=yes_is_text)
    if lines is None:  # no usual line has a character that must go
        kept = _without_controls(block, fence, front)
        if kept != block:
            lines = yamllines.read(kept, fence.line, yes_is_text=yes_is_text)
        if lines is None:
            _notation(kept, fence, front)
            if yes_is_text:
                yamlwords.keep_words(front, kept)
            return
    front.fields, front.lines = lines


def _notation(block: str, fence: Fence, front: FrontMatter) -> None:
    from feedsvc.posts import notations

    notations.read(block, fence, front)


def _without_controls(block: str, fence: Fence, front: FrontMatter) -> str:
    # json reads a whole text, whose body is not ours to mend
    at = -1 if fence.kind == "json" else encoding.forbidden(block)
    if at < 0:
        return block
    before = block[:at]
    column = len(before) - before.rfind("\n")
    front.problems.append(control(block[at], fence.line + before.count("\n"), column))
    return encoding.clean(block)


def _headers(block: str, fence: Fence, front: FrontMatter) -> None:
    key = ""
    for number, text in enumerate(block.split("\n"), fence.line):
        header = _HEADER.match(text)
        more = None if header else _HEADER_MORE.match(text)
        if header:
            key = header[1].lower()
            if key in front.fields:
                front.problems.append(duplicate(key, number, kept="the first"))
                key = ""
                continue
            front.fields[key] = header[2].rstrip()
            front.lines[key] = number
        elif more and key:
            value = front.fields[key]
            front.fields[key] = f"{value}\n{more[1].rstrip()}"
        elif text.strip() and not more:
            # a paragraph that is no header: the body begins here, as Python-Markdown has it
            front.body = fence.start + sum(
                len(line) + 1 for line in block.split("\n")[: number - fence.line]
            )
            return
