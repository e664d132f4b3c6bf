"""Plain text and the short form of a post."""

from __future__ import annotations

import html as entities
import re

LENGTH = 300

_TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """The text of well-formed `html`, white space collapsed."""
    return " ".join(entities.unescape(_TAG.sub(" ", html)).split())


def shortened(text: str, length: int = LENGTH) -> str:
    """`text` cut at a word, at most `length` characters and an ellipsis."""
    if len(text) <= length:
        return text
    return text[: text.rfind(" ", 0, length) if " " in text[:length] else length] + "…"
