"""What tells, at a fraction of the cost of parsing, whether a body needs mending at all."""

from __future__ import annotations

import re

# Tags of which nobody asks anything: without attributes, of what most text is made of.
_PLAIN = (
    "/?+(?:p|[abisuq]|strong|em|li|[ou]l|code|h[1-6]|[bh]r ?/?|t[dhr]|blockquote"
    "|t(?:able|body|head)|d[dlt]|d(?:el|iv)|s(?:pan|u[bp])|fig(?:ure|caption))>"
)
# Each `<` that begins no plain tag, with all of the tag where its end is beyond doubt.
_TOLD = re.compile(rf"""<(?!{_PLAIN})(?:[a-zA-Z!/][^<>"']*+(?:"[^"<>]*+"[^<>"']*+|(?!))*+>)?""")
# takes half as long again
_TOLD_OF_BOTH_QUOTES = re.compile(
    rf"""<(?!{_PLAIN})(?:[a-zA-Z!/][^<>"']*+(?:(?:"[^"<>]*+"|'[^'<>]*+')[^<>"']*+|(?!))*+>)?"""
)


def marks(html: str) -> bytes:
    """The tags of `html` that tell anything, each once, in lower case: no plain ones (`<p>`).

    Where a `<` or `>` may stand inside a value, which would cut a tag short, it is all of `html`.
    """
    tags = set(_TOLD.findall(html))
    if "<" in tags:
        tags = set(_TOLD_OF_BOTH_QUOTES.findall(html))
    told = html if "<" in tags else "".join(tags)
    return told.encode("utf-8", "replace").lower()
