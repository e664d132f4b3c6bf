"""Regular expressions that sites configure, within bounds."""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache
from typing import Any

_LONGEST_PATTERN = 500


@lru_cache(maxsize=256)
def safe_pattern(pattern: str, *, ignore_case: bool = True) -> re.Pattern[str] | None:
    """Compile a site's pattern; None where it is none or could take for ever.

    Python's engine backtracks: one unbounded repetition inside another takes exponential time, so
    such patterns are refused.
    """
    if len(pattern) > _LONGEST_PATTERN:
        return None
    try:
        with warnings.catch_warnings():
            # What Python may read otherwise some day is the site's affair.
            warnings.simplefilter("ignore", FutureWarning)
            if _nested(_parser().parse(pattern)):
                return None
            return re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    except (re.error, RecursionError, OverflowError):
        return None


@cache
def _parser() -> Any:
    from importlib import import_module

    return import_module("re._parser")


def _nested(tree: Any, inside: bool = False) -> bool:
    for operation, argument in tree:
        repeats = str(operation) in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] > 16
        if repeats and inside:
            return True
        if any(_nested(part, inside or repeats) for part in _parts(argument)):
            return True
    return False


def _parts(argument: Any) -> list[Any]:
    """The patterns inside an operation's argument, however deep they lie in tuples and lists."""
    if hasattr(argument, "data"):
        return [argument]
    if isinstance(argument, (tuple, list)):
        return [part for item in argument for part in _parts(item)]
    return []
