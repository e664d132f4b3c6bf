"""Patterns of paths that sites configure, as regular expressions within bounds."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache

_LONGEST, _STARS = 200, 12  # a pattern with more would take long where it does not match
_PART = re.compile(r"\*\*|\\[\s\S]|\[[!^]?[^][\\]+\]|[\s\S]")
_GLOB = {"**": ".*", "?": "[^/]", "{": "(?:", "}": ")", ",": "|"}


@lru_cache(maxsize=256)
def glob(text: str, *, star: str = "[^/]*") -> re.Pattern[str]:
    r"""A pattern of whole paths: `**` is anything, `*` is `star`, `{a,b}` either, `[a-c]` one of,
    `\*` a star.

    One that would take long, or is none, is the text as it stands.
    """
    signs = {**_GLOB, "*": star}
    made = "".join(signs.get(part) or _plain(part) for part in _PART.findall(text))
    if len(text) <= _LONGEST and made.count("*") <= _STARS:
        with suppress(re.error):
            return re.compile(made)
    return re.compile(re.escape(text[:_LONGEST]))


def _plain(part: str) -> str:
    if len(part) == 1 or part[0] == "\\":
        return re.escape(part[-1])
    inner = part[1:-1]  # a class of characters
    negated = inner[0] in "!^" and len(inner) > 1
    return f"[{'^' * negated}{inner[negated:].replace('^', chr(92) + '^')}]"
