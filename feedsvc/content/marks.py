"""What tells, at a fraction of the cost of parsing, whether a body needs mending at all."""

from __future__ import annotations

import re

_TAG = re.compile(r"""<[a-zA-Z!/][^<>"']*+(?:"[^"<>]*+"[^<>"']*+)*+>""")
# takes half as long again
_TAG_OF_BOTH_QUOTES = re.compile(
    r"""<[a-zA-Z!/][^<>"']*+(?:(?:"[^"<>]*+"|'[^'<>]*+')[^<>"']*+)*+>"""
)


def marks(html: str) -> bytes:
    """The tags of `html` in lower case, one behind the other: a tenth of most bodies.

    Where a `<` or `>` may stand inside a value, which would cut a tag short, it is all of `html`.
    """
    count = html.count("<")
    tags = _TAG.findall(html)
    if len(tags) != count:
        tags = _TAG_OF_BOTH_QUOTES.findall(html)
    told = "".join(tags) if len(tags) == count else html
    return told.encode("utf-8", "replace").lower()
