"""What tells, at a fraction of the cost of parsing, whether a body needs mending at all."""

from __future__ import annotations

import re

_TAG = re.compile(rb"<[a-z!/][^<>]*>")


def marks(html: str) -> bytes:
    """The tags of `html` in lower case, one behind the other: a tenth of most bodies.

    Where a `<` or `>` may stand inside a value, which would cut a tag short, it is all of `html`.
    """
    lower = html.encode("utf-8", "replace").lower()
    tags = _TAG.findall(lower)
    if len(tags) != lower.count(b"<"):
        return lower
    joined = b"".join(tags)
    for quote in (b'"', b"'"):
        if quote in joined and any(tag.count(quote) & 1 for tag in tags):
            return lower
    return joined
