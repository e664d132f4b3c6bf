"""Templates in Zola's language, Tera, taken apart, and the values that they work with.

Jinja's parser reads them: Tera took over Jinja's syntax but for a few signs.
Source: keats.github.io/tera/docs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateError

from feedsvc.markup.evaluated import UnsupportedError

if TYPE_CHECKING:
    from jinja2 import nodes

_LONGEST = 50_000  # characters of a template
_TAG = re.compile(r"\{[{%].*?(?:[%}]\}|\Z)", re.DOTALL)
_SET_OUTSIDE = re.compile(r"\bset_global\s+([A-Za-z_]\w*)")
OUTSIDE = "__outside_of_loops"
"""Ends the name of a variable that is set for the whole template (`set_global`)."""


class Undefined:
    """What a name stands for that nobody gave a value."""

    def __bool__(self) -> bool:
        return False


UNDEFINED = Undefined()


class Names(dict[str, object]):
    """Fields that are known; a template that asks for another is not understood."""

    def __missing__(self, key: str) -> object:
        raise UnsupportedError


@lru_cache(256)
def parsed(source: str) -> nodes.Template | None:
    """A template taken apart; None where it is not understood. Templates are few and used often."""
    if len(source) > _LONGEST:
        return None
    try:
        return Environment(autoescape=True).parse(_TAG.sub(_as_jinjas, source))
    except (TemplateError, UnsupportedError, RecursionError):
        return None


def _as_jinjas(match: re.Match[str]) -> str:
    tag = match[0]
    if "::" in tag:  # a macro
        raise UnsupportedError
    # Tera's texts have no escapes, and end at the same sign
    return _SET_OUTSIDE.sub(rf"set \1{OUTSIDE}", tag.replace("\\", "\\\\"))


def text(value: object) -> str:
    """A value as it is printed, not escaped. Raises UnsupportedError for what has no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(text, value))}]"
    raise UnsupportedError
