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

_CONTROLS = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
# in UTF-8: U+0080 to U+009F; U+FDD0 to U+FDEF; U+FFFE and U+FFFF
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_NONCHARACTERS = re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")


def forbidden(text: str) -> re.Match[str] | None:
    """The first forbidden character of `text`, None for a clean one."""
    return _FORBIDDEN.search(text) if _may_hold_one(text) else None


def _may_hold_one(text: str) -> bool:
    """Whether a forbidden character is possible, told in a tenth of the time of a search."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a surrogate
        return True
    if len(data.translate(None, _CONTROLS)) < len(data):
        return True
    if len(data) == len(text):  # ASCII
        return False
    # single bytes are found at once, longer runs take a walk
    return (b"\xc2" in data and _C1.search(data) is not None) or (
        b"\xef" in data and _NONCHARACTERS.search(data) is not None
    )


def without_forbidden(text: str) -> str:
    """`text` without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)
