"""What reader-safe HTML refers to: links, pictures, sound, film and their texts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from feedsvc.markup.urls import candidate_urls

if TYPE_CHECKING:
    from collections.abc import Iterator

# As the sanitiser and the Markdown renderer write attributes: in double quotes, absolute.
_REFERENCE = re.compile(r'\s(href|src|srcset|poster|longdesc)="([^"]+)"')


def references(html: str) -> Iterator[str]:
    """Yield every URL that `html`, as `render` made it, refers to, in order; some more than once.

    Sources of quotations (`cite`) are no references: no reader follows or loads them.
    """
    for name, value in _REFERENCE.findall(html):
        text = unescape(value)
        if name == "srcset":
            yield from candidate_urls(text)
        else:
            yield text
