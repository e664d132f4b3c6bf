"""Links by label (`[words][label]`) whose definition was taken out with the syntax of an engine."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedsvc.markup.context import Context

_BLOCK = r"/?(?:p|li|[uod]l|d[td]|h[1-6r]|pre|blockquote|div|table|t[rdh]|br)\b"
_WORDS = rf"(?:[^\[\]<]++|<(?!{_BLOCK})[^<>]*+>|(?!))++"
# What stands in code is shown as it is; `a[0][1]` is no link, either.
_LINK = re.compile(
    r"<pre\b.*?(?:</pre>|\Z)|<code\b.*?(?:</code>|\Z)|"
    rf"(?<![A-Za-z0-9_)\]])\[({_WORDS})\]\[([^\[\]<>]{{0,500}}+)\]",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def without(html: str, around: Context) -> str:
    """`html`, in which no such link is left, with the words of those that were there."""

    def words(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        label = unescape(match[2] or _TAG.sub("", match[1]))
        source = around.post.body
        around.remarks.add(
            "label-undefined", " ".join(label.split()), source, source.find(f"[{label}]")
        )
        return match[1]

    return _LINK.sub(words, html) if "][" in html else html
