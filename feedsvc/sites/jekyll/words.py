"""Text as Ruby parts it, and values as Liquid prints them."""

from __future__ import annotations

import re
from datetime import date

from feedsvc.posts.encoding import clean

# `String#split`; Python's takes U+3000 and the like, too.
_WORD = re.compile(r"[^ \t\n\v\f\r]+")


def words(text: str) -> list[str]:
    """What stands between ASCII white space, as in `categories: a b`."""
    return _WORD.findall(text)


def liquid(value: object) -> str:
    """A value as Liquid prints it."""
    if isinstance(value, str):  # most are
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "".join(map(liquid, value))
    return value.isoformat() if isinstance(value, date) else clean(str(value))


def names_in(value: object) -> list[str]:
    """The names in a value, of lists in lists, too; none in a map."""
    if not isinstance(value, list):
        return [] if value is None or isinstance(value, dict) else [liquid(value)]
    names: list[str] = []
    for item in value:
        if isinstance(item, str):
            names.append(clean(item))
        else:
            names += names_in(item)
    return names
