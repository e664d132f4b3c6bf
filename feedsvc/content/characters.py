"""Characters that a feed cannot carry.

XML 1.0 (fifth edition) §2.2 `Char` leaves out most C0 controls, surrogates, U+FFFE and U+FFFF; the
W3C feed validator objects to DEL and the C1 controls as well. They are dropped, never replaced: a
U+FFFD would be shown to the reader.
"""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def forbidden(text: str) -> re.Match[str] | None:
    """The first forbidden character of `text`, None for a clean one."""
    return None if text.isascii() and text.isprintable() else _FORBIDDEN.search(text)


def without_forbidden(text: str) -> str:
    """`text` without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)
