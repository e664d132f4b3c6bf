"""What tells, at a fraction of the cost of parsing, whether a body needs mending at all."""

from __future__ import annotations

import re

_TAG = re.compile(rb"""<[a-zA-Z!/][^<>"']*+(?:"[^"<>]*+"[^<>"']*+)*+>""")


def marks(html: str) -> bytes:
    """The tags of `html` in lower case, one behind the other: a tenth of most bodies.

    Where a `<` or `>` may stand inside a value, which would cut a tag short, it is all of `html`;
    so it is where a value stands in single quotes.
    """
    data = html.encode("utf-8", "replace")
    tags = _TAG.findall(data)
    return (b"".join(tags) if len(tags) == data.count(b"<") else data).lower()
