"""Text that every XML processor accepts (XML 1.0 §2.2), escaped once for all formats."""

from __future__ import annotations

import re
from functools import lru_cache

_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
# C1 controls and DEL are legal, but always the debris of a wrong decoding, and validators warn.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
# U+FFFE, U+FFFF are forbidden, U+FDD0 to U+FDEF discouraged; none means anything.
_NONCHARACTERS = re.compile(rb"\xef(?:\xbf[\xbe\xbf]|\xb7[\x90-\xaf])")


@lru_cache(maxsize=4)  # an entry's body is asked for once by each format, one after the other
def _utf8(text: str) -> bytes:
    # On bytes, which are needed anyway: a character class over the text takes as long again.
    data = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    if not text.isascii():
        data = _NONCHARACTERS.sub(b"", _C1.sub(b"", data))
    return data


def clean(text: str) -> str:
    """Return `text` without the characters that XML forbids, DEL, C1 controls, noncharacters."""
    return text if text.isprintable() else _utf8(text).decode()


@lru_cache(maxsize=4)
def escaped(text: str) -> bytes:
    """Return the clean text in UTF-8 as character data of an XML element."""
    data = _utf8(text).replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return data.replace(b"\r", b"&#13;")  # else a parser makes a line feed of it (XML 1.0 §2.11)
