"""Words of a line as Ruby parts them."""

from __future__ import annotations

import re

# `String#split`; Python's takes U+3000 and the like, too.
_WORD = re.compile(r"[^ \t\n\v\f\r]+")


def words(text: str) -> list[str]:
    """What stands between ASCII white space, as in `categories: a b`."""
    return _WORD.findall(text)
