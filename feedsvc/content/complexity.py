"""What docutils can bear of a reStructuredText body, told before it parses any.

Of some things it takes the square, and more: of signs in a paragraph, of lists that begin in one
line, of definitions within definitions.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZE = 1_000_000  # characters
_LINES = 100_000
LONGEST_LINE = 10_000  # characters, as docutils itself has it
_SIGNS = 2_000  # of inline markup in one paragraph, the square of which it takes
_BLOCKS = 20_000  # such as paragraphs and items, of which it takes some 6,000 a second
_ITEMS = 5_000  # of lists that begin in another item's line, of which it takes some 2,000
_COPIES = 5_000  # of definitions within definitions
_DEPTH = 50
_DEFINITION = re.compile(r"^ *\.\. +\|([^|\n]+)\| +replace::(.*(?:\n +.*)*)", re.MULTILINE)
_REFERENCE = re.compile(r"\|([^|\s](?:[^|]*[^|\s])?)\|")
_WITHIN_ITEMS = re.compile(r"^ *((?:(?:[-*+•‣⁃]|\(?[\w#]{1,4}[.)]) +){2,})", re.MULTILINE)
_SIGN = re.compile(r"[_`*|]|\+-")


def is_too_much(text: str) -> bool:
    """Whether docutils would take longer, or make more of it, than a body may cost."""
    if len(text) > _SIZE or max(map(len, text.split("\n"))) > LONGEST_LINE:
        return True
    if len(text) > _LINES and text.count("\n") > _LINES:
        return True
    if len(text) > _BLOCKS and text.count("\n\n") > _BLOCKS:
        return True
    if len(text) > _ITEMS and sum(map(_within, _WITHIN_ITEMS.findall(text))) > _ITEMS:
        return True
    if "replace::" in text and _copies(text) > _COPIES:
        return True
    return len(text) > _SIGNS and any(
        len(block) > _SIGNS and len(_SIGN.findall(block)) > _SIGNS for block in _paragraphs(text)
    )


def _copies(text: str) -> int:
    """How many definitions are put into others: two in each of forty are a million millions."""
    within = {
        name.strip(): Counter(_REFERENCE.findall(meaning))
        for name, meaning in _DEFINITION.findall(text)
    }
    wanted = Counter(_REFERENCE.findall(text))
    total = 0
    for _ in range(_DEPTH):  # (what is in a circle is left out by docutils)
        found = Counter[str]()
        for name in wanted.keys() & within.keys():
            for other, times in within[name].items():
                found[other] += times * wanted[name]
        total += found.total()
        wanted = found
        if not wanted or total > _COPIES:
            break
    return total


def _within(signs: str) -> int:
    return len(signs.split()) - 1


def _paragraphs(text: str) -> Iterator[str]:
    """What is not in a literal block, which holds no markup: further in than what ends with `::`.

    In doubt it is a paragraph.
    """
    literal = None  # how far in the text above such a block is
    for block in text.expandtabs().split("\n\n"):
        line = block.lstrip("\n")
        if literal is not None and len(line) - len(line.lstrip(" ")) > literal:
            continue
        yield block
        literal = None
        last = block.rstrip().rpartition("\n")[2]
        if last.endswith("::") and ".. " not in last:  # that would be a directive
            literal = max(_text_begins(line), _text_begins(last))


def _text_begins(line: str) -> int:
    """Behind the blanks, and behind what may be the sign of an item."""
    return len(line) - len(line.lstrip(" -*+•#().0123456789"))
