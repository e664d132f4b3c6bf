"""What every regular expression of feedsvc keeps to."""

from __future__ import annotations

import pickle
import subprocess
import sys
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

# In a process of its own, since patterns are compiled with the modules that hold them.
_COLLECT = """
import importlib, pickle, pkgutil, re, sys
compiled, found = re.compile, []
def spy(pattern, flags=0):
    where = sys._getframe(1)
    if where.f_globals["__name__"].startswith("feedsvc.") and not isinstance(pattern, re.Pattern):
        found.append((f"{where.f_globals['__name__']}:{where.f_lineno}", pattern, int(flags)))
    return compiled(pattern, flags)
re.compile = spy
import feedsvc
for module in pkgutil.walk_packages(feedsvc.__path__, "feedsvc."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
sys.stdout.buffer.write(pickle.dumps(found))
"""
_UNIT = {ops.ANY, ops.IN, ops.LITERAL, ops.NOT_LITERAL}


def repeats_of_groups(tree: Any) -> Any:
    """Yield what is repeated possessively and is more than a character."""
    for item in tree:
        if isinstance(item, parser.SubPattern | tuple | list):
            yield from repeats_of_groups(item)
    if len(tree) == 2 and tree[0] is ops.POSSESSIVE_REPEAT:
        body = tree[1][2]
        while len(body) == 1 and body[0][0] is ops.SUBPATTERN:
            body = body[0][1][-1]
        if len(body) != 1 or body[0][0] not in _UNIT:
            yield body


def goes_back(body: Any) -> bool:
    """Whether the last alternative fails at once."""
    return body[0][0] is ops.BRANCH and repr(body[0][1][1][-1]) == repr(parser.parse("(?!)"))


@pytest.mark.parametrize(
    ("pattern", "well"),
    [
        ("[ab]*+a++(?:[cd])?+", True),
        ("(?:ab|(?!))*+", True),
        ("x(?:ab?c)*+", False),
        ("(a(?:b|cd)++|(?!))*+", False),
        ("(?=(?:ab)?+)", False),
    ],
)
def test_repeats_are_told_apart(pattern: str, *, well: bool) -> None:
    assert all(map(goes_back, repeats_of_groups(parser.parse(pattern)))) == well


def test_possessive_repeats_of_groups_end_where_the_last_one_did() -> None:
    """Python 3.11.0 to 3.11.4 go on from where a repetition failed (CPython's issue 100061).

    Not where it has a last alternative that fails at once: trying that goes back first.
    """
    done = subprocess.run([sys.executable, "-c", _COLLECT], capture_output=True, check=True)
    found = pickle.loads(done.stdout)
    assert len(found) > 500
    wrong = [
        f"{where}: {pattern!r}"
        for where, pattern, flags in found
        if not all(map(goes_back, repeats_of_groups(parser.parse(pattern, flags))))
    ]
    assert wrong == []
